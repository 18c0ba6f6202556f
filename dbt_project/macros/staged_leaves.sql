{#
    The sum of a table's leaf rows straight from staging, by disclosure: a second way to the same figure,
    against which what the marts hold is measured. What a leaf is, is said once, by `int_account_rows`
    and `int_repeated_rows`, and what is counted of a row by `int_printed_measures`; every amount comes
    another way.
#}
{% macro staged_leaves(table_name, counted) -%}
    select
        staged.disclosure_id,
        sum({{ in_yuan('staged.printed_amount', 'staged.unit') }}) as amount_yuan
    from {{ ref('stg_printed_amounts') }} as staged
    inner join {{ ref('int_account_rows') }} as tree
        on
            tree.table_name = '{{ table_name }}'
            and tree.row_role = 'leaf'
            {#- Revenue may be listed by unit, without accounts. #}
            and coalesce(
                tree.account_code, {{ 'tree.unit_name' if counted == 'counted_source' else 'null' }}
            ) is not null
            and staged.disclosure_id = tree.disclosure_id
            and staged.row_number = tree.row_number
    inner join {{ ref('int_printed_measures') }} as measures
        on
            measures.table_name = '{{ table_name }}'
            and measures.{{ counted }} is not null
            and staged.disclosure_id = measures.disclosure_id
            and staged.measure = measures.measure
    left join {{ ref('int_repeated_rows') }} as repeats
        on
            repeats.table_name = '{{ table_name }}'
            and staged.disclosure_id = repeats.disclosure_id
            and staged.row_number = repeats.row_number
    where staged.table_name = '{{ table_name }}' and repeats.row_number is null
    group by staged.disclosure_id
    having sum({{ in_yuan('staged.printed_amount', 'staged.unit') }}) is not null
{%- endmacro %}
