{# Half of the last printed digit of a figure, in yuan: how far rounding alone can carry it. #}
{% macro half_unit(text, unit) -%}
    cast(
        {{ yuan_per(unit) }} * 0.5
        * case length(split_part(translate({{ printed_digits(text) }}, '()', ''), '.', 2))
            when 0 then 1 when 1 then 0.1 when 2 then 0.01 when 3 then 0.001
            when 4 then 0.0001 when 5 then 0.00001 else 0.000001
        end as decimal(18, 7)
    )
{%- endmacro %}
