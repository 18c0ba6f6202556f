-- One row per disclosure, table, side and column that is part of another printed column: the
-- nearest such whole, and by what it is divided.
{%- set totals_of_expenses = {
    'total': 'combined_total',
    'last_year_total': 'last_year_combined_total',
    'change_total': 'change_combined_total',
} %}
with measures as (
    select
        column_name as measure,
        -- The three public expenses are one of three parts beside meetings and trainings.
        case column_name
            {%- for measure, whole in totals_of_expenses.items() %}
                when '{{ measure }}' then '{{ whole }}'
            {%- endfor %}
            else min(part_of)
        end as part_of,
        -- A total may be divided by expenses and by funds, twice over.
        case
            when
                min(expense) is not null
                or column_name in (
                    {%- for measure in totals_of_expenses %}
                        '{{ measure }}'{{ ',' if not loop.last }}
                    {%- endfor %}
                )
                then 'expense'
            else 'other'
        end as divided_by
    from {{ ref('raw_columns') }}
    where role = 'measure'
    group by column_name
),

wholes as (
    {{ measure_wholes('measures') }}
),

columns as (
    select distinct
        disclosure_id,
        table_name,
        coalesce(side, '') as side,
        measure
    from {{ ref('fct_published_amounts') }}
    where amount_yuan is not null
),

printed_wholes as (
    select
        parts.disclosure_id,
        parts.table_name,
        parts.side,
        parts.measure,
        min_by(wholes.whole, wholes.steps) as whole
    from columns as parts
    inner join wholes
        on parts.measure = wholes.measure
    inner join columns
        on
            parts.disclosure_id = columns.disclosure_id
            and parts.table_name = columns.table_name
            and parts.side = columns.side
            and wholes.whole = columns.measure
    group by parts.disclosure_id, parts.table_name, parts.side, parts.measure
)

select
    printed_wholes.disclosure_id,
    printed_wholes.table_name,
    printed_wholes.side,
    printed_wholes.measure,
    printed_wholes.whole,
    measures.divided_by
from printed_wholes
inner join measures
    on printed_wholes.measure = measures.measure
