-- One row per printed row of 一般公共预算拨款基本支出经济分类预算表 (T8).
select
    disclosure_id,
    {{ whole_number('row_number') }} as row_number,
    {{ code('class_code') }} as class_code,
    {{ code('item_code') }} as item_code,
    {{ text_or_null('name') }} as account_name,
    {{ amount_columns(['total', 'personnel', 'public_use']) }}
    {{ word('unit') }} as unit,
    {{ text_or_null('note') }} as note,
    {{ text_or_null('source_ref') }} as source_ref
from {{ source('landing', 'basic_expenditure_by_economic') }}
where {{ is_affected() }}
