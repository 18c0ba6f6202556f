-- One row per organization that publishes, or that supervises one that does.
with organizations as (
    select
        organization_id,
        organization_name,
        organization_type,
        parent_organization_id,
        region_code,
        fiscal_year,
        revision,
        disclosure_id
    from {{ ref('int_disclosures') }}
    union all
    -- A supervising organization that publishes nothing here is known by its name alone.
    select
        parent_organization_id as organization_id,
        supervising_organization_name as organization_name,
        null as organization_type,
        null as parent_organization_id,
        region_code,
        0 as fiscal_year,
        0 as revision,
        disclosure_id
    from {{ ref('int_disclosures') }}
    where parent_organization_id is not null
),

latest_first as (
    select
        *,
        row_number() over (
            partition by organization_id
            order by
                fiscal_year desc, revision desc, organization_type asc nulls last, disclosure_id asc
        ) as recency
    from organizations
)

select
    latest_first.organization_id,
    latest_first.organization_name,
    latest_first.organization_type,
    latest_first.parent_organization_id,
    latest_first.region_code,
    regions.region_name
from latest_first
left join {{ ref('regions') }} as regions
    on latest_first.region_code = regions.region_code
where latest_first.recency = 1
