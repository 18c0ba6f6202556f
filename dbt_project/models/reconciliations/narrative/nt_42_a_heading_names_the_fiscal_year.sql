-- One row per disclosure and heading that names the year of a budget or of accounts: it is the
-- fiscal year. The document against itself.
with headings as (
    select
        *,
        max(numeric_value = fiscal_year) over (partition by disclosure_id) as is_named_elsewhere
    from {{ ref('int_narrative_statements') }}
    where subject = 'heading_fiscal_year' and numeric_value is not null
),

-- Where no heading names the year that the cover is read as, nobody can say which is wrong.
checks as (
    select
        disclosure_id,
        {{ said('statement', ["'heading_fiscal_year'", 'statement_number']) }} as subject,
        case when is_named_elsewhere then numeric_value <> fiscal_year end as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('note') }} as stated_text,
        {{ said('fiscal_year', ['fiscal_year']) }} as computed_text,
        {{ place_of('stated') }}
    from headings
)

{{ judged_statements('checks', computed_text='computed_text') }}
