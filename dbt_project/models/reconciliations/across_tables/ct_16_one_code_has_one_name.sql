-- One row per disclosure and account that several tables name: its name is the same in all of them.
-- 政府收支分类科目
with named_accounts as (
    select
        disclosure_id,
        account_code,
        account_name,
        table_name || ' ' || source_ref as stated_place,
        {{ place_of('stated') }}
    from {{ ref('int_function_accounts') }}
    where account_name is not null
),

checks as (
    select
        disclosure_id,
        {{ said('one_name', ['account_code']) }} as subject,
        min({{ comparable_name('account_name') }}) <> max({{ comparable_name('account_name') }})
            as is_failed,
        null as stated_yuan,
        {{ printed('min(account_name)') }} as stated_text,
        {{ printed('max(account_name)') }} as computed_text,
        {{ first_place_of('stated') }}
    from named_accounts
    group by disclosure_id, account_code
    having count(*) > 1
)

{{ judged_statements('checks', computed_text='computed_text') }}
