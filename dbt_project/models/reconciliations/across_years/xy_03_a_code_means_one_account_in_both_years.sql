-- One row per disclosure and account that last year's document of the stage has as well: its code
-- means the same in both. 政府收支分类科目
with renamed_codes as (
    select
        from_code as function_code,
        {{ joined('from_name') }} as former_names
    from {{ ref('classification_changes') }}
    where classification = 'function' and kind = 'rename'
    group by from_code
),

aliases as (
    select
        functions.function_code,
        '|'
        || {{ comparable_name(
            "concat_ws('|', functions.function_name, functions.other_names,"
            " functions.name_in_2010_list, renamed_codes.former_names)"
        ) }}
        || '|' as names
    from {{ ref('functions') }} as functions
    left join renamed_codes
        on functions.function_code = renamed_codes.function_code
),

accounts_of_two_years as (
    select
        accounts.*,
        earlier_accounts.account_name as earlier_name,
        {{ comparable_name('accounts.account_name') }} as compared_name,
        {{ comparable_name('earlier_accounts.account_name') }} as earlier_compared_name
    from {{ ref('int_expenditure_accounts') }} as accounts
    inner join {{ ref('int_earlier_disclosures') }} as earlier
        on accounts.disclosure_id = earlier.disclosure_id and earlier.is_same_stage
    inner join {{ ref('int_expenditure_accounts') }} as earlier_accounts
        on
            earlier.earlier_disclosure_id = earlier_accounts.disclosure_id
            and accounts.account_code = earlier_accounts.account_code
),

checks as (
    select
        accounts.disclosure_id,
        {{ said('account', ['accounts.account_code']) }} as subject,
        accounts.compared_name <> accounts.earlier_compared_name
        -- Two names of one account are none of two accounts.
        and not coalesce(
            aliases.names like '%|' || accounts.compared_name || '|%'
            and aliases.names like '%|' || accounts.earlier_compared_name || '|%',
            false
        ) as is_failed,
        accounts.amount_yuan as stated_yuan,
        {{ printed('accounts.account_name') }} as stated_text,
        {{ printed('accounts.earlier_name') }} as computed_text,
        {{ place_of('stated', 'accounts') }}
    from accounts_of_two_years as accounts
    left join aliases
        on accounts.account_code = aliases.function_code
)

{{ judged_statements('checks', computed_text='computed_text') }}
