-- One row per disclosure and share reserved: what small and medium enterprises have is part of
-- procurement, and what small and micro ones have is part of that. The document against itself.
with checks as (
    select
        parts.disclosure_id,
        {{ said('one_name', ['parts.measure']) }} as subject,
        max(wholes.amount_yuan) as stated_yuan,
        max(parts.amount_yuan) as computed_yuan,
        0 as tolerance_yuan,
        {{ printed('min(wholes.amount_text || wholes.unit)') }} as stated_text,
        min(wholes.table_name) as stated_table_name,
        {{ first_row_number('wholes.row_number', 'wholes.source_ref') }} as stated_row_number,
        min(wholes.source_ref) as stated_source_ref,
        min(parts.table_name) as computed_table_name,
        {{ first_row_number('parts.row_number', 'parts.source_ref') }} as computed_row_number,
        min(parts.source_ref) as computed_source_ref
    from {{ ref('int_narrative_claims') }} as parts
    inner join {{ ref('int_narrative_claims') }} as wholes
        on
            parts.disclosure_id = wholes.disclosure_id
            and case parts.measure
                when 'sme_reserved' then 'procurement_total'
                when 'small_micro_reserved' then 'sme_reserved'
            end = wholes.measure
    where parts.amount_yuan is not null and wholes.amount_yuan is not null
    group by parts.disclosure_id, parts.measure
)

{{ judged_amounts('checks', is_equality='false') }}
