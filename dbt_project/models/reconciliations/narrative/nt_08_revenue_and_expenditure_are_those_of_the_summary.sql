-- One row per disclosure and figure of the prose for a kind of revenue or for all expenditure: it
-- is that of T1. The document against itself.
with checks as (
    {{ repeated_amounts() }}
)

{{ judged_amounts('checks') }}
