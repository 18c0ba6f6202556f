-- One row per disclosure and account whose name is certain, with that name in the year of the
-- document.
-- Ephemeral: the rules of classification read one common table expression, not the amounts each.
{{ config(materialized='ephemeral') }}
with names_of_codes as (
    select
        fiscal_year,
        'function' as classification,
        function_code as account_code,
        function_name as account_name,
        years_seen
    from {{ ref('dim_functions') }}
    union all
    select
        fiscal_year,
        'economic' as classification,
        economic_code as account_code,
        economic_name as account_name,
        years_seen
    from {{ ref('dim_economic_items') }}
),

-- The name that a code has in a year, the present one or a former one, and its other names. Whether
-- another name was former in a year is known from the year on in which the present one was seen.
names as (
    select
        names_of_codes.*,
        cast(left(names_of_codes.years_seen, 4) as integer)
        <= names_of_codes.fiscal_year as is_seen_by_then,
        {{ comparable_name('names_of_codes.account_name') }} as comparable_account,
        codes.comparable_account as present_account,
        codes.short_account,
        codes.other_names
    from names_of_codes
    inner join {{ ref('int_catalogue_codes') }} as codes
        on
            names_of_codes.classification = codes.classification
            and names_of_codes.account_code = codes.account_code
    where codes.is_certain
)

select
    accounts.disclosure_id,
    {{ said('two_names', ['accounts.classification', 'accounts.account_code']) }} as subject,
    accounts.comparable_account = names.comparable_account as has_official_name,
    -- A name that only adds or drops 支出 or 费 is a form of it, as are those that several documents
    -- use.
    case
        when accounts.comparable_account = names.present_account then true
        when names.other_names like '%|' || accounts.comparable_account || '|%' then true
        else {{ short_name('accounts.comparable_account') }} = names.short_account
    end as has_other_name,
    accounts.amount_yuan,
    accounts.account_name as printed_name,
    names.account_name as official_name,
    accounts.table_name,
    accounts.row_number,
    accounts.source_ref
from {{ ref('int_accounts_of_disclosures') }} as accounts
inner join {{ ref('dim_disclosures') }} as disclosures
    on accounts.disclosure_id = disclosures.disclosure_id
inner join names
    on
        disclosures.fiscal_year = names.fiscal_year
        and accounts.classification = names.classification
        and accounts.account_code = names.account_code
where
    accounts.account_name is not null
    and (
        accounts.comparable_account = names.comparable_account
        or coalesce(names.is_seen_by_then, true)
        or names.other_names not like '%|' || accounts.comparable_account || '|%'
    )
