-- One row per disclosure whose prose lists the economic accounts of personnel and of public use in
-- whole: each account with an amount in the table of basic expenditure (T8) is listed. The document
-- against itself.
-- A name that nothing knows may mean any account.
with lists as (
    select disclosure_id
    from {{ ref('int_listed_economic_accounts') }}
    group by disclosure_id
    having
        count(distinct list) = 2
        and not max(is_open)
        and not max(economic_code is null)
),

printed as (
    select
        disclosure_id,
        substr(account_code, 1, 5) as economic_code,
        {{ account_key('account_name') }} as account_key,
        min(account_name) as account_name,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_located_amounts') }}
    where
        table_name = 'basic_expenditure_by_economic'
        and length(account_code) >= 5
        and amount_yuan <> 0
    group by
        disclosure_id, substr(account_code, 1, 5), {{ account_key('account_name') }}
),

accounts as (
    select
        printed.disclosure_id,
        printed.economic_code,
        min(printed.account_name) as account_name,
        max(case when listed.economic_code is null then 0 else 1 end) as is_listed,
        min(printed.table_name) as table_name,
        min(printed.row_number) as row_number,
        {{ first_source_ref('printed.source_ref') }} as source_ref
    from printed
    inner join lists
        on printed.disclosure_id = lists.disclosure_id
    left join {{ ref('int_listed_economic_accounts') }} as listed
        on
            printed.disclosure_id = listed.disclosure_id
            and printed.economic_code = listed.economic_code
    group by printed.disclosure_id, printed.economic_code
),

checks as (
    select
        disclosure_id,
        {{ said('economic_accounts_listed') }} as subject,
        min(is_listed) = 0 as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed("replace(" ~ joined('case when is_listed = 0 then account_name end')
            ~ ", '|', '、')") }} as stated_text,
        min(table_name) as stated_table_name,
        min_by(row_number, is_listed * 100000 + row_number) as stated_row_number,
        min_by(source_ref, is_listed * 100000 + row_number) as stated_source_ref
    from accounts
    group by disclosure_id
)

{{ judged_statements('checks') }}
