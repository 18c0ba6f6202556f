-- One row per disclosure, every revision.
select
    disclosure_id,
    {{ text_or_null('organization_name') }} as organization_name,
    {{ word('organization_type') }} as organization_type,
    {{ text_or_null('supervising_organization_name') }} as supervising_organization_name,
    {{ code('region_code') }} as region_code,
    {{ whole_number('fiscal_year') }} as fiscal_year,
    {{ word('stage') }} as stage,
    {{ word('scope') }} as scope,
    {{ whole_number('revision') }} as revision,
    {{ printed_date('published_on') }} as published_on,
    {{ text_or_null('source_document') }} as source_document,
    {{ text_or_null('source_url') }} as source_url,
    {{ text_or_null('source_sha256') }} as source_sha256,
    {{ word('reading') }} as reading
from {{ source('landing', 'disclosure') }}
