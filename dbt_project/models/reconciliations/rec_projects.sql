-- One row per rule of the family projects, disclosure and subject checked.
with projects as (
    select
        projects.*,
        {{ project_subject('projects') }} as subject,
        {{ comparable_name('projects.project_name') }} as comparable_project,
        'projects ' || projects.source_ref as place,
        organizations.organization_name
    from {{ ref('fct_projects') }} as projects
    inner join {{ ref('dim_organizations') }} as organizations
        on projects.organization_id = organizations.organization_id
),

forms as (
    select
        disclosure_id,
        sum(fiscal_yuan) as fiscal_yuan,
        count(*) as forms,
        min(place) as place
    from projects
    where fiscal_yuan is not null
    group by all
),

-- A total that stands in two rows is one total.
project_expenditures as (
    select
        disclosure_id,
        max(amount_yuan) as amount_yuan,
        max(half_unit) as half_unit,
        max(unit) as unit,
        min(table_name || ' ' || source_ref) as place
    from {{ ref('fct_published_amounts') }}
    where
        table_name = 'expenditure_by_function'
        and measure = 'project'
        and row_role = 'total'
        and amount_yuan is not null
    group by all
),

-- Not every project need have a form: the forms may come to less, but not to a little less.
forms_and_table as (
    select
        'PJ-01' as rule_code,
        forms.disclosure_id,
        'project expenditure' as subject,
        project_expenditures.amount_yuan as stated_yuan,
        forms.fiscal_yuan as computed_yuan,
        case when project_expenditures.unit = '元' then 0 else project_expenditures.half_unit end
            as tolerance_yuan,
        forms.fiscal_yuan * 100
        >= {{ wide_yuan('project_expenditures.amount_yuan') }} * 99 as is_equality,
        cast(forms.forms as string) || ' forms' as stated_text,
        project_expenditures.place as stated_source,
        forms.place as computed_source
    from forms
    left join project_expenditures
        on forms.disclosure_id = project_expenditures.disclosure_id
),

-- A project of one year asks for all its money in that year.
years_and_totals as (
    select
        'PJ-04' as rule_code,
        disclosure_id,
        subject,
        total_yuan as stated_yuan,
        annual_yuan as computed_yuan,
        0 as tolerance_yuan,
        coalesce(
            extract(year from starts_on) = fiscal_year and extract(year from ends_on) = fiscal_year,
            false
        ) as is_equality,
        concat_ws(' to ', cast(starts_on as string), cast(ends_on as string)) as stated_text,
        place as stated_source,
        place as computed_source
    from projects
    where total_yuan is not null and annual_yuan is not null
),

dates as (
    select
        'PJ-05' as rule_code,
        disclosure_id,
        subject,
        case
            when starts_on > ends_on then true
            when form_fiscal_year <> fiscal_year then true
            when extract(year from starts_on) > fiscal_year then true
            when extract(year from ends_on) < fiscal_year then true
            when starts_on is not null and ends_on is not null then false
        end as is_broken,
        annual_yuan as stated_yuan,
        concat_ws(
            ' ',
            cast(form_fiscal_year as string),
            concat_ws(' to ', cast(starts_on as string), cast(ends_on as string))
        ) as stated_text,
        'the fiscal year ' || cast(fiscal_year as string) as computed_text,
        place as stated_source
    from projects
),

names_of_projects as (
    select
        disclosure_id,
        comparable_project,
        count(*) as forms,
        min(project_number) as first_number
    from projects
    group by all
),

organization_of_forms as (
    select
        'PJ-07' as rule_code,
        projects.disclosure_id,
        projects.subject,
        projects.project_number <> names_of_projects.first_number
        or not (
            coalesce(
                {{ comparable_name('projects.implementing_organization_name') }}
                like '%' || {{ comparable_name('projects.organization_name') }} || '%'
                or {{ comparable_name('projects.organization_name') }}
                like '%' || {{ comparable_name('projects.implementing_organization_name') }},
                false
            )
            or coalesce(
                {{ comparable_name('projects.supervising_organization_name') }}
                like '%' || {{ comparable_name('projects.organization_name') }} || '%'
                or {{ comparable_name('projects.organization_name') }}
                like '%' || {{ comparable_name('projects.supervising_organization_name') }},
                false
            )
            or (
                projects.implementing_organization_name is null
                and projects.supervising_organization_name is null
            )
        ) as is_broken,
        projects.annual_yuan as stated_yuan,
        concat_ws(
            ', ',
            projects.project_name,
            projects.supervising_organization_name,
            projects.implementing_organization_name
        ) as stated_text,
        case
            when projects.project_number <> names_of_projects.first_number
                then 'a name that no other form has'
            else projects.organization_name
        end as computed_text,
        projects.place as stated_source
    from projects
    inner join names_of_projects
        on
            projects.disclosure_id = names_of_projects.disclosure_id
            and projects.comparable_project = names_of_projects.comparable_project
),

