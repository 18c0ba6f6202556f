-- One row per disclosure, project and third-level indicator.
{%- set target_pattern = '^(>=|<=|≥|≤|>|<|=)?([0-9]+([.][0-9]+)?)([^0-9~～-]*)$' %}
with targets as (
    select
        *,
        {{ without_spaces('target_text') }} as target,
        -- A merged cell is written once, where it starts: the levels hold until the next one.
        max(case when indicator_level_1 is not null then row_number end) over (
            partition by disclosure_id, project_name
            order by row_number
            rows between unbounded preceding and current row
        ) as level_1_row,
        max(case when indicator_level_2 is not null then row_number end) over (
            partition by disclosure_id, project_name
            order by row_number
            rows between unbounded preceding and current row
        ) as level_2_row
    from {{ ref('stg_performance_targets') }}
),

targets_with_levels as (
    select
        targets.*,
        level_1.indicator_level_1 as filled_level_1,
        level_2.indicator_level_2 as filled_level_2
    from targets
    left join targets as level_1
        on
            targets.disclosure_id = level_1.disclosure_id
            and targets.level_1_row = level_1.row_number
    left join targets as level_2
        on
            targets.disclosure_id = level_2.disclosure_id
            and targets.level_2_row = level_2.row_number
)

select
    targets.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    targets.row_number as indicator_number,
    targets.project_name,
    targets.filled_level_1 as indicator_level_1,
    targets.filled_level_2 as indicator_level_2,
    targets.indicator_name,
    case {{ captured('targets.target', target_pattern, 1) }}
        when '' then null
        when '≥' then '>='
        when '≤' then '<='
        else {{ captured('targets.target', target_pattern, 1) }}
    end as comparator,
    -- A number of more digits than a figure has stays text.
    try_cast(nullif({{ captured('targets.target', target_pattern, 2) }}, '') as decimal(24, 6))
        as target_value,
    nullif({{ captured('targets.target', target_pattern, 4) }}, '') as target_unit,
    targets.target_text,
    targets.achieved as achieved_text,
    {{ score('targets.score') }} as score,
    targets.score as score_text,
    targets.note,
    targets.source_ref,
    disclosures.is_counted
from targets_with_levels as targets
inner join {{ ref('int_disclosures') }} as disclosures
    on targets.disclosure_id = disclosures.disclosure_id
