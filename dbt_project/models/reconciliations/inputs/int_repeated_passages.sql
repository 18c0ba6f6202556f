-- One row per disclosure, table and passage that stands twice: rows that follow each other are one
-- page or one part of it.
with totals as (
    select
        disclosure_id,
        table_name,
        min(split_part(source_ref, ' ', 1)) as page
    from {{ ref('int_amounts_of_rules') }}
    where row_role = 'total'
    group by disclosure_id, table_name
),

-- A table may print its total at the head of each page.
repeated_rows as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        min(amounts.row_key) as row_key,
        min(amounts.account_name) as account_name,
        {{ first_source_ref('amounts.source_ref') }} as source_ref,
        max(amounts.amount_yuan) as amount_yuan,
        amounts.row_number - row_number() over (
            partition by amounts.disclosure_id, amounts.table_name
            order by amounts.row_number
        ) as passage
    from {{ ref('int_amounts_of_rules') }} as amounts
    left join totals
        on
            amounts.row_key = 'total row'
            and amounts.disclosure_id = totals.disclosure_id
            and amounts.table_name = totals.table_name
    where
        amounts.row_role = 'repeat'
        and not coalesce(split_part(amounts.source_ref, ' ', 1) <> totals.page, false)
    group by amounts.disclosure_id, amounts.table_name, amounts.row_number
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
