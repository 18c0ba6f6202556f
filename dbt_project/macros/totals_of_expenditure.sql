{# One row per disclosure: what its table of all expenditure (T3) totals of a measure. #}
{% macro totals_of_expenditure(measure) -%}
    select
        disclosure_id,
        -- A total that stands in two rows is one total.
        max(amount_yuan) as amount_yuan,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_located_amounts') }}
    where
        table_name = 'expenditure_by_function'
        and measure = '{{ measure }}'
        and row_role = 'total'
    group by disclosure_id
{%- endmacro %}
