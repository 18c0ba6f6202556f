-- One row per disclosure and project form: no project takes more than its share of the project
-- expenditure. A plausibility.
with checks as (
    select
        projects.disclosure_id,
        projects.subject,
        cast(projects.annual_yuan as decimal(28, 2))
        > {{ wide_yuan('totals.amount_yuan') }} * {{ of_rule('threshold') }} as is_failed,
        projects.annual_yuan as stated_yuan,
        {{ said('of_all_projects', ['totals.amount_yuan']) }} as stated_text,
        {{ place_of('stated', 'projects') }}
    from {{ ref('int_project_forms') }} as projects
    inner join {{ ref('int_project_totals') }} as totals
        on projects.disclosure_id = totals.disclosure_id
    where projects.annual_yuan is not null and totals.amount_yuan is not null
)

{{ judged_statements('checks') }}
