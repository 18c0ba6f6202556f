{#
    The sum of a table's leaf rows straight from staging, by disclosure: a second way to the same figure,
    against which what the marts hold is measured.
#}
{% macro staged_leaves(relation, parts, measures) -%}
    select
        leaves.disclosure_id,
        sum(
            {%- for measure in measures %}
            {{ '+ ' if not loop.first }}coalesce({{ in_yuan('leaves.' ~ measure, 'leaves.unit') }}, 0)
            {%- endfor %}
        ) as amount_yuan
    from (select *, {{ account_code(parts) }} as account_code from {{ relation }}) as leaves
    where
        leaves.account_code is not null
        and not exists (
            select 1
            from (select disclosure_id, {{ account_code(parts) }} as account_code from {{ relation }})
                as longer
            where
                longer.disclosure_id = leaves.disclosure_id
                and longer.account_code like leaves.account_code || '_%'
        )
    group by leaves.disclosure_id
{%- endmacro %}
