-- One row per printed amount that has its place in a table: disclosure, table, row and measure.
select *
from {{ ref('int_amounts_of_rules') }}
where row_role in ('leaf', 'subtotal', 'total')
