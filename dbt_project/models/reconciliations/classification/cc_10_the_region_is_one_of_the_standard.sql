-- One row per disclosure: its region is one of GB/T 2260 中华人民共和国行政区划代码.
with checks as (
    select
        disclosures.disclosure_id,
        {{ said('region') }} as subject,
        regions.region_code is null as is_failed,
        null as stated_yuan,
        {{ printed('organizations.region_code') }} as stated_text,
        'disclosure' as stated_table_name,
        cast(null as integer) as stated_row_number,
        cast(null as string) as stated_source_ref
    from {{ ref('dim_disclosures') }} as disclosures
    inner join {{ ref('dim_organizations') }} as organizations
        on disclosures.organization_id = organizations.organization_id
    left join {{ ref('regions') }} as regions
        on organizations.region_code = regions.region_code
)

{{ judged_statements('checks') }}
