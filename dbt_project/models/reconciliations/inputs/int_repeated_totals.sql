-- One row per rule, measure of the prose and disclosure, with the printed total that the prose
-- repeats.
-- A total left blank under other amounts is not known; in a table without any it is nothing. Total
-- expenditure may count what is carried out, or not: then nobody knows which total it repeats.
-- More than 150 lines: the amounts of two relations are named column by column.
with located_amounts as (
    select
        disclosure_id,
        table_name,
        row_number,
        measure,
        side,
        line,
        row_role,
        amount_yuan,
        half_unit,
        unit,
        source_ref
    from {{ ref('int_amounts_of_all_forms') }}
    where row_role in ('leaf', 'subtotal', 'total')
    union all
    -- Tables of which no other rule is made, as of procurement.
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        amounts.measure,
        amounts.side,
        amounts.line,
        amounts.row_role,
        amounts.amount_yuan,
        amounts.half_unit,
        amounts.unit,
        amounts.source_ref
    from {{ ref('fct_published_amounts') }} as amounts
    left join {{ ref('int_unfit_tables') }} as unfit_tables
        on
            amounts.disclosure_id = unfit_tables.disclosure_id
            and amounts.table_name = unfit_tables.table_name
    where
        amounts.row_role in ('leaf', 'subtotal', 'total')
        and amounts.table_name in (
            select repeated_totals.table_name
            from {{ ref('repeated_totals') }} as repeated_totals
        )
        and amounts.table_name not in (
            {%- for table_name in tables_of_rules() %}
                '{{ table_name }}'{{ ',' if not loop.last }}
            {%- endfor %}
        )
        and not coalesce(unfit_tables.is_half_read, false)
),

carrying_disclosures as (
    select disclosure_id
    from located_amounts
    where side = 'expenditure' and line = 'carryover_out' and amount_yuan <> 0
    group by disclosure_id
),

filled_tables as (
    select
        disclosure_id,
        table_name
    from located_amounts
    where amount_yuan <> 0
    group by disclosure_id, table_name
),

printed_totals as (
    select
        repeated_totals.rule_code,
        amounts.table_name || lpad(cast(amounts.row_number as string), 9, '0') as place,
        repeated_totals.claimed_measure,
        amounts.*,
        -- Of two tables that print one total, as of procurement, the last by name.
        max(amounts.table_name) over (
            partition by
                repeated_totals.rule_code,
                repeated_totals.claimed_measure,
                amounts.disclosure_id
        ) as chosen_table,
        filled_tables.table_name is not null
        and coalesce(repeated_totals.line, 'total') = 'total' as is_needed,
        carrying.disclosure_id is not null
        and amounts.table_name = 'expenditure_by_function'
        and repeated_totals.claimed_measure = 'total_expenditure' as is_in_doubt
    from located_amounts as amounts
    left join carrying_disclosures as carrying
        on amounts.disclosure_id = carrying.disclosure_id
    left join filled_tables
        on
            amounts.disclosure_id = filled_tables.disclosure_id
            and amounts.table_name = filled_tables.table_name
    inner join {{ ref('repeated_totals') }} as repeated_totals
        on
            amounts.table_name = repeated_totals.table_name
            and amounts.measure = repeated_totals.measure
    where
        case
            when repeated_totals.line is null then amounts.row_role = 'total'
            else
                amounts.line = repeated_totals.line
                and (repeated_totals.side is null or amounts.side = repeated_totals.side)
        end
)

select
    rule_code,
    claimed_measure as measure,
    disclosure_id,
    {{ shown_yuan(
        'case when not max(' ~ has_no_value() ~ ') and not (max(is_needed) and count(amount_yuan) = 0)'
        ' and not max(is_in_doubt) then coalesce(sum(amount_yuan), 0) end'
    ) }} as printed_yuan,
    max(half_unit) as printed_half_unit,
    min(unit) as printed_unit,
    min_by(concat_ws(' ', table_name, source_ref), place) as printed_place,
    min_by(table_name, place) as table_name,
    min_by(row_number, place) as row_number,
    min_by(source_ref, place) as source_ref
from printed_totals
where table_name = chosen_table
group by rule_code, claimed_measure, disclosure_id
union all
-- A table printed without any figure says that there is nothing, unless figures were not read.
select
    repeated_totals.rule_code,
    repeated_totals.claimed_measure as measure,
    tables.disclosure_id,
    cast(0 as decimal(18, 2)) as printed_yuan,
    0 as printed_half_unit,
    coalesce(tables.unit, '元') as printed_unit,
    concat_ws(' ', tables.table_name, tables.source_ref) as printed_place,
    tables.table_name,
    cast(null as integer) as row_number,
    tables.source_ref
from {{ ref('fct_published_tables') }} as tables
inner join {{ ref('repeated_totals') }} as repeated_totals
    on tables.table_name = repeated_totals.table_name
left join located_amounts as amounts
    on
        tables.disclosure_id = amounts.disclosure_id
        and tables.table_name = amounts.table_name
left join {{ ref('int_unfit_tables') }} as unfit_tables
    on
        tables.disclosure_id = unfit_tables.disclosure_id
        and tables.table_name = unfit_tables.table_name
where
    tables.table_name in ('government_funds_by_function', 'state_capital_by_function')
    and amounts.table_name is null
    and unfit_tables.table_name is null
