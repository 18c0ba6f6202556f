-- One row per row of a table that lists units and no accounts: whether other rows hold its parts.
with tables_of_units as (
    select
        disclosure_id,
        table_name
    from {{ ref('int_coded_rows') }}
    group by disclosure_id, table_name
    having
        max(case when is_unit then 1 else 0 end) = 1
        and count(account_code) = 0
        and count(printed_code) = 0
),

unit_rows as (
    select
        printed_rows.disclosure_id,
        printed_rows.table_name,
        cast(null as string) as side,
        printed_rows.row_number,
        printed_rows.organization_code,
        {{ is_total_name('coalesce(printed_rows.organization_name, printed_rows.account_name)') }}
            as is_total
    from {{ ref('stg_printed_rows') }} as printed_rows
    inner join {{ ref('int_table_kinds') }} as kinds
        on printed_rows.table_name = kinds.table_name
    left join tables_of_units
        on
            printed_rows.disclosure_id = tables_of_units.disclosure_id
            and printed_rows.table_name = tables_of_units.table_name
    where
        tables_of_units.disclosure_id is not null
        or (
            kinds.row_kind = 'expenses'
            and coalesce(printed_rows.organization_name, printed_rows.account_name) is not null
        )
),

row_amounts as (
    {{ amounts_of_rows('unit_rows') }}
),

-- A department's row stands above those of its units, by its code or by its amount.
departments as (
    select
        unit_rows.disclosure_id,
        unit_rows.table_name,
        unit_rows.row_number
    from unit_rows
    inner join unit_rows as units
        on
            unit_rows.disclosure_id = units.disclosure_id
            and unit_rows.table_name = units.table_name
            and length(units.organization_code) > length(unit_rows.organization_code)
            and substr(units.organization_code, 1, length(unit_rows.organization_code))
            = unit_rows.organization_code
    group by unit_rows.disclosure_id, unit_rows.table_name, unit_rows.row_number
),

tables as (
    select
        unit_rows.disclosure_id,
        unit_rows.table_name,
        min(case when not unit_rows.is_total then unit_rows.row_number end) as first_row_number,
        count(case when not unit_rows.is_total then 1 end) as unit_count,
        sum(case when not unit_rows.is_total then row_amounts.amount_yuan end) as units_yuan,
        cast(min(row_amounts.half_unit) as decimal(28, 7)) as half_unit
    from unit_rows
    inner join row_amounts
        on
            unit_rows.disclosure_id = row_amounts.disclosure_id
            and unit_rows.table_name = row_amounts.table_name
            and unit_rows.row_number = row_amounts.row_number
    group by unit_rows.disclosure_id, unit_rows.table_name
),

first_rows as (
    select
        tables.disclosure_id,
        tables.table_name,
        tables.first_row_number as row_number
    from tables
    inner join row_amounts
        on
            tables.disclosure_id = row_amounts.disclosure_id
            and tables.table_name = row_amounts.table_name
            and tables.first_row_number = row_amounts.row_number
    where
        tables.unit_count > 1
        and abs(row_amounts.amount_yuan * 2 - tables.units_yuan)
        <= tables.half_unit * (tables.unit_count + 1)
)

select
    unit_rows.disclosure_id,
    unit_rows.table_name,
    unit_rows.row_number,
    case
        when unit_rows.is_total and tables.unit_count > 0 then 'total'
        when departments.row_number is not null or first_rows.row_number is not null then 'subtotal'
        else 'leaf'
    end as row_role
from unit_rows
inner join tables
    on
        unit_rows.disclosure_id = tables.disclosure_id
        and unit_rows.table_name = tables.table_name
left join departments
    on
        unit_rows.disclosure_id = departments.disclosure_id
        and unit_rows.table_name = departments.table_name
        and unit_rows.row_number = departments.row_number
left join first_rows
    on
        unit_rows.disclosure_id = first_rows.disclosure_id
        and unit_rows.table_name = first_rows.table_name
        and unit_rows.row_number = first_rows.row_number
