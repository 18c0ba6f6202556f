{# The different texts of a group in one, in order and separated by `|`. #}
{% macro joined(column) -%}
    {{ return(adapter.dispatch('joined')(column)) }}
{%- endmacro %}

{% macro default__joined(column) -%}
    string_agg(distinct {{ column }}, '|' order by {{ column }})
{%- endmacro %}

{% macro spark__joined(column) -%}
    listagg(distinct {{ column }}, '|') within group (order by {{ column }})
{%- endmacro %}
