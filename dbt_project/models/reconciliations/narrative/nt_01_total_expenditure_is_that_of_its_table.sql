-- One row per disclosure and figure of the prose for all expenditure: it is the total of T3.
-- The document against itself.
with checks as (
    {{ repeated_amounts() }}
)

{{ judged_amounts('checks') }}
