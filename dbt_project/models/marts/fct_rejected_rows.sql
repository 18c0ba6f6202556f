-- One row per value that could not be read.
select
    source_file,
    line_number,
    column_name,
    value,
    reason,
    disclosure_id
from {{ source('landing', 'rejected_rows') }}
