-- One row per disclosure and project; a form that a document prints twice is one.
select
    projects.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    projects.row_number as project_number,
    projects.project_name,
    case projects.project_kind
        when '经常性项目' then 'recurrent'
        when '一次性项目' then 'one_off'
    end as project_kind,
    projects.project_kind as project_kind_text,
    projects.fiscal_year as form_fiscal_year,
    projects.supervising_organization_name,
    projects.implementing_organization_name,
    projects.starts_on,
    projects.ends_on,
    {{ in_yuan('projects.total', 'projects.unit') }} as total_yuan,
    {{ in_yuan('projects.fiscal_funds', 'projects.unit') }} as total_fiscal_yuan,
    {{ in_yuan('projects.other_funds', 'projects.unit') }} as total_other_yuan,
    {{ in_yuan('projects.annual_total', 'projects.unit') }} as annual_yuan,
    {{ in_yuan('projects.annual_fiscal', 'projects.unit') }} as fiscal_yuan,
    {{ in_yuan('projects.annual_carryover', 'projects.unit') }} as carryover_yuan,
    {{ in_yuan('projects.annual_other', 'projects.unit') }} as other_yuan,
    {{ in_yuan('projects.initial_budget', 'projects.unit') }} as initial_budget_yuan,
    {{ in_yuan('projects.adjusted_budget', 'projects.unit') }} as adjusted_budget_yuan,
    {{ in_yuan('projects.executed', 'projects.unit') }} as executed_yuan,
    {{ score('projects.score') }} as score,
    projects.score as score_text,
    projects.note,
    projects.source_ref,
    -- A department evaluates its whole spending too, which holds its projects.
    disclosures.is_counted and coalesce(projects.project_kind, '') <> '部门整体支出' as is_counted
from {{ ref('stg_projects') }} as projects
inner join {{ ref('int_disclosures') }} as disclosures
    on projects.disclosure_id = disclosures.disclosure_id
left join {{ ref('int_repeated_rows') }} as repeats
    on
        repeats.table_name = 'projects'
        and projects.disclosure_id = repeats.disclosure_id
        and projects.row_number = repeats.row_number
where repeats.row_number is null
