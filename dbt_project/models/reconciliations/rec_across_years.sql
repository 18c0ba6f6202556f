-- One row per rule of the family across_years, disclosure and subject checked.
with disclosures as (
    select *
    from {{ ref('dim_disclosures') }}
    where is_current
),

-- Last year's budget and last year's execution are two documents, and never stand for each other.
earlier_disclosures as (
    select
        disclosures.disclosure_id,
        earlier.disclosure_id as earlier_disclosure_id,
        case earlier.stage when 'final_accounts' then 'executed' else earlier.stage end
            as base_stage
    from disclosures
    inner join disclosures as earlier
        on
            disclosures.organization_id = earlier.organization_id
            and disclosures.scope = earlier.scope
            and disclosures.fiscal_year = earlier.fiscal_year + 1
),

claims_of_prose as (
    select
        *,
        {{ claim_subject() }} as subject,
        coalesce(
            base_stage, case stage when 'final_accounts' then 'executed' else stage end
        ) as compared_stage,
        case direction
            when 'increase' then change_yuan
            when 'decrease' then -change_yuan
            when 'unchanged' then 0
        end as signed_change_yuan,
        {{ half_unit("coalesce(change_text, '0.00')", 'unit') }} as change_half_unit,
        {{ half_unit("coalesce(base_amount_text, '0')", 'unit') }} as base_half_unit,
        'narrative_claims ' || source_ref as place
    from {{ ref('fct_narrative_claims') }}
),

printed_claims as (
    select
        disclosure_id,
        claim_number,
        max(account_code) as account_code,
        max(printed_yuan) as printed_yuan
    from {{ ref('rec_claims') }}
    group by all
),

-- The same quantity as last year's document prints it.
totals_of_measures as (
    select
        disclosure_id,
        measure,
        max(printed_yuan) as printed_yuan,
        max(printed_half_unit) as printed_half_unit,
        min(printed_place) as printed_place
    from {{ ref('rec_claims') }}
    where rule_code <> 'NT-05' and printed_yuan is not null
    group by all
),

accounts as (
    select
        disclosure_id,
        account_code,
        min(account_name) as account_name,
        max(amount_yuan) as amount_yuan,
        min(table_name || ' ' || source_ref) as place
    from {{ ref('fct_published_amounts') }}
    where
        table_name = 'expenditure_by_function'
        and measure = 'total'
        and account_code is not null
        and row_role in ('leaf', 'subtotal', 'total')
    group by all
),

earlier_tables as (
    select distinct disclosure_id
    from accounts
),

claims_and_earlier as (
    select
        claims.*,
        printed_claims.printed_yuan,
        earlier_disclosures.earlier_disclosure_id,
        case
            when claims.measure <> 'function_item' then totals_of_measures.printed_yuan
            -- An account that last year's table does not have had nothing; a table that was not
            -- read says nothing.
            when printed_claims.account_code is null then null
            when accounts.account_code is not null then accounts.amount_yuan
            when earlier_tables.disclosure_id is not null then 0
        end as earlier_yuan,
        coalesce(totals_of_measures.printed_half_unit, 0) as earlier_half_unit,
        earlier_disclosures.earlier_disclosure_id
        || ' '
        || coalesce(totals_of_measures.printed_place, accounts.place) as earlier_place
    from claims_of_prose as claims
    left join printed_claims
        on
            claims.disclosure_id = printed_claims.disclosure_id
            and claims.claim_number = printed_claims.claim_number
    left join earlier_disclosures
        on
            claims.disclosure_id = earlier_disclosures.disclosure_id
            and claims.compared_stage = earlier_disclosures.base_stage
    left join totals_of_measures
        on
            earlier_disclosures.earlier_disclosure_id = totals_of_measures.disclosure_id
            and claims.measure = totals_of_measures.measure
    left join accounts
        on
            earlier_disclosures.earlier_disclosure_id = accounts.disclosure_id
            and printed_claims.account_code = accounts.account_code
    left join earlier_tables
        on earlier_disclosures.earlier_disclosure_id = earlier_tables.disclosure_id
    where
        claims.base_year = claims.fiscal_year - 1
        and claims.measure in (
            'total_revenue',
            'total_expenditure',
            'fiscal_appropriation_revenue',
            'fiscal_appropriation_expenditure',
            'general_public_budget_expenditure',
            'government_funds_expenditure',
            'state_capital_expenditure',
            'function_item'
        )
),

changes as (
    select
        'XY-01' as rule_code,
        disclosure_id,
        subject,
        signed_change_yuan as stated_yuan,
        coalesce(printed_yuan, amount_yuan) - earlier_yuan as computed_yuan,
        -- Both totals were rounded before they were subtracted, and so was what is left.
        half_unit * 2 + change_half_unit + earlier_half_unit as tolerance_yuan,
        true as is_equality,
        concat_ws(' ', direction_text, change_text || unit) as stated_text,
        place as stated_source,
        earlier_place as computed_source
    from claims_and_earlier
    where signed_change_yuan is not null and coalesce(printed_yuan, amount_yuan) is not null
),

bases as (
    select
        'XY-02' as rule_code,
        disclosure_id,
        subject,
        base_amount_yuan as stated_yuan,
        earlier_yuan as computed_yuan,
        base_half_unit + earlier_half_unit as tolerance_yuan,
        true as is_equality,
        concat_ws(' ', base_year, compared_stage, base_amount_text || unit) as stated_text,
        place as stated_source,
        earlier_place as computed_source
    from claims_and_earlier
    where base_amount_yuan is not null
),

renamed_codes as (
    select
        from_code as function_code,
        {{ joined('from_name') }} as former_names
    from {{ ref('classification_changes') }}
    where classification = 'function' and kind = 'rename'
    group by all
),

