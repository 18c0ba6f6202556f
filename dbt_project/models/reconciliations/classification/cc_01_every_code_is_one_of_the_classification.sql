-- One row per disclosure and account: its code is one of the classification. 政府收支分类科目
-- The catalogue is what 288 documents show, not the ministry's book: a code that none of them has
-- is wrong where its class does not exist, or where its name belongs to another code of the class.
-- Otherwise it may be a rare one.
with codes as (
    select * from {{ ref('int_catalogue_codes') }}
),

classes as (
    select distinct
        classification,
        class_code
    from codes
),

-- Where a class has the name already, under another code of the same length.
names as (
    select
        classification,
        class_code,
        length(account_code) as code_length,
        comparable_account,
        min(account_code) as account_code
    from codes
    where is_certain
    group by classification, class_code, length(account_code), comparable_account
),

checks as (
    select
        accounts.disclosure_id,
        {{ said('two_names', ['accounts.classification', 'accounts.account_code']) }} as subject,
        case
            when codes.account_code is not null then false
            when classes.class_code is null or names.account_code is not null then true
        end as is_failed,
        accounts.amount_yuan as stated_yuan,
        {{ printed("concat_ws(' ', accounts.account_code, accounts.account_name)") }}
            as stated_text,
        case
            when classes.class_code is null then {{ said('class_of_classification') }}
            when codes.account_code is null
                then {{ printed("concat_ws(' ', names.account_code, accounts.account_name)") }}
        end as computed_text,
        {{ place_of('stated', 'accounts') }}
    from {{ ref('int_accounts_of_disclosures') }} as accounts
    left join codes
        on
            accounts.classification = codes.classification
            and accounts.account_code = codes.account_code
    left join classes
        on
            accounts.classification = classes.classification
            and accounts.class_code = classes.class_code
    left join names
        on
            accounts.classification = names.classification
            and accounts.class_code = names.class_code
            and length(accounts.account_code) = names.code_length
            and accounts.comparable_account = names.comparable_account
)

{{ judged_statements('checks', computed_text='computed_text') }}
