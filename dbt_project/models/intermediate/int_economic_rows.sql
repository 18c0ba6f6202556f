-- One row per printed row that holds an economic account's figures alone, with its function above.
with coded_rows as (
    select
        printed_rows.disclosure_id,
        printed_rows.table_name,
        printed_rows.row_number,
        tree.classification,
        tree.row_role,
        tree.unit_name,
        case tree.classification
            when 'economic' then tree.account_code
            else {{ economic_code(
                'printed_rows.economic_class_code', 'printed_rows.economic_item_code'
            ) }}
        end as economic_code,
        case tree.classification
            when 'economic' then tree.account_name else printed_rows.economic_name
        end as economic_name,
        {{ economic_code(
                'printed_rows.government_class_code', 'printed_rows.government_item_code'
            ) }} as government_code,
        case
            when tree.classification = 'function' then tree.account_code
            when printed_rows.economic_class_code is not null
                then {{ account_code([
                    'printed_rows.class_code', 'printed_rows.section_code', 'printed_rows.item_code'
                ]) }}
        end as function_code
    from {{ ref('stg_printed_rows') }} as printed_rows
    inner join {{ ref('int_account_rows') }} as tree
        on
            printed_rows.disclosure_id = tree.disclosure_id
            and printed_rows.table_name = tree.table_name
            and printed_rows.row_number = tree.row_number
    where tree.row_role <> 'total'
),

economic_tables as (
    select
        disclosure_id,
        table_name
    from coded_rows
    where economic_code is not null
    group by disclosure_id, table_name
),

-- An account that prints no function belongs to the one above it.
rows_below_functions as (
    select
        coded_rows.*,
        max(case when coded_rows.function_code is not null then coded_rows.row_number end) over (
            partition by coded_rows.disclosure_id, coded_rows.table_name
            order by coded_rows.row_number
        ) as function_row_number
    from coded_rows
    inner join economic_tables
        on
            coded_rows.disclosure_id = economic_tables.disclosure_id
            and coded_rows.table_name = economic_tables.table_name
),

economic_rows as (
    select
        accounts.disclosure_id,
        accounts.table_name,
        accounts.row_number,
        accounts.classification,
        accounts.row_role,
        accounts.unit_name,
        accounts.economic_code,
        accounts.economic_name,
        accounts.government_code,
        coalesce(accounts.function_code, functions.function_code) as function_code
    from rows_below_functions as accounts
    left join rows_below_functions as functions
        on
            accounts.function_code is null
            and accounts.classification = 'function'
            and accounts.disclosure_id = functions.disclosure_id
            and accounts.table_name = functions.table_name
            and accounts.function_row_number = functions.row_number
    where accounts.economic_code is not null
),

-- The economic classes that a table divides below one function and unit.
divided_accounts as (
    select distinct
        disclosure_id,
        table_name,
        coalesce(unit_name, '') as unit_name,
        coalesce(function_code, '') as function_code,
        substr(economic_code, 1, 3) as economic_code
    from economic_rows
    where length(economic_code) > 3
    union
    select distinct
        disclosure_id,
        table_name,
        coalesce(unit_name, '') as unit_name,
        coalesce(function_code, '') as function_code,
        substr(economic_code, 1, 5) as economic_code
    from economic_rows
    where length(economic_code) > 5
)

select
    economic_rows.disclosure_id,
    economic_rows.table_name,
    economic_rows.row_number,
    economic_rows.unit_name,
    economic_rows.function_code,
    economic_rows.economic_code,
    economic_rows.economic_name,
    economic_rows.government_code
from economic_rows
left join divided_accounts
    on
        economic_rows.disclosure_id = divided_accounts.disclosure_id
        and economic_rows.table_name = divided_accounts.table_name
        and coalesce(economic_rows.unit_name, '') = divided_accounts.unit_name
        and coalesce(economic_rows.function_code, '') = divided_accounts.function_code
        and economic_rows.economic_code = divided_accounts.economic_code
left join {{ ref('int_repeated_rows') }} as repeats
    on
        economic_rows.classification = 'economic'
        and economic_rows.disclosure_id = repeats.disclosure_id
        and economic_rows.table_name = repeats.table_name
        and economic_rows.row_number = repeats.row_number
where
    divided_accounts.economic_code is null
    and repeats.row_number is null
    and economic_rows.row_role in ('leaf', 'detail')
