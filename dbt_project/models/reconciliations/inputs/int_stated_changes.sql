-- One row per disclosure and statement of a figure in the prose, with the change since another year
-- that it may state and how far its figures are rounded.
select
    *,
    case direction
        when 'increase' then change_yuan
        when 'decrease' then -change_yuan
        when 'unchanged' then 0
    end as signed_change_yuan,
    {{ half_unit("coalesce(change_text, '0.00')", 'unit') }} as change_half_unit,
    {{ half_unit("coalesce(base_amount_text, '0')", 'unit') }} as base_half_unit,
    coalesce(base_stage, stage) as compared_stage
from {{ ref('int_narrative_claims') }}
