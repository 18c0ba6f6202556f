-- One row per amount cell of a printed table, blank cells included, with its place in the tree.
-- More than 150 lines: tables of every kind and project forms are one stream.
{{ config(materialized='view' if target.type == 'duckdb' else 'table') }}
{%- set project_funds = {
    'total': 'total',
    'fiscal_funds': 'subtotal',
    'other_funds': 'subtotal',
    'annual_total': 'subtotal',
    'annual_fiscal': 'leaf',
    'annual_carryover': 'leaf',
    'annual_other': 'leaf',
} %}
{%- set note_is_figure = is_figure('printed_rows.note', 'printed_rows.unit') %}
with placed_rows as (
    select
        disclosure_id,
        table_name,
        row_number,
        row_role,
        level,
        account_code,
        account_name,
        class_code,
        cast(null as string) as side,
        cast(null as string) as line,
        row_key,
        parent_row_key,
        has_valid_code,
        unit_name
    from {{ ref('int_account_rows') }}
    union all
    select
        disclosure_id,
        table_name,
        row_number,
        row_role,
        level,
        cast(null as string) as account_code,
        label as account_name,
        class_code,
        side,
        line,
        row_key,
        parent_row_key,
        cast(null as boolean) as has_valid_code,
        cast(null as string) as unit_name
    from {{ ref('int_summary_rows') }}
    union all
    select
        disclosure_id,
        table_name,
        row_number,
        row_role,
        case row_role when 'total' then 'total' end as level,
        cast(null as string) as account_code,
        row_name as account_name,
        cast(null as string) as class_code,
        cast(null as string) as side,
        cast(null as string) as line,
        'row ' || cast(row_number as string) as row_key,
        cast(null as string) as parent_row_key,
        cast(null as boolean) as has_valid_code,
        unit_name
    from {{ ref('int_item_rows') }}
    union all
    -- Expenses listed by unit; the role of a unit's own row is that of each of its expenses.
    select
        unit_rows.disclosure_id,
        unit_rows.table_name,
        unit_rows.row_number,
        nullif(unit_rows.row_role, 'leaf') as row_role,
        cast(null as string) as level,
        cast(null as string) as account_code,
        printed_rows.organization_name as account_name,
        cast(null as string) as class_code,
        cast(null as string) as side,
        cast(null as string) as line,
        'row ' || cast(unit_rows.row_number as string) as row_key,
        cast(null as string) as parent_row_key,
        cast(null as boolean) as has_valid_code,
        printed_rows.organization_name as unit_name
    from {{ ref('int_unit_rows') }} as unit_rows
    inner join {{ ref('int_table_kinds') }} as kinds
        on
            unit_rows.table_name = kinds.table_name
            and kinds.row_kind = 'expenses'
    inner join {{ ref('stg_printed_rows') }} as printed_rows
        on
            unit_rows.disclosure_id = printed_rows.disclosure_id
            and unit_rows.table_name = printed_rows.table_name
            and unit_rows.row_number = printed_rows.row_number
),

printed_rows as (
    select
        printed_rows.disclosure_id,
        printed_rows.table_name,
        printed_rows.row_number,
        placed_rows.row_role,
        placed_rows.level,
        placed_rows.account_code,
        placed_rows.account_name,
        placed_rows.class_code,
        placed_rows.side,
        coalesce(placed_rows.line, sums.line) as line,
        coalesce(
            placed_rows.row_key, 'row ' || cast(printed_rows.row_number as string)
        ) as row_key,
        placed_rows.parent_row_key,
        placed_rows.has_valid_code,
        placed_rows.unit_name,
        kinds.row_kind,
        printed_rows.unit,
        printed_rows.note,
        printed_rows.source_ref
    from {{ ref('stg_printed_rows') }} as printed_rows
    inner join {{ ref('int_table_kinds') }} as kinds
        on printed_rows.table_name = kinds.table_name
    left join placed_rows
        on
            printed_rows.disclosure_id = placed_rows.disclosure_id
            and printed_rows.table_name = placed_rows.table_name
            and printed_rows.row_number = placed_rows.row_number
    -- The sum of some economic accounts, as 人员经费合计 is.
    left join {{ ref('summary_lines') }} as sums
        on
            kinds.row_kind = 'economic_items'
            and placed_rows.row_role = 'subtotal'
            and placed_rows.account_code is null
            and sums.side = 'expenditure'
            and sums.label = {{ comparable_name('placed_rows.account_name') }}
),

