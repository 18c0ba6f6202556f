-- One row per disclosure whose prose states a figure, with the first place; a document without one
-- was not read, or has no prose.
select
    disclosure_id,
    table_name,
    min(row_number) as row_number,
    {{ first_source_ref() }} as source_ref
from {{ ref('int_narrative_claims') }}
group by disclosure_id, table_name
