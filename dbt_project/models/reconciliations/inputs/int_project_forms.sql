-- One row per disclosure and project form, with its subject and its place.
-- A list of projects with their goals names no more than unit and amount, and is no form.
with targets as (
    select
        disclosure_id,
        project_name
    from {{ ref('fct_performance_targets') }}
    group by disclosure_id, project_name
)

select
    projects.*,
    {{ said('project_form', ['projects.project_number', "' ' || projects.project_name"]) }}
        as subject,
    'projects' as table_name,
    projects.project_number as row_number
from {{ ref('fct_projects') }} as projects
left join targets
    on
        projects.disclosure_id = targets.disclosure_id
        and projects.project_name = targets.project_name
where
    targets.project_name is not null
    or coalesce(projects.supervising_organization_name, projects.project_kind_text) is not null
    or coalesce(projects.starts_on, projects.ends_on) is not null
    or coalesce(
        projects.total_yuan,
        projects.fiscal_yuan,
        projects.carryover_yuan,
        projects.other_yuan
    ) is not null
