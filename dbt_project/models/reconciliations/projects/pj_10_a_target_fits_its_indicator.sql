-- One row per disclosure and indicator with a target: counts are no percentages, one number
-- follows a sign, a rate is a number.
-- 项目支出绩效目标编报要求 (财预〔2015〕88号)
{%- set counted = '数|数量|人次|次数|场次|面积|购置|采购|开发|建设|制作|安装' %}
-- The kind of value that an indicator asks for by its name, and the kind of its target.
with kinds_of_values as (
    select
        *,
        coalesce(indicator_level_2 like '%数量%', false)
        and {{ matches('comparable_indicator', '.*(' ~ counted ~ ')') }} as is_count,
        {{ matches('comparable_indicator', '.*[^效功]率') }} as is_rate,
        {{ matches('comparable_indicator', '.*(面积|数|数量|次|个|户|家|台|场|套|份)占比') }}
            as is_share,
        {{ matches(printed_digits('target_text'), '[<>=≥≤]+.*') }} as has_comparator,
        {{ matches(printed_digits('target_text'), '.*[0-9%百全零无].*') }} as has_number
    from {{ ref('int_performance_targets') }}
    where target_text is not null and indicator_name is not null
),

checks as (
    select
        disclosure_id,
        subject,
        (is_count and not is_share and replace(target_text, '%', '') <> target_text)
        or (has_comparator and target_value is null)
        or (is_rate and not has_number) as is_failed,
        null as stated_yuan,
        {{ said('of_project', ['project_name', 'target_text']) }} as stated_text,
        case
            when has_comparator and target_value is null
                then {{ said('one_number_after_sign') }}
            when is_rate and not has_number then {{ said('number_for_rate') }}
            when is_count then {{ said('count') }}
        end as computed_text,
        {{ place_of('stated') }}
    from kinds_of_values
)

{{ judged_statements('checks', computed_text='computed_text') }}
