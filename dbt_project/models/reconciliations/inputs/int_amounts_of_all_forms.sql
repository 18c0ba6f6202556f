-- One row per printed amount of the tables that rules are made for, of the document's own year, in
-- every form of them, with what is other than in T1 to T9.
select
    amounts.*,
    coalesce(unfit_tables.has_other_columns, false) as has_other_columns,
    coalesce(unfit_tables.has_other_rows, false) as has_other_rows,
    coalesce(unfit_tables.has_other_lines, false) as has_other_lines
from {{ ref('int_amounts_and_fund_sums') }} as amounts
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
    and not coalesce(unfit_tables.is_half_read, false)
    and amounts.measure not in (
        select columns.column_name
        from {{ ref('raw_columns') }} as columns
        where
            columns.period in (
                'last_year_budget', 'last_year_execution', 'change', 'change_ratio'
            )
    )
