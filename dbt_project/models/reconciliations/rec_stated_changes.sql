-- One row per rule on changes since another year, disclosure and subject checked.
{%- set totals = [
    'fiscal_appropriation_revenue',
    'fiscal_appropriation_expenditure',
    'general_public_budget_expenditure',
    'total_revenue',
    'total_expenditure',
] %}
{%- set totals_list = "'" ~ totals | join("', '") ~ "'" %}
with claims_of_prose as (
    select
        *,
        {{ claim_subject() }} as subject,
        case direction
            when 'increase' then change_yuan
            when 'decrease' then -change_yuan
            when 'unchanged' then 0
        end as signed_change_yuan,
        {{ half_unit("coalesce(change_text, '0.00')", 'unit') }} as change_half_unit,
        coalesce(base_stage, stage) as compared_stage,
        'narrative_claims ' || source_ref as place
    from {{ ref('fct_narrative_claims') }}
),

printed_totals as (
    select
        disclosure_id,
        claim_number,
        max(printed_yuan) as printed_yuan
    from {{ ref('rec_claims') }}
    where measure in ({{ totals_list }})
    group by all
),

-- What one says of a total holds of every total that the tables make equal to it.
compared_claims as (
    select
        claims_of_prose.*,
        coalesce(printed_totals.printed_yuan, claims_of_prose.amount_yuan) as printed_yuan,
        case
            when claims_of_prose.measure in ({{ totals_list }}) then 'totals'
            else claims_of_prose.measure || coalesce(' ' || claims_of_prose.account_name, '')
        end as compared_quantity
    from claims_of_prose
    left join printed_totals
        on
            claims_of_prose.disclosure_id = printed_totals.disclosure_id
            and claims_of_prose.claim_number = printed_totals.claim_number
    where claims_of_prose.signed_change_yuan is not null and claims_of_prose.base_year is not null
),

-- Another fund that shrinks explains why the general public budget grew more than the whole.
shrinking_funds as (
    select disclosure_id
    from claims_of_prose
    where
        measure in ('government_funds_expenditure', 'state_capital_expenditure')
        and direction = 'decrease'
    group by all
),

pairs_of_claims as (
    select
        ones.disclosure_id,
        ones.compared_quantity,
        ones.base_year,
        ones.compared_stage,
        ones.stage,
        ones.claim_number,
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
        ) as is_broken
    from compared_claims as ones
    inner join compared_claims as others
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

judged_quantities as (
    select
        disclosure_id,
        compared_quantity,
        base_year,
        compared_stage,
        stage,
        min(case when is_broken then claim_number end) as first_claim_number,
        min_by(other_claim_number, case when is_broken then other_claim_number end)
            as other_claim_number,
        max(is_broken) as is_broken
    from pairs_of_claims
    group by all
),

sides_of_contradictions as (
    select
        judged_quantities.disclosure_id,
        judged_quantities.compared_quantity,
        judged_quantities.base_year,
        judged_quantities.compared_stage,
        compared_claims.measure,
        abs(compared_claims.signed_change_yuan - first_claims.signed_change_yuan)
        <= compared_claims.change_half_unit + first_claims.change_half_unit as is_first_side
    from judged_quantities
    inner join compared_claims
        on
            judged_quantities.disclosure_id = compared_claims.disclosure_id
            and judged_quantities.compared_quantity = compared_claims.compared_quantity
            and judged_quantities.base_year = compared_claims.base_year
            and judged_quantities.compared_stage = compared_claims.compared_stage
    inner join compared_claims as first_claims
        on
            judged_quantities.disclosure_id = first_claims.disclosure_id
            and judged_quantities.first_claim_number = first_claims.claim_number
    where judged_quantities.compared_quantity = 'totals'
),

named_sides as (
    select
        disclosure_id,
        compared_quantity,
        base_year,
        compared_stage,
        concat_ws(
            ' and ',
            {%- for measure in totals %}
                max(case when is_first_side and measure = '{{ measure }}' then measure end)
                {{- ',' if not loop.last }}
            {%- endfor %}
        )
        || ' against '
        || concat_ws(
            ' and ',
            {%- for measure in totals %}
                max(case when not is_first_side and measure = '{{ measure }}' then measure end)
                {{- ',' if not loop.last }}
            {%- endfor %}
        ) as subject
    from sides_of_contradictions
    group by all
),

