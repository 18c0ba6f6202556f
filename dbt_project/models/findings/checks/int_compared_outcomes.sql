-- One row per comparison, disclosure, outcome and slip of the unit; by subject unless it passed.
{%- set shown_columns = [
    'stated_yuan',
    'computed_yuan',
    'gap_yuan',
    'tolerance_yuan',
    'stated_rows',
    'computed_rows',
    'stated_place',
    'computed_place',
] %}
with {{ numbered_comparisons() }},

{{ outcomes_of_compared(ref('int_compared_amounts')) }},

-- Of millions of passes only their number is asked for, unless the unit slipped.
marked_outcomes as (
    select
        *,
        outcome <> 'pass' or coalesce(is_slip, false) as is_shown
    from outcomes
)

select
    comparison_number,
    disclosure_number,
    outcome,
    is_slip,
    case when is_shown then subject_key end as subject_key,
    {%- for column in shown_columns %}
        max(case when is_shown then {{ column }} end) as {{ column }},
    {%- endfor %}
    max(excess_fen) as excess_fen,
    count(*) as checked_count
from marked_outcomes
group by
    comparison_number, disclosure_number, outcome, is_slip, case when is_shown then subject_key end
