-- One row per disclosure and figure of the prose that T9 prints too: both are the same amount.
-- Arithmetic identity of the printed table.
with checks as (
    select
        claims.disclosure_id,
        claims.subject,
        claims.amount_yuan as stated_yuan,
        {{ wide_yuan('expenses.amount_yuan') }} as computed_yuan,
        {{ rounding_of_claim(
            'claims.unit', 'expenses.unit', 'claims.half_unit', 'expenses.half_unit'
        ) }} as tolerance_yuan,
        {{ printed('claims.amount_text || claims.unit') }} as stated_text,
        {{ place_of('stated', 'claims') }},
        {{ place_of('computed', 'expenses') }}
    from {{ ref('int_three_public_claims') }} as claims
    inner join {{ ref('int_three_public_expenses') }} as expenses
        on
            claims.disclosure_id = expenses.disclosure_id
            and claims.measure = expenses.measure
    where claims.amount_yuan is not null
)

{{ judged_amounts('checks') }}
