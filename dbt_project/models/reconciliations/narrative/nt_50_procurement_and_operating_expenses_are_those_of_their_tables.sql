-- One row per disclosure and amount of procurement or operating expenses that the prose states: it
-- is the total of the table of either. The document against itself.
with checks as (
    {{ repeated_amounts() }}
)

{{ judged_amounts('checks') }}
