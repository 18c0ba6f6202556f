-- One row per disclosure, quantity and base: what the prose says of its change agrees in direction
-- and size, as do the changes of totals that the tables make equal. The document against itself.
with changes as (
    select * from {{ ref('int_compared_changes') }}
),

-- Another fund that shrinks explains why the general public budget grew more than the whole.
shrinking_funds as (
    select disclosure_id
    from {{ ref('int_narrative_claims') }}
    where
        measure in ('government_funds_expenditure', 'state_capital_expenditure')
        and direction = 'decrease'
    group by disclosure_id
),

pairs as (
    select
        ones.*,
        others.claim_number as other_claim_number,
        abs(ones.signed_change_yuan - others.signed_change_yuan)
        > ones.change_half_unit + others.change_half_unit
        and not (
            shrinking_funds.disclosure_id is not null
            and (
                ones.measure = 'general_public_budget_expenditure'
                or others.measure = 'general_public_budget_expenditure'
            )
            and ones.measure <> others.measure
        ) as is_contradiction
    from changes as ones
    inner join changes as others
        on
            ones.disclosure_id = others.disclosure_id
            and ones.compared_quantity = others.compared_quantity
            and ones.base_year = others.base_year
            and ones.compared_stage = others.compared_stage
            and ones.printed_yuan = others.printed_yuan
            and ones.claim_number < others.claim_number
    left join shrinking_funds
        on ones.disclosure_id = shrinking_funds.disclosure_id
),

-- Base stages are kept apart: a change against the budget is not one against the execution.
quantities as (
    select
        disclosure_id,
        compared_quantity,
        base_year,
        compared_stage,
        stage,
        min(case when is_contradiction then claim_number end) as first_claim_number,
        min(case when is_contradiction then other_claim_number end) as other_claim_number
    from pairs
    group by disclosure_id, compared_quantity, base_year, compared_stage, stage
),

sides_of_contradictions as (
    select
        quantities.*,
        changes.measure,
        abs(changes.signed_change_yuan - firsts.signed_change_yuan)
        <= changes.change_half_unit + firsts.change_half_unit as is_first_side
    from quantities
    inner join changes
        on
            quantities.disclosure_id = changes.disclosure_id
            and quantities.compared_quantity = changes.compared_quantity
            and quantities.base_year = changes.base_year
            and quantities.compared_stage = changes.compared_stage
    inner join changes as firsts
        on
            quantities.disclosure_id = firsts.disclosure_id
            and quantities.first_claim_number = firsts.claim_number
    where quantities.compared_quantity = 'totals'
),

named_sides as (
    select
        disclosure_id,
        compared_quantity,
        base_year,
        compared_stage,
        {%- for condition in ['is_first_side', 'not is_first_side'] %}
            concat_ws(
                ' and ',
                {%- for total in compared_totals() %}
                    max(case when {{ condition }} and measure = '{{ total }}' then measure end)
                    {{- ',' if not loop.last }}
                {%- endfor %}
            )
            {{ "|| ' against ' ||" if not loop.last else 'as subject' }}
        {%- endfor %}
    from sides_of_contradictions
    group by disclosure_id, compared_quantity, base_year, compared_stage
),

comparisons as (
    select
        quantities.disclosure_id,
        concat_ws(
            ' ',
            coalesce(named_sides.subject, quantities.compared_quantity),
            case
                when quantities.base_year <> firsts.fiscal_year - 1
                    then cast(quantities.base_year as string)
            end,
            case
                when quantities.compared_stage <> quantities.stage then quantities.compared_stage
            end
        ) as quantity,
        'against ' || cast(quantities.base_year as string) || ' ' || quantities.compared_stage
            as base,
        coalesce(firsts.signed_change_yuan, 0) as stated_yuan,
        coalesce(others.signed_change_yuan, 0) as computed_yuan,
        coalesce(firsts.change_half_unit + others.change_half_unit, 0) as tolerance_yuan,
        concat_ws(' ', firsts.direction_text, firsts.change_text, firsts.unit) as stated_text,
        {{ place_of('stated', 'firsts') }},
        {{ place_of('computed', 'others') }}
    from quantities
    left join named_sides
        on
            quantities.disclosure_id = named_sides.disclosure_id
            and quantities.compared_quantity = named_sides.compared_quantity
            and quantities.base_year = named_sides.base_year
            and quantities.compared_stage = named_sides.compared_stage
    left join changes as firsts
        on
            quantities.disclosure_id = firsts.disclosure_id
            and quantities.first_claim_number = firsts.claim_number
    left join changes as others
        on
            quantities.disclosure_id = others.disclosure_id
            and quantities.other_claim_number = others.claim_number
),

checks as (
    select
        *,
        {{ told_apart('quantity', 'base') }} as subject
    from comparisons
)

{{ judged_amounts('checks') }}
