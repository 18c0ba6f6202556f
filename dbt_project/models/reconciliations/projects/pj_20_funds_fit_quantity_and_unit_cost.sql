-- One row per disclosure and project with a target for the cost of one unit: its funds over its
-- quantity keep to that target. 项目支出绩效目标编报要求 (财预〔2015〕88号)
-- Decidable only where the form has one such target, one quantity, in the same unit, and funds.
{%- set cost = '([0-9][0-9,]*([.][0-9]+)?)' %}
with targets as (
    select
        *,
        coalesce(target_unit, '') as unit,
        coalesce(
            {{ matches('target_unit', '万?元/[^/]+') }}
            and not {{ matches('target_unit', '万?元/(天|日|月|季|季度|年)') }},
            false
        ) as is_unit_cost,
        coalesce(indicator_level_2 like '%数量%', false) as is_quantity
    from {{ ref('int_performance_targets') }}
    where target_value > 0
),

projects_with_targets as (
    select
        disclosure_id,
        project_name,
        count(case when is_unit_cost then 1 end) as unit_cost_count,
        count(case when is_quantity then 1 end) as quantity_count,
        max(case when is_unit_cost then split_part(unit, '/', 2) end)
        = max(case when is_quantity then unit end) as is_of_one_unit,
        max(
            case
                when is_unit_cost
                    then
                        try_cast(
                            target_value * case when unit like '万元%' then 10000 else 1 end
                            as decimal(18, 4)
                        )
            end
        ) as unit_cost_yuan,
        max(case when is_quantity then try_cast(target_value as decimal(18, 4)) end) as quantity,
        max(case when is_unit_cost then comparator end) as comparator,
        -- A cost with two decimals or more may be rounded; 0.1 or 1000 is what is paid.
        max(
            case
                when is_unit_cost and {{ matches('target_text', '.*[0-9][.][0-9]{2}.*') }}
                    then
                        {{ half_unit(captured('target_text', cost, 1), "'元'") }}
                        * case when unit like '万元%' then 10000 else 1 end
                else 0
            end
        ) as unit_cost_half_unit,
        min(case when is_unit_cost then target_text end) as unit_cost_text,
        min(case when is_quantity then target_text end) as quantity_text,
        min(case when is_unit_cost then table_name end) as table_name,
        min(case when is_unit_cost then row_number end) as row_number,
        {{ first_source_ref('case when is_unit_cost then source_ref end') }} as source_ref
    from targets
    group by disclosure_id, project_name
),

projects as (
    select
        disclosure_id,
        project_name,
        min(subject) as subject,
        count(*) as form_count,
        max(annual_yuan) as annual_yuan,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_project_forms') }}
    group by disclosure_id, project_name
),

funds as (
    select
        targets.*,
        projects.subject,
        projects.table_name as funds_table_name,
        projects.row_number as funds_row_number,
        projects.source_ref as funds_source_ref,
        cast(projects.annual_yuan as decimal(28, 2)) as annual_yuan,
        cast(targets.quantity * targets.unit_cost_yuan as decimal(28, 2)) as needed_yuan,
        targets.unit_cost_count = 1
        and targets.quantity_count = 1
        and projects.form_count = 1
        and targets.is_of_one_unit as is_decidable
    from projects_with_targets as targets
    inner join projects
        on
            targets.disclosure_id = projects.disclosure_id
            and targets.project_name = projects.project_name
    where targets.unit_cost_count > 0
),

gaps as (
    select
        funds.*,
        funds.annual_yuan - funds.needed_yuan as gap_yuan,
        -- The funds and the cost of one unit are rounded, each as it is printed.
        coalesce(amounts.half_unit, 0) + funds.quantity * funds.unit_cost_half_unit
            as rounding_yuan
    from funds
    left join {{ ref('int_located_amounts') }} as amounts
        on
            funds.disclosure_id = amounts.disclosure_id
            and funds.funds_table_name = amounts.table_name
            and funds.funds_row_number = amounts.row_number
            and amounts.measure = 'annual_total'
),

checks as (
    select
        disclosure_id,
        subject,
        case
            when not coalesce(is_decidable, false) then cast(null as boolean)
            when comparator in ('<=', '<') then gap_yuan > rounding_yuan
            when comparator in ('>=', '>') then -gap_yuan > rounding_yuan
            else abs(gap_yuan) > rounding_yuan
        end as is_failed,
        annual_yuan as stated_yuan,
        {{ printed('unit_cost_text') }} as stated_text,
        {{ said('funds_for_quantity', ['quantity_text', 'annual_yuan']) }} as computed_text,
        {{ place_of('stated') }},
        funds_table_name as computed_table_name,
        funds_row_number as computed_row_number,
        funds_source_ref as computed_source_ref
    from gaps
)

{{ judged_statements('checks', computed_text='computed_text', has_computed_place=true) }}
