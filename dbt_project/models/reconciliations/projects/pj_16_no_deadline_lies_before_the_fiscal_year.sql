-- One row per disclosure and indicator with a deadline: it is not before the fiscal year.
-- 项目支出绩效目标编报要求 (财预〔2015〕88号)
{%- set deadline = '(20[0-9]{2})年(度|[0-9]{1,2}月([0-9]{1,2}日)?)?(底|末)?(之)?前' %}
with deadlines as (
    select
        *,
        {{ captured("concat_ws(' ', indicator_name, target_text)", deadline, 1) }} as year_text
    from {{ ref('int_performance_targets') }}
),

checks as (
    select
        disclosure_id,
        subject,
        cast(year_text as integer) < fiscal_year as is_failed,
        null as stated_yuan,
        {{ said('of_project', ['project_name', 'target_text']) }} as stated_text,
        {{ said('fiscal_year', ['fiscal_year']) }} as computed_text,
        {{ place_of('stated') }}
    from deadlines
    where year_text <> ''
)

{{ judged_statements('checks', computed_text='computed_text') }}
