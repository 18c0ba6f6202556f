{# The different texts of a group in one, in order and separated by `|`. #}
{% macro joined(column) -%}
    {{ return(adapter.dispatch('joined')(column)) }}
{%- endmacro %}

{% macro default__joined(column) -%}
    string_agg(distinct {{ column }}, '|' order by {{ column }})
{%- endmacro %}

{# Spark 4 cannot plan two of its `listagg` with an order, or one beside a distinct count. #}
{% macro spark__joined(column) -%}
    nullif(array_join(array_sort(collect_set({{ column }})), '|'), '')
{%- endmacro %}
