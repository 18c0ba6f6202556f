-- One row per claim between printed amounts, disclosure and subject, by number: what came of it.
with {{ numbered_claims() }},

compared as (
    select * from {{ ref('int_compared_amounts') }}
),

{{ outcomes_of_compared() }}

select * from outcomes
