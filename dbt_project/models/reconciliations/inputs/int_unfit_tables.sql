-- One row per disclosure and table that some rules cannot judge: half read, or of a form other than
-- T1 to T9, by what is other in it.
-- More than 150 lines: a form is told by its columns, rows, lines and stage.
-- Materialised: views of the published file leave these tables out.
{{ config(materialized='table') }}
{%- set parts = {
    'revenue_by_function': [
        'fiscal_appropriation',
        'superior_subsidy',
        'institution_revenue',
        'business_revenue',
        'affiliated_remittance',
        'other_revenue',
    ],
    'expenditure_by_function': [
        'basic',
        'project',
        'remitted_to_superior',
        'business_operation',
        'subsidies_to_affiliated',
    ],
    'general_public_budget_by_function': ['basic', 'project'],
    'government_funds_by_function': ['basic', 'project'],
    'state_capital_by_function': ['basic', 'project'],
    'basic_expenditure_by_economic': ['personnel', 'public_use'],
} %}
with stray_figures as (
    select
        disclosure_id,
        table_name,
        count(*) as figure_count
    from {{ ref('fct_published_amounts') }}
    where row_role = 'stray'
    group by disclosure_id, table_name
),

-- A figure under no heading was read, and stands in the note of its row.
half_read_tables as (
    select
        tables.disclosure_id,
        tables.table_name
    from {{ ref('stg_tables') }} as tables
    left join stray_figures
        on
            tables.disclosure_id = stray_figures.disclosure_id
            and tables.table_name = stray_figures.table_name
    where
        tables.numbers_placed + coalesce(stray_figures.figure_count, 0) < tables.numbers_printed
),

secrets as (
    select distinct disclosure_id
    from {{ ref('stg_tables') }}
    where {{ leaves_out_secrets('remark') }}
),

-- Columns that a rule's sums do not have.
tables_with_other_columns as (
    select
        disclosure_id,
        table_name
    from {{ ref('int_printed_measures') }}
    where
        is_part
        and case table_name
            {%- for table_name, measures in parts.items() %}
                when '{{ table_name }}'
                    then measure not in (
                        {%- for measure in measures %}
                            '{{ measure }}'{{ ',' if not loop.last }}
                        {%- endfor %}
                    )
            {%- endfor %}
            else false
        end
),

-- Rows by unit or by a second classification, names without codes, and rows beside secret ones.
tables_with_other_rows as (
    select
        tree.disclosure_id,
        tree.table_name
    from {{ ref('int_account_rows') }} as tree
    left join {{ ref('int_named_codes') }} as named_codes
        on
            tree.disclosure_id = named_codes.disclosure_id
            and tree.table_name = named_codes.table_name
            and tree.row_number = named_codes.row_number
    where
        tree.row_role = 'detail'
        or tree.unit_name is not null
        or tree.detail_key is not null
        or named_codes.row_number is not null
    union all
    -- An account now and then may stand twice; of many a table lists more than it names.
    select
        disclosure_id,
        table_name
    from (
        select
            disclosure_id,
            table_name,
            row_key
        from {{ ref('fct_published_amounts') }}
        where row_role = 'leaf' and account_code is not null
        group by disclosure_id, table_name, row_key
        having count(distinct row_number) > 1
    ) as repeated_accounts
    group by disclosure_id, table_name
    having count(*) > 3
    union all
    select
        tables.disclosure_id,
        tables.table_name
    from {{ ref('stg_tables') }} as tables
    inner join secrets
        on tables.disclosure_id = secrets.disclosure_id
    where
        tables.table_name in (
            {%- for table_name in tables_by_account() %}
                '{{ table_name }}'{{ ',' if not loop.last }}
            {%- endfor %}
        )
    union all
    select
        disclosure_id,
        table_name
    from {{ ref('int_unit_rows') }}
    group by disclosure_id, table_name
    having count(*) > 1
),

-- Lines that no list knows, or classes that detail another line.
tables_with_other_lines as (
    select
        disclosure_id,
        table_name
    from {{ ref('fct_published_amounts') }}
    where
        table_name in ('revenue_expenditure_summary', 'fiscal_appropriation_summary')
        and row_role <> 'repeat'
    group by disclosure_id, table_name, side
    having
        (
            count(nullif(amount_yuan, 0)) > 0
            and count(case when level = 'total' then 1 end) = 0
        )
        or (
            side = 'revenue'
            and (
                count(case when level = 'line' and line = 'other' then nullif(amount_yuan, 0) end)
                > 0
                or count(
                    distinct case
                        when
                            line = 'general_public_budget'
                            and level <> 'balance_detail'
                            and amount_yuan <> 0
                            then row_number
                    end
                ) > 1
                -- Below a sum that opens the side, what is carried in stands in no own line.
                or (
                    min(case level when 'subtotal' then row_number end)
                    < min(case level when 'line' then row_number end)
                    and count(case when level = 'balance_detail' then nullif(amount_yuan, 0) end)
                    > 0
                )
            )
        )
        or (
            side = 'expenditure'
            and (
                count(case when level = 'detail' then nullif(amount_yuan, 0) end) > 0
                or count(
                    case
                        when level = 'line' and line = 'other' and length(class_code) <> 3
                            then nullif(amount_yuan, 0)
                    end
                ) * 3
                > count(case when level = 'line' then nullif(amount_yuan, 0) end)
            )
        )
),

tables as (
{%- for relation in [
    'half_read_tables',
    'tables_with_other_columns',
    'tables_with_other_rows',
    'tables_with_other_lines',
] %}
        select
            disclosure_id,
            table_name,
            '{{ relation }}' as doubt
        from {{ relation }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    disclosure_id,
    table_name,
    max(doubt = 'half_read_tables') as is_half_read,
    max(doubt = 'tables_with_other_columns') as has_other_columns,
    max(doubt = 'tables_with_other_rows') as has_other_rows,
    max(doubt = 'tables_with_other_lines') as has_other_lines
from tables
group by disclosure_id, table_name
