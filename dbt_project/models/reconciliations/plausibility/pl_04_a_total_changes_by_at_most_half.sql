-- One row per disclosure and statement of how a total changed: by at most its share of last year's.
-- A plausibility.
with checks as (
    select
        disclosure_id,
        subject,
        cast(change_yuan as decimal(28, 2))
        > {{ of_rule('threshold') }}
        * (amount_yuan - case direction when 'increase' then change_yuan else -change_yuan end)
            as is_failed,
        amount_yuan as stated_yuan,
        {{ printed("concat_ws(' ', direction_text, change_text || unit)") }} as stated_text,
        {{ place_of('stated') }}
    from {{ ref('int_narrative_claims') }}
    where
        change_yuan is not null
        and amount_yuan > 0
        and direction in ('increase', 'decrease')
        and measure in (
            'total_revenue', 'total_expenditure', 'fiscal_appropriation_expenditure'
        )
)

{{ judged_statements('checks') }}
