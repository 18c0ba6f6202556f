-- One row per fiscal year and functional code (类/款/项).
with fiscal_years as (
    select fiscal_year
    from {{ ref('int_disclosures') }}
    group by all
),

published_codes as (
    select
        disclosures.fiscal_year,
        account_rows.account_code as function_code,
        min(account_rows.account_name) as published_name
    from {{ ref('int_account_rows') }} as account_rows
    inner join {{ ref('int_disclosures') }} as disclosures
        on account_rows.disclosure_id = disclosures.disclosure_id
    where
        account_rows.account_code is not null
        and account_rows.table_name <> 'basic_expenditure_by_economic'
    group by all
),

-- A document that prints no class or section still has them in its codes.
codes as (
    select
        fiscal_years.fiscal_year,
        functions.function_code
    from fiscal_years
    cross join {{ ref('functions') }} as functions
    union
    select
        fiscal_year,
        substr(function_code, 1, 3) as function_code
    from published_codes
    union
    select
        fiscal_year,
        substr(function_code, 1, 5) as function_code
    from published_codes
    union
    select
        fiscal_year,
        function_code
    from published_codes
    union
    select
        fiscal_years.fiscal_year,
        substr(functions.function_code, 1, 5) as function_code
    from fiscal_years
    cross join {{ ref('functions') }} as functions
),

named_codes as (
    select
        codes.fiscal_year,
        codes.function_code,
        coalesce(functions.function_name, published_codes.published_name) as function_name,
        case length(codes.function_code) when 3 then 'class' when 5 then 'section' else 'item' end
            as level,
        substr(codes.function_code, 1, 3) as class_code,
        case when length(codes.function_code) >= 5 then substr(codes.function_code, 1, 5) end
            as section_code,
        case when length(codes.function_code) = 7 then codes.function_code end as item_code,
        coalesce(functions.evidence = 'several_documents', false) as is_catalogued,
        cast(coalesce(functions.document_count, 0) as integer) as document_count
    from codes
    left join {{ ref('functions') }} as functions
        on codes.function_code = functions.function_code
    left join published_codes
        on
            codes.fiscal_year = published_codes.fiscal_year
            and codes.function_code = published_codes.function_code
)

select
    named_codes.fiscal_year,
    named_codes.function_code,
    coalesce(named_codes.function_name, named_codes.function_code) as function_name,
    named_codes.level,
    case named_codes.level
        when 'item' then named_codes.section_code
        when 'section' then named_codes.class_code
    end as parent_code,
    named_codes.class_code,
    coalesce(classes.function_name, named_codes.class_code) as class_name,
    named_codes.section_code,
    coalesce(sections.function_name, named_codes.section_code) as section_name,
    named_codes.item_code,
    case
        when named_codes.level = 'item'
            then coalesce(named_codes.function_name, named_codes.item_code)
    end as item_name,
    named_codes.is_catalogued,
    named_codes.document_count
from named_codes
left join named_codes as classes
    on
        named_codes.fiscal_year = classes.fiscal_year
        and named_codes.class_code = classes.function_code
left join named_codes as sections
    on
        named_codes.fiscal_year = sections.fiscal_year
        and named_codes.section_code = sections.function_code
