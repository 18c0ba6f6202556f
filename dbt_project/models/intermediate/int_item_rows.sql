-- One row per printed row of the tables by project, procurement item, kind or unit, with its role.
with printed_rows as (
    select
        printed_rows.*,
        max(
            case
                when
                    printed_rows.organization_name is not null
                    and not {{ is_total_name('printed_rows.organization_name') }}
                    then printed_rows.row_number
            end
        ) over (
            partition by printed_rows.disclosure_id, printed_rows.table_name
            order by printed_rows.row_number
        ) as unit_row_number,
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
        coalesce(procurement_item, project_name, account_name, label, organization_name)
            as row_name,
        lead(depth) over (
            partition by disclosure_id, table_name
            order by row_number
        ) as next_depth
    from printed_rows
)

select
    rows_in_order.disclosure_id,
    rows_in_order.table_name,
    rows_in_order.row_number,
    rows_in_order.row_name,
    units.organization_name as unit_name,
    case
        when
            rows_in_order.row_name is null
            or {{ is_total_name('rows_in_order.row_name') }}
            or {{ is_total_name('rows_in_order.organization_name') }}
            then 'total'
        when rows_in_order.next_depth > rows_in_order.depth then 'subtotal'
        else 'leaf'
    end as row_role
from rows_in_order
left join {{ ref('stg_printed_rows') }} as units
    on
        rows_in_order.disclosure_id = units.disclosure_id
        and rows_in_order.table_name = units.table_name
        and rows_in_order.unit_row_number = units.row_number
