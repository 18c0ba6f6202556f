-- One row per disclosure and statement of a figure in the prose, with the change since another year
-- that it may state and how far its figures are rounded. A change without its amount (比2024年度增加
-- 0.40万元) takes it from the other statements of the same quantity, where they state one amount.
with known_amounts as (
    select
        disclosure_id,
        measure,
        coalesce(account_name, '') as account_name,
        min(amount_yuan) as amount_yuan,
        max(half_unit) as half_unit
    from {{ ref('int_narrative_claims') }}
    where amount_yuan is not null
    group by disclosure_id, measure, coalesce(account_name, '')
    having count(distinct amount_yuan) = 1
)

select
    claims.*,
    coalesce(claims.amount_yuan, known_amounts.amount_yuan) as known_yuan,
    case
        when claims.amount_yuan is null and known_amounts.amount_yuan is not null
            then known_amounts.half_unit
        else claims.half_unit
    end as known_half_unit,
    case claims.direction
        when 'increase' then claims.change_yuan
        when 'decrease' then -claims.change_yuan
        when 'unchanged' then 0
    end as signed_change_yuan,
    {{ half_unit("coalesce(claims.change_text, '0.00')", 'claims.unit') }} as change_half_unit,
    {{ half_unit("coalesce(claims.base_amount_text, '0')", 'claims.unit') }} as base_half_unit,
    coalesce(claims.base_stage, claims.stage) as compared_stage
from {{ ref('int_narrative_claims') }} as claims
left join known_amounts
    on
        claims.disclosure_id = known_amounts.disclosure_id
        and claims.measure = known_amounts.measure
        and coalesce(claims.account_name, '') = known_amounts.account_name
