-- One row per disclosure and indicator with a target: neither is a placeholder of the template.
-- 项目支出绩效目标编报要求 (财预〔2015〕88号)
{%- set instruction = '.*([xX×]{2,}|示例|请填|待填|待定).*' %}
{%- set levels = '数量|质量|时效|成本|产出|效益|社会|经济|生态|绩效|三级|二级|一级|中的|的|值|[0-9]' %}
{%- set number = '(数量|质量|[0-9一二三四五]|…|[.])*' %}
{%- set heading = '((' ~ levels ~ ')*(指标|目标)(名称|值)?' ~ number ~ ')*' %}
with checks as (
    select
        disclosure_id,
        subject,
        {{ matches('comparable_indicator', heading ~ '|' ~ instruction) }}
        or {{ matches(comparable_name('target_text'), '指标值|目标值|' ~ instruction) }}
            as is_failed,
        null as stated_yuan,
        {{ said('of_project', ['project_name', 'indicator_name']) }} as stated_text,
        {{ place_of('stated') }}
    from {{ ref('int_performance_targets') }}
    where indicator_name is not null and target_text is not null
)

{{ judged_statements('checks') }}
