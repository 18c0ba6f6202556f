-- One row per disclosure and statement of a figure in the prose, with its subject and its place.
select
    *,
    {{ said('claim', ['measure', "' ' || account_name", 'claim_number']) }} as subject,
    'narrative_claims' as table_name,
    claim_number as row_number
from {{ ref('fct_narrative_claims') }}
