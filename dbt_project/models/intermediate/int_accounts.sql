-- One row per fiscal year, classification and account code, with the name it has in that year.
with fiscal_years as (
    select fiscal_year
    from {{ ref('int_disclosures') }}
    group by all
),

catalogue as (
    select
        'function' as classification,
        function_code as account_code,
        function_name as account_name,
        evidence,
        document_count,
        years_seen
    from {{ ref('functions') }}
    union all
    select
        'economic' as classification,
        economic_code as account_code,
        economic_name as account_name,
        evidence,
        document_count,
        years_seen
    from {{ ref('economic_items') }}
),

-- Where documents of a year differ, the name printed most often.
published_names as (
    select
        *,
        row_number() over (
            partition by fiscal_year, classification, account_code
            order by row_count desc, account_name asc
        ) as place
    from {{ ref('stg_account_names') }}
    where account_name is not null
),

used_codes as (
    select
        fiscal_years.fiscal_year,
        catalogue.classification,
        catalogue.account_code
    from fiscal_years
    cross join catalogue
    union all
    select
        fiscal_year,
        classification,
        account_code
    from {{ ref('stg_account_names') }}
),

-- A document that prints no class or section still has them in its codes.
codes as (
    select
        fiscal_year,
        classification,
        substr(account_code, 1, 3) as account_code
    from used_codes
    union
    select
        fiscal_year,
        classification,
        substr(account_code, 1, 5) as account_code
    from used_codes
    union
    select
        fiscal_year,
        classification,
        account_code
    from used_codes
),

dated_codes as (
    select
        codes.fiscal_year,
        codes.classification,
        codes.account_code,
        min_by(
            changes.from_name,
            case
                when
                    changes.from_code = codes.account_code
                    and changes.effective_fiscal_year > codes.fiscal_year
                    then changes.effective_fiscal_year
            end
        ) as former_name,
        max(
            case
                when changes.effective_fiscal_year <= codes.fiscal_year
                    then changes.effective_fiscal_year
            end
        ) as valid_from,
        min(
            case
                when changes.effective_fiscal_year > codes.fiscal_year
                    then changes.effective_fiscal_year
            end
        ) - 1 as valid_to,
        -- Brought about later: a code that only a later year moves accounts to.
        count(
            case
                when
                    changes.kind in ('new', 'move', 'split')
                    and changes.to_code = codes.account_code
                    and coalesce(changes.from_code, '') <> codes.account_code
                    and changes.effective_fiscal_year > codes.fiscal_year
                    then 1
            end
        ) = 0
        -- Given up before: a code that an earlier year moved away, unless it means something new.
        and count(
            case
                when
                    changes.from_code = codes.account_code
                    and changes.to_code <> codes.account_code
                    and changes.from_name = catalogue.account_name
                    and changes.effective_fiscal_year <= codes.fiscal_year
                    then 1
            end
        ) = 0 as is_valid
    from codes
    left join catalogue
        on
            codes.classification = catalogue.classification
            and codes.account_code = catalogue.account_code
    left join {{ ref('classification_changes') }} as changes
        on
            codes.classification = changes.classification
            and codes.account_code in (changes.from_code, changes.to_code)
    group by all
)

select
    dated_codes.fiscal_year,
    dated_codes.classification,
    dated_codes.account_code,
    coalesce(
        dated_codes.former_name,
        catalogue.account_name,
        published_names.account_name,
        dated_codes.account_code
    ) as account_name,
    published_names.account_name as published_name,
    dated_codes.valid_from,
    dated_codes.valid_to,
    dated_codes.is_valid,
    catalogue.evidence,
    coalesce(catalogue.evidence = 'several_documents', false) as is_catalogued,
    cast(coalesce(catalogue.document_count, 0) as integer) as document_count,
    catalogue.years_seen
from dated_codes
left join catalogue
    on
        dated_codes.classification = catalogue.classification
        and dated_codes.account_code = catalogue.account_code
left join published_names
    on
        dated_codes.fiscal_year = published_names.fiscal_year
        and dated_codes.classification = published_names.classification
        and dated_codes.account_code = published_names.account_code
        and published_names.place = 1
