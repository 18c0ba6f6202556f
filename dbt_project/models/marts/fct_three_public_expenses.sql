-- One row per disclosure and expense.
select
    amounts.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    measures.counted_expense as expense,
    try_cast(sum(amounts.amount_yuan) as decimal(18, 2)) as amount_yuan,
    disclosures.is_counted
from {{ ref('fct_published_amounts') }} as amounts
inner join {{ ref('int_disclosures') }} as disclosures
    on amounts.disclosure_id = disclosures.disclosure_id
inner join {{ ref('int_printed_measures') }} as measures
    on
        amounts.disclosure_id = measures.disclosure_id
        and amounts.table_name = measures.table_name
        and amounts.measure = measures.measure
        and measures.counted_expense is not null
where
    amounts.table_name = 'three_public_expenses'
    and amounts.row_role = 'leaf'
    and amounts.amount_yuan is not null
group by all
