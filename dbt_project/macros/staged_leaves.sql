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
        select
            longer.disclosure_id,
            substr(longer.account_code, 1, lengths.digits) as account_code
        from (select disclosure_id, {{ account_code(parts) }} as account_code from {{ relation }})
            as longer
        inner join (select distinct length({{ account_code(parts) }}) as digits from {{ relation }})
            as lengths
            on length(longer.account_code) > lengths.digits
        group by all
    ) as extended_codes
        on
            staged.disclosure_id = extended_codes.disclosure_id
            and staged.account_code = extended_codes.account_code
    where staged.account_code is not null and extended_codes.account_code is null
    group by staged.disclosure_id
{%- endmacro %}
