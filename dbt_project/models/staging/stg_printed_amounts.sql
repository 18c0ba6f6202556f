-- One row per amount cell of a printed row, blank cells included.
select
    disclosure_id,
    table_name,
    {{ whole_number('row_number') }} as row_number,
    measure,
    {{ amount('printed_text') }} as printed_amount,
    printed_text,
    {{ word('unit') }} as unit
from {{ source('landing', 'printed_amounts') }}
where {{ is_affected() }}
