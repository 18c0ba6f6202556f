-- One row per disclosure, table, side and measure with a figure, with what facts count of it.
-- More than 150 lines: natures, sources and expenses are counted each in their own way.
{#
    A row's total is printed as the sum of natures, or of sources, or of expenses, and these as sums of
    others. Of natures the topmost are counted. Of sources those of one fund or kind, but where they
    come to another sum than the column above them, since a form prints some of them only: that column.
#}
with printed_measures as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        coalesce(printed_rows.side, '') as side,
        amounts.measure,
        count(amounts.printed_amount) as figure_count,
        sum(amounts.printed_amount) as printed_sum
    from {{ ref('stg_printed_amounts') }} as amounts
    inner join {{ ref('stg_printed_rows') }} as printed_rows
        on
            amounts.disclosure_id = printed_rows.disclosure_id
            and amounts.table_name = printed_rows.table_name
            and amounts.row_number = printed_rows.row_number
    group by
        amounts.disclosure_id,
        amounts.table_name,
        coalesce(printed_rows.side, ''),
        amounts.measure
    having count(amounts.printed_amount) > 0
),

parts_of_totals as (
    select measure
    from {{ ref('int_measure_wholes') }}
    where whole = 'total'
),

measures as (
    select
        printed_measures.*,
        measures.nature,
        measures.source,
        measures.component,
        measures.expense,
        measures.fund,
        measures.period,
        coalesce(measures.nature = 'total', false) as is_total,
        -- Some columns show a part of another, and add up to nothing.
        parts_of_totals.measure is not null as is_part_of_total
    from printed_measures
    inner join {{ ref('int_measures') }} as measures
        on printed_measures.measure = measures.measure
    left join parts_of_totals
        on printed_measures.measure = parts_of_totals.measure
),

-- Printed amounts of the measures that each measure of a table is part of.
printed_wholes as (
    select
        measures.disclosure_id,
        measures.table_name,
        measures.side,
        measures.measure,
        measures.figure_count,
        measures.printed_sum,
        wholes.measure as whole,
        wholes.nature,
        wholes.source,
        wholes.component,
        wholes.is_total,
        static_wholes.steps
    from measures
    inner join {{ ref('int_measure_wholes') }} as static_wholes
        on measures.measure = static_wholes.measure
    inner join measures as wholes
        on
            measures.disclosure_id = wholes.disclosure_id
            and measures.table_name = wholes.table_name
            and measures.side = wholes.side
            and static_wholes.whole = wholes.measure
),

wholes_of_measures as (
    select
        disclosure_id,
        table_name,
        side,
        measure,
        max(case when not is_total and nature is not null then 1 else 0 end) as has_nature_above,
        max(case when not is_total and source is not null then 1 else 0 end) as has_source_above,
        max(case when component is not null then 1 else 0 end) as has_component_above,
        min_by(whole, steps) as nearest_whole
    from printed_wholes
    group by disclosure_id, table_name, side, measure
),

-- The measures whose parts come to them.
divided_measures as (
    select
        parts.disclosure_id,
        parts.table_name,
        parts.side,
        parts.nearest_whole as measure,
        -- A part may differ by half of a last digit in each row; two decimals are the rule.
        abs(min(wholes.printed_sum) - sum(measures.printed_sum))
        <= 0.005 * (sum(measures.figure_count) + min(wholes.figure_count)) as is_divided
    from wholes_of_measures as parts
    inner join measures
        on
            parts.disclosure_id = measures.disclosure_id
            and parts.table_name = measures.table_name
            and parts.side = measures.side
            and parts.measure = measures.measure
            and measures.source is not null
    inner join measures as wholes
        on
            parts.disclosure_id = wholes.disclosure_id
            and parts.table_name = wholes.table_name
            and parts.side = wholes.side
            and parts.nearest_whole = wholes.measure
            and not wholes.is_total
    group by parts.disclosure_id, parts.table_name, parts.side, parts.nearest_whole
),

