-- One row per disclosure and table with a note that it is empty: the note names the fund and the
-- year of the table, and the table has no amounts.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with checks as (
    select
        disclosure_id,
        {{ said('one_name', ['table_name']) }} as subject,
        -- 空表 is the word of such a note: 无 alone may speak of one line of a table that is filled.
        (amount_yuan > 0 and remark like '%空表%')
        or (
            table_name = 'government_funds_by_function'
            and remark like '%国有资本%'
            and remark not like '%政府性基金%'
        )
        or (
            table_name = 'state_capital_by_function'
            and remark like '%政府性基金%'
            and remark not like '%国有资本%'
        )
        or (
            {{ matches('remark', '.*(19|20)[0-9]{2} ?年.*') }}
            and remark not like '%' || cast(fiscal_year as string) || '%'
        ) as is_failed,
        amount_yuan as stated_yuan,
        {{ printed('remark') }} as stated_text,
        case
            when amount_yuan > 0 then {{ said('no_such_note') }}
            else {{ said('fund_and_year_of_table') }}
        end as computed_text,
        table_name as stated_table_name,
        row_number as stated_row_number,
        note_source_ref as stated_source_ref
    from {{ ref('int_table_notes') }}
    where says_empty
)

{{ judged_statements('checks', computed_text='computed_text') }}