indicators as (
    select
        *,
        'indicator ' || cast(indicator_number as string) || ' ' || coalesce(indicator_name, '')
            as subject,
        {{ comparable_name('indicator_name') }} as comparable_indicator,
        'performance_targets ' || source_ref as place
    from {{ ref('fct_performance_targets') }}
),

kinds_of_indicators as (
    select
        disclosure_id,
        project_name,
        max(
            case
                when concat_ws(' ', indicator_level_1, indicator_level_2) like '%产出%' then 1
                when indicator_level_2 like '%数量%' or indicator_level_2 like '%质量%' then 1
                else 0
            end
        ) as has_output,
        max(
            case
                when concat_ws(' ', indicator_level_1, indicator_level_2) like '%效益%' then 1
                when concat_ws(' ', indicator_level_1, indicator_level_2) like '%效果%' then 1
                when indicator_level_2 like '%可持续影响%' then 1
                else 0
            end
        ) as has_benefit,
        max(
            case
                when concat_ws(' ', indicator_level_1, indicator_level_2) like '%满意度%' then 1
                else 0
            end
        ) as has_satisfaction,
        min(place) as place
    from indicators
    group by all
),

indicators_complete as (
    select
        'PJ-09' as rule_code,
        disclosure_id,
        concat_ws(' ', 'project', project_name) as subject,
        has_output + has_benefit + has_satisfaction < 3 as is_broken,
        null as stated_yuan,
        concat_ws(
            ', ',
            case when has_output = 1 then '产出' end,
            case when has_benefit = 1 then '效益' end,
            case when has_satisfaction = 1 then '满意度' end
        ) as stated_text,
        '产出, 效益, 满意度' as computed_text,
        place as stated_source
    from kinds_of_indicators
),

-- What kind of value an indicator asks for by its name, and what kind its target is.
kinds_of_values as (
    select
        *,
        coalesce(indicator_level_2 like '%数量%', false)
        and {{ matches(
            'comparable_indicator', '.*(数|数量|人次|次数|场次|面积|购置|采购|开发|建设|制作|安装)'
        ) }} as is_count,
        {{ matches('comparable_indicator', '.*[^效功]率') }} as is_rate,
        {{ matches('comparable_indicator', '.*(面积|数|数量|次|个|户|家|台|场|套|份)占比') }}
            as is_share,
        {{ matches(printed_digits('target_text'), '[<>=≥≤]+.*') }} as has_comparator,
        {{ matches(printed_digits('target_text'), '.*[0-9%百全零无].*') }} as has_number
    from indicators
),

values_fit as (
    select
        'PJ-10' as rule_code,
        disclosure_id,
        subject,
        (is_count and not is_share and replace(target_text, '%', '') <> target_text)
        or (has_comparator and target_value is null)
        or (is_rate and not has_number) as is_broken,
        null as stated_yuan,
        project_name || ': ' || target_text as stated_text,
        case
            when has_comparator and target_value is null then 'one number after the sign'
            when is_rate and not has_number then 'a number for a rate'
            when is_count then 'a count'
        end as computed_text,
        place as stated_source
    from kinds_of_values
    where target_text is not null and indicator_name is not null
),

placeholders as (
    select
        'PJ-11' as rule_code,
        disclosure_id,
        subject,
        {{ matches(
            'comparable_indicator',
            '((数量|质量|时效|成本|产出|效益|社会|经济|生态|绩效|三级|二级|一级|中的|的|值|[0-9])*(指标|目标)(名称|值)?(数量|质量|[0-9一二三四五]|…|[.])*)|.*([xX×]{2,}|示例|请填|待填|待定).*'
        ) }}
        or {{ matches(
            comparable_name('target_text'), '指标值|目标值|.*([xX×]{2,}|示例|请填|待填|待定).*'
        ) }} as is_broken,
        null as stated_yuan,
        concat_ws(': ', project_name, indicator_name) as stated_text,
        'an indicator of the project' as computed_text,
        place as stated_source
    from indicators
    where indicator_name is not null and target_text is not null
),

statements as (
    {{ united([
        'dates',
        'organization_of_forms',
        'indicators_complete',
        'values_fit',
        'placeholders',
    ]) }}
),

claims as (
    {{ united(['forms_and_table', 'years_and_totals']) }}
)

{{ legacy_statements('statements') }}
union all
{{ legacy_claims('claims') }}