-- Base stages are kept apart: a change against the budget is not one against the execution.
quantities_and_claims as (
    select
        judged_quantities.disclosure_id,
        judged_quantities.base_year,
        judged_quantities.compared_stage,
        concat_ws(
            ' ',
            coalesce(named_sides.subject, judged_quantities.compared_quantity),
            case
                when judged_quantities.base_year <> first_claims.fiscal_year - 1
                    then cast(judged_quantities.base_year as string)
            end,
            case
                when judged_quantities.compared_stage <> judged_quantities.stage
                    then judged_quantities.compared_stage
            end
        ) as subject,
        coalesce(first_claims.signed_change_yuan, 0) as stated_yuan,
        coalesce(other_claims.signed_change_yuan, 0) as computed_yuan,
        coalesce(first_claims.change_half_unit + other_claims.change_half_unit, 0)
            as tolerance_yuan,
        concat_ws(
            ' ', first_claims.direction_text, first_claims.change_text, first_claims.unit
        ) as stated_text,
        first_claims.place as stated_source,
        other_claims.place as computed_source
    from judged_quantities
    left join named_sides
        on
            judged_quantities.disclosure_id = named_sides.disclosure_id
            and judged_quantities.compared_quantity = named_sides.compared_quantity
            and judged_quantities.base_year = named_sides.base_year
            and judged_quantities.compared_stage = named_sides.compared_stage
    left join compared_claims as first_claims
        on
            judged_quantities.disclosure_id = first_claims.disclosure_id
            and judged_quantities.first_claim_number = first_claims.claim_number
    left join compared_claims as other_claims
        on
            judged_quantities.disclosure_id = other_claims.disclosure_id
            and judged_quantities.other_claim_number = other_claims.claim_number
),

statements_agree as (
    select
        'NT-09' as rule_code,
        disclosure_id,
        {{ told_apart(
            'subject', "'against ' || cast(base_year as string) || ' ' || compared_stage"
        ) }} as subject,
        stated_yuan,
        computed_yuan,
        tolerance_yuan,
        true as is_equality,
        stated_text,
        stated_source,
        computed_source
    from quantities_and_claims
),

printed_claims as (
    select
        disclosure_id,
        claim_number,
        max(printed_yuan) as printed_yuan,
        max(printed_half_unit) as printed_half_unit
    from {{ ref('rec_claims') }}
    group by all
),

-- The figures behind a percentage: the table's exact amount where the claim repeats it.
percentages as (
    select
        claims_of_prose.disclosure_id,
        claims_of_prose.subject,
        claims_of_prose.direction,
        claims_of_prose.direction_text,
        claims_of_prose.change_ratio,
        claims_of_prose.change_percent_text,
        claims_of_prose.place,
        coalesce(printed.printed_yuan, claims_of_prose.amount_yuan) as amount_yuan,
        case
            when printed.printed_yuan is null then claims_of_prose.half_unit
            else printed.printed_half_unit
        end as half_unit,
        coalesce(
            claims_of_prose.base_amount_yuan,
            coalesce(printed.printed_yuan, claims_of_prose.amount_yuan)
            - claims_of_prose.signed_change_yuan
        ) as base_yuan,
        case
            when claims_of_prose.base_amount_yuan is not null
                then
                    {{ half_unit(
                        "coalesce(claims_of_prose.base_amount_text, '0')", 'claims_of_prose.unit'
                    ) }}
            else claims_of_prose.half_unit + claims_of_prose.change_half_unit
        end as base_half_unit,
        case
            when claims_of_prose.direction = 'decrease' then -claims_of_prose.change_ratio
            else claims_of_prose.change_ratio
        end as signed_ratio,
        -- Half of the last printed digit of the percentage.
        cast(
            {{ half_unit(
                "translate(claims_of_prose.change_percent_text, '%％', '')", "'元'"
            ) }} * 0.01 as decimal(9, 6)
        ) as half_ratio
    from claims_of_prose
    left join printed_claims as printed
        on
            claims_of_prose.disclosure_id = printed.disclosure_id
            and claims_of_prose.claim_number = printed.claim_number
    where claims_of_prose.change_ratio is not null and claims_of_prose.amount_yuan is not null
),

-- Some amount and some base within their roundings must give a ratio within that of the percentage;
-- one of a hundred million percent and more is not judged.
percentages_follow as (
    select
        'NT-10' as rule_code,
        disclosure_id,
        subject,
        case
            when base_yuan is not null and direction is not null
                then
                    amount_yuan + half_unit
                    < cast(base_yuan - base_half_unit as decimal(25, 7))
                    * try_cast(1 + signed_ratio - half_ratio as decimal(12, 6))
                    or amount_yuan - half_unit
                    > cast(base_yuan + base_half_unit as decimal(25, 7))
                    * try_cast(1 + signed_ratio + half_ratio as decimal(12, 6))
        end as is_broken,
        amount_yuan as stated_yuan,
        concat_ws(' ', direction_text, change_percent_text) as stated_text,
        concat_ws(
            '',
            cast(amount_yuan as string),
            ' against ' || cast(base_yuan as string),
            ': '
            || cast(
                cast(
                    cast({{ ratio('amount_yuan - base_yuan', 'base_yuan') }} as decimal(24, 6))
                    * 100 as decimal(18, 2)
                ) as string
            )
            || '%'
        ) as computed_text,
        place as stated_source
    from percentages
    where base_yuan > 0 or base_yuan is null
),

