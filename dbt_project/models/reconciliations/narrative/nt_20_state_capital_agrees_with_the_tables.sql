-- One row per disclosure and figure of the prose for the state capital budget: it is the total of
-- T7; one per sentence that there is none: the tables have no amount. The document against itself.
with amounts as (
    {{ repeated_amounts() }}
),

state_capital as (
    select
        disclosure_id,
        max(amount_yuan) as amount_yuan
    from {{ ref('int_amounts_of_rules') }}
    where
        measure = 'state_capital'
        or line = 'state_capital'
        or (table_name = 'state_capital_by_function' and measure = 'total')
    group by disclosure_id
),

checks as (
    select
        statements.disclosure_id,
        {{ said('statement', ["'state_capital_statement'", 'statements.statement_number']) }}
            as subject,
        coalesce(state_capital.amount_yuan, 0) > 0 as is_failed,
        state_capital.amount_yuan as stated_yuan,
        {{ printed('statements.value_text') }} as stated_text,
        {{ place_of('stated', 'statements') }}
    from {{ ref('int_narrative_statements') }} as statements
    left join state_capital
        on statements.disclosure_id = state_capital.disclosure_id
    where
        statements.subject = 'state_capital_statement'
        and {{ matches('statements.value_text', '.*(无|没有|未安排|不涉及).*') }}
)

{{ judged_amounts('amounts') }}
union all
{{ judged_statements('checks') }}
