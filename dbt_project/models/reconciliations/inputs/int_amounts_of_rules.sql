-- One row per printed amount of the tables that have the form of T1 to T9, of the document's own
-- year.
select *
from {{ ref('int_amounts_of_all_forms') }}
where not (has_other_columns or has_other_rows or has_other_lines)
