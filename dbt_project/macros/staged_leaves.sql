{#
    The sum of a table's leaf rows straight from staging, by disclosure: a second way to the same figure,
    against which what the marts hold is measured. What a leaf is, is said once, by `int_account_rows`
    and `int_repeated_rows`; every amount comes another way.
#}
{% macro staged_leaves(table_name, measures) -%}
    select
        staged.disclosure_id,
        sum(
            {%- for measure in measures %}
            {{ '+ ' if not loop.first }}coalesce({{ in_yuan('staged.' ~ measure, 'staged.unit') }}, 0)
            {%- endfor %}
        ) as amount_yuan
    from {{ ref('stg_' ~ table_name) }} as staged
    inner join {{ ref('int_account_rows') }} as tree
        on
            tree.table_name = '{{ table_name }}'
            and tree.row_role = 'leaf'
            and tree.account_code is not null
            and staged.disclosure_id = tree.disclosure_id
            and staged.row_number = tree.row_number
    left join {{ ref('int_repeated_rows') }} as repeats
        on
            repeats.table_name = '{{ table_name }}'
            and staged.disclosure_id = repeats.disclosure_id
            and staged.row_number = repeats.row_number
    where repeats.row_number is null
    group by staged.disclosure_id
    having
        count(
            coalesce(
                {%- for measure in measures %}
                {{ in_yuan('staged.' ~ measure, 'staged.unit') }}{{ ',' if not loop.last }}
                {%- endfor %}
            )
        ) > 0
{%- endmacro %}
