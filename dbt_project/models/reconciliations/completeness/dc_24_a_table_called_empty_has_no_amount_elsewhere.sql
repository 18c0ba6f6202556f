-- One row per disclosure and table by fund, or T4, that a note calls empty and that prints nothing:
-- no other summary of the document has an amount of it.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with notes as (
    select *
    from {{ ref('int_table_notes') }}
    where
        says_empty
        and amount_yuan = 0
        and not has_no_value
        and not {{ leaves_out_secrets('remark') }}
),

amounts as (
    select
        disclosure_id,
        table_name,
        row_number,
        source_ref,
        line,
        amount_yuan
    from {{ ref('int_amounts_of_all_forms') }}
    where
        table_name in ('revenue_expenditure_summary', 'fiscal_appropriation_summary')
        and side = 'revenue'
        and row_role in ('leaf', 'subtotal', 'total')
        and amount_yuan is not null
),

-- A table may be no more than unread: figures without a place, and rows under no account.
unread_tables as (
    select
        disclosure_id,
        table_name
    from {{ ref('int_unfit_tables') }}
    where is_half_read
    union
    select
        disclosure_id,
        table_name
    from {{ ref('fct_published_amounts') }}
    where row_role in ('unplaced', 'stray') and amount_yuan <> 0
),

-- The greatest amount that a summary prints of each table.
amounts_of_funds as (
    select
        notes.disclosure_id,
        notes.table_name,
        max_by(amounts.amount_yuan, amounts.amount_yuan) as amount_yuan,
        max_by(amounts.table_name, amounts.amount_yuan) as amount_table_name,
        max_by(amounts.row_number, amounts.amount_yuan) as amount_row_number,
        max_by(amounts.source_ref, amounts.amount_yuan) as amount_source_ref
    from notes
    inner join amounts
        on
            notes.disclosure_id = amounts.disclosure_id
            and notes.table_name <> amounts.table_name
            and case notes.table_name
                when 'fiscal_appropriation_summary'
                    then amounts.line in ('fiscal_appropriation', 'general_public_budget')
                when 'general_public_budget_by_function'
                    then amounts.line = 'general_public_budget'
                when 'government_funds_by_function' then amounts.line = 'government_funds'
                when 'state_capital_by_function' then amounts.line = 'state_capital'
                else false
            end
    group by notes.disclosure_id, notes.table_name
),

checks as (
    select
        notes.disclosure_id,
        {{ said('one_name', ['notes.table_name']) }} as subject,
        case
            when amounts.amount_yuan <= 0 then false
            when unread_tables.disclosure_id is null then true
        end as is_failed,
        amounts.amount_yuan as stated_yuan,
        {{ printed('notes.remark') }} as stated_text,
        {{ place_of('stated', 'notes') }},
        amounts.amount_table_name as computed_table_name,
        amounts.amount_row_number as computed_row_number,
        amounts.amount_source_ref as computed_source_ref
    from notes
    inner join amounts_of_funds as amounts
        on
            notes.disclosure_id = amounts.disclosure_id
            and notes.table_name = amounts.table_name
    left join unread_tables
        on
            notes.disclosure_id = unread_tables.disclosure_id
            and notes.table_name = unread_tables.table_name
)

{{ judged_statements('checks', has_computed_place=true) }}
