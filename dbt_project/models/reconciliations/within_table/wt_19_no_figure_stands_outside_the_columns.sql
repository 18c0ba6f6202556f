-- One row per disclosure and table, or per figure that stands outside the headed columns: there is
-- none. A figure without a heading has no meaning.
with strays as (
    select
        *,
        case
            when count(*) over (partition by disclosure_id, table_name, row_key) > 1
                then {{ said('three_names', ['table_name', 'row_key', "'row ' || row_number"]) }}
            else {{ said('two_names', ['table_name', 'row_key']) }}
        end as subject
    from {{ ref('int_amounts_of_all_forms') }}
    where row_role = 'stray'
),

checks as (
    select
        tables.disclosure_id,
        coalesce(strays.subject, {{ said('one_name', ['tables.table_name']) }}) as subject,
        strays.subject is not null as is_failed,
        strays.amount_yuan as stated_yuan,
        {{ printed('strays.printed_text') }} as stated_text,
        tables.table_name as stated_table_name,
        strays.row_number as stated_row_number,
        strays.source_ref as stated_source_ref
    from {{ ref('int_printed_tables') }} as tables
    left join strays
        on
            tables.disclosure_id = strays.disclosure_id
            and tables.table_name = strays.table_name
)

{{ judged_statements('checks') }}
