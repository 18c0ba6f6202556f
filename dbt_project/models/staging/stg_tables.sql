-- One row per table that a document prints.
select
    disclosure_id,
    {{ text_or_null('table_name') }} as table_name,
    {{ text_or_null('title') }} as title,
    {{ text_or_null('compiling_entity') }} as compiling_entity,
    {{ text_or_null('remark') }} as remark,
    {{ text_or_null('pages') }} as pages,
    {{ whole_number('numbers_printed') }} as numbers_printed,
    {{ whole_number('numbers_placed') }} as numbers_placed,
    {{ text_or_null('unit') }} as unit,
    {{ text_or_null('note') }} as note,
    {{ text_or_null('source_ref') }} as source_ref
from {{ source('landing', 'tables') }}
where {{ is_affected() }}
