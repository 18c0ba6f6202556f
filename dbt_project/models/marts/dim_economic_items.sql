-- One row per fiscal year and economic code (类/款).
with fiscal_years as (
    select fiscal_year
    from {{ ref('int_disclosures') }}
    group by all
),

published_codes as (
    select
        disclosures.fiscal_year,
        account_rows.account_code as economic_code,
        min(account_rows.account_name) as published_name
    from {{ ref('int_account_rows') }} as account_rows
    inner join {{ ref('int_disclosures') }} as disclosures
        on account_rows.disclosure_id = disclosures.disclosure_id
    where
        account_rows.account_code is not null
        and account_rows.table_name = 'basic_expenditure_by_economic'
    group by all
),

codes as (
    select
        fiscal_years.fiscal_year,
        economic_items.economic_code
    from fiscal_years
    cross join {{ ref('economic_items') }} as economic_items
    union
    select
        fiscal_year,
        substr(economic_code, 1, 3) as economic_code
    from published_codes
    union
    select
        fiscal_year,
        economic_code
    from published_codes
),

named_codes as (
    select
        codes.fiscal_year,
        codes.economic_code,
        coalesce(
            economic_items.economic_name, published_codes.published_name, codes.economic_code
        ) as economic_name,
        case length(codes.economic_code) when 3 then 'class' else 'item' end as level,
        substr(codes.economic_code, 1, 3) as class_code,
        coalesce(economic_items.evidence = 'several_documents', false) as is_catalogued,
        cast(coalesce(economic_items.document_count, 0) as integer) as document_count
    from codes
    left join {{ ref('economic_items') }} as economic_items
        on codes.economic_code = economic_items.economic_code
    left join published_codes
        on
            codes.fiscal_year = published_codes.fiscal_year
            and codes.economic_code = published_codes.economic_code
)

select
    named_codes.fiscal_year,
    named_codes.economic_code,
    named_codes.economic_name,
    named_codes.level,
    named_codes.class_code,
    classes.economic_name as class_name,
    named_codes.is_catalogued,
    named_codes.document_count
from named_codes
inner join named_codes as classes
    on
        named_codes.fiscal_year = classes.fiscal_year
        and named_codes.class_code = classes.economic_code
