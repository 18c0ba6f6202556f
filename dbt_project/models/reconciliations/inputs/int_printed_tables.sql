-- One row per disclosure and table, other than the forms of projects, that prints amounts.
select
    disclosure_id,
    table_name
from {{ ref('int_amounts_of_all_forms') }}
where table_name <> 'projects'
group by disclosure_id, table_name
