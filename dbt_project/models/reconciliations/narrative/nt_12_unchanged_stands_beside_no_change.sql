-- One row per disclosure and change that the prose states: 持平 (unchanged) stands beside no change,
-- and nothing does not come of an increase. The document against itself.
with checks as (
    select
        disclosure_id,
        subject,
        case
            when direction = 'unchanged'
                then
                    coalesce(change_yuan, 0) <> 0
                    or coalesce(change_ratio, 0) <> 0
                    or coalesce(
                        abs(amount_yuan - base_amount_yuan) > half_unit + base_half_unit, false
                    )
            else
                amount_yuan = 0
                and direction = 'increase'
                and (coalesce(change_yuan, 0) > 0 or coalesce(change_ratio, 0) > 0)
        end as is_failed,
        amount_yuan as stated_yuan,
        {{ printed(
            "concat_ws(' ', amount_text || unit, direction_text, change_text, change_percent_text)"
        ) }} as stated_text,
        case
            when direction = 'unchanged' then {{ said('no_change_beside_unchanged') }}
            else {{ said('no_increase_to_nothing') }}
        end as computed_text,
        {{ place_of('stated') }}
    from {{ ref('int_stated_changes') }}
    where direction is not null and amount_yuan is not null
)

{{ judged_statements('checks', computed_text='computed_text') }}
