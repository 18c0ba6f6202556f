-- One row per disclosure, disclosure of another stage and expense of the three public expenses.
with comparisons as (
    select *
    from {{ ref('int_comparisons') }}
    where not is_same_stage
),

-- A document read in part is no base, and has none.
expenses as (
    select
        expenses.disclosure_id,
        expenses.expense,
        expenses.amount_yuan
    from {{ ref('fct_three_public_expenses') }} as expenses
    inner join {{ ref('int_whole_tables') }} as whole_tables
        on
            expenses.disclosure_id = whole_tables.disclosure_id
            and whole_tables.table_name = 'three_public_expenses'
)

select
    comparisons.comparison_id,
    comparisons.disclosure_id,
    comparisons.base_disclosure_id,
    comparisons.organization_id,
    comparisons.fiscal_year,
    comparisons.stage,
    comparisons.base_fiscal_year,
    comparisons.base_stage,
    expenses.expense,
    expenses.amount_yuan,
    bases.amount_yuan as base_yuan
from comparisons
inner join expenses
    on comparisons.disclosure_id = expenses.disclosure_id
left join expenses as bases
    on
        comparisons.base_disclosure_id = bases.disclosure_id
        and expenses.expense = bases.expense
