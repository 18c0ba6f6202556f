{#
    Whether nobody knows how many yuan a printed amount is, since its unit is not known: it has no last
    digit in yuan either. Nothing is compared with it, for it is neither nil nor any other amount.
#}
{% macro has_no_value(amounts='') -%}
    ({{ amounts ~ '.' if amounts else '' }}half_unit is null)
{%- endmacro %}
