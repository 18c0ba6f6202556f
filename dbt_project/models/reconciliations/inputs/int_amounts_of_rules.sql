-- One row per printed amount of the tables that rules are made for, of the document's own period.
select amounts.*
from {{ ref('fct_published_amounts') }} as amounts
where
    amounts.table_name in ('{{ tables_of_rules() | join("', '") }}')
    and amounts.measure not in (
        select columns.column_name
        from {{ ref('raw_columns') }} as columns
        where columns.period is not null
    )
