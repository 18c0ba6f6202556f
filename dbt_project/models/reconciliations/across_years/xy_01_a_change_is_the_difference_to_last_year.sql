-- One row per disclosure and claim of a change: it is this year's total less the one that last
-- year's document prints. The document against itself.
with checks as (
    select
        disclosure_id,
        subject,
        signed_change_yuan as stated_yuan,
        printed_yuan - earlier_yuan as computed_yuan,
        -- Both totals were rounded before they were subtracted, and so was what is left.
        half_unit * 2 + change_half_unit + earlier_half_unit as tolerance_yuan,
        {{ printed("concat_ws(' ', direction_text, change_text || unit)") }} as stated_text,
        {{ place_of('stated') }},
        earlier_table_name as computed_table_name,
        earlier_row_number as computed_row_number,
        earlier_source_ref as computed_source_ref,
        case when earlier_table_name is not null then earlier_disclosure_id end
            as computed_disclosure_id
    from {{ ref('int_claims_on_last_year') }}
    where signed_change_yuan is not null and printed_yuan is not null
)

{{ judged_amounts('checks', computed_disclosure_id='computed_disclosure_id') }}
