-- One row per disclosure and table without an amount: a note says that it is empty.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with checks as (
    select
        disclosure_id,
        {{ said('one_name', ['table_name']) }} as subject,
        not says_empty as is_failed,
        null as stated_yuan,
        coalesce({{ printed('remark') }}, {{ said('no_note') }}) as stated_text,
        {{ place_of('stated') }}
    from {{ ref('int_table_notes') }}
    where amount_yuan = 0 and not has_no_value
)

{{ judged_statements('checks') }}
