-- One row per current disclosure and disclosure of the year before. Last year's budget and last
-- year's execution are two documents, and never stand for each other.
with disclosures as (
    select *
    from {{ ref('dim_disclosures') }}
    where is_current
)

select
    disclosures.disclosure_id,
    earlier.disclosure_id as earlier_disclosure_id,
    case earlier.stage when 'final_accounts' then 'executed' else earlier.stage end as base_stage,
    disclosures.stage = earlier.stage as is_same_stage
from disclosures
inner join disclosures as earlier
    on
        disclosures.organization_id = earlier.organization_id
        and disclosures.scope = earlier.scope
        and disclosures.fiscal_year = earlier.fiscal_year + 1
