-- One row per disclosure, functional item, source of revenue and unit where rows are a unit's.
select
    amounts.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    amounts.account_code as function_code,
    measures.counted_source as source,
    all_measures.fund,
    amounts.unit_name,
    try_cast(sum(amounts.amount_yuan) as decimal(18, 2)) as amount_yuan,
    disclosures.is_counted,
    untied_totals.is_revenue_untied as has_untied_total
from {{ ref('fct_published_amounts') }} as amounts
inner join {{ ref('int_disclosures') }} as disclosures
    on amounts.disclosure_id = disclosures.disclosure_id
left join {{ ref('int_untied_totals') }} as untied_totals
    on amounts.disclosure_id = untied_totals.disclosure_id
inner join {{ ref('int_printed_measures') }} as measures
    on
        amounts.disclosure_id = measures.disclosure_id
        and amounts.table_name = measures.table_name
        and amounts.measure = measures.measure
        and measures.counted_source is not null
inner join {{ ref('int_measures') }} as all_measures
    on amounts.measure = all_measures.measure
where
    amounts.table_name = 'revenue_by_function'
    and amounts.row_role = 'leaf'
    -- Some list their units, and no accounts.
    and coalesce(amounts.account_code, amounts.unit_name) is not null
group by all
having sum(amounts.amount_yuan) <> 0