directions as (
    select
        'NT-11' as rule_code,
        disclosure_id,
        subject,
        coalesce(
            (
                direction = 'increase'
                and amount_yuan + half_unit < base_amount_yuan - base_half_unit
            )
            or (
                direction = 'decrease'
                and amount_yuan - half_unit > base_amount_yuan + base_half_unit
            ),
            false
        )
        or (direction <> 'unchanged' and coalesce(change_ratio, 0) < 0)
        or (direction <> 'unchanged' and coalesce(change_yuan, 0) < 0)
        or (
            direction <> 'unchanged'
            and base_amount_yuan is null
            and coalesce(
                change_ratio > 0
                and change_yuan > 0
                and gap_of_opposite * 10 < gap_as_printed
                and gap_as_printed * 20 > change_yuan,
                false
            )
        ) as is_broken,
        amount_yuan as stated_yuan,
        concat_ws(' ', direction_text, change_text, change_percent_text) as stated_text,
        concat_ws(' ', 'the direction of', amount_text, 'against', base_amount_text)
            as computed_text,
        place as stated_source
    from (
        select
            *,
            {{ half_unit("coalesce(base_amount_text, '0')", 'unit') }} as base_half_unit,
            -- By how much the change misses its percentage of the base, with the direction as
            -- printed and with the other one; of a small change both are nearly the same.
            abs(
                change_yuan
                - cast(amount_yuan - signed_change_yuan as decimal(19, 2)) * change_ratio
            ) as gap_as_printed,
            abs(
                change_yuan
                - cast(amount_yuan + signed_change_yuan as decimal(19, 2)) * change_ratio
            ) as gap_of_opposite
        from claims_of_prose
    ) as claims
    where
        direction is not null
        and amount_yuan is not null
        and (base_amount_yuan is not null or change_ratio is not null)
),

unchanged_and_zero as (
    select
        'NT-12' as rule_code,
        disclosure_id,
        subject,
        case
            when direction = 'unchanged'
                then
                    coalesce(change_yuan, 0) <> 0
                    or coalesce(change_ratio, 0) <> 0
                    or coalesce(
                        abs(amount_yuan - base_amount_yuan)
                        > half_unit + {{ half_unit("coalesce(base_amount_text, '0')", 'unit') }},
                        false
                    )
            else
                amount_yuan = 0
                and direction = 'increase'
                and (coalesce(change_yuan, 0) > 0 or coalesce(change_ratio, 0) > 0)
        end as is_broken,
        amount_yuan as stated_yuan,
        concat_ws(' ', amount_text || unit, direction_text, change_text, change_percent_text)
            as stated_text,
        case
            when direction = 'unchanged' then 'no change beside 持平'
            else 'no increase to nothing'
        end as computed_text,
        place as stated_source
    from claims_of_prose
    where direction is not null and amount_yuan is not null
),

base_years as (
    select
        'NT-26' as rule_code,
        disclosure_id,
        subject,
        base_year <> fiscal_year - 1 as is_broken,
        amount_yuan as stated_yuan,
        cast(base_year as string) as stated_text,
        cast(fiscal_year - 1 as string) as computed_text,
        place as stated_source
    from claims_of_prose
    where base_year is not null
),

changes_of_totals as (
    select
        disclosure_id,
        base_year,
        printed_yuan,
        min_by(abs(signed_change_yuan), case when measure like '%revenue' then claim_number end)
            as revenue_change_yuan,
        min_by(abs(signed_change_yuan), case when measure like '%expenditure' then claim_number end)
            as expenditure_change_yuan,
        max(change_half_unit) as half_unit,
        min_by(
            concat_ws(' ', compared_stage, direction_text, change_text),
            case when measure like '%revenue' then claim_number end
        )
        || ' beside '
        || min_by(
            concat_ws(' ', compared_stage, direction_text, change_text),
            case when measure like '%expenditure' then claim_number end
        ) as stated_text,
        min_by(place, case when measure like '%revenue' then claim_number end) as revenue_place,
        min_by(place, case when measure like '%expenditure' then claim_number end)
            as expenditure_place
    from compared_claims
    where compared_quantity = 'totals' and measure <> 'general_public_budget_expenditure'
    group by all
),

income_and_expenditure as (
    select
        'NT-27' as rule_code,
        disclosure_id,
        'revenue and expenditure against ' || cast(base_year as string) as subject,
        min_by(revenue_change_yuan, printed_yuan) as stated_yuan,
        min_by(expenditure_change_yuan, printed_yuan) as computed_yuan,
        max(half_unit) * 2 as tolerance_yuan,
        true as is_equality,
        min_by(stated_text, printed_yuan) as stated_text,
        min_by(revenue_place, printed_yuan) as stated_source,
        min_by(expenditure_place, printed_yuan) as computed_source
    from changes_of_totals
    where revenue_change_yuan is not null and expenditure_change_yuan is not null
    group by disclosure_id, base_year
),

statements as (
    {{ united(['percentages_follow', 'directions', 'unchanged_and_zero', 'base_years']) }}
),

claims as (
    {{ united(['statements_agree', 'income_and_expenditure']) }}
)

{{ legacy_statements('statements') }}
union all
{{ legacy_claims('claims') }}
