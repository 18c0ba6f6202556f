{# Whether a whole text matches a regular expression. #}
{% macro matches(column, pattern) -%}
    {{ return(adapter.dispatch('matches')(column, pattern)) }}
{%- endmacro %}

{% macro default__matches(column, pattern) -%}
    regexp_full_match({{ column }}, '{{ pattern }}')
{%- endmacro %}

{% macro spark__matches(column, pattern) -%}
    {{ column }} rlike '{{ java_pattern("^(?:" ~ pattern ~ ")$") }}'
{%- endmacro %}

{# The text with every match of a regular expression replaced. #}
{% macro replaced(column, pattern, replacement) -%}
    {{ return(adapter.dispatch('replaced')(column, pattern, replacement)) }}
{%- endmacro %}

{% macro default__replaced(column, pattern, replacement) -%}
    regexp_replace({{ column }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}

{% macro spark__replaced(column, pattern, replacement) -%}
    regexp_replace({{ column }}, '{{ java_pattern(pattern) }}', '{{ replacement }}')
{%- endmacro %}

{# What one group of a regular expression matches in a text; empty where it does not match. #}
{% macro captured(column, pattern, group) -%}
    {{ return(adapter.dispatch('captured')(column, pattern, group)) }}
{%- endmacro %}

{% macro default__captured(column, pattern, group) -%}
    regexp_extract({{ column }}, '{{ pattern }}', {{ group }})
{%- endmacro %}

{% macro spark__captured(column, pattern, group) -%}
    regexp_extract({{ column }}, '{{ java_pattern(pattern) }}', {{ group }})
{%- endmacro %}

{# A pattern for Java, where `$` would also match before a last line break, and lines end in more ways. #}
{% macro java_pattern(pattern) -%}
    (?d){{ pattern | replace('$', '\\\\z') }}
{%- endmacro %}
