-- One row per disclosure and paragraph of the prose that opens with an account and its amount: it
-- is that account's amount in the tables. The document against itself.
with checks as (
    {{ repeated_amounts() }}
)

{{ judged_amounts('checks') }}
