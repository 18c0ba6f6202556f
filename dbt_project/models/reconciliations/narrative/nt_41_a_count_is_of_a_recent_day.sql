-- One row per disclosure and count of staff, vehicles or equipment that names its day: of final
-- accounts it is in their year, of a budget in the year before or before the budget was published.
-- The document against itself.
with days as (
    select
        *,
        {{ matches('note', '.*年(度)?(底|末|12月.*)') }} as is_end_of_year
    from {{ ref('int_narrative_statements') }}
    where subject = 'counted_in_year' and numeric_value is not null
),

checks as (
    select
        disclosure_id,
        {{ said('statement', ["'counted_in_year'", 'statement_number']) }} as subject,
        case
            when stage = 'final_accounts' then numeric_value <> fiscal_year
            else
                numeric_value < fiscal_year - cast({{ of_rule('threshold') }} as integer)
                or numeric_value > fiscal_year
                or (numeric_value = fiscal_year and is_end_of_year and stage = 'initial_budget')
        end as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('note') }} as stated_text,
        case
            when stage = 'final_accounts' then {{ said('year', ['fiscal_year']) }}
            else {{ said('year', ['fiscal_year - 1']) }}
        end as computed_text,
        {{ place_of('stated') }}
    from days
)

{{ judged_statements('checks', computed_text='computed_text') }}
