{# What one group of a regular expression matches in a text; empty where it does not match. #}
{% macro captured(column, pattern, group) -%}
    regexp_extract({{ column }}, '{{ pattern }}', {{ group }})
{%- endmacro %}
