-- One row per rule and disclosure without the other document that the rule compares it with.
with disclosures as (
    select *
    from {{ ref('dim_disclosures') }}
),

current_disclosures as (
    select *
    from disclosures
    where is_current
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
        disclosure_id,
        {{ said('department_not_loaded') }} as coded_reason
    from disclosures
    where scope = 'unit' and department_disclosure_id is null
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
-- one that compares what the prose says falls on those whose prose says so, and has rows of them.
select
    rules.rule_code,
    missing_documents.disclosure_id,
    missing_documents.coded_reason,
    rules.needed_tables not like '%narrative_claims%' as falls_on_every_document
from {{ ref('reconciliation_rules') }} as rules
inner join missing_documents
    on rules.other_documents = missing_documents.other_documents
