-- One row per disclosure and figure of the prose for the general public budget: it is the total of
-- T5. The document against itself.
with checks as (
    {{ repeated_amounts() }}
)

{{ judged_amounts('checks') }}
