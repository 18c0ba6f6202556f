-- One row per column of the raw contract, heading and tables in which it has this meaning.
with seen as (
    select
        measures.measure,
        count(*) as disclosure_count,
        count(distinct disclosures.region_code) as region_count
    from {{ ref('stg_measures') }} as measures
    inner join {{ ref('stg_disclosures') }} as disclosures
        on measures.disclosure_id = disclosures.disclosure_id
    group by measures.measure
)

select
    columns.column_name,
    columns.heading,
    columns.role,
    columns.tables,
    columns.nature,
    columns.source,
    columns.fund,
    columns.component,
    columns.expense,
    columns.procurement,
    columns.period,
    columns.part_of,
    cast(coalesce(seen.disclosure_count, 0) as integer) as disclosure_count,
    cast(coalesce(seen.region_count, 0) as integer) as region_count
from {{ ref('raw_columns') }} as columns
left join seen
    on columns.role = 'measure' and columns.column_name = seen.measure
