-- One row per disclosure and table, or its prose: every amount has a unit that is known; one that
-- is not leaves its amount without a value. 预算法 第九十七条: 以人民币元为计算单位
with amounts_of_unknown_units as (
    select
        disclosure_id,
        table_name,
        unit,
        row_number,
        source_ref
    from {{ ref('int_amounts_of_rules') }}
    where
        {{ yuan_per('unit') }} is null
        and row_role <> 'stray'
        and coalesce(null_kind, '') <> 'blank'
    union all
    select
        disclosure_id,
        table_name,
        unit,
        row_number,
        source_ref
    from {{ ref('int_narrative_claims') }}
    where {{ yuan_per('unit') }} is null and amount_text <> ''
),

tables_of_unknown_units as (
    select
        disclosure_id,
        table_name,
        {{ joined("coalesce(nullif(unit, ''), 'no unit')") }} as units,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from amounts_of_unknown_units
    group by disclosure_id, table_name
),

checks as (
    select
        coalesce(heads.disclosure_id, tables.disclosure_id) as disclosure_id,
        {{ said('one_name', ['coalesce(heads.table_name, tables.table_name)']) }} as subject,
        tables.table_name is not null as is_failed,
        null as stated_yuan,
        case
            when tables.units like '%no unit%'
                then {{ said('no_unit_among', [
                    "split_part(tables.units, 'no unit', 1)",
                    "split_part(tables.units, 'no unit', 2)",
                ]) }}
            else {{ printed('coalesce(tables.units, heads.unit_name)') }}
        end as stated_text,
        coalesce(tables.table_name, heads.table_name) as stated_table_name,
        tables.row_number as stated_row_number,
        coalesce(tables.source_ref, heads.source_ref) as stated_source_ref
    from {{ ref('int_units_of_tables') }} as heads
    full join tables_of_unknown_units as tables
        on
            heads.disclosure_id = tables.disclosure_id
            and heads.table_name = tables.table_name
    -- The unit at the head of a table is UC-01's and UC-07's matter.
    where heads.table_name is null or {{ yuan_per('heads.unit_name') }} is not null
)

{{ judged_statements('checks') }}
