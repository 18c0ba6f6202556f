-- One row per figure stated in the prose.
select
    disclosure_id,
    {{ whole_number('row_number') }} as row_number,
    {{ text_or_null('ordinal') }} as ordinal,
    {{ text_or_null('measure') }} as measure,
    {{ text_or_null('name') }} as account_name,
    {{ text_or_null('account_path') }} as account_path,
    {{ whole_number('base_year') }} as base_year,
    {{ word('base_stage') }} as base_stage,
    {{ text_or_null('direction') }} as direction_text,
    {{ amount_columns(['amount', 'base_amount', 'change']) }}
    {{ percent('change_percent') }} as change_percent,
    change_percent as change_percent_text,
    {{ percent('completion_percent') }} as completion_percent,
    completion_percent as completion_percent_text,
    {{ text_or_null('paragraph') }} as paragraph,
    {{ word('unit') }} as unit,
    {{ text_or_null('note') }} as note,
    {{ text_or_null('source_ref') }} as source_ref
from {{ source('landing', 'narrative_claims') }}
where {{ is_affected() }}
