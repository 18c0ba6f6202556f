-- One row per disclosure and printed table of which every figure was read.
select
    disclosure_id,
    table_name
from {{ ref('stg_tables') }}
group by disclosure_id, table_name
having max(coalesce(numbers_printed, 0) - coalesce(numbers_placed, 0)) <= 0
