-- One row per disclosure and item of T3 that ends in 99, for what has no own item: none holds more
-- than its share of all expenditure. 政府收支分类科目
{%- set percentage %}
cast(
    cast({{ ratio('items.amount_yuan', 'totals.total_yuan') }} as decimal(24, 6)) * 100
    as decimal(18, 1)
)
{%- endset %}
with account_rows as (
    select *
    from {{ ref('int_located_amounts') }}
    where
        table_name = 'expenditure_by_function'
        and measure = 'total'
        and has_valid_code is not null
        and (row_role = 'total' or (level = 'item' and account_code like '%99'))
),

-- A total that stands in two rows is one total, and an account in two rows one account.
totals as (
    select
        disclosure_id,
        max(amount_yuan) as total_yuan
    from account_rows
    where row_role = 'total'
    group by disclosure_id
),

items as (
    select
        disclosure_id,
        table_name,
        account_code,
        max(account_name) as account_name,
        max(amount_yuan) as amount_yuan,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from account_rows
    where level = 'item' and account_code like '%99'
    group by disclosure_id, table_name, account_code
),

checks as (
    select
        items.disclosure_id,
        {{ said('function_item', ['items.account_code']) }} as subject,
        {{ wide_yuan('items.amount_yuan') }}
        > {{ wide_yuan('totals.total_yuan') }} * {{ of_rule('threshold') }} as is_failed,
        items.amount_yuan as stated_yuan,
        {{ printed("items.account_name || ' ' || cast(" ~ percentage ~ " as string) || '%'") }}
            as stated_text,
        {{ place_of('stated', 'items') }}
    from items
    inner join totals
        on items.disclosure_id = totals.disclosure_id
    where totals.total_yuan > 0
)

{{ judged_statements('checks') }}
