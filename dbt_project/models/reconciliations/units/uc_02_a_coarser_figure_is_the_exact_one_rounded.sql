-- One row per disclosure and figure of the prose in a coarser unit than that of the tables: it is
-- the printed amount, rounded half up. The document against itself.
with checks as (
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
    from {{ ref('rec_claims') }}
    where
        unit <> printed_unit
        and half_unit >= printed_half_unit
        -- What is further off is another figure, which NT-01 to NT-08 report.
        and abs(amount_yuan - printed_yuan)
        < cast(half_unit as decimal(28, 7)) * cast({{ of_rule('threshold') }} as decimal(9, 4))
        and (heading_number is null or heading_number = claim_number)
)

{{ judged_amounts('checks') }}
