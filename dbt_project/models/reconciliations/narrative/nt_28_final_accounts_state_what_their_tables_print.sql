-- One row per disclosure and figure of the prose of final accounts for a sum: it is that of its
-- table. The document against itself.
with checks as (
    {{ repeated_amounts() }}
)

{{ judged_amounts('checks') }}
