-- One row per disclosure, table and account that another table must have too: T2 and T3 name the
-- same accounts, and T5 none that T3 lacks. Arithmetic identity of the printed table.
with inclusions as (
    select
        'revenue_by_function' as table_name,
        'expenditure_by_function' as other_table
    union all
    select
        'expenditure_by_function' as table_name,
        'revenue_by_function' as other_table
    union all
    select
        'general_public_budget_by_function' as table_name,
        'expenditure_by_function' as other_table
),

tables as (
    select distinct
        disclosure_id,
        table_name
    from {{ ref('int_function_accounts') }}
),

tables_with_unplaced_rows as (
    select distinct
        disclosure_id,
        table_name
    from {{ ref('int_amounts_of_rules') }}
    where row_role = 'unplaced'
),

-- The accounts are no common table expression: DuckDB keeps aside what several read, and they are
-- millions.
checks as (
    select
        accounts.disclosure_id,
        {{ said('two_names', ['accounts.table_name', 'accounts.account_code']) }} as subject,
        -- Where a row's code could not be read, the account that seems missing may be that row.
        case
            when others.account_code is not null then false
            when unplaced.table_name is null then true
        end as is_failed,
        null as stated_yuan,
        {{ printed('accounts.account_name') }} as stated_text,
        {{ said('same_account_in', ['inclusions.other_table']) }} as computed_text,
        {{ place_of('stated', 'accounts') }}
    from {{ ref('int_function_accounts') }} as accounts
    inner join inclusions
        on accounts.table_name = inclusions.table_name
    inner join tables as other_tables
        on
            accounts.disclosure_id = other_tables.disclosure_id
            and inclusions.other_table = other_tables.table_name
    left join {{ ref('int_function_accounts') }} as others
        on
            accounts.disclosure_id = others.disclosure_id
            and inclusions.other_table = others.table_name
            and accounts.account_code = others.account_code
    left join tables_with_unplaced_rows as unplaced
        on
            accounts.disclosure_id = unplaced.disclosure_id
            and inclusions.other_table = unplaced.table_name
)

{{ judged_statements('checks', computed_text='computed_text') }}
