-- One row per disclosure and figure of the prose for the expenditure from appropriations: it is the
-- total of T4. The document against itself.
with checks as (
    {{ repeated_amounts() }}
)

{{ judged_amounts('checks') }}
