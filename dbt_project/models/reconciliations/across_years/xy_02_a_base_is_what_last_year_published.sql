-- One row per disclosure and claim of a base: it is what last year's document of that stage prints.
-- The document against itself.
with checks as (
    select
        disclosure_id,
        subject,
        base_amount_yuan as stated_yuan,
        earlier_yuan as computed_yuan,
        base_half_unit + earlier_half_unit as tolerance_yuan,
        {{ said('amount_of_year_and_stage', [
            'base_year', 'compared_base_stage', "base_amount_text || unit"
        ]) }} as stated_text,
        {{ place_of('stated') }},
        earlier_table_name as computed_table_name,
        earlier_row_number as computed_row_number,
        earlier_source_ref as computed_source_ref,
        case when earlier_table_name is not null then earlier_disclosure_id end
            as computed_disclosure_id
    from {{ ref('int_claims_on_last_year') }}
    where base_amount_yuan is not null
)

{{ judged_amounts('checks', computed_disclosure_id='computed_disclosure_id') }}
