{#
    Half of the last printed digit of a figure, in yuan: how far rounding alone can carry it. Null where the
    unit is not known.
#}
{% macro half_unit(text, unit) -%}
    {%- set plain = "case when " ~ matches(text, '-?[0-9,]*([.][0-9]+)?') ~ " then " ~ text
        ~ " else translate(" ~ printed_digits(text) ~ ", '()%', '') end" %}
    cast(
        case length(split_part({{ plain }}, '.', 2))
            when 0 then 0.5 when 1 then 0.05 when 2 then 0.005 when 3 then 0.0005
            when 4 then 0.00005 when 5 then 0.000005 else 0.0000005
        end * {{ yuan_per(unit) }} as decimal(18, 7)
    )
{%- endmacro %}

{# By how much rounding may make an amount miss: nothing where it is nil or printed to the fen. #}
{% macro rounding_yuan(relation=none) -%}
    {%- set of = relation ~ '.' if relation else '' -%}
    case
        when {{ of }}half_unit > 0.005 and {{ of }}amount_yuan <> 0 then {{ of }}half_unit
        else 0
    end
{%- endmacro %}
