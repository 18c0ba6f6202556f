-- One row per disclosure, every revision.
select
    disclosure_id,
    organization_id,
    fiscal_year,
    stage,
    scope,
    revision,
    is_current,
    is_counted,
    is_stale,
    department_id,
    department_disclosure_id,
    organization_type,
    published_on,
    published_on as current_from,
    lead(published_on) over (
        partition by organization_id, fiscal_year, stage, scope
        order by revision
    ) as current_until,
    source_document,
    source_url,
    source_sha256,
    content_sha256
from {{ ref('int_disclosures') }}
where is_affected
