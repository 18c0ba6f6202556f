{# The families of the reconciliation rules, each of which is one rec_ model of the same columns. #}
{% macro rule_families() -%}
    {{ return([
        'within_table',
        'across_tables',
        'three_public',
        'narrative',
        'units',
        'across_years',
        'classification',
        'projects',
        'completeness',
        'plausibility',
    ]) }}
{%- endmacro %}

{#
    What came of every check of one family: one row per rule and disclosure for what passed, with the
    number of its checks; one per subject for all else. The family is read once, alone, and its
    many passes are counted as they come, so that a country's checks never stand in memory.
#}
{% macro counted_checks(family) -%}
    select
        rule_code,
        disclosure_id,
        outcome,
        case when outcome <> 'pass' then coded_subject end as coded_subject,
        count(*) as checked_count,
        -- A check without a number leaves the judge nothing to decide on: it must not vanish here.
        case when count(excess_fen) = count(*) then max(excess_fen) end as excess_fen
        {%- for column in [
            'stated_yuan',
            'computed_yuan',
            'gap_yuan',
            'tolerance_yuan',
            'coded_stated_text',
            'coded_computed_text',
            'stated_source',
            'computed_source',
        ] + place_columns() %},
        max(case when outcome <> 'pass' then {{ column }} end) as {{ column }}
        {%- endfor %}
    from {{ ref('rec_' ~ family) }}
    group by rule_code, disclosure_id, outcome, case when outcome <> 'pass' then coded_subject end
{%- endmacro %}
