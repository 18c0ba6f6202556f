-- One row per disclosure and share of small enterprises: what small and medium enterprises have is
-- part of procurement, and what small and micro ones have is part of that. The document against
-- itself.
-- Reserved, or in final accounts awarded: in what was reserved and in what was not, of one whole.
with amounts as (
    select
        *,
        case measure
            when 'sme_reserved' then 'procurement_total'
            when 'small_micro_reserved' then 'sme_reserved'
            when 'sme_awarded' then 'procurement_total'
            when 'small_micro_awarded' then 'sme_awarded'
            when 'reserved_awarded_to_sme' then 'procurement_total'
            when 'other_awarded_to_sme' then 'procurement_total'
            when 'reserved_awarded_to_small_micro' then 'reserved_awarded_to_sme'
        end as whole_measure,
        case
            when measure in ('reserved_awarded_to_sme', 'other_awarded_to_sme') then 'sme_awarded'
            else measure
        end as part_measure
    from {{ ref('int_narrative_claims') }}
    where amount_yuan is not null
),

-- A document that states a share twice states it once.
parts as (
    select
        disclosure_id,
        measure,
        part_measure,
        whole_measure,
        max(amount_yuan) as amount_yuan,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from amounts
    where whole_measure is not null
    group by disclosure_id, measure, part_measure, whole_measure
),

shares as (
    select
        disclosure_id,
        part_measure,
        whole_measure,
        {{ said('one_name', ['part_measure']) }} as subject,
        -- The whole award may be printed beside its two parts.
        greatest(
            coalesce(max(case when measure = part_measure then amount_yuan end), 0),
            coalesce(sum(case when measure <> part_measure then amount_yuan end), 0)
        ) as amount_yuan,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from parts
    group by disclosure_id, part_measure, whole_measure
),

checks as (
    select
        shares.disclosure_id,
        shares.subject,
        max(wholes.amount_yuan) as stated_yuan,
        max(shares.amount_yuan) as computed_yuan,
        0 as tolerance_yuan,
        {{ printed('min(wholes.amount_text || wholes.unit)') }} as stated_text,
        min(wholes.table_name) as stated_table_name,
        min(wholes.row_number) as stated_row_number,
        {{ first_source_ref('wholes.source_ref') }} as stated_source_ref,
        min(shares.table_name) as computed_table_name,
        min(shares.row_number) as computed_row_number,
        {{ first_source_ref('shares.source_ref') }} as computed_source_ref
    from shares
    inner join amounts as wholes
        on
            shares.disclosure_id = wholes.disclosure_id
            and shares.whole_measure = wholes.measure
    group by shares.disclosure_id, shares.subject
)

{{ judged_amounts('checks', is_equality='false') }}
