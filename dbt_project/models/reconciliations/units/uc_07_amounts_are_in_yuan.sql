-- One row per disclosure whose tables state a unit: it is yuan or a multiple of it, in all of them.
-- 预算法 第九十七条: 以人民币元为计算单位
with units as (
    select
        *,
        -- Foreign units first, then in the order of the tables' names.
        case when {{ yuan_per('unit_name') }} is null then '1' else '2' end || table_name
            as place_order
    from {{ ref('int_units_of_tables') }}
    where unit_name is not null
),

checks as (
    select
        disclosure_id,
        {{ said('currency') }} as subject,
        min(place_order) like '1%' as is_failed,
        null as stated_yuan,
        {{ printed('min_by(unit, place_order)') }} as stated_text,
        min_by(table_name, place_order) as stated_table_name,
        min_by(row_number, place_order) as stated_row_number,
        min_by(source_ref, place_order) as stated_source_ref
    from units
    group by disclosure_id
)

{{ judged_statements('checks') }}
