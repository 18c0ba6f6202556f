-- One row per disclosure and project whose name says that it was approved in earlier years: it
-- stands in an earlier disclosure, or carries something over. Without that disclosure only a form
-- decides that carries nothing over and begins in the year itself.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with projects as (
    select
        *,
        {{ comparable_name('project_name') }} as comparable_project
    from {{ ref('int_project_forms') }}
),

known_projects as (
    select distinct
        disclosure_id,
        comparable_project
    from projects
),

known_years as (
    select distinct earlier.disclosure_id
    from {{ ref('int_earlier_disclosures') }} as earlier
    inner join known_projects
        on earlier.earlier_disclosure_id = known_projects.disclosure_id
),

earlier_projects as (
    select
        projects.disclosure_id,
        projects.project_name,
        projects.table_name,
        max(known_projects.comparable_project) is not null as is_known,
        max(projects.carryover_yuan) as carryover_yuan,
        min(projects.starts_on) >= cast(
            cast(min(projects.fiscal_year) as string) || '-01-01' as date
        ) as begins_in_year,
        max(projects.annual_yuan) as annual_yuan,
        min(projects.row_number) as row_number,
        {{ first_source_ref('projects.source_ref') }} as source_ref
    from projects
    left join {{ ref('int_earlier_disclosures') }} as earlier
        on projects.disclosure_id = earlier.disclosure_id
    left join known_projects
        on
            earlier.earlier_disclosure_id = known_projects.disclosure_id
            and projects.comparable_project = known_projects.comparable_project
    where {{ matches('projects.project_name', '.*(历年|以前年度|往年|上年结转|跨年|续建).*') }}
    group by projects.disclosure_id, projects.project_name, projects.table_name
),

checks as (
    select
        earlier_projects.disclosure_id,
        {{ said('project', ['earlier_projects.project_name']) }} as subject,
        case
            when earlier_projects.is_known or earlier_projects.carryover_yuan > 0 then false
            when known_years.disclosure_id is not null then true
            when earlier_projects.carryover_yuan = 0 and earlier_projects.begins_in_year then true
        end as is_failed,
        earlier_projects.annual_yuan as stated_yuan,
        {{ said('approved_earlier', ['coalesce(earlier_projects.carryover_yuan, 0)']) }}
            as stated_text,
        {{ place_of('stated', 'earlier_projects') }}
    from earlier_projects
    left join known_years
        on earlier_projects.disclosure_id = known_years.disclosure_id
)

{{ judged_statements('checks') }}
