-- One row per side and printed line of 部门财务收支预算总表 (T1).
select
    disclosure_id,
    {{ whole_number('row_number') }} as row_number,
    {{ word('side') }} as side,
    {{ text_or_null('label') }} as label,
    {{ amount_columns(['amount', 'personnel', 'public_use', 'project']) }}
    {{ word('unit') }} as unit,
    {{ text_or_null('note') }} as note,
    {{ text_or_null('source_ref') }} as source_ref
from {{ source('landing', 'revenue_expenditure_summary') }}
where {{ is_affected() }}
