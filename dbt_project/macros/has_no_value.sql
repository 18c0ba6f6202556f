{#
    Whether a printed amount has a figure of which nobody knows how many yuan it is, since its unit is not
    known. Nothing is compared with it: it is neither nil nor any other amount.
#}
{% macro has_no_value(amounts='') -%}
    {%- set of = amounts ~ '.' if amounts else '' -%}
    ({{ of }}amount_yuan is null and coalesce({{ of }}null_kind, '') <> 'blank')
{%- endmacro %}
