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
with tables as (
    select
        *,
        coalesce({{ matches('title', '.*([xX×]{2,}|示例|模板|样表).*') }}, false) as is_in_title,
        coalesce({{ matches('remark', '.*(' ~ instruction ~ ').*') }}, false) as is_in_note
    from {{ ref('int_table_notes') }}
),

checks as (
    select
        disclosure_id,
        {{ said('one_name', ['table_name']) }} as subject,
        is_in_title or is_in_note as is_failed,
        null as stated_yuan,
        case
            when is_in_title and not is_in_note then {{ printed('title') }}
            else {{ printed('coalesce(remark, title)') }}
        end as stated_text,
        table_name as stated_table_name,
        row_number as stated_row_number,
        case when is_in_note then note_source_ref else source_ref end as stated_source_ref
    from tables
)

{{ judged_statements('checks') }}
