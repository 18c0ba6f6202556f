-- One row per disclosure and change that the prose states with a base or a percentage: it has the
-- direction of the figures. The document against itself.
with changes as (
    select
        *,
        -- By how much the change misses its percentage of the base, with the direction as printed
        -- and with the other one; of a small change both are nearly the same.
        cast(
            abs(
                change_yuan
                - cast(amount_yuan - signed_change_yuan as decimal(19, 2)) * change_ratio
            ) as decimal(30, 8)
        ) as gap_as_printed,
        cast(
            abs(
                change_yuan
                - cast(amount_yuan + signed_change_yuan as decimal(19, 2)) * change_ratio
            ) as decimal(30, 8)
        ) as gap_of_opposite
    from {{ ref('int_stated_changes') }}
    where
        direction is not null
        and amount_yuan is not null
        and (base_amount_yuan is not null or change_ratio is not null)
),

checks as (
    select
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
                and gap_of_opposite
                < gap_as_printed * cast({{ of_rule('threshold') }} as decimal(5, 4))
                and gap_as_printed
                > {{ wide_yuan('change_yuan') }}
                * cast({{ of_rule('second_threshold') }} as decimal(5, 4)),
                false
            )
        ) as is_failed,
        amount_yuan as stated_yuan,
        {{ printed("concat_ws(' ', direction_text, change_text, change_percent_text)") }}
            as stated_text,
        case
            when base_amount_text is not null
                then {{ said('direction_against', ['amount_text', 'base_amount_text']) }}
            else {{ said('direction_of', ['amount_text']) }}
        end as computed_text,
        {{ place_of('stated') }}
    from changes
)

{{ judged_statements('checks', computed_text='computed_text') }}
