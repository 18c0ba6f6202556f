-- One row per side and printed line of 财政拨款收支预算总表 (T4).
select
    disclosure_id,
    {{ whole_number('row_number') }} as row_number,
    {{ word('side') }} as side,
    {{ text_or_null('label') }} as label,
    {{ amount_columns(['total', 'general_public_budget', 'government_funds', 'state_capital']) }}
    {{ word('unit') }} as unit,
    {{ text_or_null('note') }} as note,
    {{ text_or_null('source_ref') }} as source_ref
from {{ source('landing', 'fiscal_appropriation_summary') }}
where {{ is_affected() }}
