-- One row per disclosure, figure of the prose in a coarser unit than that of the tables, and amount
-- printed there that it repeats: it is that amount, rounded half up. The document against itself.
with repeated_claims as (
    select
        *,
        -- Several tables may print one amount.
        row_number() over (
            partition by disclosure_id, claim_number, printed_yuan
            order by rule_code
        ) as position
    from {{ ref('rec_claims') }}
    where
        {{ is_of_coarser_unit() }}
        -- A figure a whole unit off is another figure, which NT-01 to NT-08 report.
        and abs(amount_yuan - printed_yuan) < 2 * half_unit
        and (heading_number is null or heading_number = claim_number)
),

checks as (
    select
        disclosure_id,
        {{ said('claim_under_rule', [
            'measure', "' ' || account_name", 'claim_number', 'rule_code'
        ]) }} as subject,
        amount_yuan as stated_yuan,
        printed_yuan as computed_yuan,
        half_unit as tolerance_yuan,
        {{ printed('amount_text') }} as stated_text,
        {{ place_of('stated') }},
        printed_table_name as computed_table_name,
        printed_row_number as computed_row_number,
        printed_source_ref as computed_source_ref
    from repeated_claims
    where position = 1
)

{{ judged_amounts('checks') }}
