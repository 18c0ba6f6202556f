-- One row per disclosure and percentage of the prose: it is the change over the base that it speaks
-- of. The document against itself.
{%- set wide = 'half_ratio + ' ~ of_rule('threshold') %}
with printed_amounts as (
    select
        disclosure_id,
        claim_number,
        max(printed_yuan) as printed_yuan,
        max(printed_half_unit) as printed_half_unit
    from {{ ref('rec_claims') }}
    group by disclosure_id, claim_number
),

repeated_amounts as (
    select
        changes.*,
        printed_amounts.printed_yuan,
        printed_amounts.printed_half_unit,
        coalesce(
            abs(changes.known_yuan - printed_amounts.printed_yuan)
            <= greatest(2 * changes.known_half_unit, printed_amounts.printed_half_unit),
            false
        ) as is_repeated
    from {{ ref('int_stated_changes') }} as changes
    left join printed_amounts
        on
            changes.disclosure_id = printed_amounts.disclosure_id
            and changes.claim_number = printed_amounts.claim_number
    where changes.change_ratio is not null and changes.known_yuan is not null
),

-- The table's exact amount where the claim repeats it. Where the two are different amounts, which
-- other rules report, a percentage that fits either is right.
claims as (
    select
        *,
        case when is_repeated then printed_yuan else known_yuan end as exact_yuan,
        case when is_repeated then printed_half_unit else known_half_unit end as exact_half_unit,
        case when not is_repeated then printed_yuan end as other_yuan,
        case when not is_repeated then printed_half_unit end as other_half_unit
    from repeated_amounts
),

percentages as (
    select
        disclosure_id,
        subject,
        direction,
        direction_text,
        change_percent_text,
        table_name,
        row_number,
        source_ref,
        exact_yuan,
        exact_half_unit,
        other_yuan,
        other_half_unit,
        coalesce(base_amount_yuan, exact_yuan - signed_change_yuan) as base_yuan,
        coalesce(base_amount_yuan, other_yuan - signed_change_yuan) as other_base_yuan,
        case
            when base_amount_yuan is not null then base_half_unit
            else known_half_unit + change_half_unit
        end as base_half_unit,
        case when direction = 'decrease' then -change_ratio else change_ratio end as signed_ratio,
        -- Half of the last printed digit of the percentage.
        cast(
            {{ half_unit("translate(change_percent_text, '%％', '')", "'元'") }} * 0.01
            as decimal(9, 6)
        ) as half_ratio
    from claims
),

percentages_of_bases as (
    select
        *,
        cast(
            cast({{ ratio('exact_yuan - base_yuan', 'base_yuan') }} as decimal(24, 6)) * 100
            as decimal(18, 2)
        ) as percentage
    from percentages
    where base_yuan > 0 or base_yuan is null
),

-- Some amount and some base within their roundings must give a ratio within that of the percentage;
-- one of a hundred million percent and more is not judged.
checks as (
    select
        disclosure_id,
        subject,
        case
            when base_yuan is not null and direction is not null
                then
                    {{ misses_percentage('exact', 'base') }}
                    and coalesce({{ misses_percentage('other', 'other_base') }}, true)
        end as is_failed,
        case
            when
                {{ misses_percentage('exact', 'base', wide) }}
                and coalesce({{ misses_percentage('other', 'other_base', wide) }}, true)
                then false
            else true
        end as is_close,
        exact_yuan as stated_yuan,
        {{ printed("concat_ws(' ', direction_text, change_percent_text)") }} as stated_text,
        case
            when percentage is not null
                then {{ said('change_over_base', ['exact_yuan', 'base_yuan', 'percentage']) }}
            when base_yuan is not null
                then {{ said('amount_against', ['exact_yuan', 'base_yuan']) }}
            else {{ said('one_name', ['exact_yuan']) }}
        end as computed_text,
        {{ place_of('stated') }}
    from percentages_of_bases
)

{{ judged_statements('checks', computed_text='computed_text', is_hint='is_close') }}
