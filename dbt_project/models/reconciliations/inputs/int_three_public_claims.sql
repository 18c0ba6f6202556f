-- One row per disclosure and statement of a figure in the prose, with its measure as T9 names it.
select
    disclosure_id,
    fiscal_year,
    stage,
    {{ said('claim', ['measure', "''", 'claim_number']) }} as subject,
    measure as claimed_measure,
    case measure when 'three_public_total' then 'total' else measure end as measure,
    amount_yuan,
    half_unit,
    unit,
    amount_text,
    base_year,
    base_stage,
    direction,
    direction_text,
    change_yuan,
    change_text,
    table_name,
    row_number,
    source_ref
from {{ ref('int_narrative_claims') }}
