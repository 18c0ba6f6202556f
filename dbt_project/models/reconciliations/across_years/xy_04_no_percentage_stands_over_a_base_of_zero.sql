-- One row per disclosure and claim with a base and a direction: it states no percentage over a base
-- of zero. Division by zero.
{%- set change = "concat_ws(' ', direction_text, change_percent_text)" %}
with checks as (
    select
        disclosure_id,
        subject,
        coalesce(change_ratio, 0) <> 0
        and coalesce(base_amount_yuan, known_yuan - signed_change_yuan) = 0 as is_failed,
        known_yuan as stated_yuan,
        case
            when base_amount_text <> ''
                then {{ said('change_from_base', ['base_amount_text || unit', change]) }}
            else
                {{ printed(
                    "concat_ws(' ', direction_text, change_text || unit, change_percent_text)"
                ) }}
        end as stated_text,
        {{ place_of('stated') }}
    from {{ ref('int_stated_changes') }}
    where
        direction is not null
        and known_yuan is not null
        and (
            base_amount_yuan is not null
            or (change_ratio is not null and signed_change_yuan is not null)
        )
)

{{ judged_statements('checks') }}
