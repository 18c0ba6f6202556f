-- One row per disclosure whose prose lists accounts: their rounded amounts add up to the exact
-- ones, but for rounding. The document against itself.
with listed_accounts as (
    select
        *,
        printed_place as computed_place,
        printed_table_name as computed_table_name,
        printed_row_number as computed_row_number,
        printed_source_ref as computed_source_ref
    from {{ ref('rec_claims') }}
    where
        rule_code = 'NT-05'
        and claim_number = heading_number
        and account_code is not null
        -- A figure further off is another figure, which NT-05 reports.
        and abs(amount_yuan - printed_yuan)
        < cast(half_unit as decimal(28, 7)) * cast({{ of_rule('threshold') }} as decimal(9, 4))
),

checks as (
    select
        disclosure_id,
        {{ said('sum_of_listed_accounts') }} as subject,
        sum(amount_yuan) as stated_yuan,
        sum(printed_yuan) as computed_yuan,
        max(half_unit) * (count(*) + 1) as tolerance_yuan,
        {{ said('rounded_amounts', ['count(*)']) }} as stated_text,
        table_name as stated_table_name,
        min(row_number) as stated_row_number,
        {{ first_source_ref() }} as stated_source_ref,
        {{ first_place_of('computed') }}
    from listed_accounts
    group by disclosure_id, table_name
)

{{ judged_amounts('checks') }}
