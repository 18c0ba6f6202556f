{#
    The rows of a rule that a budget prints a table of the form, from a fiscal year on. `is_incomplete`
    says of the rows of the table whether something is missing that must be in it.
#}
{% macro printed_table(table_name, is_incomplete='false') -%}
    with printed_rows as (
        select
            disclosure_id,
            table_name,
            source_ref,
            measure,
            level,
            amount_yuan
        from {{ ref('int_located_amounts') }}
        where table_name = '{{ table_name }}'
        union all
        -- The table itself, which may have no row.
        select
            disclosure_id,
            table_name,
            source_ref,
            cast(null as string) as measure,
            cast(null as string) as level,
            cast(null as decimal(18, 2)) as amount_yuan
        from {{ ref('fct_published_tables') }}
        where table_name = '{{ table_name }}'
    ),

    printed_tables as (
        select
            disclosure_id,
            table_name,
            cast(null as integer) as row_number,  -- the place of a table is no row
            min(source_ref) as source_ref,
            coalesce({{ is_incomplete }}, false) as is_incomplete
        from printed_rows
        group by disclosure_id, table_name
    ),

    checks as (
        select
            budgets.disclosure_id,
            {{ said('one_name', ["'" ~ table_name ~ "'"]) }} as subject,
            case
                when tables.disclosure_id is not null then tables.is_incomplete
                when {{ is_prescribed_in('budgets.region_code') }} then true
            end as is_failed,
            null as stated_yuan,
            case
                when tables.disclosure_id is null then {{ said('not_printed') }}
                else {{ said('printed') }}
            end as stated_text,
            {{ place_or_document('stated', 'tables') }}
        from {{ ref('int_budgets') }} as budgets
        left join printed_tables as tables
            on budgets.disclosure_id = tables.disclosure_id
        where budgets.fiscal_year >= {{ of_rule('from_fiscal_year') }}
    )

    {{ judged_statements('checks') }}
{%- endmacro %}

{# That an amount is printed and none of it in an item. #}
{% macro has_no_items() -%}
    sum(abs(amount_yuan)) > 0
    and count(case when level = 'item' and amount_yuan <> 0 then 1 end) = 0
{%- endmacro %}
