{#
    An amount with room for a factor: DuckDB gives a decimal times a whole number the width of the
    decimal, which a large amount leaves.
#}
{% macro wide_yuan(amount) -%}
    cast({{ amount }} as decimal(28, 2))
{%- endmacro %}

{# An amount as a column of money; null where it has more digits than one holds. #}
{% macro shown_yuan(amount) -%}
    try_cast({{ amount }} as decimal(18, 2))
{%- endmacro %}

{#
    By how many fen a comparison misses its tolerance; zero or less where it passes. An inequality
    (`is_equality` false) is only missed from below. The judge decides on this number alone, so that it
    and `outcome` check each other. Rounded before the cast, which Spark would do by truncating; what is
    too much for the number is the largest that it holds.
#}
{% macro excess_fen(gap, tolerance, is_equality='true') -%}
    {%- set largest = '9000000000000000000' -%}
    case
        when {{ gap }} - {{ tolerance }} is not null
            then cast(
                least(
                    greatest(
                        round(
                            cast(
                                case when {{ is_equality }} then abs({{ gap }}) else -({{ gap }}) end
                                - {{ tolerance }}
                                as decimal(30, 7)
                            ) * 100
                        ),
                        -{{ largest }}
                    ),
                    {{ largest }}
                ) as bigint
            )
    end
{%- endmacro %}
