-- One row per disclosure, economic item and component.
select
    amounts.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    amounts.account_code as economic_code,
    measures.counted_component as component,
    try_cast(sum(amounts.amount_yuan) as decimal(18, 2)) as amount_yuan,
    disclosures.is_counted,
    untied_totals.is_basic_untied as has_untied_total
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
        and measures.counted_component is not null
where
    amounts.table_name = 'basic_expenditure_by_economic'
    and amounts.row_role = 'leaf'
    and amounts.account_code is not null
group by all
having sum(amounts.amount_yuan) <> 0
