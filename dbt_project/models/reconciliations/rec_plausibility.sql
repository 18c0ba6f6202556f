-- One row per rule of the family plausibility, disclosure and subject checked.
with claims_of_prose as (
    select
        *,
        {{ claim_subject() }} as subject,
        'narrative_claims ' || source_ref as place
    from {{ ref('fct_narrative_claims') }}
),

reserves as (
    select
        disclosure_id,
        max(case measure when 'procurement_total' then amount_yuan end) as procurement_yuan,
        max(case measure when 'sme_reserved' then amount_yuan end) as sme_yuan,
        max(case measure when 'small_micro_reserved' then amount_yuan end) as small_yuan,
        max(half_unit) as half_unit,
        min(case measure when 'procurement_total' then place end) as procurement_place,
        min(case measure when 'sme_reserved' then place end) as sme_place
    from claims_of_prose
    where measure in ('procurement_total', 'sme_reserved', 'small_micro_reserved')
    group by all
),

-- 30% of procurement to small and medium enterprises, 60% of that to small and micro ones.
shares_of_enterprises as (
    select
        'PL-01' as rule_code,
        disclosure_id,
        'sme_reserved' as subject,
        sme_yuan as stated_yuan,
        cast({{ wide_yuan('procurement_yuan') }} * 0.3 as decimal(18, 2)) as computed_yuan,
        half_unit * 2 as tolerance_yuan,
        false as is_equality,
        'of ' || cast(procurement_yuan as string) || ' procured' as stated_text,
        sme_place as stated_source,
        procurement_place as computed_source
    from reserves
    where procurement_yuan > 0 and sme_yuan is not null
    union all
    select
        'PL-01' as rule_code,
        disclosure_id,
        'small_micro_reserved' as subject,
        small_yuan as stated_yuan,
        cast({{ wide_yuan('sme_yuan') }} * 0.6 as decimal(18, 2)) as computed_yuan,
        half_unit * 2 as tolerance_yuan,
        false as is_equality,
        'of ' || cast(sme_yuan as string) || ' reserved' as stated_text,
        sme_place as stated_source,
        sme_place as computed_source
    from reserves
    where sme_yuan > 0 and small_yuan is not null
),

amounts as (
    select
        *,
        table_name || ' ' || source_ref as place
    from {{ ref('fct_published_amounts') }}
    where row_role in ('leaf', 'subtotal', 'total') and amount_yuan is not null
),

-- A total that stands in two rows is one total.
project_expenditures as (
    select
        disclosure_id,
        max(amount_yuan) as amount_yuan
    from amounts
    where
        table_name = 'expenditure_by_function' and measure = 'project' and row_role = 'total'
    group by all
),

concentration as (
    select
        'PL-03' as rule_code,
        projects.disclosure_id,
        {{ project_subject('projects') }} as subject,
        {{ wide_yuan('projects.annual_yuan') }} * 2 > project_expenditures.amount_yuan as is_broken,
        projects.annual_yuan as stated_yuan,
        'of ' || cast(project_expenditures.amount_yuan as string) || ' for all projects'
            as stated_text,
        'at most half in one project' as computed_text,
        'projects ' || projects.source_ref as stated_source
    from {{ ref('fct_projects') }} as projects
    inner join project_expenditures
        on projects.disclosure_id = project_expenditures.disclosure_id
    where projects.annual_yuan is not null
),

large_changes as (
    select
        'PL-04' as rule_code,
        disclosure_id,
        subject,
        {{ wide_yuan('change_yuan') }} * 2
        > amount_yuan
        - case direction when 'increase' then change_yuan else -change_yuan end as is_broken,
        amount_yuan as stated_yuan,
        concat_ws(' ', direction_text, change_text || unit) as stated_text,
        'a change of at most half of last year' as computed_text,
        place as stated_source
    from claims_of_prose
    where
        change_yuan is not null
        and amount_yuan > 0
        and direction in ('increase', 'decrease')
        and measure in (
            'total_revenue', 'total_expenditure', 'fiscal_appropriation_expenditure'
        )
),

residuals as (
    select
        amounts.disclosure_id,
        sum(case when amounts.account_code like '%99' then amounts.amount_yuan else 0 end)
            as residual_yuan,
        sum(amounts.amount_yuan) as total_yuan,
        min(amounts.place) as place
    from amounts
    where
        amounts.table_name = 'basic_expenditure_by_economic'
        and amounts.measure = 'total'
        and amounts.row_role = 'leaf'
    group by all
),

residual_share as (
    select
        'PL-05' as rule_code,
        disclosure_id,
        'basic_expenditure_by_economic' as subject,
        residual_yuan * 10 > total_yuan * 3 as is_broken,
        residual_yuan as stated_yuan,
        'of ' || cast(total_yuan as string) || ' basic expenditure' as stated_text,
        'at most three tenths in items for the rest' as computed_text,
        place as stated_source
    from residuals
    where total_yuan > 0
),

-- Annuity contributions are 8% of the base of which pension contributions are 16%.
contributions as (
    select
        disclosure_id,
        sum(case account_code when '30108' then amount_yuan end) as pension_yuan,
        sum(case account_code when '30109' then amount_yuan end) as annuity_yuan,
        min(case account_code when '30109' then place end) as place
    from amounts
    where table_name = 'basic_expenditure_by_economic' and measure = 'total'
    group by all
),

payroll_ratios as (
    select
        'PL-06' as rule_code,
        disclosure_id,
        '30109 to 30108' as subject,
        annuity_yuan * 10 not between pension_yuan * 4 and pension_yuan * 6 as is_broken,
        annuity_yuan as stated_yuan,
        'of ' || cast(pension_yuan as string) || ' pension contributions' as stated_text,
        'about half of the pension contributions' as computed_text,
        place as stated_source
    from contributions
    where pension_yuan > 0 and annuity_yuan > 0
),

-- Round amounts are often equal; one to the yuan, in two classes of a table, seldom is by chance.
values_of_tables as (
    select
        disclosure_id,
        table_name,
        amount_yuan,
        count(distinct class_code) as classes,
        min(account_name) as first_name,
        max(account_name) as last_name,
        min(place) as place
    from amounts
    where
        table_name in ('expenditure_by_function', 'basic_expenditure_by_economic')
        and measure = 'total'
        and row_role = 'leaf'
        and account_code is not null
        and amount_yuan > 1000
        and amount_yuan <> round(amount_yuan, -2)
    group by all
),

repeated_values as (
    select
        'PL-07' as rule_code,
        disclosure_id,
        table_name || ' ' || cast(amount_yuan as string) as subject,
        classes > 1 as is_broken,
        amount_yuan as stated_yuan,
        first_name as stated_text,
        'another amount than ' || last_name as computed_text,
        place as stated_source
    from values_of_tables
),

statements as (
    {{ united([
        'concentration',
        'large_changes',
        'residual_share',
        'payroll_ratios',
        'repeated_values',
    ]) }}
)

{{ judged_statements('statements') }}
union all
{{ judged_claims('shares_of_enterprises') }}
