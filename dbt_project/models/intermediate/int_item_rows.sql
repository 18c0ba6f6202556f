-- One row per printed row of the tables by project, procurement item, kind or unit, with its role.
-- More than 150 lines: where what the rows are about does not tell it, their sums do.
with printed_rows as (
    select
        printed_rows.*,
        {{ unit_row_number() }} as unit_row_number,
        -- From a unit down to what it buys, each by its level or by the parts of its code.
        10 * case
            when printed_rows.procurement_item is not null then 5
            when
                printed_rows.project_name is not null
                and printed_rows.procurement_catalogue is not null
                then 4
            when
                printed_rows.project_name is not null or printed_rows.economic_name is not null
                then 3
            when printed_rows.class_code is not null or printed_rows.account_name is not null then 2
            when printed_rows.procurement_catalogue is not null then 1
            when
                printed_rows.organization_name is not null
                or printed_rows.organization_code is not null
                then 1
            else 0
        end
        + case
            when {{ matches('printed_rows.level', '[1-9]') }}
                then cast(printed_rows.level as integer)
            when printed_rows.item_code is not null then 3
            when printed_rows.section_code is not null then 2
            when printed_rows.class_code is not null then 1
            else 0
        end as depth,
        coalesce(
            printed_rows.procurement_item,
            printed_rows.procurement_catalogue,
            printed_rows.project_name,
            printed_rows.account_name,
            printed_rows.economic_name,
            printed_rows.label,
            printed_rows.organization_name
        ) as row_name
    from {{ ref('stg_printed_rows') }} as printed_rows
    inner join {{ ref('int_table_kinds') }} as kinds
        on printed_rows.table_name = kinds.table_name
    where kinds.classification is null and kinds.row_kind not in ('lines', 'expenses')
),

row_amounts as (
    {{ amounts_of_rows('printed_rows') }}
),

named_rows as (
    select
        *,
        coalesce({{ is_total_name('row_name') }}, false)
        or coalesce({{ is_total_name('organization_name') }}, false) as is_named_total
    from printed_rows
),

-- A row without a name is the total where none has that name, else one more of what is above it.
placed_rows as (
    select
        *,
        is_named_total or (row_name is null and not has_named_total) as is_total,
        case when row_name is null and has_named_total then deepest else depth end as placed_depth
    from (
        select
            *,
            max(is_named_total) over (partition by disclosure_id, table_name) as has_named_total,
            max(depth) over (partition by disclosure_id, table_name) as deepest
        from named_rows
    ) as rows_of_tables
),

rows_in_order as (
    select
        printed_rows.disclosure_id,
        printed_rows.table_name,
        printed_rows.row_number,
        printed_rows.unit_row_number,
        printed_rows.row_name,
        printed_rows.is_total,
        printed_rows.placed_depth as depth,
        lead(printed_rows.placed_depth) over (
            partition by printed_rows.disclosure_id, printed_rows.table_name
            order by printed_rows.row_number
        ) as next_depth,
        coalesce(row_amounts.amount_yuan, 0) as amount_yuan,
        row_amounts.half_unit
    from placed_rows as printed_rows
    left join row_amounts
        on
            printed_rows.disclosure_id = row_amounts.disclosure_id
            and printed_rows.table_name = row_amounts.table_name
            and printed_rows.row_number = row_amounts.row_number
),

tables as (
    select
        disclosure_id,
        table_name,
        max(case when is_total then amount_yuan end) as total_yuan,
        -- An item without a name is counted nowhere.
        sum(
            case
                when
                    not is_total
                    and row_name is not null
                    and coalesce(next_depth, 0) <= depth
                    then amount_yuan
                else 0
            end
        ) as leaf_yuan,
        min(half_unit) * (count(*) + 1) as tolerance_yuan
    from rows_in_order
    group by disclosure_id, table_name
),

