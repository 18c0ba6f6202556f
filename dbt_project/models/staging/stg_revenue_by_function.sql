-- One row per printed row of 部门收入预算总表 (T2).
select
    disclosure_id,
    {{ whole_number('row_number') }} as row_number,
    {{ code('class_code') }} as class_code,
    {{ code('section_code') }} as section_code,
    {{ code('item_code') }} as item_code,
    {{ text_or_null('name') }} as account_name,
    {{ amount_columns([
        'total',
        'fiscal_appropriation',
        'institution_revenue',
        'business_revenue',
        'other_revenue',
    ]) }}
    {{ word('unit') }} as unit,
    {{ text_or_null('note') }} as note,
    {{ text_or_null('source_ref') }} as source_ref
from {{ source('landing', 'revenue_by_function') }}
where {{ is_affected() }}
