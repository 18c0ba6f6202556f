-- One row per disclosure and project form, with its subject and its place.
select
    *,
    {{ project_subject() }} as subject,
    'projects' as table_name,
    project_number as row_number
from {{ ref('fct_projects') }}
