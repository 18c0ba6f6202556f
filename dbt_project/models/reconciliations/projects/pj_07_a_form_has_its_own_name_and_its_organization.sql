-- One row per disclosure and project form: no form before it has the name of its project, and it
-- names the organization that publishes.
-- 项目支出绩效目标编报要求 (财预〔2015〕88号)
with forms as (
    select
        projects.*,
        organizations.organization_name,
        disclosures.scope,
        {{ comparable_name('projects.project_name') }} as comparable_project,
        {{ comparable_name('organizations.organization_name') }} as publisher,
        {{ comparable_name('projects.implementing_organization_name') }} as implementer,
        {{ comparable_name('projects.supervising_organization_name') }} as supervisor
    from {{ ref('int_project_forms') }} as projects
    inner join {{ ref('dim_organizations') }} as organizations
        on projects.organization_id = organizations.organization_id
    inner join {{ ref('dim_disclosures') }} as disclosures
        on projects.disclosure_id = disclosures.disclosure_id
),

-- Units of one department may have projects of one name. A form may name the publisher with more
-- words than its own, or with the last of them only.
named_forms as (
    select
        *,
        project_number <> min(project_number) over same_names
        and (scope = 'unit' or coalesce(implementer, publisher) <> publisher) as repeats_a_name,
        (implementer is null and supervisor is null)
        or coalesce(
            implementer like '%' || publisher || '%' or publisher like '%' || implementer, false
        )
        or coalesce(
            supervisor like '%' || publisher || '%' or publisher like '%' || supervisor, false
        ) as names_its_publisher
    from forms
    where comparable_project is not null
    window
        same_names as (
            partition by
                disclosure_id,
                comparable_project,
                case scope when 'department' then implementer end
        )
),

checks as (
    select
        disclosure_id,
        subject,
        repeats_a_name or not names_its_publisher as is_failed,
        annual_yuan as stated_yuan,
        {{ listed([
            'project_name', 'supervising_organization_name', 'implementing_organization_name'
        ]) }} as stated_text,
        case
            when repeats_a_name then {{ said('name_of_no_other_form') }}
            else {{ printed('organization_name') }}
        end as computed_text,
        {{ place_of('stated') }}
    from named_forms
)

{{ judged_statements('checks', computed_text='computed_text') }}
