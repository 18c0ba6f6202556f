-- One row per disclosure, table and column that stands for others: in every row it is their sum.
-- Arithmetic identity of the printed table
with printed_amounts as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        coalesce(amounts.side, '') as side,
        amounts.row_number,
        amounts.source_ref,
        amounts.measure,
        amounts.amount_yuan,
        {{ rounding_yuan('amounts') }} as half_unit
    from {{ ref('fct_published_amounts') }} as amounts
    left join {{ ref('int_unfit_tables') }} as tables
        on
            amounts.disclosure_id = tables.disclosure_id
            and amounts.table_name = tables.table_name
    where
        amounts.row_role in ('leaf', 'subtotal', 'total')
        and not coalesce(tables.is_half_read, false)
),

sums_of_parts as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.side,
        amounts.row_number,
        parts.whole,
        parts.divided_by,
        sum(amounts.amount_yuan) as parts_yuan,
        sum(amounts.half_unit) as half_unit
    from printed_amounts as amounts
    inner join {{ ref('int_column_parts') }} as parts
        on
            amounts.disclosure_id = parts.disclosure_id
            and amounts.table_name = parts.table_name
            and amounts.side = parts.side
            and amounts.measure = parts.measure
    group by
        amounts.disclosure_id,
        amounts.table_name,
        amounts.side,
        amounts.row_number,
        parts.whole,
        parts.divided_by
    having count(amounts.amount_yuan) > 0
),

rows_of_columns as (
    select
        wholes.*,
        sums_of_parts.divided_by,
        sums_of_parts.parts_yuan,
        wholes.half_unit + sums_of_parts.half_unit as rounding_yuan,
        abs(wholes.amount_yuan - sums_of_parts.parts_yuan) as gap_yuan
    from printed_amounts as wholes
    inner join sums_of_parts
        on
            wholes.disclosure_id = sums_of_parts.disclosure_id
            and wholes.table_name = sums_of_parts.table_name
            and wholes.side = sums_of_parts.side
            and wholes.row_number = sums_of_parts.row_number
            and wholes.measure = sums_of_parts.whole
    left join {{ ref('int_summed_columns') }} as summed
        on
            wholes.disclosure_id = summed.disclosure_id
            and wholes.table_name = summed.table_name
            and wholes.measure = summed.measure
            and summed.summed = 'columns'
    where wholes.amount_yuan is not null and summed.disclosure_id is null
),

-- A column that slipped by a row is wrong in every row, and is one finding: its first wrong row
-- stands for it, or else the row that is off by most.
ranked_rows as (
    select
        *,
        row_number() over (
            partition by disclosure_id, table_name, side, measure, divided_by
            order by
                case
                    when gap_yuan > rounding_yuan then 1
                    when gap_yuan > 0 then 2
                    else 3
                end,
                row_number
        ) as place,
        sum(case when gap_yuan > rounding_yuan then 1 else 0 end) over (
            partition by disclosure_id, table_name, side, measure, divided_by
        ) as wrong_rows
    from rows_of_columns
),

checks as (
    select
        disclosure_id,
        case
            when side = '' then {{ said('two_names', ['table_name', 'measure']) }}
            else {{ said('three_names', ['table_name', 'side', 'measure']) }}
        end as subject,
        amount_yuan as stated_yuan,
        parts_yuan as computed_yuan,
        rounding_yuan as tolerance_yuan,
        cast(null as string) as stated_text,
        greatest(wrong_rows, 1) as row_count,
        {{ place_of('stated') }},
        {{ place_of('computed') }}
    from ranked_rows
    where place = 1
)

{{ judged_amounts(
    'checks',
    within_tolerance='hint',
    stated_row_count='row_count',
    computed_row_count='row_count',
) }}
