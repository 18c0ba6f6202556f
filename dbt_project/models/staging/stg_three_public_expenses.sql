-- One row per printed row of “三公”经费和机关运行经费预算表 (T9).
select
    disclosure_id,
    {{ whole_number('row_number') }} as row_number,
    {{ amount_columns([
        'total',
        'overseas_visits',
        'official_hospitality',
        'vehicle_total',
        'vehicle_purchase',
        'vehicle_operation',
        'agency_operating_expenses',
    ]) }}
    {{ word('unit') }} as unit,
    {{ text_or_null('note') }} as note,
    {{ text_or_null('source_ref') }} as source_ref
from {{ source('landing', 'three_public_expenses') }}
where {{ is_affected() }}
