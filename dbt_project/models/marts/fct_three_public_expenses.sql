-- One row per disclosure and expense.
select
    amounts.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    amounts.measure as expense,
    try_cast(sum(amounts.amount_yuan) as decimal(18, 2)) as amount_yuan,
    disclosures.is_counted
from {{ ref('fct_published_amounts') }} as amounts
inner join {{ ref('int_disclosures') }} as disclosures
    on amounts.disclosure_id = disclosures.disclosure_id
where
    amounts.table_name = 'three_public_expenses'
    and amounts.row_role = 'leaf'
    and amounts.amount_yuan is not null
group by all
