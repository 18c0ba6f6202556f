-- One row per disclosure, functional item and source of revenue.
select
    amounts.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    amounts.account_code as function_code,
    amounts.measure as source,
    try_cast(sum(amounts.amount_yuan) as decimal(18, 2)) as amount_yuan,
    disclosures.is_counted,
    untied_totals.is_revenue_untied as has_untied_total
from {{ ref('fct_published_amounts') }} as amounts
inner join {{ ref('int_disclosures') }} as disclosures
    on amounts.disclosure_id = disclosures.disclosure_id
left join {{ ref('int_untied_totals') }} as untied_totals
    on amounts.disclosure_id = untied_totals.disclosure_id
where
    amounts.table_name = 'revenue_by_function'
    and amounts.measure <> 'total'
    and amounts.row_role = 'leaf'
    and amounts.account_code is not null
group by all
having sum(amounts.amount_yuan) <> 0
