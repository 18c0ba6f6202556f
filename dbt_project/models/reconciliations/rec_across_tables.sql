-- One row per rule of the family across_tables, disclosure and subject checked.
{#- No common table expressions: DuckDB keeps aside what several read, and these are millions. #}
{%- set account_rows %}
(
    select
        disclosure_id,
        table_name,
        account_code,
        measure,
        amount_yuan,
        half_unit,
        account_name,
        source_ref
    from {{ ref('fct_published_amounts') }}
    where
        account_code is not null
        and table_name <> 'basic_expenditure_by_economic'
        and row_role in ('leaf', 'subtotal')
)
{%- endset %}
{%- set accounts %}
(
    select
        disclosure_id,
        table_name,
        account_code,
        min(account_name) as account_name,
        table_name || ' ' || min(source_ref) as place
    from {{ account_rows }} as account_rows
    group by disclosure_id, table_name, account_code
)
{%- endset %}
with printed_accounts as (
    select distinct
        disclosure_id,
        table_name,
        account_code
    from {{ account_rows }} as account_rows
),

printed_tables as (
    select distinct
        disclosure_id,
        table_name
    from {{ account_rows }} as account_rows
),

tables_with_unplaced_rows as (
    select distinct
        disclosure_id,
        table_name
    from {{ ref('fct_published_amounts') }}
    where row_role = 'unplaced'
),

-- Which table's accounts must all stand in which other table.
inclusions as (
    select
        'revenue_by_function' as table_name,
        'expenditure_by_function' as other_table
    union all
    select
        'expenditure_by_function' as table_name,
        'revenue_by_function' as other_table
    union all
    select
        'general_public_budget_by_function' as table_name,
        'expenditure_by_function' as other_table
),

accounts_in_other_table as (
    select
        'CT-15' as rule_code,
        accounts.disclosure_id,
        accounts.table_name || ' ' || accounts.account_code as subject,
        -- Where a row's code could not be read, the account that seems missing may be that row.
        case
            when others.account_code is not null then false
            when unplaced.table_name is null then true
        end as is_broken,
        null as stated_yuan,
        accounts.account_name as stated_text,
        'the same account in ' || inclusions.other_table as computed_text,
        accounts.place as stated_source
    from {{ accounts }} as accounts
    inner join inclusions
        on accounts.table_name = inclusions.table_name
    inner join printed_tables as other_tables
        on
            accounts.disclosure_id = other_tables.disclosure_id
            and inclusions.other_table = other_tables.table_name
    left join printed_accounts as others
        on
            accounts.disclosure_id = others.disclosure_id
            and inclusions.other_table = others.table_name
            and accounts.account_code = others.account_code
    left join tables_with_unplaced_rows as unplaced
        on
            accounts.disclosure_id = unplaced.disclosure_id
            and inclusions.other_table = unplaced.table_name
),

names_of_accounts as (
    select
        'CT-16' as rule_code,
        disclosure_id,
        account_code as subject,
        min({{ comparable_name('account_name') }}) <> max({{ comparable_name('account_name') }})
            as is_broken,
        null as stated_yuan,
        min(account_name) as stated_text,
        max(account_name) as computed_text,
        min(place) as stated_source
    from {{ accounts }} as accounts
    where account_name is not null
    group by disclosure_id, account_code
    having count(*) > 1
),

compiling_entities as (
    select
        disclosure_id,
        table_name as subject,
        {{ comparable_name('compiling_entity') }} as entity,
        compiling_entity as printed_entity,
        cast(null as string) as other_entity,
        table_name || ' ' || source_ref as place
    from {{ ref('fct_published_tables') }}
    where compiling_entity is not null
    union all
    -- A form names the department in charge and the unit that carries the project out.
    select
        disclosure_id,
        'projects ' || cast(project_number as string) as subject,
        {{ comparable_name('implementing_organization_name') }} as entity,
        implementing_organization_name as printed_entity,
        {{ comparable_name('supervising_organization_name') }} as other_entity,
        'projects ' || source_ref as place
    from {{ ref('fct_projects') }}
    where implementing_organization_name is not null
),

first_entities as (
    select
        disclosure_id,
        min_by(entity, subject) as entity
    from compiling_entities
    where other_entity is null
    group by all
),

entities_agree as (
    select
        'CT-17' as rule_code,
        compiling_entities.disclosure_id,
        compiling_entities.subject,
        compiling_entities.entity <> first_entities.entity
        and coalesce(compiling_entities.other_entity <> first_entities.entity, true) as is_broken,
        null as stated_yuan,
        compiling_entities.printed_entity as stated_text,
        first_entities.entity as computed_text,
        compiling_entities.place as stated_source
    from compiling_entities
    inner join first_entities
        on compiling_entities.disclosure_id = first_entities.disclosure_id
),

current_disclosures as (
    select *
    from {{ ref('dim_disclosures') }}
    where is_current
),

-- A total that stands in two rows is one total.
totals as (
    select
        disclosure_id,
        max(amount_yuan) as total_yuan,
        min(table_name || ' ' || source_ref) as place
    from {{ ref('fct_published_amounts') }}
    where
        table_name = 'expenditure_by_function'
        and measure = 'total'
        and row_role = 'total'
    group by disclosure_id
),

units_of_departments as (
    select
        current_disclosures.department_disclosure_id as disclosure_id,
        count(*) as unit_count,
        sum(totals.total_yuan) as units_yuan
    from current_disclosures
    inner join totals
        on current_disclosures.disclosure_id = totals.disclosure_id
    where current_disclosures.department_disclosure_id is not null
    group by all
),

-- Units that are not loaded may explain what is missing, never what is too much.
departments_and_units as (
    select
        'CT-18' as rule_code,
        departments.disclosure_id,
        'the units of the department' as subject,
        totals.total_yuan as stated_yuan,
        case
            when units_of_departments.units_yuan >= totals.total_yuan
                then units_of_departments.units_yuan
        end as computed_yuan,
        0 as tolerance_yuan,
        true as is_equality,
        cast(coalesce(units_of_departments.unit_count, 0) as string)
        || ' units loaded, '
        || cast(
            coalesce(units_of_departments.units_yuan, 0) as string
        )
        || ' yuan' as stated_text,
        totals.place as stated_source,
        cast(null as string) as computed_source
    from current_disclosures as departments
    inner join totals
        on departments.disclosure_id = totals.disclosure_id
    left join units_of_departments
        on departments.disclosure_id = units_of_departments.disclosure_id
    where departments.scope = 'department'
),

units as (
    select
        disclosure_id,
        department_disclosure_id
    from current_disclosures
    where department_disclosure_id is not null
),

-- Each side is summed before the two are joined: an account may stand in two rows.
accounts_of_unit as (
    select
        units.disclosure_id,
        units.department_disclosure_id,
        unit_rows.account_code,
        unit_rows.measure,
        sum(unit_rows.amount_yuan) as amount_yuan,
        min(unit_rows.account_name) as account_name,
        min(unit_rows.source_ref) as source_ref
    from units
    inner join {{ account_rows }} as unit_rows
        on units.disclosure_id = unit_rows.disclosure_id
    where
        unit_rows.table_name = 'expenditure_by_function' and unit_rows.amount_yuan is not null
    group by
        units.disclosure_id,
        units.department_disclosure_id,
        unit_rows.account_code,
        unit_rows.measure
),

accounts_of_department as (
    select
        disclosure_id,
        account_code,
        measure,
        case when not max({{ has_no_value() }}) then coalesce(sum(amount_yuan), 0) end
            as amount_yuan,
        min(source_ref) as source_ref
    from {{ account_rows }} as department_rows
    where
        table_name = 'expenditure_by_function'
        and disclosure_id in (select units.department_disclosure_id from units)
    group by disclosure_id, account_code, measure
),

accounts_of_units as (
    select
        'CT-22' as rule_code,
        accounts_of_unit.disclosure_id,
        accounts_of_unit.account_code || ' ' || accounts_of_unit.measure as subject,
        case
            when accounts_of_department.account_code is null then 0
            else accounts_of_department.amount_yuan
        end as stated_yuan,
        accounts_of_unit.amount_yuan as computed_yuan,
        0 as tolerance_yuan,
        false as is_equality,
        accounts_of_unit.account_name as stated_text,
        coalesce(
            'expenditure_by_function ' || accounts_of_department.source_ref,
            'not in the department'
        ) as stated_source,
        'expenditure_by_function ' || accounts_of_unit.source_ref as computed_source
    from accounts_of_unit
    left join accounts_of_department
        on
            accounts_of_unit.department_disclosure_id = accounts_of_department.disclosure_id
            and accounts_of_unit.account_code = accounts_of_department.account_code
            and accounts_of_unit.measure = accounts_of_department.measure
),

stated_bases as (
    select
        disclosure_id,
        {{ comparable_name('account_name') }} as account_name,
        base_year,
        coalesce(base_stage, 'initial_budget') as base_stage,
        max(base_amount_yuan) as base_amount_yuan,
        max(half_unit) as half_unit,
        min(source_ref) as source_ref
    from {{ ref('fct_narrative_claims') }}
    where measure = 'function_item' and base_amount_yuan is not null
    group by all
),

bases_of_units as (
    select
        'CT-22' as rule_code,
        units.disclosure_id,
        concat_ws(' ', unit_bases.account_name, unit_bases.base_year, unit_bases.base_stage)
            as subject,
        department_bases.base_amount_yuan as stated_yuan,
        unit_bases.base_amount_yuan as computed_yuan,
        unit_bases.half_unit + department_bases.half_unit as tolerance_yuan,
        false as is_equality,
        unit_bases.account_name as stated_text,
        'narrative_claims ' || department_bases.source_ref as stated_source,
        'narrative_claims ' || unit_bases.source_ref as computed_source
    from units
    inner join stated_bases as unit_bases
        on units.disclosure_id = unit_bases.disclosure_id
    inner join stated_bases as department_bases
        on
            units.department_disclosure_id = department_bases.disclosure_id
            and unit_bases.account_name = department_bases.account_name
            and unit_bases.base_year = department_bases.base_year
            and unit_bases.base_stage = department_bases.base_stage
),

statements as (
    select * from accounts_in_other_table
    union all
    select * from names_of_accounts
    union all
    select * from entities_agree
),

claims as (
    select * from departments_and_units
    union all
    select * from accounts_of_units
    union all
    select * from bases_of_units
)

{{ legacy_statements('statements') }}
union all
{{ legacy_claims('claims') }}
