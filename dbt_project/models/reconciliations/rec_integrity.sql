-- One row per guard of the pipeline's own work, disclosure and what is guarded.
-- More than 150 lines: it guards every table from staging to the facts.
{{ config(materialized='table') }}
{%- set staged = [
    'disclosures',
    'tables',
    'printed_rows',
    'projects',
    'performance_targets',
    'narrative_claims',
    'statements',
] %}
{%- set facts = {
    'fct_revenues': 'revenues',
    'fct_expenditures': 'expenditures',
    'fct_basic_expenditures': 'basic_expenditures',
    'fct_three_public_expenses': 'three_public_expenses',
    'fct_projects': 'projects',
} %}
with landed as (
    select
        disclosure_id,
        folder,
        row_count,
        is_stale
    from {{ source('landing', 'disclosures') }}
    where {{ is_affected() }}
),

staged_rows as (
    {%- for model in staged %}
        select
            disclosure_id,
            count(*) as row_count
        from {{ ref('stg_' ~ model) }}
        group by disclosure_id
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

staged_counts as (
    select
        disclosure_id,
        sum(row_count) as row_count
    from staged_rows
    where {{ is_affected() }}
    group by all
),

-- Landing counted the rows as it read the files.
rows_lost_or_doubled as (
    select
        'every landed row is staged once' as guard,
        coalesce(landed.disclosure_id, staged_counts.disclosure_id) as disclosure_id,
        'rows' as subject,
        cast(coalesce(landed.row_count, 0) as decimal(24, 2)) as expected,
        cast(coalesce(staged_counts.row_count, 0) as decimal(24, 2)) as actual
    from landed
    full join staged_counts
        on landed.disclosure_id = staged_counts.disclosure_id
),

-- A declared row is staged, or stands among the rejects, or an older text of it stands.
raw_rows as (
    select
        'what was read is what the files hold' as guard,
        landed.disclosure_id,
        'rows' as subject,
        cast(declared.row_count as decimal(24, 2)) as expected,
        cast(coalesce(staged_counts.row_count, 0) as decimal(24, 2)) as actual
    from landed
    inner join {{ source('landing', 'declared') }} as declared
        on
            landed.disclosure_id = declared.disclosure_id
            and landed.folder = declared.folder
    left join staged_counts
        on landed.disclosure_id = staged_counts.disclosure_id
    where not landed.is_stale
),

revenues as (
    {{ staged_leaves('revenue_by_function', 'counted_source') }}
),

expenditures_in_total as (
    {{ staged_leaves('expenditure_by_function', 'counted_nature') }}
),

expenditures_by_fund as (
    {%- for fund in ['general_public_budget', 'government_funds', 'state_capital'] %}
        {{ staged_leaves(fund ~ '_by_function', 'counted_nature') }}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

-- Where a document prints no T3, its spending is what the funds say.
expenditures as (
    select
        disclosure_id,
        amount_yuan
    from expenditures_in_total
    union all
    select
        disclosure_id,
        sum(amount_yuan) as amount_yuan
    from expenditures_by_fund
    where
        disclosure_id not in (
            select expenditures_in_total.disclosure_id from expenditures_in_total
        )
    group by disclosure_id
),

basic_expenditures as (
    {{ staged_leaves('basic_expenditure_by_economic', 'counted_component') }}
),

three_public_expenses as (
    select
        staged.disclosure_id,
        sum(coalesce({{ in_yuan('staged.printed_amount', 'staged.unit') }}, 0)) as amount_yuan
    from {{ ref('stg_printed_amounts') }} as staged
    inner join {{ ref('int_printed_measures') }} as measures
        on
            staged.disclosure_id = measures.disclosure_id
            and staged.table_name = measures.table_name
            and staged.measure = measures.measure
            and measures.counted_expense is not null
    left join {{ ref('int_unit_rows') }} as unit_rows
        on
            staged.disclosure_id = unit_rows.disclosure_id
            and staged.table_name = unit_rows.table_name
            and staged.row_number = unit_rows.row_number
    left join {{ ref('int_repeated_rows') }} as repeats
        on
            staged.disclosure_id = repeats.disclosure_id
            and staged.table_name = repeats.table_name
            and staged.row_number = repeats.row_number
    where
        staged.table_name = 'three_public_expenses'
        and repeats.row_number is null
        and coalesce(unit_rows.row_role, 'leaf') = 'leaf'
    group by staged.disclosure_id
),

projects as (
    select
        staged.disclosure_id,
        sum({{ in_yuan('staged.annual_total', 'staged.unit') }}) as amount_yuan
    from {{ ref('stg_projects') }} as staged
    left join {{ ref('int_repeated_rows') }} as repeats
        on
            repeats.table_name = 'projects'
            and staged.disclosure_id = repeats.disclosure_id
            and staged.row_number = repeats.row_number
    where repeats.row_number is null
    group by staged.disclosure_id
),

staged_sums as (
    {%- for fact, relation in facts.items() %}
        select
            '{{ fact }}' as fact,
            disclosure_id,
            amount_yuan
        from {{ relation }}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

mart_sums as (
    {%- for fact in facts %}
        select
            '{{ fact }}' as fact,
            disclosure_id,
            sum({{ 'annual_yuan' if fact == 'fct_projects' else 'amount_yuan' }}) as amount_yuan,
            -- A sum that no column of money holds is null in its fact, and adds up to nothing.
            {% if fact == 'fct_projects' -%}
                true
            {%- else -%}
                count(amount_yuan) = count(*)
            {%- endif %} as is_whole
        from {{ ref(fact) }}
        group by disclosure_id
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

leaf_sums as (
    select
        'leaf sums are the same from staging to mart' as guard,
        coalesce(staged_sums.disclosure_id, mart_sums.disclosure_id) as disclosure_id,
        coalesce(staged_sums.fact, mart_sums.fact) as subject,
        cast(coalesce(staged_sums.amount_yuan, 0) as decimal(24, 2)) as expected,
        cast(coalesce(mart_sums.amount_yuan, 0) as decimal(24, 2)) as actual
    from staged_sums
    full join mart_sums
        on
            staged_sums.fact = mart_sums.fact
            and staged_sums.disclosure_id = mart_sums.disclosure_id
    where coalesce(mart_sums.is_whole, true)
)

select * from rows_lost_or_doubled
union all
select * from raw_rows
union all
select * from leaf_sums
