-- One row per disclosure, every revision.
select
    disclosures.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    disclosures.scope,
    disclosures.revision,
    disclosures.is_current,
    disclosures.is_counted,
    disclosures.is_stale,
    disclosures.department_id,
    disclosures.department_disclosure_id,
    disclosures.organization_type,
    disclosures.published_on,
    disclosures.published_on as current_from,
    lead(disclosures.published_on) over (
        partition by
            disclosures.organization_id,
            disclosures.fiscal_year,
            disclosures.stage,
            disclosures.scope
        order by disclosures.revision asc, disclosures.disclosure_id desc
    ) as current_until,
    disclosures.source_document,
    disclosures.source_url,
    disclosures.source_sha256,
    disclosures.content_sha256,
    disclosures.reading,
    untied_totals.is_spending_untied as has_untied_total,
    untied_totals.counted_spending_yuan,
    untied_totals.printed_spending_yuan
from {{ ref('int_disclosures') }} as disclosures
left join {{ ref('int_untied_totals') }} as untied_totals
    on disclosures.disclosure_id = untied_totals.disclosure_id
where disclosures.is_affected
