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

{# Every check of every rule: the comparisons of printed amounts, and what else each family asks. #}
{% macro all_checks() -%}
    {%- for relation in ['compared_amounts'] + rule_families() %}
    select
        rule_code,
        disclosure_id,
        subject,
        outcome,
        stated_yuan,
        computed_yuan,
        gap_yuan,
        tolerance_yuan,
        excess_fen,
        stated_text,
        computed_text,
        stated_source,
        computed_source
    from {{ ref('rec_' ~ relation) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# The claims between CTEs of one shape, as one relation. #}
{% macro united(relations) -%}
    {%- for relation in relations %}
    select * from {{ relation }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
