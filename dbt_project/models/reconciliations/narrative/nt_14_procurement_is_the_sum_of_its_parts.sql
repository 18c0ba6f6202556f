-- One row per disclosure: procurement is goods plus works plus services. The document against
-- itself.
{%- set is_total = "measure = 'procurement_total'" %}
{%- set is_part = "measure in ('procurement_goods', 'procurement_works', 'procurement_services')" %}
with procurement as (
    select
        disclosure_id,
        max(case when {{ is_total }} then amount_yuan end) as total_yuan,
        sum(case when {{ is_part }} then amount_yuan end) as parts_yuan,
        count(case when {{ is_part }} then amount_yuan end) as parts,
        -- Beside 7.80 a 0 is 0.00: the finest figure tells how far they were rounded.
        min(half_unit) as half_unit,
        min(case when {{ is_total }} then amount_text || unit end) as total_text,
        min(case when {{ is_total }} then table_name end) as stated_table_name,
        min(case when {{ is_total }} then row_number end) as stated_row_number,
        {{ first_source_ref('case when ' ~ is_total ~ ' then source_ref end') }}
            as stated_source_ref,
        min(case when measure = 'procurement_goods' then table_name end) as computed_table_name,
        min(case when measure = 'procurement_goods' then row_number end) as computed_row_number,
        {{ first_source_ref("case when measure = 'procurement_goods' then source_ref end") }}
            as computed_source_ref
    from {{ ref('int_narrative_claims') }}
    where measure like 'procurement_%'
    group by disclosure_id
),

-- A part that is not stated may make up what is missing, never what is too much.
checks as (
    select
        *,
        {{ said('one_name', ["'procurement_total'"]) }} as subject,
        total_yuan as stated_yuan,
        case when parts = 3 or parts_yuan > total_yuan then parts_yuan end as computed_yuan,
        half_unit * (parts + 1) as tolerance_yuan,
        {{ printed('total_text') }} as stated_text
    from procurement
    where total_yuan is not null and parts > 0
)

{{ judged_amounts('checks', within_tolerance='hint') }}
