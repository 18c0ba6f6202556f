-- One row per disclosure that says how many vehicles it buys: there is an amount for their purchase
-- in the table of three public expenses (T9) where there are any, and none where there are none.
-- 中央和国家机关、地方“三公”经费预算公开口径
-- Vehicles of any kind may be paid for elsewhere: only that none is bought speaks against T9.
with vehicles as (
    select
        disclosure_id,
        max(numeric_value) as vehicle_count,
        max(case when subject <> 'vehicles_to_be_bought' then numeric_value end) as service_count,
        min(numeric_value) as least_count,
        min(table_name) as table_name,
        min_by(value_text || coalesce(unit, ''), statement_number) as value_text,
        min(row_number) as row_number,
        min_by(source_ref, statement_number) as source_ref
    from {{ ref('int_narrative_statements') }}
    where
        subject in (
            'vehicles_to_be_bought', 'service_vehicles_to_be_bought', 'vehicles_purchased'
        )
        and numeric_value is not null
    group by disclosure_id
),

-- A blank beside no vehicle is no amount; beside vehicles nobody knows what it says.
expenses as (
    select
        tables.disclosure_id,
        max(amounts.amount_yuan) as amount_yuan
    from {{ ref('fct_published_tables') }} as tables
    left join {{ ref('int_three_public_expenses') }} as amounts
        on tables.disclosure_id = amounts.disclosure_id and amounts.measure = 'vehicle_purchase'
    where tables.table_name = 'three_public_expenses'
    group by tables.disclosure_id
),

checks as (
    select
        vehicles.disclosure_id,
        {{ said('one_name', ["'vehicles_to_be_bought'"]) }} as subject,
        case
            when vehicles.vehicle_count = 0 then coalesce(expenses.amount_yuan, 0) > 0
            when vehicles.service_count > 0 and vehicles.least_count > 0
                then expenses.amount_yuan = 0
            else false
        end as is_failed,
        expenses.amount_yuan as stated_yuan,
        {{ printed('vehicles.value_text') }} as stated_text,
        case
            when vehicles.vehicle_count = 0 then {{ said('no_vehicle_purchase') }}
            else {{ said('vehicle_purchase_with_amount') }}
        end as computed_text,
        {{ place_of('stated', 'vehicles') }}
    from vehicles
    inner join expenses
        on vehicles.disclosure_id = expenses.disclosure_id
    where vehicles.vehicle_count = 0 or vehicles.service_count > 0
)

{{ judged_statements('checks', computed_text='computed_text') }}
