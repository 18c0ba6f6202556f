-- One row per amount cell of a printed table, blank cells included, with its place in the tree.
-- More than 150 lines: every table is unpivoted in one stream.
{{ config(materialized='view' if target.type == 'duckdb' else 'table') }}
{%- set by_account = measures_by_account() %}
{%- set summaries = measures_of_summaries() %}
{%- set three_public = {
    'total': 'total',
    'overseas_visits': 'leaf',
    'official_hospitality': 'leaf',
    'vehicle_total': 'subtotal',
    'vehicle_purchase': 'leaf',
    'vehicle_operation': 'leaf',
    'agency_operating_expenses': 'leaf',
} %}
{%- set project_funds = {
    'total': 'total',
    'fiscal_funds': 'subtotal',
    'other_funds': 'subtotal',
    'annual_total': 'subtotal',
    'annual_fiscal': 'leaf',
    'annual_carryover': 'leaf',
    'annual_other': 'leaf',
} %}
{%- set roles_by_measure = {'three_public_expenses': three_public, 'projects': project_funds} %}
{%- set measures_by_table = {} %}
{%- do measures_by_table.update(by_account) %}
{%- do measures_by_table.update(summaries) %}
{%- for table_name, roles in roles_by_measure.items() %}
    {%- do measures_by_table.update({table_name: roles.keys() | list}) %}
{%- endfor %}
{%- set note_is_figure = is_figure('printed_rows.note', 'printed_rows.unit') %}
{%- set places = [
    'disclosure_id',
    'table_name',
    'row_number',
    'row_role',
    'level',
    'account_code',
    'account_name',
    'class_code',
    'side',
    'line',
    'row_key',
    'parent_row_key',
    'has_valid_code',
    'is_repeat',
    'unit',
    'source_ref',
] %}
with
{%- for table_name, measures in measures_by_table.items() %}
    -- A column without one figure in its table was not printed: its cells are no blanks.
    {{ table_name }}_columns as (
        select
            {%- for measure in measures %}
                count({{ measure }}) > 0 as {{ measure }}_is_printed,
            {%- endfor %}
            disclosure_id,
            {{ 'side' if table_name in summaries else 'cast(null as string)' }} as side
        from {{ ref('stg_' ~ table_name) }}
        group by all
    ),

    {{ table_name }}_rows as (
        select
            {%- for measure in measures %}
                printed_rows.{{ measure }},
                printed_rows.{{ measure }}_text,
                printed_columns.{{ measure }}_is_printed,
            {%- endfor %}
            -- A figure under no heading: transcribed as the row's note, kept, and in no sum.
            case when {{ note_is_figure }} then {{ amount('printed_rows.note') }} end as note,
            printed_rows.note as note_text,
            coalesce({{ note_is_figure }}, false) as note_is_printed,
            repeats.row_number is not null as is_repeat,
            printed_rows.disclosure_id,
            printed_rows.row_number,
            printed_rows.unit,
            printed_rows.source_ref,
            '{{ table_name }}' as table_name,
            {%- if table_name in by_account %}
                tree.row_role,
                tree.level,
                tree.account_code,
                tree.account_name,
                tree.class_code,
                cast(null as string) as side,
                cast(null as string) as line,
                tree.row_key,
                tree.parent_row_key,
                tree.has_valid_code
            {%- elif table_name in summaries %}
                tree.row_role,
                tree.level,
                cast(null as string) as account_code,
                tree.label as account_name,
                tree.class_code,
                tree.side,
                tree.line,
                tree.row_key,
                tree.parent_row_key,
                cast(null as boolean) as has_valid_code
            {%- else %}
                cast(null as string) as row_role,
                cast(null as string) as level,
                cast(null as string) as account_code,
                cast(null as string) as account_name,
                cast(null as string) as class_code,
                cast(null as string) as side,
                cast(null as string) as line,
                'row ' || cast(printed_rows.row_number as string) as row_key,
                cast(null as string) as parent_row_key,
                cast(null as boolean) as has_valid_code
            {%- endif %}
        from {{ ref('stg_' ~ table_name) }} as printed_rows
        inner join {{ table_name }}_columns as printed_columns
            on
                printed_rows.disclosure_id = printed_columns.disclosure_id
                {%- if table_name in summaries %}
                    and printed_rows.side = printed_columns.side
                {%- endif %}
        left join {{ ref('int_repeated_rows') }} as repeats
            on
                repeats.table_name = '{{ table_name }}'
                and printed_rows.disclosure_id = repeats.disclosure_id
                and printed_rows.row_number = repeats.row_number
        {%- if table_name not in roles_by_measure %}
            inner join
                {{ ref('int_account_rows' if table_name in by_account else 'int_summary_rows') }}
                    as tree
                on
                    tree.table_name = '{{ table_name }}'
                    and printed_rows.disclosure_id = tree.disclosure_id
                    and printed_rows.row_number = tree.row_number
        {%- endif %}
    ),
{% endfor %}

amounts as (
    {%- for table_name, measures in measures_by_table.items() %}
        {{ unpivoted(table_name ~ '_rows', measures + ['note'], places) }}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

select
    disclosure_id,
    table_name,
    row_number,
    measure,
    case
        when measure = 'note' then 'stray'
        when is_repeat then 'repeat'
        {%- for table_name, roles in roles_by_measure.items() %}
            {%- for measure, role in roles.items() %}
                when table_name = '{{ table_name }}' and measure = '{{ measure }}' then '{{ role }}'
            {%- endfor %}
        {%- endfor %}
        else row_role
    end as row_role,
    level,
    account_code,
    account_name,
    class_code,
    side,
    line,
    row_key,
    case when measure <> 'note' and not is_repeat then parent_row_key end as parent_row_key,
    has_valid_code,
    printed_amount,
    printed_text,
    coalesce(unit, '') as unit,  -- one that is not printed is not known: no yuan
    source_ref
from amounts
