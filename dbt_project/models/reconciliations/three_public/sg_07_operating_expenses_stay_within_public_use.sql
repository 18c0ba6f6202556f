-- One row per disclosure with agency operating expenses: an institution has none, and of all others
-- they are at most the public use of T8. 机关运行经费: 行政单位和参公单位的日常公用经费
with public_use as (
    select
        disclosure_id,
        table_name,
        sum(amount_yuan) as amount_yuan,
        max(half_unit) as half_unit,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_located_amounts') }}
    where
        table_name = 'basic_expenditure_by_economic'
        and measure = 'public_use'
        and row_role = 'total'
    group by disclosure_id, table_name
),

-- A department holds units of every kind; only of an institution's own budget is the kind known.
disclosures as (
    select
        disclosure_id,
        organization_type,
        scope = 'unit' and organization_type = 'public_institution' as is_of_institution
    from {{ ref('dim_disclosures') }}
    where is_current
),

checks as (
    select
        expenses.disclosure_id,
        {{ said('one_name', ['expenses.measure']) }} as subject,
        case when disclosures.is_of_institution then 0 else public_use.amount_yuan end
            as stated_yuan,
        {{ wide_yuan('expenses.amount_yuan') }} as computed_yuan,
        case
            when disclosures.is_of_institution then 0
            else greatest(expenses.half_unit, public_use.half_unit)
        end as tolerance_yuan,
        case
            when disclosures.organization_type is not null
                then {{ said('one_name', ['disclosures.organization_type']) }}
        end as stated_text,
        {{ place_of('stated', 'public_use') }},
        {{ place_of('computed', 'expenses') }}
    from {{ ref('int_three_public_expenses') }} as expenses
    inner join disclosures
        on expenses.disclosure_id = disclosures.disclosure_id
    left join public_use
        on expenses.disclosure_id = public_use.disclosure_id
    where expenses.measure = 'agency_operating_expenses'
)

{{ judged_amounts('checks', is_equality='false') }}
