-- One row per printed row of the tables by account whose code the rows above complete.
-- More than 150 lines: rows above, lists and other documents tell a code.
{{ config(materialized='table') }}
{#-
    Of every landed disclosure, not only of those computed again: the codes stand in the dimensions.
    Few tables print such rows, and only those are looked at row by row.
#}
with landed_rows as (
    select
        landed_rows.disclosure_id,
        landed_rows.table_name,
        kinds.classification,
        landed_rows.row_number,
        landed_rows.class_code,
        case kinds.classification
            when 'function' then landed_rows.section_code else landed_rows.item_code
        end as section_code,
        case kinds.classification when 'function' then landed_rows.item_code end as item_code,
        landed_rows.name
    from {{ source('landing', 'printed_rows') }} as landed_rows
    inner join {{ ref('int_table_kinds') }} as kinds
        on landed_rows.table_name = kinds.table_name
    where kinds.classification is not null
),

incomplete_tables as (
    select distinct
        disclosure_id,
        table_name
    from landed_rows
    where
        -- Nearly every row has a class and leaves no level out; this is cheap to ask.
        not coalesce(
            class_code >= '0'
            and class_code < ':'
            and length(class_code) <> 2
            and (
                coalesce(item_code, '') = ''
                or (section_code >= '0' and section_code < ':')
            ),
            false
        )
        and case
            when {{ text_or_null('class_code') }} is null
                then
                    {{ text_or_null('section_code') }} is not null
                    or {{ text_or_null('item_code') }} is not null
            when {{ text_or_null('section_code') }} is null
                then
                    {{ text_or_null('item_code') }} is not null
                    or length({{ text_or_null('class_code') }}) = 2
        end
),

printed_rows as (
    select
        landed_rows.disclosure_id,
        landed_rows.table_name,
        landed_rows.classification,
        {{ whole_number('landed_rows.row_number') }} as row_number,
        {{ code('landed_rows.class_code') }} as class_part,
        {{ code('landed_rows.section_code') }} as section_part,
        {{ code('landed_rows.item_code') }} as item_part,
        {{ text_or_null('landed_rows.name') }} as account_name
    from landed_rows
    inner join incomplete_tables
        on
            landed_rows.disclosure_id = incomplete_tables.disclosure_id
            and landed_rows.table_name = incomplete_tables.table_name
),

coded_rows as (
    select
        *,
        {{ account_code(['class_part', 'section_part', 'item_part']) }} as account_code,
        {{ leading_code('class_part') }} as class_digits,
        {{ leading_code('section_part') }} as section_digits,
        {{ leading_code('item_part') }} as item_digits,
        class_part is not null and section_part is null and item_part is null as is_class_alone,
        -- A row without any code opens another listing: what stands above it completes nothing.
        class_part is null
        and section_part is null
        and item_part is null
        and not {{ is_total_name('account_name') }} as is_break
    from printed_rows
),

placed_rows as (
    select
        *,
        max(case when class_part is not null then row_number end) over rows_so_far as class_row,
        -- A section alone in the first column has its class further above.
        max(
            case
                when class_part is not null and not (is_class_alone and length(class_part) = 2)
                    then row_number
            end
        ) over rows_so_far as whole_class_row,
        max(case when is_class_alone then row_number end) over rows_so_far as class_alone_row,
        max(case when is_break then row_number end) over rows_so_far as break_row,
        max(
            case when section_part is not null or length(account_code) > 3 then row_number end
        ) over rows_above as section_row
    from coded_rows
    window
        rows_so_far as (
            partition by disclosure_id, table_name
            order by row_number
            rows between unbounded preceding and current row
        ),
        rows_above as (
            partition by disclosure_id, table_name
            order by row_number
            rows between unbounded preceding and 1 preceding
        )
),

classes as (
    select
        disclosure_id,
        table_name,
        row_number,
        case when length(class_digits) in (3, 5, 7) then substr(class_digits, 1, 3) end
            as class_code
    from coded_rows
    where class_part is not null
),

printed_sections as (
    select distinct
        disclosure_id,
        table_name,
        substr(account_code, 1, 5) as section_code
    from coded_rows
    where length(account_code) = 7
),

-- A section below its class, with its item or without; one that stands in the column of the class
-- only where items of it follow, or a class that lost a digit would be taken for one.
sections as (
    select
        placed_rows.disclosure_id,
        placed_rows.table_name,
        placed_rows.row_number,
        coalesce(
            substr(placed_rows.account_code, 1, 5),
            case
                when
                    placed_rows.is_class_alone
                    then printed_sections.section_code
                when
                    placed_rows.class_part is null
                    and placed_rows.class_row > coalesce(placed_rows.break_row, -1)
                    then classes.class_code || {{ two_digits('placed_rows.section_digits') }}
            end
        ) as section_code
    from placed_rows
    left join classes
        on
            placed_rows.disclosure_id = classes.disclosure_id
            and placed_rows.table_name = classes.table_name
            and classes.row_number
            = case
                when placed_rows.is_class_alone then placed_rows.whole_class_row
                else placed_rows.class_row
            end
    left join printed_sections
        on
            placed_rows.is_class_alone
            and placed_rows.whole_class_row > coalesce(placed_rows.break_row, -1)
            and placed_rows.classification = 'function'
            and length(placed_rows.class_digits) = 2
            and placed_rows.disclosure_id = printed_sections.disclosure_id
            and placed_rows.table_name = printed_sections.table_name
            and classes.class_code || placed_rows.class_digits = printed_sections.section_code
    where
        placed_rows.section_part is not null
        or length(placed_rows.account_code) > 3
        or printed_sections.section_code is not null
),

completed_rows as (
    select
        placed_rows.disclosure_id,
        placed_rows.table_name,
        placed_rows.classification,
        placed_rows.row_number,
        placed_rows.account_name,
        case
            when placed_rows.section_part is null and placed_rows.item_part is not null
                then case
                    when
                        placed_rows.section_row > coalesce(placed_rows.break_row, -1)
                        and placed_rows.section_row > coalesce(placed_rows.class_alone_row, -1)
                        and coalesce(
                            placed_rows.class_digits = substr(sections_above.section_code, 1, 3),
                            placed_rows.class_part is null
                        )
                        then
                            sections_above.section_code
                            || {{ two_digits('placed_rows.item_digits') }}
                end
            else sections.section_code || case
                when placed_rows.item_part is null then ''
                else {{ two_digits('placed_rows.item_digits') }}
            end
        end as account_code
    from placed_rows
    left join sections
        on
            placed_rows.disclosure_id = sections.disclosure_id
            and placed_rows.table_name = sections.table_name
            and placed_rows.row_number = sections.row_number
    left join sections as sections_above
        on
            placed_rows.disclosure_id = sections_above.disclosure_id
            and placed_rows.table_name = sections_above.table_name
            and placed_rows.section_row = sections_above.row_number
    where placed_rows.account_code is null
)

select
    disclosure_id,
    table_name,
    classification,
    row_number,
    account_code,
    account_name
from completed_rows
where account_code is not null
