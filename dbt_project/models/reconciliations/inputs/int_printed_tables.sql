-- One row per disclosure and table, other than the forms of projects, that prints amounts.
select
    disclosure_id,
    table_name
from {{ ref('fct_published_amounts') }}
where table_name <> 'projects'
group by disclosure_id, table_name
