-- One row per disclosure and share reserved: so much of procurement goes to small and medium
-- enterprises, and so much of that to small and micro ones. 财库〔2020〕46号
with stated_amounts as (
    select
        disclosure_id,
        measure,
        amount_yuan,
        half_unit,
        'narrative_claims' as table_name,
        row_number,
        source_ref
    from {{ ref('int_narrative_claims') }}
    where measure in ('procurement_total', 'sme_reserved', 'small_micro_reserved')
    union all
    select
        disclosure_id,
        case measure
            when 'procurement_sme_reserved' then 'sme_reserved'
            when 'procurement_small_micro_reserved' then 'small_micro_reserved'
            else measure
        end as measure,
        amount_yuan,
        half_unit,
        table_name,
        row_number,
        source_ref
    from {{ ref('int_amounts_of_all_forms') }}
    where
        row_role = 'total'
        and measure in (
            'procurement_total', 'procurement_sme_reserved', 'procurement_small_micro_reserved'
        )
),

-- The prose, or a table with columns for it where the prose is silent.
reserves as (
    select
        disclosure_id,
        table_name,
        max(case measure when 'procurement_total' then amount_yuan end) as procurement_yuan,
        max(case measure when 'sme_reserved' then amount_yuan end) as sme_yuan,
        max(case measure when 'small_micro_reserved' then amount_yuan end) as small_yuan,
        max(half_unit) as half_unit,
        min(case measure when 'procurement_total' then row_number end) as procurement_row_number,
        {{ first_source_ref("case measure when 'procurement_total' then source_ref end") }}
            as procurement_source_ref,
        min(case measure when 'sme_reserved' then row_number end) as sme_row_number,
        {{ first_source_ref("case measure when 'sme_reserved' then source_ref end") }}
            as sme_source_ref
    from stated_amounts
    group by disclosure_id, table_name
),

chosen_reserves as (
    select
        *,
        row_number() over (
            partition by disclosure_id
            order by case when table_name = 'narrative_claims' then 0 else 1 end, table_name
        ) as place
    from reserves
    where sme_yuan is not null
),

checks as (
    select
        disclosure_id,
        {{ said('one_name', ["'sme_reserved'"]) }} as subject,
        sme_yuan as stated_yuan,
        cast({{ wide_yuan('procurement_yuan') }} * {{ of_rule('threshold') }} as decimal(18, 2))
            as computed_yuan,
        half_unit * 2 as tolerance_yuan,
        {{ said('of_procurement', ['procurement_yuan']) }} as stated_text,
        table_name as stated_table_name,
        sme_row_number as stated_row_number,
        sme_source_ref as stated_source_ref,
        table_name as computed_table_name,
        procurement_row_number as computed_row_number,
        procurement_source_ref as computed_source_ref
    from chosen_reserves
    where place = 1 and procurement_yuan > 0
    union all
    select
        disclosure_id,
        {{ said('one_name', ["'small_micro_reserved'"]) }} as subject,
        small_yuan as stated_yuan,
        cast({{ wide_yuan('sme_yuan') }} * {{ of_rule('second_threshold') }} as decimal(18, 2))
            as computed_yuan,
        half_unit * 2 as tolerance_yuan,
        {{ said('of_reserve', ['sme_yuan']) }} as stated_text,
        table_name as stated_table_name,
        sme_row_number as stated_row_number,
        sme_source_ref as stated_source_ref,
        table_name as computed_table_name,
        sme_row_number as computed_row_number,
        sme_source_ref as computed_source_ref
    from chosen_reserves
    where place = 1 and sme_yuan > 0 and small_yuan is not null
)

{{ judged_amounts('checks', is_equality='false') }}
