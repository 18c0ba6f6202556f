-- One row per printed line of the two summary tables whose figures other lines of its side hold.
{{ config(materialized='table') }}
with repeated_lines as (
    select
        disclosure_id,
        table_name,
        side
    from {{ ref('int_summary_rows') }}
    group by disclosure_id, table_name, side, label, parent_row_key
    having count(*) > 1
),

sides_with_repeats as (
    select
        disclosure_id,
        table_name,
        side
    from repeated_lines
    group by disclosure_id, table_name, side
),

rows_of_sides as (
    select
        tree.disclosure_id,
        tree.table_name,
        tree.side,
        tree.row_number,
        tree.level,
        tree.label,
        tree.parent_row_key
    from {{ ref('int_summary_rows') }} as tree
    inner join sides_with_repeats
        on
            tree.disclosure_id = sides_with_repeats.disclosure_id
            and tree.table_name = sides_with_repeats.table_name
            and tree.side = sides_with_repeats.side
),

row_amounts as (
    {{ amounts_of_rows('rows_of_sides') }}
),

summary_rows as (
    select
        rows_of_sides.*,
        row_amounts.figures,
        row_amounts.amount_yuan,
        row_amounts.half_unit
    from rows_of_sides
    inner join row_amounts
        on
            rows_of_sides.disclosure_id = row_amounts.disclosure_id
            and rows_of_sides.table_name = row_amounts.table_name
            and rows_of_sides.row_number = row_amounts.row_number
),

line_copies as (
    select
        *,
        row_number() over (
            partition by disclosure_id, table_name, side, label, parent_row_key, figures
            order by row_number
        ) > 1 as is_copy
    from summary_rows
),

-- Lines of one label stand below several others: they are copies only where the total, printed
-- twice itself, or holding the lines once, says so.
sides_printed_twice as (
    select
        disclosure_id,
        table_name,
        side
    from line_copies
    group by disclosure_id, table_name, side
    having
        count(case when level = 'total' and is_copy then 1 end) > 0
        or (
            count(case when level = 'line' and is_copy and amount_yuan <> 0 then 1 end) > 0
            and abs(
                max(case when level = 'total' then amount_yuan end)
                - sum(case when level = 'line' and not is_copy then amount_yuan else 0 end)
            ) <= min(half_unit) * (count(*) + 1)
        )
)

select
    line_copies.disclosure_id,
    line_copies.table_name,
    line_copies.row_number
from line_copies
inner join sides_printed_twice
    on
        line_copies.disclosure_id = sides_printed_twice.disclosure_id
        and line_copies.table_name = sides_printed_twice.table_name
        and line_copies.side = sides_printed_twice.side
where line_copies.is_copy
