-- One row per disclosure of a department: it is the sum of its units.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with disclosures as (
    select *
    from {{ ref('dim_disclosures') }}
    where is_current
),

totals as (
    select *
    from {{ ref('int_expenditure_totals') }}
),

units as (
    select
        disclosures.department_disclosure_id,
        count(*) as unit_count,
        sum(totals.amount_yuan) as units_yuan
    from disclosures
    inner join totals
        on disclosures.disclosure_id = totals.disclosure_id
    where disclosures.department_disclosure_id is not null
    group by disclosures.department_disclosure_id
),

checks as (
    select
        departments.disclosure_id,
        {{ said('units_of_department') }} as subject,
        totals.amount_yuan as stated_yuan,
        -- Units that are not loaded may explain what is missing, never what is too much.
        case when units.units_yuan >= totals.amount_yuan then units.units_yuan end as computed_yuan,
        0 as tolerance_yuan,
        {{ said('units_loaded', [
            'coalesce(units.unit_count, 0)', 'coalesce(units.units_yuan, 0)'
        ]) }} as stated_text,
        {{ place_of('stated', 'totals') }},
        {{ no_place('computed') }}
    from disclosures as departments
    inner join totals
        on departments.disclosure_id = totals.disclosure_id
    left join units
        on departments.disclosure_id = units.department_disclosure_id
    where departments.scope = 'department'
)

{{ judged_amounts('checks') }}
