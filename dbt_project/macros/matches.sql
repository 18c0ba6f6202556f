{# Whether a whole text matches a regular expression. #}
{% macro matches(column, pattern) -%}
    {{ return(adapter.dispatch('matches')(column, pattern)) }}
{%- endmacro %}

{% macro default__matches(column, pattern) -%}
    regexp_full_match({{ column }}, '{{ pattern }}')
{%- endmacro %}

{# The text with every match of a regular expression replaced. #}
{% macro replaced(column, pattern, replacement) -%}
    {{ return(adapter.dispatch('replaced')(column, pattern, replacement)) }}
{%- endmacro %}

{% macro default__replaced(column, pattern, replacement) -%}
    regexp_replace({{ column }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}
