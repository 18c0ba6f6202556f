-- One row per disclosure and table that it prints, with its place; the place of a table is no row.
select
    *,
    cast(null as integer) as row_number
from {{ ref('fct_published_tables') }}
