-- One row per disclosure of an institution and account that exists for agencies and for
-- institutions: it uses the accounts of institutions. 政府收支分类科目
with institutions as (
    -- A department holds units of every kind; only of an institution's own budget is the kind
    -- known.
    select disclosure_id
    from {{ ref('dim_disclosures') }}
    where scope = 'unit' and organization_type = 'public_institution'
),

checks as (
    select
        accounts.disclosure_id,
        {{ said('two_names', ['accounts.classification', 'accounts.account_code']) }} as subject,
        accounts.account_code in ('2101101', '2080501') and accounts.amount_yuan > 0 as is_failed,
        accounts.amount_yuan as stated_yuan,
        {{ printed('accounts.account_name') }} as stated_text,
        {{ place_of('stated', 'accounts') }}
    from {{ ref('int_accounts_of_disclosures') }} as accounts
    inner join institutions
        on accounts.disclosure_id = institutions.disclosure_id
    where
        accounts.classification = 'function'
        and accounts.account_code in ('2101101', '2101102', '2080501', '2080502')
)

{{ judged_statements('checks') }}
