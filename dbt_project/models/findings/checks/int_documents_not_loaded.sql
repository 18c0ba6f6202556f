-- One row per rule and disclosure without the other document that the rule compares it with, or
-- without its table.
with disclosures as (
    select *
    from {{ ref('dim_disclosures') }}
),

current_disclosures as (
    select *
    from disclosures
    where is_current
),

compared_accounts as (
    select distinct disclosure_id
    from {{ ref('int_located_amounts') }}
    where table_name = 'expenditure_by_function' and account_code is not null
),

without_budget as (
    select
        disclosures.disclosure_id,
        {{ said('budget_not_loaded', ['disclosures.fiscal_year']) }} as coded_reason
    from disclosures
    left join current_disclosures as budgets
        on
            disclosures.organization_id = budgets.organization_id
            and disclosures.scope = budgets.scope
            and disclosures.fiscal_year = budgets.fiscal_year
            and budgets.stage <> 'final_accounts'
    where disclosures.stage = 'final_accounts' and budgets.disclosure_id is null
),

without_last_year as (
    select
        disclosures.disclosure_id,
        {{ said('last_year_not_loaded', ['disclosures.fiscal_year - 1']) }} as coded_reason
    from disclosures
    left join current_disclosures as earlier
        on
            disclosures.organization_id = earlier.organization_id
            and disclosures.scope = earlier.scope
            and disclosures.fiscal_year = earlier.fiscal_year + 1
    where earlier.disclosure_id is null
),

-- The accounts of the prose are compared with those of last year's table.
without_accounts_of_last_year as (
    select
        disclosures.disclosure_id,
        case
            when count(earlier.disclosure_id) = 0
                then {{ said('last_year_not_loaded', ['disclosures.fiscal_year - 1']) }}
            else
                {{ said('table_of_last_year_not_read', [
                    "'expenditure_by_function'", 'disclosures.fiscal_year - 1'
                ]) }}
        end as coded_reason
    from disclosures
    left join current_disclosures as earlier
        on
            disclosures.organization_id = earlier.organization_id
            and disclosures.scope = earlier.scope
            and disclosures.fiscal_year = earlier.fiscal_year + 1
    left join compared_accounts
        on earlier.disclosure_id = compared_accounts.disclosure_id
    group by disclosures.disclosure_id, disclosures.fiscal_year
    having count(compared_accounts.disclosure_id) = 0
),

without_stage_of_last_year as (
    select
        disclosures.disclosure_id,
        {{ said('last_stage_not_loaded', ['disclosures.fiscal_year - 1']) }} as coded_reason
    from disclosures
    left join current_disclosures as earlier
        on
            disclosures.organization_id = earlier.organization_id
            and disclosures.scope = earlier.scope
            and disclosures.stage = earlier.stage
            and disclosures.fiscal_year = earlier.fiscal_year + 1
    where earlier.disclosure_id is null
),

without_department as (
    select
        disclosures.disclosure_id,
        case
            when disclosures.department_disclosure_id is null
                then {{ said('department_not_loaded') }}
            else {{ said('table_of_department_not_read', ["'expenditure_by_function'"]) }}
        end as coded_reason
    from disclosures
    left join compared_accounts
        on disclosures.department_disclosure_id = compared_accounts.disclosure_id
    where disclosures.scope = 'unit' and compared_accounts.disclosure_id is null
),

without_units as (
    select
        departments.disclosure_id,
        {{ said('units_not_loaded') }} as coded_reason
    from disclosures as departments
    left join current_disclosures as units
        on departments.disclosure_id = units.department_disclosure_id
    where departments.scope = 'department' and units.disclosure_id is null
),

missing_documents as (
    {%- for other_documents, relation in [
        ('budget_of_the_year', 'without_budget'),
        ('last_year', 'without_last_year'),
        ('accounts_of_last_year', 'without_accounts_of_last_year'),
        ('last_year_of_the_stage', 'without_stage_of_last_year'),
        ('department', 'without_department'),
        ('units', 'without_units'),
    ] %}
        select
            '{{ other_documents }}' as other_documents,
            disclosure_id,
            coded_reason
        from {{ relation }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

-- A rule that compares what the document prints of itself falls on every document with its tables;
-- one that compares what the prose or a form says falls on those where it is said, and has rows of
-- them.
select
    rules.rule_code,
    missing_documents.disclosure_id,
    missing_documents.coded_reason,
    rules.needed_tables not like '%narrative_claims%'
    and rules.needed_tables <> 'projects' as falls_on_every_document
from {{ ref('reconciliation_rules') }} as rules
inner join missing_documents
    on rules.other_documents = missing_documents.other_documents
