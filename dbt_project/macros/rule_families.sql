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

{# Every check of every family. #}
{% macro all_checks() -%}
    {%- for family in rule_families() %}
    select * from {{ ref('rec_' ~ family) }}
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
