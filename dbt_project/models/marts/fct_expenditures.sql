-- One row per disclosure, fund, functional item, nature and unit where rows are a unit's.
with leaves as (
    select
        amounts.disclosure_id,
        case amounts.table_name
            when 'expenditure_by_function' then 'all_funds'
            when 'general_public_budget_by_function' then 'general_public_budget'
            when 'government_funds_by_function' then 'government_funds'
            when 'state_capital_by_function' then 'state_capital'
        end as fund,
        amounts.account_code as function_code,
        measures.counted_nature as nature,
        amounts.unit_name,
        sum(amounts.amount_yuan) as amount_yuan,
        min(amounts.source_ref) as source_ref
    from {{ ref('fct_published_amounts') }} as amounts
    inner join {{ ref('int_printed_measures') }} as measures
        on
            amounts.disclosure_id = measures.disclosure_id
            and amounts.table_name = measures.table_name
            and amounts.measure = measures.measure
            and measures.counted_nature is not null
    where
        amounts.table_name in (
            'expenditure_by_function',
            'general_public_budget_by_function',
            'government_funds_by_function',
            'state_capital_by_function'
        )
        and amounts.row_role = 'leaf'
        and amounts.account_code is not null
        and amounts.amount_yuan is not null
    group by all
),

-- The rest of T3 has no natures or units where one of the tables prints none.
disclosures_with_expenditure_by_function as (
    select
        disclosure_id,
        max(case when nature = 'undivided' then 1 else 0 end) = 1 as is_undivided,
        count(unit_name) = count(*) as has_units
    from leaves
    group by disclosure_id
    having count(case when fund = 'all_funds' then 1 end) > 0
),

-- T3 covers every fund; what it has beyond T5, T6 and T7 comes from the organization's own revenue.
own_funds as (
    select
        leaves.disclosure_id,
        'own_funds' as fund,
        leaves.function_code,
        case
            when disclosures_with_expenditure_by_function.is_undivided then 'undivided'
            else leaves.nature
        end as nature,
        case when disclosures_with_expenditure_by_function.has_units then leaves.unit_name end
            as unit_name,
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
    expenditures.unit_name,
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
