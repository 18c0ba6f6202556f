-- One row per disclosure and figure of the prose with a base: its base is the fiscal year before.
-- The document against itself.
with checks as (
    select
        disclosure_id,
        subject,
        base_year <> fiscal_year - 1 as is_failed,
        amount_yuan as stated_yuan,
        {{ said('year', ['base_year']) }} as stated_text,
        {{ said('year', ['fiscal_year - 1']) }} as computed_text,
        {{ place_of('stated') }}
    from {{ ref('int_narrative_claims') }}
    where base_year is not null
)

{{ judged_statements('checks', computed_text='computed_text') }}
