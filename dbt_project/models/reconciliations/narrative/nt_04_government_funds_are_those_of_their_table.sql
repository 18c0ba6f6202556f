-- One row per disclosure and figure of the prose for the government funds: it is the total of T6.
-- The document against itself.
with checks as (
    {{ repeated_amounts() }}
)

{{ judged_amounts('checks') }}
