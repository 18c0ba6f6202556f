-- One row per amount cell of a printed table, blank cells included, with its place in the tree.
{{ config(materialized='view') }}
{%- set by_account = {
    'revenue_by_function': [
        'total',
        'fiscal_appropriation',
        'institution_revenue',
        'business_revenue',
        'other_revenue',
    ],
    'expenditure_by_function': ['total', 'basic', 'project'],
    'general_public_budget_by_function': ['total', 'basic', 'project'],
    'government_funds_by_function': ['total', 'basic', 'project'],
    'state_capital_by_function': ['total', 'basic', 'project'],
    'basic_expenditure_by_economic': ['total', 'personnel', 'public_use'],
} %}
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
with account_amounts as (
    {%- for table_name, measures in by_account.items() %}
        select
            '{{ table_name }}' as table_name,
            amounts.*
        from ({{ unpivoted(ref('stg_' ~ table_name), measures) }}) as amounts
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

summary_amounts as (
    select
        'revenue_expenditure_summary' as table_name,
        amounts.*
    from ({{ unpivoted(
        ref('stg_revenue_expenditure_summary'),
        ['amount', 'personnel', 'public_use', 'project']
    ) }}) as amounts
    union all
    select
        'fiscal_appropriation_summary' as table_name,
        amounts.*
    from ({{ unpivoted(
        ref('stg_fiscal_appropriation_summary'),
        ['total', 'general_public_budget', 'government_funds', 'state_capital']
    ) }}) as amounts
),

amounts_in_trees as (
    select
        account_amounts.*,
        account_rows.row_role,
        account_rows.level,
        account_rows.account_code,
        account_rows.account_name,
        account_rows.class_code,
        cast(null as string) as side,
        cast(null as string) as line,
        account_rows.row_key,
        account_rows.parent_row_key,
        account_rows.has_valid_code
    from account_amounts
    inner join {{ ref('int_account_rows') }} as account_rows
        on
            account_amounts.disclosure_id = account_rows.disclosure_id
            and account_amounts.table_name = account_rows.table_name
            and account_amounts.row_number = account_rows.row_number
    union all
    select
        summary_amounts.*,
        summary_rows.row_role,
        summary_rows.level,
        cast(null as string) as account_code,
        summary_rows.label as account_name,
        summary_rows.class_code,
        summary_rows.side,
        summary_rows.line,
        summary_rows.row_key,
        summary_rows.parent_row_key,
        cast(null as boolean) as has_valid_code
    from summary_amounts
    inner join {{ ref('int_summary_rows') }} as summary_rows
        on
            summary_amounts.disclosure_id = summary_rows.disclosure_id
            and summary_amounts.table_name = summary_rows.table_name
            and summary_amounts.row_number = summary_rows.row_number
    {%- for table_name, roles in {
        'three_public_expenses': three_public,
        'projects': project_funds,
    }.items() %}
        union all
        select
            '{{ table_name }}' as table_name,
            amounts.*,
            case amounts.measure
                {%- for measure, role in roles.items() %}
                    when '{{ measure }}' then '{{ role }}'
                {%- endfor %}
            end as row_role,
            cast(null as string) as level,
            cast(null as string) as account_code,
            cast(null as string) as account_name,
            cast(null as string) as class_code,
            cast(null as string) as side,
            cast(null as string) as line,
            'row ' || cast(amounts.row_number as string) as row_key,
            cast(null as string) as parent_row_key,
            cast(null as boolean) as has_valid_code
        from ({{ unpivoted(ref('stg_' ~ table_name), roles.keys() | list) }}) as amounts
    {%- endfor %}
),

-- A column without one figure in its table was not printed: its cells are no blanks.
printed_columns as (
    select
        *,
        count(printed_amount) over (
            partition by disclosure_id, table_name, side, measure
        ) as figures_in_column
    from amounts_in_trees
)

select
    disclosure_id,
    table_name,
    row_number,
    measure,
    row_role,
    level,
    account_code,
    account_name,
    class_code,
    side,
    line,
    row_key,
    parent_row_key,
    has_valid_code,
    printed_amount,
    printed_text,
    coalesce(unit, '元') as unit,
    source_ref
from printed_columns
where figures_in_column > 0
union all
-- A figure under no heading: transcribed as the row's note, kept, and in no sum.
select
    disclosure_id,
    table_name,
    row_number,
    'note' as measure,
    'stray' as row_role,
    level,
    account_code,
    account_name,
    class_code,
    side,
    line,
    row_key,
    cast(null as string) as parent_row_key,
    has_valid_code,
    {{ amount('note') }} as printed_amount,
    note as printed_text,
    coalesce(unit, '元') as unit,
    source_ref
from printed_columns
where
    measure in ('total', 'amount')
    and {{ matches(printed_digits('note'), '-?[0-9]+([.][0-9]+)?') }}
