-- One row per disclosure, printed row of procurement and source.
with item_rows as (
    select
        printed_rows.disclosure_id,
        printed_rows.table_name,
        printed_rows.row_number,
        coalesce(
            printed_rows.procurement_item,
            printed_rows.procurement_catalogue,
            printed_rows.project_name,
            printed_rows.account_name
        ) as procurement_item,
        printed_rows.procurement_catalogue,
        printed_rows.project_name,
        printed_rows.quantity,
        printed_rows.quantity_unit
    from {{ ref('stg_printed_rows') }} as printed_rows
    inner join {{ ref('int_table_kinds') }} as kinds
        on
            printed_rows.table_name = kinds.table_name
            and kinds.row_kind = 'procurement_items'
)

select
    item_rows.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    item_rows.table_name,
    item_rows.row_number,
    amounts.unit_name,
    item_rows.procurement_item,
    item_rows.procurement_catalogue,
    item_rows.project_name,
    item_rows.quantity,
    item_rows.quantity_unit,
    measures.counted_source as source,
    all_measures.fund,
    try_cast(sum(amounts.amount_yuan) as decimal(18, 2)) as amount_yuan,
    min(amounts.source_ref) as source_ref,
    disclosures.is_counted,
    places.has_untied_total
from item_rows
inner join {{ ref('fct_published_amounts') }} as amounts
    on
        item_rows.disclosure_id = amounts.disclosure_id
        and item_rows.table_name = amounts.table_name
        and item_rows.row_number = amounts.row_number
        and amounts.row_role = 'leaf'
inner join {{ ref('int_printed_measures') }} as measures
    on
        amounts.disclosure_id = measures.disclosure_id
        and amounts.table_name = measures.table_name
        and amounts.measure = measures.measure
        and measures.counted_source is not null
inner join {{ ref('int_item_rows') }} as places
    on
        item_rows.disclosure_id = places.disclosure_id
        and item_rows.table_name = places.table_name
        and item_rows.row_number = places.row_number
inner join {{ ref('int_measures') }} as all_measures
    on amounts.measure = all_measures.measure
inner join {{ ref('int_disclosures') }} as disclosures
    on item_rows.disclosure_id = disclosures.disclosure_id
where item_rows.procurement_item is not null
group by all
having sum(amounts.amount_yuan) <> 0
