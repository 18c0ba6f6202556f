-- One row per printed amount of the tables that rules are made for, of the document's own year.
select amounts.*
from {{ ref('fct_published_amounts') }} as amounts
left join {{ ref('int_unfit_tables') }} as unfit_tables
    on
        amounts.disclosure_id = unfit_tables.disclosure_id
        and amounts.table_name = unfit_tables.table_name
where
    amounts.table_name in (
        {%- for table_name in tables_of_rules() %}
            '{{ table_name }}'{{ ',' if not loop.last }}
        {%- endfor %}
    )
    and unfit_tables.table_name is null
    and amounts.measure not in (
        select columns.column_name
        from {{ ref('raw_columns') }} as columns
        where
            columns.period in (
                'last_year_budget', 'last_year_execution', 'change', 'change_ratio'
            )
    )
