{# A number of `thresholds.csv`, which decides something for every rule. #}
{% macro of_threshold(name) -%}
    (
        select thresholds.value
        from {{ ref('thresholds') }} as thresholds
        where thresholds.threshold = '{{ name }}'
    )
{%- endmacro %}

{#
    One end of the Wilson interval of a share, `-` the lower and `+` the upper one; null of nothing.

    Unlike the plain interval it says something of few cases: of 20 findings that were all confirmed the
    lower end is 0.839, of 73 it is 0.950. E. B. Wilson, Probable Inference, 1927.
#}
{% macro wilson_end(sign, part, whole, z) -%}
    {%- set n = 'cast(nullif(' ~ whole ~ ', 0) as double)' -%}
    {%- set p = 'cast(' ~ part ~ ' as double) / ' ~ n -%}
    {%- set z = 'cast(' ~ z ~ ' as double)' -%}
    cast(
        round(
            (
                {{ p }} + {{ z }} * {{ z }} / (2 * {{ n }})
                {{ sign }} {{ z }} * sqrt(
                    {{ p }} * (1 - {{ p }}) / {{ n }} + {{ z }} * {{ z }} / (4 * {{ n }} * {{ n }})
                )
            ) / (1 + {{ z }} * {{ z }} / {{ n }}),
            6
        ) as decimal(18, 6)
    )
{%- endmacro %}

{# The first quarter of the SHA-256 of a text, which names a finding in every build. #}
{% macro short_sha(text) -%}
    substr({{ adapter.dispatch('sha256')(text) }}, 1, 16)
{%- endmacro %}

{% macro default__sha256(text) -%}
    sha256({{ text }})
{%- endmacro %}

{% macro spark__sha256(text) -%}
    sha2({{ text }}, 256)
{%- endmacro %}
