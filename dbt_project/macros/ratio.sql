{#
    A share or a growth rate, exact to six decimals and rounded half up; null over a zero or null base, and
    over one so small that the ratio has more than the twelve digits before the point of its column.
    Both engines divide decimals as floats, so the division is done on whole numbers.
#}
{% macro ratio(part, whole) -%}
    case
        when abs({{ part }}) < cast(abs({{ whole }}) as decimal(38, 2)) * 999999999999
            then {{ adapter.dispatch('quotient')(wide_yuan(part), wide_yuan(whole)) }}
    end
{%- endmacro %}

{% macro default__quotient(part, whole) -%}
    cast(
        cast(
            sign({{ part }}) * sign({{ whole }}) * (
                (
                    cast(abs({{ part }}) * 100 as hugeint) * 2000000
                    + cast(abs({{ whole }}) * 100 as hugeint)
                ) // nullif(cast(abs({{ whole }}) * 100 as hugeint) * 2, 0)
            ) as decimal(24, 0)
        ) * cast(0.000001 as decimal(7, 6)) as decimal(18, 6)
    )
{%- endmacro %}

{% macro spark__quotient(part, whole) -%}
    cast(
        case when ({{ part }} < 0) = ({{ whole }} < 0) then 1 else -1 end * (
            (
                cast(abs({{ part }}) * 100 as decimal(29, 0)) * 2000000
                + cast(abs({{ whole }}) * 100 as decimal(29, 0))
            ) div nullif(cast(abs({{ whole }}) * 100 as decimal(29, 0)) * 2, 0)
        ) * cast(0.000001 as decimal(7, 6)) as decimal(18, 6)
    )
{%- endmacro %}
