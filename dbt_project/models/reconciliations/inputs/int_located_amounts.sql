-- One row per printed amount that has its place in a table: disclosure, table, row and measure.
select *
from {{ ref('fct_published_amounts') }}
where row_role in ('leaf', 'subtotal', 'total')
