-- One row per disclosure and account whose name is certain, with that name in the year of the document.
with names_of_years as (
    select
        fiscal_year,
        'function' as classification,
        function_code as account_code,
        function_name as account_name
    from {{ ref('dim_functions') }}
    union all
    select
        fiscal_year,
        'economic' as classification,
        economic_code as account_code,
        economic_name as account_name
    from {{ ref('dim_economic_items') }}
)

select
    accounts.disclosure_id,
    accounts.classification || ' ' || accounts.account_code as subject,
    -- The name that the code has in that year, the present one or a former one.
    accounts.comparable_account
    = {{ comparable_name('names_of_years.account_name') }} as has_official_name,
    -- A name that only adds or drops 支出 or 费 is a form of it, as are those that several documents
    -- use.
    accounts.comparable_account = codes.comparable_account
    or codes.other_names like '%|' || accounts.comparable_account || '|%'
    or {{ replaced('accounts.comparable_account', '(支出|费用|费)$', '') }}
    = {{ replaced('codes.comparable_account', '(支出|费用|费)$', '') }} as has_other_name,
    accounts.amount_yuan,
    accounts.account_name as printed_name,
    names_of_years.account_name as official_name,
    accounts.table_name,
    accounts.row_number,
    accounts.source_ref
from {{ ref('int_accounts_of_disclosures') }} as accounts
inner join {{ ref('int_catalogue_codes') }} as codes
    on
        accounts.classification = codes.classification
        and accounts.account_code = codes.account_code
inner join {{ ref('dim_disclosures') }} as disclosures
    on accounts.disclosure_id = disclosures.disclosure_id
inner join names_of_years
    on
        disclosures.fiscal_year = names_of_years.fiscal_year
        and accounts.classification = names_of_years.classification
        and accounts.account_code = names_of_years.account_code
where codes.is_certain and accounts.account_name is not null
