{#
    The amounts of the tables whose rows are of one kind, by source: one row per disclosure, table, unit
    and what `columns` tells of its printed rows, each an expression by the name of its column. Only
    rows with a value in `named` are counted.
#}
{% macro item_amounts(row_kind, columns, named) -%}
    with item_rows as (
        select
            {%- for column, expression in columns.items() if column != 'row_number' %}
                {{ expression }} as {{ column }},
            {%- endfor %}
            printed_rows.disclosure_id,
            printed_rows.table_name,
            printed_rows.row_number
        from {{ ref('stg_printed_rows') }} as printed_rows
        inner join {{ ref('int_table_kinds') }} as kinds
            on
                printed_rows.table_name = kinds.table_name
                and kinds.row_kind = '{{ row_kind }}'
    )

    select
        item_rows.disclosure_id,
        disclosures.organization_id,
        disclosures.fiscal_year,
        disclosures.stage,
        item_rows.table_name,
        amounts.unit_name,
        {%- for column in columns %}
            item_rows.{{ column }},
        {%- endfor %}
        measures.counted_source as source,
        all_measures.fund,
        try_cast(sum(amounts.amount_yuan) as decimal(18, 2)) as amount_yuan,
        min(amounts.source_ref) as source_ref,
        disclosures.is_counted,
        places.has_untied_total
    from item_rows
    inner join {{ ref('fct_published_amounts') }} as amounts
        on
            item_rows.disclosure_id = amounts.disclosure_id
            and item_rows.table_name = amounts.table_name
            and item_rows.row_number = amounts.row_number
            and amounts.row_role = 'leaf'
    inner join {{ ref('int_printed_measures') }} as measures
        on
            amounts.disclosure_id = measures.disclosure_id
            and amounts.table_name = measures.table_name
            and amounts.measure = measures.measure
            and measures.counted_source is not null
    inner join {{ ref('int_item_rows') }} as places
        on
            item_rows.disclosure_id = places.disclosure_id
            and item_rows.table_name = places.table_name
            and item_rows.row_number = places.row_number
    inner join {{ ref('int_measures') }} as all_measures
        on amounts.measure = all_measures.measure
    inner join {{ ref('int_disclosures') }} as disclosures
        on item_rows.disclosure_id = disclosures.disclosure_id
    where item_rows.{{ named }} is not null
    group by all
    having sum(amounts.amount_yuan) <> 0
{%- endmacro %}
