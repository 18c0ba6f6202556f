-- One row per fiscal year, classification, account code and name as printed.
{{ config(materialized='table') }}
with tables_by_account as (
    select
        table_name,
        case min(rows) when 'economic_items' then 'economic' else 'function' end as classification
    from {{ ref('raw_tables') }}
    where rows in ('functions', 'economic_items')
    group by table_name
),

-- Equal rows are counted as text first: reading the codes of every printed row would cost far more.
printed_rows as (
    select
        disclosure.fiscal_year,
        tables_by_account.classification,
        printed.class_code,
        printed.section_code,
        printed.item_code,
        printed.name,
        count(*) as row_count
    from {{ source('landing', 'printed_rows') }} as printed
    inner join tables_by_account
        on printed.table_name = tables_by_account.table_name
    inner join {{ source('landing', 'disclosure') }} as disclosure
        on printed.disclosure_id = disclosure.disclosure_id
    group by all
),

read_rows as (
    select
        {{ whole_number('fiscal_year') }} as fiscal_year,
        classification,
        {{ code('class_code') }} as class_code,
        {{ code('section_code') }} as section_code,
        {{ code('item_code') }} as item_code,
        {{ text_or_null('name') }} as account_name,
        row_count
    from printed_rows
),

coded_rows as (
    select
        fiscal_year,
        classification,
        case classification
            when 'economic' then {{ economic_code('class_code', 'item_code') }}
            else {{ account_code(['class_code', 'section_code', 'item_code']) }}
        end as account_code,
        account_name,
        row_count
    from read_rows
)

select
    fiscal_year,
    classification,
    account_code,
    account_name,
    cast(sum(row_count) as bigint) as row_count
from coded_rows
where account_code is not null
group by all
