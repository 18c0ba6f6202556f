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
        case when compared_quantity = 'totals' then compared_quantity else min(measure) end
            as measure,
        case when compared_quantity <> 'totals' then min(account_name) end as account_name,
        min(case when is_contradiction then claim_number end) as first_claim_number,
        min(case when is_contradiction then other_claim_number end) as other_claim_number
    from pairs
    group by disclosure_id, compared_quantity, base_year, compared_stage, stage
),

sides_of_contradictions as (
    select
        quantities.disclosure_id,
        quantities.first_claim_number,
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
        {%- for side, condition in [('one', 'is_first_side'), ('other', 'not is_first_side')] %}
            concat_ws(
                ' and ',
                {%- for total in compared_totals() %}
                    max(case when {{ condition }} and measure = '{{ total }}' then measure end)
                    {{- ',' if not loop.last }}
                {%- endfor %}
            ) as {{ side }}_side,
        {%- endfor %}
        first_claim_number
    from sides_of_contradictions
    group by disclosure_id, first_claim_number
),

comparisons as (
    select
        quantities.*,
        named_sides.one_side,
        named_sides.other_side,
        case when quantities.base_year <> firsts.fiscal_year - 1 then quantities.base_year end
            as shown_year,
        case when quantities.compared_stage <> quantities.stage then quantities.compared_stage end
            as shown_stage,
        coalesce(firsts.signed_change_yuan, 0) as stated_yuan,
        coalesce(others.signed_change_yuan, 0) as computed_yuan,
        coalesce(firsts.change_half_unit + others.change_half_unit, 0) as tolerance_yuan,
        {{ printed("concat_ws(' ', firsts.direction_text, firsts.change_text, firsts.unit)") }}
            as stated_text,
        {{ place_of('stated', 'firsts') }},
        {{ place_of('computed', 'others') }}
    from quantities
    left join named_sides
        on
            quantities.disclosure_id = named_sides.disclosure_id
            and quantities.first_claim_number = named_sides.first_claim_number
    left join changes as firsts
        on
            quantities.disclosure_id = firsts.disclosure_id
            and quantities.first_claim_number = firsts.claim_number
    left join changes as others
        on
            quantities.disclosure_id = others.disclosure_id
            and quantities.other_claim_number = others.claim_number
),

told_apart as (
    select
        *,
        -- Contradictions differ by the base that they show; what passes shows no year.
        count(*) over (
            partition by
                disclosure_id, measure, account_name, one_side, other_side, shown_year, shown_stage
        ) > 1 as is_one_of_several
    from comparisons
),

checks as (
    select
        *,
        {{ subject_of_change() }} as subject
    from told_apart
)

{{ judged_amounts('checks') }}
