-- One row per disclosure and amount within an account's paragraph: the heading's is the amount that
-- its sentence plans. The document against itself.
with numbered_claims as (
    select
        disclosure_id,
        claim_number,
        heading_number,
        row_number() over (
            partition by disclosure_id, heading_number
            order by claim_number
        ) as position
    from {{ ref('rec_claims') }}
    where heading_number is not null
),

checks as (
    select
        plans.disclosure_id,
        plans.subject,
        headings.amount_yuan as stated_yuan,
        plans.amount_yuan as computed_yuan,
        case
            when headings.half_unit = plans.half_unit then 0
            else greatest(headings.half_unit, plans.half_unit)
        end as tolerance_yuan,
        {{ said('heading_and_plan', [
            'headings.amount_text || headings.unit', 'plans.amount_text || plans.unit'
        ]) }} as stated_text,
        {{ place_of('stated', 'headings') }},
        {{ place_of('computed', 'plans') }}
    from numbered_claims as claims
    inner join {{ ref('int_narrative_claims') }} as headings
        on
            claims.disclosure_id = headings.disclosure_id
            and claims.heading_number = headings.claim_number
    inner join {{ ref('int_narrative_claims') }} as plans
        on
            claims.disclosure_id = plans.disclosure_id
            and claims.claim_number = plans.claim_number
    where
        claims.claim_number <> claims.heading_number
        -- After another account the same name heads another paragraph.
        and claims.claim_number - claims.heading_number = claims.position - 1
        and headings.amount_yuan is not null
        and plans.amount_yuan is not null
)

{{ judged_amounts('checks') }}
