-- One row per table of the raw contract: what its rows are about, and by which classification.
select
    table_name,
    min(rows) as row_kind,
    case min(rows) when 'functions' then 'function' when 'economic_items' then 'economic' end
        as classification
from {{ ref('raw_tables') }}
group by table_name