-- A code that means something else than last year is no line to compare along.
aliases as (
    select
        functions.function_code,
        '|'
        || {{ comparable_name(
            "concat_ws('|', functions.function_name, functions.other_names,"
            " functions.name_in_2010_list, renamed_codes.former_names)"
        ) }}
        || '|' as names
    from {{ ref('functions') }} as functions
    left join renamed_codes
        on functions.function_code = renamed_codes.function_code
),

codes_of_two_years as (
    select
        'XY-03' as rule_code,
        accounts.disclosure_id,
        'account ' || accounts.account_code as subject,
        {{ comparable_name('accounts.account_name') }}
        <> {{ comparable_name('earlier_accounts.account_name') }}
        and not coalesce(
            aliases.names like '%|' || {{ comparable_name('accounts.account_name') }} || '|%'
            and aliases.names
            like '%|' || {{ comparable_name('earlier_accounts.account_name') }} || '|%',
            false
        ) as is_broken,
        accounts.amount_yuan as stated_yuan,
        accounts.account_name as stated_text,
        earlier_accounts.account_name as computed_text,
        accounts.place as stated_source
    from accounts
    inner join earlier_disclosures
        on accounts.disclosure_id = earlier_disclosures.disclosure_id
    inner join disclosures
        on accounts.disclosure_id = disclosures.disclosure_id
    inner join accounts as earlier_accounts
        on
            earlier_disclosures.earlier_disclosure_id = earlier_accounts.disclosure_id
            and accounts.account_code = earlier_accounts.account_code
    left join aliases
        on accounts.account_code = aliases.function_code
    where
        earlier_disclosures.base_stage
        = case disclosures.stage when 'final_accounts' then 'executed' else disclosures.stage end
),

percentages_over_nothing as (
    select
        'XY-04' as rule_code,
        disclosure_id,
        subject,
        coalesce(change_ratio, 0) <> 0
        and coalesce(base_amount_yuan, amount_yuan - signed_change_yuan) = 0 as is_broken,
        amount_yuan as stated_yuan,
        concat_ws(
            ' ', 'from', base_amount_text || unit, direction_text, change_percent_text
        ) as stated_text,
        'no percentage over a base of zero' as computed_text,
        place as stated_source
    from claims_of_prose
    where
        direction is not null
        and amount_yuan is not null
        and (
            base_amount_yuan is not null
            or (change_ratio is not null and signed_change_yuan is not null)
        )
),

projects as (
    select
        *,
        {{ comparable_name('project_name') }} as comparable_project
    from {{ ref('fct_projects') }}
),

earlier_projects as (
    select
        disclosure_id,
        comparable_project
    from projects
    group by all
),

projects_of_earlier_years as (
    select
        'XY-05' as rule_code,
        projects.disclosure_id,
        'project ' || projects.project_name as subject,
        min(earlier_projects.comparable_project) is null
        and coalesce(max(projects.carryover_yuan), 0) = 0 as is_broken,
        max(projects.annual_yuan) as stated_yuan,
        'approved in earlier years, ' || cast(coalesce(max(projects.carryover_yuan), 0) as string)
        || ' carried over' as stated_text,
        'the project in an earlier disclosure, or something carried over' as computed_text,
        min('projects ' || projects.source_ref) as stated_source
    from projects
    left join earlier_disclosures
        on projects.disclosure_id = earlier_disclosures.disclosure_id
    left join earlier_projects
        on
            earlier_disclosures.earlier_disclosure_id = earlier_projects.disclosure_id
            and projects.comparable_project = earlier_projects.comparable_project
    where {{ matches('projects.project_name', '.*(历年|以前年度|往年|上年结转|跨年|续建).*') }}
    group by projects.disclosure_id, projects.project_name
),

-- A total that stands in two rows is one total.
totals as (
    select
        disclosure_id,
        max(amount_yuan) as amount_yuan,
        min(table_name || ' ' || source_ref) as place
    from {{ ref('fct_published_amounts') }}
    where
        table_name = 'expenditure_by_function'
        and measure = 'total'
        and row_role = 'total'
        and amount_yuan is not null
    group by disclosure_id
),

-- Between budget and execution a fifth of the budget is left to adjustments within the year.
budgets_and_executions as (
    select
        'XY-07' as rule_code,
        executed.disclosure_id,
        'total expenditure against ' || budgeted.stage as subject,
        executed_totals.amount_yuan as stated_yuan,
        budgeted_totals.amount_yuan as computed_yuan,
        cast({{ wide_yuan('budgeted_totals.amount_yuan') }} * 0.2 as decimal(18, 2))
            as tolerance_yuan,
        true as is_equality,
        'executed against ' || budgeted.stage as stated_text,
        executed_totals.place as stated_source,
        budgeted.disclosure_id || ' ' || budgeted_totals.place as computed_source
    from disclosures as executed
    inner join disclosures as budgeted
        on
            executed.organization_id = budgeted.organization_id
            and executed.scope = budgeted.scope
            and executed.fiscal_year = budgeted.fiscal_year
            and budgeted.stage <> 'final_accounts'
    inner join totals as executed_totals
        on executed.disclosure_id = executed_totals.disclosure_id
    inner join totals as budgeted_totals
        on budgeted.disclosure_id = budgeted_totals.disclosure_id
    where executed.stage = 'final_accounts'
),

statements as (
    {{ united(['codes_of_two_years', 'percentages_over_nothing', 'projects_of_earlier_years']) }}
),

claims as (
    {{ united(['changes', 'bases', 'budgets_and_executions']) }}
)

{{ legacy_statements('statements') }}
union all
{{ legacy_claims('claims') }}
