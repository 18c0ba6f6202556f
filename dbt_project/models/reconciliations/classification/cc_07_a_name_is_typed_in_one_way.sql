-- One row per disclosure and account with a name: it is typed in one way throughout. Two names are
-- CT-16's matter. Readability.
with checks as (
    select
        disclosure_id,
        {{ said('two_names', ['classification', 'account_code']) }} as subject,
        not has_two_names and first_spelling <> last_spelling as is_failed,
        amount_yuan as stated_yuan,
        {{ printed('first_spelling') }} as stated_text,
        {{ printed('last_spelling') }} as computed_text,
        {{ place_of('stated') }}
    from {{ ref('int_accounts_of_disclosures') }}
    where account_name is not null
)

{{ judged_statements('checks', computed_text='computed_text') }}
