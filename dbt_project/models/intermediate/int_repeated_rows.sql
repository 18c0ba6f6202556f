-- One row per printed row whose figures other rows of its table hold.
{{ config(materialized='table') }}
{%- set project_funds = [
    'total',
    'fiscal_funds',
    'other_funds',
    'annual_total',
    'annual_fiscal',
    'annual_carryover',
    'annual_other',
] %}
with expense_rows as (
    select
        printed_rows.disclosure_id,
        printed_rows.table_name,
        printed_rows.side,
        printed_rows.row_number,
        concat_ws(' ', printed_rows.organization_code, printed_rows.organization_name) as unit_key
    from {{ ref('stg_printed_rows') }} as printed_rows
    inner join {{ ref('int_table_kinds') }} as kinds
        on
            printed_rows.table_name = kinds.table_name
            and kinds.row_kind = 'expenses'
),

several_expense_rows as (
    select
        disclosure_id,
        table_name
    from expense_rows
    group by disclosure_id, table_name
    having count(*) > 1
),

rows_of_several as (
    select expense_rows.*
    from expense_rows
    inner join several_expense_rows
        on
            expense_rows.disclosure_id = several_expense_rows.disclosure_id
            and expense_rows.table_name = several_expense_rows.table_name
),

expense_amounts as (
    {{ amounts_of_rows('rows_of_several') }}
),

expense_copies as (
    select
        expense_amounts.disclosure_id,
        expense_amounts.table_name,
        expense_amounts.row_number,
        row_number() over (
            partition by
                expense_amounts.disclosure_id,
                expense_amounts.table_name,
                expense_rows.unit_key,
                expense_amounts.figures
            order by expense_amounts.row_number
        ) > 1 as is_copy
    from expense_amounts
    inner join expense_rows
        on
            expense_amounts.disclosure_id = expense_rows.disclosure_id
            and expense_amounts.table_name = expense_rows.table_name
            and expense_amounts.row_number = expense_rows.row_number
),

projects_of_one_name as (
    select
        disclosure_id,
        project_name
    from {{ ref('stg_projects') }}
    group by disclosure_id, project_name
    having count(*) > 1
),

project_copies as (
    select
        printed_rows.disclosure_id,
        printed_rows.row_number,
        row_number() over (
            partition by
                printed_rows.disclosure_id,
                printed_rows.project_name,
                printed_rows.project_kind,
                printed_rows.implementing_organization_name,
                printed_rows.starts_on,
                printed_rows.ends_on,
                {{ figures_of_row('printed_rows', project_funds) }}
            order by printed_rows.row_number
        ) > 1 as is_copy
    from {{ ref('stg_projects') }} as printed_rows
    inner join projects_of_one_name
        on
            printed_rows.disclosure_id = projects_of_one_name.disclosure_id
            and printed_rows.project_name = projects_of_one_name.project_name
)

select
    disclosure_id,
    table_name,
    row_number
from {{ ref('int_repeated_accounts') }}
union all
select
    disclosure_id,
    table_name,
    row_number
from {{ ref('int_repeated_lines') }}
union all
select
    disclosure_id,
    table_name,
    row_number
from expense_copies
where is_copy
union all
select
    disclosure_id,
    'projects' as table_name,
    row_number
from project_copies
where is_copy