amounts as (
    -- A column without one figure in its table was not printed: its cells are no blanks.
    select
        printed_rows.*,
        amounts.measure,
        amounts.printed_amount,
        amounts.printed_text,
        case
            when measures.is_whole and measures.has_parts then 'total'
            when measures.has_parts then 'subtotal'
            else 'leaf'
        end as measure_role
    from printed_rows
    inner join {{ ref('stg_printed_amounts') }} as amounts
        on
            printed_rows.disclosure_id = amounts.disclosure_id
            and printed_rows.table_name = amounts.table_name
            and printed_rows.row_number = amounts.row_number
    inner join {{ ref('int_printed_measures') }} as measures
        on
            amounts.disclosure_id = measures.disclosure_id
            and amounts.table_name = measures.table_name
            and amounts.measure = measures.measure
            and coalesce(printed_rows.side, '') = measures.side
    union all
    -- A figure under no heading: transcribed as the row's note, kept, and in no sum.
    select
        printed_rows.*,
        'note' as measure,
        {{ amount('printed_rows.note') }} as printed_amount,
        printed_rows.note as printed_text,
        'stray' as measure_role
    from printed_rows
    where {{ note_is_figure }}
),

-- Funds as a project form prints them.
project_columns as (
    select
        {%- for measure in project_funds %}
            count({{ measure }}) > 0 as {{ measure }}_is_printed,
        {%- endfor %}
        disclosure_id
    from {{ ref('stg_projects') }}
    group by disclosure_id
),

project_rows as (
    select
        {%- for measure in project_funds %}
            printed_rows.{{ measure }},
            printed_rows.{{ measure }}_text,
            printed_columns.{{ measure }}_is_printed,
        {%- endfor %}
        case when {{ note_is_figure }} then {{ amount('printed_rows.note') }} end as note,
        printed_rows.note as note_text,
        coalesce({{ note_is_figure }}, false) as note_is_printed,
        printed_rows.disclosure_id,
        printed_rows.row_number,
        printed_rows.unit,
        printed_rows.source_ref
    from {{ ref('stg_projects') }} as printed_rows
    inner join project_columns as printed_columns
        on printed_rows.disclosure_id = printed_columns.disclosure_id
),

project_amounts as (
    {{ unpivoted(
        'project_rows',
        (project_funds.keys() | list) + ['note'],
        ['disclosure_id', 'row_number', 'unit', 'source_ref'],
    ) }}
),

all_amounts as (
    select
        disclosure_id,
        table_name,
        row_number,
        measure,
        case
            when measure_role = 'stray' then 'stray'
            when row_kind = 'expenses' then coalesce(row_role, measure_role)
            -- Beside the lines of a summary some print the same by economic account.
            else coalesce(row_role, 'detail')
        end as row_role,
        level,
        account_code,
        account_name,
        class_code,
        side,
        line,
        row_key,
        parent_row_key,
        has_valid_code,
        unit_name,
        printed_amount,
        printed_text,
        unit,
        source_ref
    from amounts
    union all
    select
        disclosure_id,
        'projects' as table_name,
        row_number,
        measure,
        case measure
            {%- for measure, role in project_funds.items() %}
                when '{{ measure }}' then '{{ role }}'
            {%- endfor %}
            else 'stray'
        end as row_role,
        cast(null as string) as level,
        cast(null as string) as account_code,
        cast(null as string) as account_name,
        cast(null as string) as class_code,
        cast(null as string) as side,
        cast(null as string) as line,
        'row ' || cast(row_number as string) as row_key,
        cast(null as string) as parent_row_key,
        cast(null as boolean) as has_valid_code,
        cast(null as string) as unit_name,
        printed_amount,
        printed_text,
        unit,
        source_ref
    from project_amounts
)

select
    all_amounts.disclosure_id,
    all_amounts.table_name,
    all_amounts.row_number,
    all_amounts.measure,
    case
        when all_amounts.row_role <> 'stray' and repeats.row_number is not null then 'repeat'
        else all_amounts.row_role
    end as row_role,
    all_amounts.level,
    all_amounts.account_code,
    all_amounts.account_name,
    all_amounts.class_code,
    all_amounts.side,
    all_amounts.line,
    all_amounts.row_key,
    case
        when all_amounts.row_role <> 'stray' and repeats.row_number is null
            then all_amounts.parent_row_key
    end as parent_row_key,
    all_amounts.has_valid_code,
    all_amounts.unit_name,
    all_amounts.printed_amount,
    all_amounts.printed_text,
    coalesce(all_amounts.unit, '') as unit,  -- one that is not printed is not known: no yuan
    all_amounts.source_ref
from all_amounts
left join {{ ref('int_repeated_rows') }} as repeats
    on
        all_amounts.disclosure_id = repeats.disclosure_id
        and all_amounts.table_name = repeats.table_name
        and all_amounts.row_number = repeats.row_number
