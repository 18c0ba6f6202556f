-- One row per disclosure and split row of T1: the amount is personnel, public use and project.
-- Arithmetic identity of the printed table
with split_rows as (
    select
        disclosure_id,
        table_name,
        row_number,
        min(row_key) as row_key,
        {{ first_source_ref() }} as source_ref,
        max(case measure when 'amount' then amount_yuan end) as amount_yuan,
        sum(case when measure <> 'amount' then amount_yuan end) as parts_yuan,
        sum({{ rounding_yuan() }}) as rounding_yuan
    from {{ ref('int_located_amounts') }}
    where table_name = 'revenue_expenditure_summary' and side = 'expenditure'
    group by disclosure_id, table_name, row_number
    having sum(case when measure <> 'amount' then abs(amount_yuan) end) > 0
),

checks as (
    select
        disclosure_id,
        {{ said('one_name', ['row_key']) }} as subject,
        amount_yuan as stated_yuan,
        parts_yuan as computed_yuan,
        rounding_yuan as tolerance_yuan,
        cast(null as string) as stated_text,
        {{ place_of('stated') }},
        {{ place_of('computed') }}
    from split_rows
    where amount_yuan is not null
)

{{ judged_amounts('checks', within_tolerance='hint') }}
