{# A comparable name without what other spellings add to it or drop from it. #}
{% macro short_name(name) -%}
    {{ replaced(name, '(支出|费用|费)$', '') }}
{%- endmacro %}
