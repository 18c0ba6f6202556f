{#
    The amounts of a wide table as rows: one per printed row and measure, with the columns that all tables share.
    `keys` are further columns to carry along.
#}
{% macro unpivoted(relation, measures, condition='true') -%}
    {%- for measure in measures %}
    select
        disclosure_id,
        row_number,
        '{{ measure }}' as measure,
        {{ measure }} as printed_amount,
        {{ measure }}_text as printed_text,
        unit,
        note,
        source_ref
    from {{ relation }}
    where {{ condition }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
