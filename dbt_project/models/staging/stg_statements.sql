-- One row per statement in the prose.
select
    disclosure_id,
    {{ whole_number('row_number') }} as row_number,
    {{ text_or_null('subject') }} as subject,
    {{ text_or_null('value') }} as value_text,
    {{ text_or_null('unit') }} as unit,
    {{ text_or_null('note') }} as note,
    {{ text_or_null('source_ref') }} as source_ref
from {{ source('landing', 'statements') }}
where {{ is_affected() }}