untied_rows as (
    select
        rows_in_order.*,
        tables.tolerance_yuan,
        sum(case when rows_in_order.is_total then 0 else rows_in_order.amount_yuan end) over (
            partition by rows_in_order.disclosure_id, rows_in_order.table_name
            order by rows_in_order.row_number
        ) as running_yuan
    from rows_in_order
    inner join tables
        on
            rows_in_order.disclosure_id = tables.disclosure_id
            and rows_in_order.table_name = tables.table_name
            and abs(tables.total_yuan - tables.leaf_yuan) > tables.tolerance_yuan
),

-- The rows right below one come to it; or to some times of it, where they have sums themselves.
rows_of_sums as (
    select
        sums.disclosure_id,
        sums.table_name,
        sums.row_number,
        min((addends.running_yuan - sums.running_yuan) / sums.amount_yuan) as times
    from untied_rows as sums
    inner join untied_rows as addends
        on
            sums.disclosure_id = addends.disclosure_id
            and sums.table_name = addends.table_name
            and sums.row_number < addends.row_number
            and not addends.is_total
            and addends.running_yuan - sums.running_yuan
            in (
                sums.amount_yuan,
                2 * sums.amount_yuan,
                3 * sums.amount_yuan,
                4 * sums.amount_yuan
            )
    where not sums.is_total and sums.amount_yuan <> 0
    group by sums.disclosure_id, sums.table_name, sums.row_number
),

-- The fewest levels of sums with which a table comes to its total.
tables_of_sums as (
    select
        disclosure_id,
        table_name,
        min(levels) as levels
    from (
        {%- for levels in range(1, 5) %}
            select
                untied_rows.disclosure_id,
                untied_rows.table_name,
                {{ levels }} as levels
            from untied_rows
            left join rows_of_sums
                on
                    untied_rows.disclosure_id = rows_of_sums.disclosure_id
                    and untied_rows.table_name = rows_of_sums.table_name
                    and untied_rows.row_number = rows_of_sums.row_number
                    and rows_of_sums.times <= {{ levels }}
            group by untied_rows.disclosure_id, untied_rows.table_name
            having
                abs(
                    max(case when untied_rows.is_total then untied_rows.amount_yuan end)
                    - sum(
                        case
                            when
                                not untied_rows.is_total
                                and untied_rows.row_name is not null
                                and rows_of_sums.row_number is null
                                then untied_rows.amount_yuan
                            else 0
                        end
                    )
                ) <= min(untied_rows.tolerance_yuan)
            {% if not loop.last %}union all{% endif %}
        {%- endfor %}
    ) as tied_tables
    group by disclosure_id, table_name
)

select
    rows_in_order.disclosure_id,
    rows_in_order.table_name,
    rows_in_order.row_number,
    rows_in_order.row_name,
    units.organization_name as unit_name,
    case
        when rows_in_order.is_total then 'total'
        when tables_of_sums.disclosure_id is not null
            then case when rows_of_sums.row_number is not null then 'subtotal' else 'leaf' end
        when rows_in_order.next_depth > rows_in_order.depth then 'subtotal'
        else 'leaf'
    end as row_role,
    case
        when tables_of_sums.disclosure_id is not null then false
        else abs(tables.total_yuan - tables.leaf_yuan) > tables.tolerance_yuan
    end as has_untied_total
from rows_in_order
inner join tables
    on
        rows_in_order.disclosure_id = tables.disclosure_id
        and rows_in_order.table_name = tables.table_name
left join {{ ref('stg_printed_rows') }} as units
    on
        rows_in_order.disclosure_id = units.disclosure_id
        and rows_in_order.table_name = units.table_name
        and rows_in_order.unit_row_number = units.row_number
left join tables_of_sums
    on
        rows_in_order.disclosure_id = tables_of_sums.disclosure_id
        and rows_in_order.table_name = tables_of_sums.table_name
left join rows_of_sums
    on
        rows_in_order.disclosure_id = rows_of_sums.disclosure_id
        and rows_in_order.table_name = rows_of_sums.table_name
        and rows_in_order.row_number = rows_of_sums.row_number
        and tables_of_sums.levels >= rows_of_sums.times
