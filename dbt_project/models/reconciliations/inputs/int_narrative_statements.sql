-- One row per disclosure and statement in the prose that is not a figure of money, with its place.
select
    *,
    'statements' as table_name,
    statement_number as row_number
from {{ ref('fct_statements') }}
