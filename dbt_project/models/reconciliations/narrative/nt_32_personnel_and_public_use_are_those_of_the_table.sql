-- One row per disclosure and amount of personnel or public use that the prose divides into
-- accounts: it is the total of the table of basic expenditure (T8). The document against itself.
with checks as (
    {{ repeated_amounts() }}
)

{{ judged_amounts('checks') }}
