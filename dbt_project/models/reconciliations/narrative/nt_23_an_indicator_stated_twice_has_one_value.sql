-- One row per disclosure and indicator that the prose states more than once: it has one value.
-- The document against itself.
with checks as (
    select
        disclosure_id,
        {{ said('one_name', ['measure']) }} as subject,
        min_by(amount_yuan, claim_number) as stated_yuan,
        case
            when max(amount_yuan) <> min_by(amount_yuan, claim_number) then max(amount_yuan)
            else min(amount_yuan)
        end as computed_yuan,
        case when min(half_unit) = max(half_unit) then 0 else max(half_unit) end as tolerance_yuan,
        {{ printed('min_by(amount_text || unit, claim_number)') }} as stated_text,
        min(table_name) as stated_table_name,
        min(row_number) as stated_row_number,
        min_by(source_ref, claim_number) as stated_source_ref,
        min(table_name) as computed_table_name,
        max(row_number) as computed_row_number,
        max_by(source_ref, claim_number) as computed_source_ref
    from {{ ref('int_narrative_claims') }}
    where measure <> 'function_item' and amount_yuan is not null
    group by disclosure_id, measure
    having count(*) > 1
)

{{ judged_amounts('checks') }}
