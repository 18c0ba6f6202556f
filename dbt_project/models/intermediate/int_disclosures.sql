-- One row per disclosure, every revision, with its organization and whether sums count it.
with disclosures as (
    select
        *,
        -- An organization whose document names no place is known by its name alone.
        coalesce(region_code, '') || '-' || organization_name as organization_id,
        coalesce(region_code, '')
        || '-'
        || coalesce(supervising_organization_name, organization_name) as department_id,
        row_number() over (
            partition by
                region_code, {{ comparable_name('organization_name') }}, fiscal_year, stage, scope
            order by revision desc, disclosure_id asc
        ) = 1 as is_current
    from {{ ref('stg_disclosures') }}
),

-- A unit's department publishes the unit's figures within its own.
departments as (
    select
        disclosure_id as department_disclosure_id,
        organization_id as department_id,
        fiscal_year,
        stage
    from disclosures
    where scope = 'department' and is_current
)

select
    disclosures.disclosure_id,
    disclosures.organization_id,
    disclosures.organization_name,
    case disclosures.organization_type
        when '行政单位' then 'administrative_unit'
        when '参公单位' then 'civil_service_law_institution'
        when '事业单位' then 'public_institution'
    end as organization_type,
    case
        when disclosures.supervising_organization_name <> disclosures.organization_name
            then disclosures.department_id
    end as parent_organization_id,
    disclosures.supervising_organization_name,
    disclosures.department_id,
    disclosures.region_code,
    disclosures.fiscal_year,
    disclosures.stage,
    disclosures.scope,
    disclosures.revision,
    disclosures.is_current,
    disclosures.is_current and departments.department_disclosure_id is null as is_counted,
    departments.department_disclosure_id,
    landed.is_stale,
    landed.content_sha256,
    disclosures.published_on,
    disclosures.source_document,
    disclosures.source_url,
    disclosures.source_sha256,
    disclosures.reading,
    {{ is_affected('disclosures.disclosure_id') }} as is_affected
from disclosures
inner join {{ source('landing', 'disclosures') }} as landed
    on disclosures.disclosure_id = landed.disclosure_id
left join departments
    on
        disclosures.scope = 'unit'
        and disclosures.department_id = departments.department_id
        and disclosures.fiscal_year = departments.fiscal_year
        and disclosures.stage = departments.stage
