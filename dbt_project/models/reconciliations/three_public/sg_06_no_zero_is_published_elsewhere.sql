-- One row per disclosure and expense that another organisation publishes: the table prints no zero
-- for it. 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with checks as (
    select
        statements.disclosure_id,
        case
            when statements.value_text is null then {{ said('expense_without_name') }}
            else {{ said('one_name', ['statements.value_text']) }}
        end as subject,
        coalesce(max(expenses.amount_yuan), 0) = 0 as is_failed,
        max(expenses.amount_yuan) as stated_yuan,
        {{ said('published_by_another') }} as stated_text,
        statements.table_name as stated_table_name,
        min(statements.row_number) as stated_row_number,
        {{ first_source_ref('statements.source_ref') }} as stated_source_ref
    from {{ ref('int_narrative_statements') }} as statements
    left join {{ ref('int_three_public_expenses') }} as expenses
        on
            statements.disclosure_id = expenses.disclosure_id
            and statements.value_text = expenses.measure
    where statements.subject = 'reported_elsewhere'
    group by statements.disclosure_id, statements.table_name, statements.value_text
)

{{ judged_statements('checks') }}
