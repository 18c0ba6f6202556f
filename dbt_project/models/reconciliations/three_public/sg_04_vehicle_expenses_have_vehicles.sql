-- One row per disclosure and vehicle expense of T9: without vehicles there is no vehicle expense.
-- 中央和国家机关、地方“三公”经费预算公开口径
with vehicles as (
    select
        disclosure_id,
        table_name,
        max(numeric_value) as vehicle_count,
        min(value_text) as value_text,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_narrative_statements') }}
    where subject = 'vehicles_kept' and numeric_value is not null
    group by disclosure_id, table_name
),

checks as (
    select
        vehicles.disclosure_id,
        {{ said('one_name', ['expenses.measure']) }} as subject,
        vehicles.vehicle_count = 0 and expenses.amount_yuan > 0 as is_failed,
        expenses.amount_yuan as stated_yuan,
        cast(null as string) as stated_text,
        case
            when vehicles.vehicle_count = 0
                then {{ said('no_vehicle_expense', ['vehicles.value_text']) }}
            else {{ said('vehicles_kept', ['vehicles.value_text']) }}
        end as computed_text,
        {{ place_of('stated', 'expenses') }},
        {{ place_of('computed', 'vehicles') }}
    from vehicles
    inner join {{ ref('int_three_public_expenses') }} as expenses
        on vehicles.disclosure_id = expenses.disclosure_id
    where expenses.measure in ('vehicle_purchase', 'vehicle_operation')
)

{{ judged_statements('checks', computed_text='computed_text', has_computed_place=true) }}
