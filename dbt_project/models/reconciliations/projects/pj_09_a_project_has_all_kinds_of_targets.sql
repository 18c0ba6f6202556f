-- One row per disclosure and project with indicators: it has targets of output, of benefit and of
-- satisfaction.
-- 项目支出绩效目标编报要求 (财预〔2015〕88号)
with indicators as (
    select
        *,
        concat_ws(' ', indicator_level_1, indicator_level_2) as levels
    from {{ ref('int_performance_targets') }}
),

projects as (
    select
        disclosure_id,
        project_name,
        table_name,
        max(
            case
                when levels like '%产出%' then 1
                when indicator_level_2 like '%数量%' or indicator_level_2 like '%质量%' then 1
                else 0
            end
        ) as has_output,
        max(
            case
                when levels like '%效益%' or levels like '%效果%' then 1
                when indicator_level_2 like '%可持续影响%' then 1
                else 0
            end
        ) as has_benefit,
        max(case when levels like '%满意度%' then 1 else 0 end) as has_satisfaction,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from indicators
    group by disclosure_id, project_name, table_name
),

checks as (
    select
        disclosure_id,
        {{ said('project', ['project_name']) }} as subject,
        has_output + has_benefit + has_satisfaction < 3 as is_failed,
        null as stated_yuan,
        {{ listed([
            "case when has_output = 1 then '产出' end",
            "case when has_benefit = 1 then '效益' end",
            "case when has_satisfaction = 1 then '满意度' end",
        ]) }} as stated_text,
        {{ place_of('stated') }}
    from projects
)

{{ judged_statements('checks') }}
