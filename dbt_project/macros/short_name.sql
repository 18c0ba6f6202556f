{# A comparable name without what other spellings add to it or drop from it. #}
{% macro short_name(name) -%}
    {{ replaced(name, '(支出|费用|费)$', '') }}
{%- endmacro %}

{#
    An economic account's name as prose and tables write it: the words for a fee and for expenditure at
    its end come and go.
#}
{% macro account_key(name) -%}
    {{ replaced(comparable_name(name), '(费用|费)?(支出)?$', '') }}
{%- endmacro %}

{# The last account of a path as prose writes one: 城管执法 of 城乡社区支出（类）…城管执法（项）. #}
{% macro last_account(path) -%}
    {{ replaced(replaced(path, '[（(][类款项][）)]$', ''), '^.*[）)-]', '') }}
{%- endmacro %}
