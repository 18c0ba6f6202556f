-- One row per disclosure of a budget, with the region of its organization; final accounts have
-- their own form.
select
    disclosures.*,
    organizations.region_code
from {{ ref('dim_disclosures') }} as disclosures
inner join {{ ref('dim_organizations') }} as organizations
    on disclosures.organization_id = organizations.organization_id
where disclosures.stage <> 'final_accounts'
