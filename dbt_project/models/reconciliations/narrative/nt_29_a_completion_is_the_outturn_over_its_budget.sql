-- One row per disclosure and percentage of completion in the prose: it is the outturn over the
-- budget that the sentence states, and there is none over a budget of nothing. The document against
-- itself.
with completions as (
    select
        *,
        -- Half of the last printed digit of the percentage.
        cast(
            {{ half_unit("translate(completion_percent_text, '%％', '')", "'元'") }} * 0.01
            as decimal(9, 6)
        ) as half_ratio,
        {{ half_unit("coalesce(base_amount_text, '0')", 'unit') }} as base_half_unit,
        cast(
            cast({{ ratio('amount_yuan', 'base_amount_yuan') }} as decimal(24, 6)) * 100
            as decimal(18, 2)
        ) as percentage
    from {{ ref('int_narrative_claims') }}
    where completion_ratio is not null and amount_yuan is not null and base_amount_yuan is not null
),

-- Some outturn and some budget within their roundings must give a ratio within that of the
-- percentage.
checks as (
    select
        disclosure_id,
        subject,
        case
            when base_amount_yuan = 0 then completion_ratio <> 0 or amount_yuan <> 0
            else
                amount_yuan + half_unit
                < cast(base_amount_yuan - base_half_unit as decimal(25, 7))
                * try_cast(completion_ratio - half_ratio as decimal(12, 6))
                or amount_yuan - half_unit
                > cast(base_amount_yuan + base_half_unit as decimal(25, 7))
                * try_cast(completion_ratio + half_ratio as decimal(12, 6))
        end as is_failed,
        base_amount_yuan <> 0
        and amount_yuan + half_unit
        >= cast(base_amount_yuan - base_half_unit as decimal(25, 7))
        * try_cast(
            completion_ratio - half_ratio - {{ of_rule('threshold') }} as decimal(12, 6)
        )
        and amount_yuan - half_unit
        <= cast(base_amount_yuan + base_half_unit as decimal(25, 7))
        * try_cast(
            completion_ratio + half_ratio + {{ of_rule('threshold') }} as decimal(12, 6)
        ) as is_close,
        amount_yuan as stated_yuan,
        {{ printed('completion_percent_text') }} as stated_text,
        case
            when percentage is not null
                then {{ said(
                    'share_of_budget', ['amount_yuan', 'base_amount_yuan', 'percentage']
                ) }}
            else {{ said('amount_against', ['amount_yuan', 'base_amount_yuan']) }}
        end as computed_text,
        {{ place_of('stated') }}
    from completions
)

{{ judged_statements('checks', computed_text='computed_text', is_hint='is_close') }}
