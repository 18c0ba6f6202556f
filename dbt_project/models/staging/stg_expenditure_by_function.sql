-- One row per printed row of 部门支出预算总表 (T3).
select
    disclosure_id,
    {{ whole_number('row_number') }} as row_number,
    {{ code('class_code') }} as class_code,
    {{ code('section_code') }} as section_code,
    {{ code('item_code') }} as item_code,
    {{ text_or_null('name') }} as account_name,
    {{ amount_columns(['total', 'basic', 'project']) }}
    {{ word('unit') }} as unit,
    {{ text_or_null('note') }} as note,
    {{ text_or_null('source_ref') }} as source_ref
from {{ source('landing', 'expenditure_by_function') }}
where {{ is_affected() }}
