-- One row per disclosure and project form, with its subject and its place.
select
    *,
    {{ said('project_form', ['project_number', "' ' || project_name"]) }} as subject,
    'projects' as table_name,
    project_number as row_number
from {{ ref('fct_projects') }}