-- The measures below one that its parts do not come to.
undivided_parts as (
    select distinct
        printed_wholes.disclosure_id,
        printed_wholes.table_name,
        printed_wholes.side,
        printed_wholes.measure
    from printed_wholes
    inner join divided_measures
        on
            printed_wholes.disclosure_id = divided_measures.disclosure_id
            and printed_wholes.table_name = divided_measures.table_name
            and printed_wholes.side = divided_measures.side
            and printed_wholes.whole = divided_measures.measure
            and not divided_measures.is_divided
),

measures_with_parts as (
    select distinct
        disclosure_id,
        table_name,
        side,
        whole as measure
    from printed_wholes
),

described_measures as (
    select
        measures.*,
        measures.period is null
        and measures.is_part_of_total
        and not measures.is_total
        and measures.nature is not null
        and coalesce(wholes.has_nature_above, 0) = 0 as is_topmost_nature,
        measures.period is null
        and measures.is_part_of_total
        and not measures.is_total
        and measures.source is not null
        and coalesce(wholes.has_source_above, 0) = 0 as is_topmost_source,
        measures.period is null
        and measures.component is not null
        and coalesce(wholes.has_component_above, 0) = 0 as is_topmost_component,
        measures.period is null
        and measures.is_part_of_total
        and measures.source is not null
        and not coalesce(divided.is_divided, false)
        and undivided_parts.measure is null as is_counted_source,
        with_parts.measure is not null as has_parts,
        -- An expense by fund is in the expense, where that is printed too.
        measures.fund is not null
        and count(case when measures.fund is null then 1 end) over same_expenses > 0
            as has_expense_above
    from measures
    left join wholes_of_measures as wholes
        on
            measures.disclosure_id = wholes.disclosure_id
            and measures.table_name = wholes.table_name
            and measures.side = wholes.side
            and measures.measure = wholes.measure
    left join divided_measures as divided
        on
            measures.disclosure_id = divided.disclosure_id
            and measures.table_name = divided.table_name
            and measures.side = divided.side
            and measures.measure = divided.measure
    left join undivided_parts
        on
            measures.disclosure_id = undivided_parts.disclosure_id
            and measures.table_name = undivided_parts.table_name
            and measures.side = undivided_parts.side
            and measures.measure = undivided_parts.measure
    left join measures_with_parts as with_parts
        on
            measures.disclosure_id = with_parts.disclosure_id
            and measures.table_name = with_parts.table_name
            and measures.side = with_parts.side
            and measures.measure = with_parts.measure
    window
        same_expenses as (
            partition by
                measures.disclosure_id,
                measures.table_name,
                measures.side,
                measures.expense,
                measures.period
        )
),

tables as (
    select
        disclosure_id,
        table_name,
        side,
        max(case when is_topmost_nature then 1 else 0 end) as has_natures,
        max(case when is_topmost_source then 1 else 0 end) as has_sources,
        max(case when is_topmost_component then 1 else 0 end) as has_components
    from described_measures
    group by disclosure_id, table_name, side
)

select
    measures.disclosure_id,
    measures.table_name,
    measures.side,
    measures.measure,
    case
        when measures.is_topmost_nature then measures.nature
        when measures.is_total and measures.period is null and tables.has_natures = 0
            then 'undivided'
    end as counted_nature,
    case
        when measures.is_counted_source then measures.source
        when measures.is_total and measures.period is null and tables.has_sources = 0
            then 'undivided'
    end as counted_source,
    case
        when measures.is_topmost_component then measures.component
        when measures.is_total and measures.period is null and tables.has_components = 0
            then 'undivided'
    end as counted_component,
    case
        when measures.period is null and not measures.has_parts and not measures.has_expense_above
            then measures.expense
    end as counted_expense,
    -- With the others of its table the parts come to the total of a row.
    case
        when tables.has_natures = 1 then measures.is_topmost_nature else measures.is_topmost_source
    end as is_part,
    measures.is_total and measures.period is null as is_whole,
    measures.has_parts
from described_measures as measures
inner join tables
    on
        measures.disclosure_id = tables.disclosure_id
        and measures.table_name = tables.table_name
        and measures.side = tables.side
