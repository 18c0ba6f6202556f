-- One row per disclosure and sentence on performance targets: it speaks of the fiscal year of the
-- budget. The document against itself.
with checks as (
    select
        disclosure_id,
        {{ said('statement', ["'performance_fiscal_year'", 'statement_number']) }} as subject,
        numeric_value <> fiscal_year as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('value_text') }} as stated_text,
        {{ said('year', ['fiscal_year']) }} as computed_text,
        {{ place_of('stated') }}
    from {{ ref('int_narrative_statements') }}
    where subject = 'performance_fiscal_year'
)

{{ judged_statements('checks', computed_text='computed_text') }}
