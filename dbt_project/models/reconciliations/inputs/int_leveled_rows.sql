-- One row per row of a table without codes that stands a level below another row, with the row that
-- it details; per row without a level (`is_leveled` false), with each row that it may detail. Names
-- are indented by level.
-- Materialised: views of the published file leave the landed rows out.
{{ config(materialized='table') }}
with leveled_tables as (
    select
        disclosure_id,
        table_name
    from {{ ref('stg_printed_rows') }}
    group by disclosure_id, table_name
    having
        count(level) > 0
        and count(class_code) = 0
        and count(section_code) = 0
        and count(item_code) = 0
),

leveled_rows as (
    select
        printed_rows.disclosure_id,
        printed_rows.table_name,
        printed_rows.row_number,
        printed_rows.level,
        max(case when printed_rows.level = '1' then printed_rows.row_number end)
            over rows_so_far as row_of_level_1,
        max(case when printed_rows.level = '2' then printed_rows.row_number end)
            over rows_so_far as row_of_level_2,
        max(case when printed_rows.level = '3' then printed_rows.row_number end)
            over rows_so_far as row_of_level_3
    from {{ ref('stg_printed_rows') }} as printed_rows
    inner join leveled_tables
        on
            printed_rows.disclosure_id = leveled_tables.disclosure_id
            and printed_rows.table_name = leveled_tables.table_name
    window
        rows_so_far as (
            partition by
                printed_rows.disclosure_id, printed_rows.table_name, coalesce(printed_rows.side, '')
            order by printed_rows.row_number
            rows between unbounded preceding and current row
        )
),

-- A row without one of the level above it details nothing that is printed.
parents as (
    select
        *,
        case level
            when '2' then row_of_level_1
            when '3' then case when row_of_level_2 > row_of_level_1 then row_of_level_2 end
            when '4'
                then
                    case
                        when row_of_level_3 > row_of_level_2 and row_of_level_2 > row_of_level_1
                            then row_of_level_3
                    end
        end as parent_row_number
    from leveled_rows
)

select
    disclosure_id,
    table_name,
    row_number,
    parent_row_number,
    true as is_leveled
from parents
where parent_row_number is not null
{%- for parent, is_open in [
    ('row_of_level_1', 'row_of_level_1 is not null'),
    ('row_of_level_2', 'row_of_level_2 > row_of_level_1'),
    ('row_of_level_3', 'row_of_level_3 > row_of_level_2 and row_of_level_2 > row_of_level_1'),
] %}
    union all
    select
        disclosure_id,
        table_name,
        row_number,
        {{ parent }} as parent_row_number,
        false as is_leveled
    from leveled_rows
    where level is null and {{ is_open }}
{%- endfor %}
