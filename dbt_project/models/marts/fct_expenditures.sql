-- One row per disclosure, fund, functional item and nature.
with leaves as (
    select
        disclosure_id,
        case table_name
            when 'expenditure_by_function' then 'all_funds'
            when 'general_public_budget_by_function' then 'general_public_budget'
            when 'government_funds_by_function' then 'government_funds'
            when 'state_capital_by_function' then 'state_capital'
        end as fund,
        account_code as function_code,
        measure as nature,
        sum(amount_yuan) as amount_yuan,
        min(source_ref) as source_ref
    from {{ ref('fct_published_amounts') }}
    where
        table_name in (
            'expenditure_by_function',
            'general_public_budget_by_function',
            'government_funds_by_function',
            'state_capital_by_function'
        )
        and measure in ('basic', 'project')
        and row_role = 'leaf'
        and account_code is not null
        and amount_yuan is not null
    group by all
),

disclosures_with_expenditure_by_function as (
    select disclosure_id
    from leaves
    where fund = 'all_funds'
    group by all
),

-- T3 covers every fund; what it has beyond T5, T6 and T7 comes from the organization's own revenue.
own_funds as (
    select
        leaves.disclosure_id,
        'own_funds' as fund,
        leaves.function_code,
        leaves.nature,
        sum(case leaves.fund when 'all_funds' then leaves.amount_yuan else -leaves.amount_yuan end)
            as amount_yuan,
        min(case leaves.fund when 'all_funds' then leaves.source_ref end) as source_ref
    from leaves
    inner join disclosures_with_expenditure_by_function
        on leaves.disclosure_id = disclosures_with_expenditure_by_function.disclosure_id
    group by all
),

expenditures as (
    select * from leaves
    where fund <> 'all_funds'
    union all
    select * from own_funds
)

select
    expenditures.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    expenditures.fund,
    expenditures.function_code,
    expenditures.nature,
    try_cast(expenditures.amount_yuan as decimal(18, 2)) as amount_yuan,
    expenditures.source_ref,
    disclosures.is_counted,
    untied_totals.is_spending_untied as has_untied_total
from expenditures
inner join {{ ref('int_disclosures') }} as disclosures
    on expenditures.disclosure_id = disclosures.disclosure_id
left join {{ ref('int_untied_totals') }} as untied_totals
    on expenditures.disclosure_id = untied_totals.disclosure_id
where expenditures.amount_yuan <> 0
