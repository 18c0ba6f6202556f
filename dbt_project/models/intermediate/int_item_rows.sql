-- One row per printed row of the tables by project, procurement item, kind or unit: total, subtotal or leaf.
with printed_rows as (
    select
        printed_rows.disclosure_id,
        printed_rows.table_name,
        printed_rows.row_number,
        coalesce(
            printed_rows.project_name,
            printed_rows.procurement_item,
            printed_rows.account_name,
            printed_rows.label,
            printed_rows.organization_name
        ) as row_name,
        -- What a row is about, from a unit down to what it buys.
        case
            when
                printed_rows.procurement_item is not null
                or printed_rows.procurement_catalogue is not null
                then 4
            when printed_rows.project_name is not null then 3
            when printed_rows.class_code is not null or printed_rows.account_name is not null then 2
            when
                printed_rows.organization_name is not null
                or printed_rows.organization_code is not null
                then 1
            else 0
        end as depth
    from {{ ref('stg_printed_rows') }} as printed_rows
    inner join {{ ref('int_table_kinds') }} as kinds
        on printed_rows.table_name = kinds.table_name
    where kinds.classification is null and kinds.row_kind not in ('lines', 'expenses')
),

rows_in_order as (
    select
        *,
        lead(depth) over (
            partition by disclosure_id, table_name
            order by row_number
        ) as next_depth
    from printed_rows
)

select
    disclosure_id,
    table_name,
    row_number,
    row_name,
    case
        when row_name is null or {{ is_total_name('row_name') }} then 'total'
        when next_depth > depth then 'subtotal'
        else 'leaf'
    end as row_role
from rows_in_order
