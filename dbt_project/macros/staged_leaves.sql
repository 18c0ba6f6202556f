{#
    The sum of a table's leaf rows straight from staging, by disclosure: a second way to the same figure,
    against which what the marts hold is measured.
#}
{% macro staged_leaves(relation, parts, measures) -%}
    select
        staged.disclosure_id,
        sum(
            {%- for measure in measures %}
            {{ '+ ' if not loop.first }}coalesce({{ in_yuan('staged.' ~ measure, 'staged.unit') }}, 0)
            {%- endfor %}
        ) as amount_yuan
    from (select *, {{ account_code(parts) }} as account_code from {{ relation }}) as staged
    left join (
        {%- for digits in range(1, 7) %}
        select
            disclosure_id,
            substr({{ account_code(parts) }}, 1, {{ digits }}) as account_code
        from {{ relation }}
        where length({{ account_code(parts) }}) > {{ digits }}
        {{ 'union' if not loop.last }}
        {%- endfor %}
    ) as extended_codes
        on
            staged.disclosure_id = extended_codes.disclosure_id
            and staged.account_code = extended_codes.account_code
    where staged.account_code is not null and extended_codes.account_code is null
    group by staged.disclosure_id
{%- endmacro %}
