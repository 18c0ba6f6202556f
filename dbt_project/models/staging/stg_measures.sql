-- One row per disclosure, of all that are landed, and measure that it prints a text of.
select distinct
    disclosure_id,
    measure
from {{ source('landing', 'printed_amounts') }}
where printed_text <> ''
