-- One row per disclosure of a unit and account, or account of an earlier year in the prose: no
-- account of a unit exceeds that account of the department that contains it.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with units as (
    select
        disclosure_id,
        department_disclosure_id
    from {{ ref('dim_disclosures') }}
    where is_current and department_disclosure_id is not null
),

-- Each side is summed before the two are joined: an account may stand in two rows.
accounts_of_units as (
    select
        units.disclosure_id,
        units.department_disclosure_id,
        amounts.table_name,
        amounts.account_code,
        amounts.measure,
        sum(amounts.amount_yuan) as amount_yuan,
        min(amounts.account_name) as account_name,
        min(amounts.row_number) as row_number,
        {{ first_source_ref('amounts.source_ref') }} as source_ref
    from units
    inner join {{ ref('int_located_amounts') }} as amounts
        on units.disclosure_id = amounts.disclosure_id
    where
        amounts.table_name = 'expenditure_by_function'
        and amounts.account_code is not null
        and amounts.row_role in ('leaf', 'subtotal')
        and amounts.amount_yuan is not null
    group by
        units.disclosure_id,
        units.department_disclosure_id,
        amounts.table_name,
        amounts.account_code,
        amounts.measure
),

accounts_of_departments as (
    select
        disclosure_id,
        table_name,
        account_code,
        measure,
        case when not max({{ has_no_value() }}) then coalesce(sum(amount_yuan), 0) end
            as amount_yuan,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_located_amounts') }}
    where
        table_name = 'expenditure_by_function'
        and account_code is not null
        and row_role in ('leaf', 'subtotal')
        and disclosure_id in (select units.department_disclosure_id from units)
    group by disclosure_id, table_name, account_code, measure
),

departments as (
    select distinct disclosure_id
    from accounts_of_departments
),

stated_bases as (
    select
        disclosure_id,
        table_name,
        {{ comparable_name('account_name') }} as account_name,
        base_year,
        coalesce(base_stage, 'initial_budget') as base_stage,
        max(base_amount_yuan) as base_amount_yuan,
        max(half_unit) as half_unit,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_narrative_claims') }}
    where measure = 'function_item' and base_amount_yuan is not null
    group by
        disclosure_id,
        table_name,
        {{ comparable_name('account_name') }},
        base_year,
        coalesce(base_stage, 'initial_budget')
),

checks as (
    select
        accounts.disclosure_id,
        {{ said('two_names', ['accounts.account_code', 'accounts.measure']) }} as subject,
        accounts.amount_yuan as stated_yuan,
        case when of_department.account_code is null then 0 else of_department.amount_yuan end
            as computed_yuan,
        0 as tolerance_yuan,
        {{ printed('accounts.account_name') }} as stated_text,
        {{ place_of('stated', 'accounts') }},
        of_department.table_name as computed_table_name,
        of_department.row_number as computed_row_number,
        case
            when of_department.account_code is null then 'not in the department'
            else of_department.source_ref
        end as computed_source_ref,
        case
            when of_department.account_code is not null then accounts.department_disclosure_id
        end as computed_disclosure_id
    from accounts_of_units as accounts
    -- Of a table that was not read whole, or not at all, no account is missing.
    inner join departments
        on accounts.department_disclosure_id = departments.disclosure_id
    left join accounts_of_departments as of_department
        on
            accounts.department_disclosure_id = of_department.disclosure_id
            and accounts.account_code = of_department.account_code
            and accounts.measure = of_department.measure
    union all
    select
        units.disclosure_id,
        {{ said('account_of_budget', [
            'of_unit.account_name', 'of_unit.base_year', 'of_unit.base_stage'
        ]) }} as subject,
        of_unit.base_amount_yuan as stated_yuan,
        of_department.base_amount_yuan as computed_yuan,
        of_unit.half_unit + of_department.half_unit as tolerance_yuan,
        {{ printed('of_unit.account_name') }} as stated_text,
        {{ place_of('stated', 'of_unit') }},
        {{ place_of('computed', 'of_department') }},
        units.department_disclosure_id as computed_disclosure_id
    from units
    inner join stated_bases as of_unit
        on units.disclosure_id = of_unit.disclosure_id
    inner join stated_bases as of_department
        on
            units.department_disclosure_id = of_department.disclosure_id
            and of_unit.account_name = of_department.account_name
            and of_unit.base_year = of_department.base_year
            and of_unit.base_stage = of_department.base_stage
)

{{ judged_amounts('checks', is_limit=true, computed_disclosure_id='computed_disclosure_id') }}
