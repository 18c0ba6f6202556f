-- One row per disclosure, table and passage that stands twice: rows that follow each other are one
-- page or one part of it.
with repeated_rows as (
    select
        disclosure_id,
        table_name,
        row_number,
        min(row_key) as row_key,
        min(account_name) as account_name,
        min(source_ref) as source_ref,
        max(amount_yuan) as amount_yuan,
        row_number - row_number() over (
            partition by disclosure_id, table_name
            order by row_number
        ) as passage
    from {{ ref('int_amounts_of_rules') }}
    where row_role = 'repeat'
    group by disclosure_id, table_name, row_number
)

select
    disclosure_id,
    table_name,
    count(*) as row_count,
    min(row_key) as row_key,
    min_by(account_name, row_number) as account_name,
    max(amount_yuan) as amount_yuan,
    min(row_number) as row_number,
    max(row_number) as last_row_number,
    min_by(source_ref, row_number) as source_ref
from repeated_rows
group by disclosure_id, table_name, passage
