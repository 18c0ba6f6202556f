-- One row per disclosure, list of economic accounts in its prose, account of it and code that the
-- account's name may mean, with whether the table of basic expenditure (T8) has an amount for it;
-- null where nothing knows the name.
with listed as (
    select
        disclosure_id,
        subject as list,
        {{ account_key('value_text') }} as account_key,
        min(value_text) as account_name,
        max(case when note is null then 0 else 1 end) as is_open,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_narrative_statements') }}
    where subject in ('listed_personnel_account', 'listed_public_use_account')
    group by disclosure_id, subject, {{ account_key('value_text') }}
),

printed as (
    select
        disclosure_id,
        substr(account_code, 1, 5) as economic_code,
        {{ account_key('account_name') }} as account_key,
        max(case when amount_yuan <> 0 then 1 else 0 end) as has_amount
    from {{ ref('int_located_amounts') }}
    where table_name = 'basic_expenditure_by_economic' and length(account_code) >= 5
    group by
        disclosure_id, substr(account_code, 1, 5), {{ account_key('account_name') }}
),

printed_tables as (
    select distinct disclosure_id
    from printed
),

meanings as (
    select
        {{ account_key('economic_name') }} as account_key,
        economic_code
    from {{ ref('economic_items') }}
    where length(economic_code) = 5
    union
    select
        {{ account_key('alias') }} as account_key,
        account_code as economic_code
    from {{ ref('dim_account_aliases') }}
    where classification = 'economic' and length(account_code) = 5
),

-- A name may mean several codes, and is right where one of them has an amount.
codes as (
    select
        listed.disclosure_id,
        listed.list,
        listed.account_key,
        meanings.economic_code,
        printed.has_amount
    from listed
    inner join meanings
        on listed.account_key = meanings.account_key
    left join printed
        on
            listed.disclosure_id = printed.disclosure_id
            and meanings.economic_code = printed.economic_code
    union all
    select
        listed.disclosure_id,
        listed.list,
        listed.account_key,
        printed.economic_code,
        printed.has_amount
    from listed
    inner join printed
        on
            listed.disclosure_id = printed.disclosure_id
            and listed.account_key = printed.account_key
)

select
    listed.disclosure_id,
    listed.list,
    listed.account_key,
    listed.account_name,
    codes.economic_code,
    listed.is_open = 1 as is_open,
    case
        when codes.economic_code is not null
            then max(coalesce(codes.has_amount, 0)) over (
                partition by listed.disclosure_id, listed.list, listed.account_key
            ) = 1
    end as has_amount,
    listed.table_name,
    listed.row_number,
    listed.source_ref
from listed
inner join printed_tables
    on listed.disclosure_id = printed_tables.disclosure_id
left join codes
    on
        listed.disclosure_id = codes.disclosure_id
        and listed.list = codes.list
        and listed.account_key = codes.account_key
