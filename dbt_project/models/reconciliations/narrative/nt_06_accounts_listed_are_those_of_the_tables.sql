-- One row per disclosure and list of accounts: it adds up to the total; one per account of the
-- tables: it is listed; one per account listed: the tables name it. The document against itself.
with listed_accounts as (
    select * from {{ ref('int_listed_accounts') }}
),

accounts_to_list as (
    select * from {{ ref('int_accounts_to_list') }}
),

lists as (
    select
        disclosure_id,
        sum(amount_yuan) as listed_yuan,
        min(half_unit) as half_unit,
        count(*) as accounts_listed,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from listed_accounts
    where is_lowest
    group by disclosure_id
),

totals as (
    select
        disclosure_id,
        min_by(amount_yuan, claim_number) as amount_yuan,
        min_by(half_unit, claim_number) as half_unit,
        min_by(amount_text || unit, claim_number) as amount_text,
        min(table_name) as table_name,
        min(row_number) as row_number,
        min_by(source_ref, claim_number) as source_ref
    from {{ ref('int_narrative_claims') }}
    where measure = 'fiscal_appropriation_expenditure' and amount_yuan is not null
    group by disclosure_id
),

-- A list of less than the threshold's share of the whole is a selection, and need not add up.
sums as (
    select
        lists.disclosure_id,
        {{ said('sum_of_listed_accounts') }} as subject,
        totals.amount_yuan as stated_yuan,
        case
            when
                {{ wide_yuan('lists.listed_yuan') }}
                >= {{ wide_yuan('totals.amount_yuan') }} * {{ of_rule('threshold') }}
                then lists.listed_yuan
        end as computed_yuan,
        greatest(lists.half_unit, totals.half_unit) + lists.half_unit * lists.accounts_listed
            as tolerance_yuan,
        lists.accounts_listed,
        {{ printed('totals.amount_text') }} as stated_text,
        {{ place_of('stated', 'totals') }},
        {{ place_of('computed', 'lists') }}
    from lists
    inner join totals
        on lists.disclosure_id = totals.disclosure_id
),

amounts_to_list as (
    select
        disclosure_id,
        sum(case when is_listed then amount_yuan else 0 end) as listed_yuan,
        sum(amount_yuan) as amount_yuan
    from accounts_to_list
    group by disclosure_id
),

names as (
    select distinct {{ comparable_name('function_name') }} as function_name
    from {{ ref('functions') }}
),

-- A name that no account has, beside the amount of an account that is not listed: a misprint.
misnamed_accounts as (
    select distinct
        listed_accounts.disclosure_id,
        listed_accounts.coded_subject
    from listed_accounts
    inner join accounts_to_list
        on
            listed_accounts.disclosure_id = accounts_to_list.disclosure_id
            and abs(listed_accounts.amount_yuan - accounts_to_list.amount_yuan)
            <= listed_accounts.half_unit
    left join names
        on
            {{ comparable_name(last_account('listed_accounts.account_name')) }}
            = names.function_name
    where accounts_to_list.is_misnamed and names.function_name is null
),

checks as (
    select
        accounts.disclosure_id,
        {{ said('account', ['accounts.account_code']) }} as subject,
        case
            when accounts.is_listed or accounts.is_misnamed then false
            when
                {{ wide_yuan('amounts_to_list.listed_yuan') }}
                >= {{ wide_yuan('amounts_to_list.amount_yuan') }} * {{ of_rule('threshold') }}
                then true
        end as is_failed,
        false as is_misnamed,
        accounts.amount_yuan as stated_yuan,
        {{ printed('accounts.account_name') }} as stated_text,
        {{ said('paragraph_of_prose') }} as computed_text,
        {{ place_of('stated', 'accounts') }}
    from accounts_to_list as accounts
    inner join amounts_to_list
        on accounts.disclosure_id = amounts_to_list.disclosure_id
    union all
    select
        accounts.disclosure_id,
        accounts.coded_subject as subject,
        case
            when not accounts.is_ambiguous
                then accounts.account_code is null and accounts.amount_yuan > 0
        end as is_failed,
        misnamed_accounts.disclosure_id is not null as is_misnamed,
        accounts.amount_yuan as stated_yuan,
        {{ printed('accounts.account_name') }} as stated_text,
        {{ said('account_of_tables') }} as computed_text,
        {{ place_of('stated', 'accounts') }}
    from listed_accounts as accounts
    inner join amounts_to_list
        on accounts.disclosure_id = amounts_to_list.disclosure_id
    left join misnamed_accounts
        on
            accounts.disclosure_id = misnamed_accounts.disclosure_id
            and accounts.coded_subject = misnamed_accounts.coded_subject
)

{{ judged_amounts('sums', within_tolerance='hint', computed_row_count='accounts_listed') }}
union all
{{ judged_statements('checks', computed_text='computed_text', is_hint='is_misnamed') }}
