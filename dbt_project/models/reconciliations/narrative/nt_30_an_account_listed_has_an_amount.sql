-- One row per disclosure and list of economic accounts in its prose: each account that it names has
-- an amount in the table of basic expenditure (T8). The document against itself.
with lists as (
    select
        disclosure_id,
        list,
        {{ joined('case when not has_amount then account_name end') }} as empty_accounts,
        {{ joined('account_name') }} as accounts,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_listed_economic_accounts') }}
    where has_amount is not null
    group by disclosure_id, list
),

checks as (
    select
        disclosure_id,
        {{ said('one_name', ['list']) }} as subject,
        empty_accounts is not null as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed("replace(coalesce(empty_accounts, accounts), '|', '、')") }} as stated_text,
        {{ place_of('stated') }}
    from lists
)

{{ judged_statements('checks') }}
