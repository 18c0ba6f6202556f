-- One row per disclosure and table that it prints.
select
    tables.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    tables.table_name,
    tables.title,
    tables.compiling_entity,
    tables.unit,
    tables.remark,
    tables.pages,
    tables.numbers_printed,
    tables.numbers_placed,
    tables.source_ref,
    disclosures.is_counted
from {{ ref('stg_tables') }} as tables
inner join {{ ref('int_disclosures') }} as disclosures
    on tables.disclosure_id = disclosures.disclosure_id
