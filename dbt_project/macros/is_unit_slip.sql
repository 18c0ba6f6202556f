{#
    Whether the larger of two amounts holds the smaller, within a hundredth, ten thousand times or its
    square. Hospitality and the like in T9 may exceed what T8 has, but not as often as that.
#}
{% macro is_unit_slip(amount, other) -%}
    {%- set smaller = 'cast(least(' ~ amount ~ ', ' ~ other ~ ') as decimal(28, 2))' %}
    {{ amount }} <> {{ other }}
    and (
        greatest({{ amount }}, {{ other }}) between {{ smaller }} * 9900 and {{ smaller }} * 10100
        or greatest({{ amount }}, {{ other }})
        between {{ smaller }} * 99000000 and {{ smaller }} * 101000000
    )
{%- endmacro %}
