-- One row per third-level indicator of a project form.
select
    disclosure_id,
    {{ whole_number('row_number') }} as row_number,
    {{ text_or_null('project_name') }} as project_name,
    {{ text_or_null('indicator_level_1') }} as indicator_level_1,
    {{ text_or_null('indicator_level_2') }} as indicator_level_2,
    {{ text_or_null('indicator_name') }} as indicator_name,
    {{ text_or_null('target') }} as target_text,
    {{ text_or_null('achieved') }} as achieved,
    {{ text_or_null('score') }} as score,
    {{ text_or_null('unit') }} as unit,
    {{ text_or_null('note') }} as note,
    {{ text_or_null('source_ref') }} as source_ref
from {{ source('landing', 'performance_targets') }}
where {{ is_affected() }}
