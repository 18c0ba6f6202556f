-- One row per disclosure that a list says is to be published: loaded, missing, or due later.
-- A view: what is not there today may be due tomorrow, and no disclosure computes it.
{{ config(materialized='view') }}
with loaded as (
    select
        disclosures.disclosure_id,
        disclosures.fiscal_year,
        disclosures.stage,
        disclosures.scope,
        disclosures.published_on,
        organizations.organization_id,
        organizations.organization_name,
        organizations.region_code
    from {{ ref('dim_disclosures') }} as disclosures
    inner join {{ ref('dim_organizations') }} as organizations
        on disclosures.organization_id = organizations.organization_id
    where disclosures.is_current
),

-- A document whose place nobody knows may be the one that is looked for.
candidates as (
    select
        expected.region_code,
        expected.organization_name,
        expected.scope,
        expected.fiscal_year,
        expected.stage,
        expected.due_on,
        expected.source,
        loaded.disclosure_id,
        loaded.organization_id,
        loaded.published_on,
        row_number() over (
            partition by
                expected.region_code,
                expected.organization_name,
                expected.scope,
                expected.fiscal_year,
                expected.stage
            order by loaded.region_code asc nulls last, loaded.disclosure_id asc
        ) as place_rank
    from {{ ref('expected_disclosures') }} as expected
    left join loaded
        on
            expected.organization_name = loaded.organization_name
            and expected.scope = loaded.scope
            and expected.fiscal_year = loaded.fiscal_year
            and expected.stage = loaded.stage
            and (expected.region_code = loaded.region_code or loaded.region_code is null)
)

select
    region_code,
    organization_name,
    scope,
    fiscal_year,
    stage,
    due_on,
    case
        when disclosure_id is not null then 'loaded'
        when due_on < current_date then 'missing'
        else 'due'
    end as presence,
    disclosure_id,
    organization_id,
    published_on,
    source as basis
from candidates
where place_rank = 1
