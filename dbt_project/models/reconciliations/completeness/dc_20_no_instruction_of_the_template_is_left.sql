-- One row per disclosure and table that it prints: no instruction of the template is left in.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
{%- set instruction = [
    '手工填',
    '请.{0,12}(填|修改|删除|调整|选择)',
    '(填写|填报|填表)说明',
    '填报时',
    '自行填',
    '自动生成',
    '公式',
    '模板',
    '示例',
    '[xX×]{2,}',
] | join('|') %}
with checks as (
    select
        disclosure_id,
        {{ said('one_name', ['table_name']) }} as subject,
        coalesce({{ matches('remark', '.*(' ~ instruction ~ ').*') }}, false)
        or coalesce({{ matches('title', '.*([xX×]{2,}|示例|模板|样表).*') }}, false) as is_failed,
        null as stated_yuan,
        {{ printed('coalesce(remark, title)') }} as stated_text,
        {{ place_of('stated') }}
    from {{ ref('int_located_tables') }}
)

{{ judged_statements('checks') }}
