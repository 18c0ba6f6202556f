{#
    The amounts of a wide table as rows: one per printed row and measure that `<measure>_is_printed`,
    with the columns to carry along.
#}
{% macro unpivoted(relation, measures, carried) -%}
    {{ return(adapter.dispatch('unpivoted')(relation, measures, carried)) }}
{%- endmacro %}

{% macro default__unpivoted(relation, measures, carried) -%}
    {%- for measure in measures %}
    select
        {{ carried | join(', ') }},
        '{{ measure }}' as measure,
        {{ measure }} as printed_amount,
        {{ measure }}_text as printed_text
    from {{ relation }}
    where {{ measure }}_is_printed
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# In one scan instead of one for each measure. #}
{% macro duckdb__unpivoted(relation, measures, carried) -%}
    select
        {{ carried | join(', ') }},
        measure,
        printed_amount,
        printed_text
    from (
        select
            {{ carried | join(', ') }},
            unnest(['{{ measures | join("', '") }}']) as measure,
            unnest([{{ measures | join(', ') }}]) as printed_amount,
            unnest([{{ measures | join('_text, ') }}_text]) as printed_text,
            unnest([{{ measures | join('_is_printed, ') }}_is_printed]) as is_printed
        from {{ relation }}
    ) as amounts
    where is_printed
{%- endmacro %}

{% macro spark__unpivoted(relation, measures, carried) -%}
    select
        {{ carried | join(', ') }},
        measure,
        printed_amount,
        printed_text
    from {{ relation }}
    lateral view stack(
        {{ measures | length }},
        {%- for measure in measures %}
            '{{ measure }}', {{ measure }}, {{ measure }}_text, {{ measure }}_is_printed
            {{- ',' if not loop.last }}
        {%- endfor %}
    ) as measure, printed_amount, printed_text, is_printed
    where is_printed
{%- endmacro %}
