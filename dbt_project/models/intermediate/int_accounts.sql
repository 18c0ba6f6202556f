-- One row per fiscal year, classification and account code, with the name it has in that year.
-- More than 150 lines: lists, changes and documents make one catalogue.
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

-- Codes as documents print them, and those that the rows above complete.
printed_names as (
    select
        fiscal_year,
        classification,
        account_code,
        account_name,
        row_count
    from {{ ref('stg_account_names') }}
    union all
    select
        disclosures.fiscal_year,
        completed_codes.classification,
        completed_codes.account_code,
        completed_codes.account_name,
        count(*) as row_count
    from {{ ref('int_completed_codes') }} as completed_codes
    inner join {{ ref('int_disclosures') }} as disclosures
        on completed_codes.disclosure_id = disclosures.disclosure_id
    group by
        disclosures.fiscal_year,
        completed_codes.classification,
        completed_codes.account_code,
        completed_codes.account_name
),

names as (
    select
        fiscal_year,
        classification,
        account_code,
        account_name,
        sum(row_count) as row_count
    from printed_names
    where account_name is not null
    group by fiscal_year, classification, account_code, account_name
),

-- The name printed most often, of those that documents of a year print.
published_names as (
    select
        *,
        row_number() over (
            partition by fiscal_year, classification, account_code
            order by row_count desc, account_name asc
        ) as place
    from names
),

printed_codes as (
    select
        classification,
        account_code,
        min(account_name) as account_name
    from published_names
    group by all
),

-- Every code has a row in every year: a line that is discontinued is known by last year's code.
used_codes as (
    select
        classification,
        account_code
    from catalogue
    union
    select
        classification,
        account_code
    from printed_names
    union
    select
        classification,
        to_code as account_code
    from {{ ref('classification_changes') }}
),

-- A document that prints no class or section still has them in its codes.
codes_of_every_level as (
    {%- for digits in [3, 5] %}
        select
            classification,
            substr(account_code, 1, {{ digits }}) as account_code
        from used_codes
        union
    {%- endfor %}
    select
        classification,
        account_code
    from used_codes
),

codes as (
    select
        fiscal_years.fiscal_year,
        codes_of_every_level.classification,
        codes_of_every_level.account_code,
        catalogue.account_name
    from fiscal_years
    cross join codes_of_every_level
    left join catalogue
        on
            codes_of_every_level.classification = catalogue.classification
            and codes_of_every_level.account_code = catalogue.account_code
),

-- An account that takes in another one keeps its name and code.
changes as (
    select
        fiscal_years.fiscal_year,
        changes.*,
        case when changes.kind <> 'merge' then changes.to_code end as changed_code,
        changes.effective_fiscal_year > fiscal_years.fiscal_year as is_later
    from fiscal_years
    cross join {{ ref('classification_changes') }} as changes
),

-- The history of a code: its name of before, the last and the next change, the year that
-- gave it up without a new meaning, the later year that brought it about.
dated_codes as (
    select
        codes.fiscal_year,
        codes.classification,
        codes.account_code,
        min_by(
            changes.from_name,
            case
                when changes.from_code = codes.account_code and changes.is_later
                    then changes.effective_fiscal_year
            end
        ) as former_name,
        max(case when not changes.is_later then changes.effective_fiscal_year end) as last_change,
        min(case when changes.is_later then changes.effective_fiscal_year end) as next_change,
        max(
            case
                when
                    not changes.is_later
                    and changes.from_code = codes.account_code
                    and changes.to_code <> codes.account_code
                    and changes.from_name = codes.account_name
                    then changes.effective_fiscal_year
            end
        ) as given_up_in,
        min(
            case
                when
                    changes.is_later
                    and changes.to_code = codes.account_code
                    and coalesce(changes.from_code, '') <> codes.account_code
                    then changes.effective_fiscal_year
            end
        ) as brought_about_in
    from codes
    left join changes
        on
            codes.classification = changes.classification
            and codes.fiscal_year = changes.fiscal_year
            and codes.account_code in (changes.from_code, changes.changed_code)
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
        printed_codes.account_name,
        dated_codes.account_code
    ) as account_name,
    published_names.account_name as published_name,
    case
        when dated_codes.brought_about_in is not null then dated_codes.brought_about_in
        when dated_codes.given_up_in is null then dated_codes.last_change
    end as valid_from,
    case
        when dated_codes.given_up_in is not null then dated_codes.given_up_in - 1
        when dated_codes.brought_about_in is null then dated_codes.next_change - 1
    end as valid_to,
    coalesce(dated_codes.brought_about_in, dated_codes.given_up_in) is null as is_valid,
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
left join printed_codes
    on
        dated_codes.classification = printed_codes.classification
        and dated_codes.account_code = printed_codes.account_code
