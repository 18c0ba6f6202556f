-- One row per disclosure, table and amount: one to the yuan, in two classes of a table, is seldom
-- chance; round amounts are often equal. A plausibility.
with printed_values as (
    select
        disclosure_id,
        table_name,
        amount_yuan,
        count(distinct class_code) as class_count,
        min(account_name) as first_name,
        max(account_name) as last_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_located_amounts') }}
    where
        table_name in ('expenditure_by_function', 'basic_expenditure_by_economic')
        and measure = 'total'
        and row_role = 'leaf'
        and account_code is not null
        and amount_yuan > {{ of_rule('threshold') }}
        and amount_yuan <> round(amount_yuan, -2)
    group by disclosure_id, table_name, amount_yuan
),

checks as (
    select
        disclosure_id,
        {{ said('two_names', ['table_name', 'amount_yuan']) }} as subject,
        class_count > 1 as is_failed,
        amount_yuan as stated_yuan,
        {{ printed('first_name') }} as stated_text,
        {{ said('another_amount_than', ['last_name']) }} as computed_text,
        {{ place_of('stated') }}
    from printed_values
)

{{ judged_statements('checks', computed_text='computed_text') }}
