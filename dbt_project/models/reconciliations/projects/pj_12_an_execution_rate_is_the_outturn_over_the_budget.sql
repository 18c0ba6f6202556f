-- One row per disclosure and self-evaluated project with a rate of execution: it is the outturn
-- over the budget of the year. 项目支出绩效评价管理办法 (财预〔2020〕10号)
with rates as (
    select
        *,
        cast(
            cast({{ ratio('executed_yuan', 'adjusted_budget_yuan') }} as decimal(24, 6)) * 100
            as decimal(18, 2)
        ) as percentage,
        -- The last printed digit of the rate, rounded or cut.
        {{ half_unit('execution_percent_text', "'元'") }} * 2 as last_digit
    from {{ ref('int_scored_forms') }}
    where
        execution_percent is not null
        and executed_yuan is not null
        and adjusted_budget_yuan > 0
),

checks as (
    select
        disclosure_id,
        subject,
        abs(execution_percent - percentage) > last_digit as is_failed,
        abs(execution_percent - percentage)
        <= last_digit + {{ of_rule('threshold') }} * 100 as is_close,
        executed_yuan as stated_yuan,
        {{ printed("execution_percent_text || '%'") }} as stated_text,
        {{ said('share_of_budget', ['executed_yuan', 'adjusted_budget_yuan', 'percentage']) }}
            as computed_text,
        {{ place_of('stated') }}
    from rates
)

{{ judged_statements('checks', computed_text='computed_text', is_hint='is_close') }}
