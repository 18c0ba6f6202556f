-- One row per disclosure, stage of a budget that its tables print beside the outturn, and node of
-- the functional tree and nature, or expense.
with budget_measures as (
    select
        measure,
        period,
        substr(measure, length(period) + 2) as own_measure
    from {{ ref('int_measures') }}
    where period in ('initial_budget', 'adjusted_budget')
),

amounts as (
    select amounts.*
    from {{ ref('fct_published_amounts') }} as amounts
    inner join {{ ref('int_whole_tables') }} as whole_tables
        on
            amounts.disclosure_id = whole_tables.disclosure_id
            and amounts.table_name = whole_tables.table_name
    where
        amounts.table_name in ('expenditure_by_function', 'three_public_expenses')
        and amounts.row_role in ('leaf', 'subtotal', 'total')
),

pairs as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        budget_measures.period as base_stage,
        amounts.measure,
        amounts.row_role,
        amounts.account_code,
        amounts.level,
        amounts.amount_yuan,
        bases.amount_yuan as base_yuan
    from amounts
    inner join budget_measures
        on amounts.measure = budget_measures.own_measure
    inner join amounts as bases
        on
            amounts.disclosure_id = bases.disclosure_id
            and amounts.table_name = bases.table_name
            and amounts.row_number = bases.row_number
            and budget_measures.measure = bases.measure
    where amounts.amount_yuan is not null and bases.amount_yuan is not null
)

select
    pairs.disclosure_id,
    pairs.base_stage,
    cast(null as string) as function_code,
    cast(null as string) as level,
    cast(null as string) as nature,
    measures.counted_expense as expense,
    try_cast(sum(pairs.amount_yuan) as decimal(18, 2)) as amount_yuan,
    try_cast(sum(pairs.base_yuan) as decimal(18, 2)) as base_yuan
from pairs
inner join {{ ref('int_printed_measures') }} as measures
    on
        pairs.disclosure_id = measures.disclosure_id
        and pairs.table_name = measures.table_name
        and pairs.measure = measures.measure
        and measures.counted_expense is not null
where pairs.table_name = 'three_public_expenses' and pairs.row_role = 'leaf'
group by pairs.disclosure_id, pairs.base_stage, measures.counted_expense
union all
select
    disclosure_id,
    base_stage,
    case row_role when 'total' then 'total' else account_code end as function_code,
    min(level) as level,
    measure as nature,
    cast(null as string) as expense,
    try_cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan,
    try_cast(sum(base_yuan) as decimal(18, 2)) as base_yuan
from pairs
where
    table_name = 'expenditure_by_function'
    and measure in ('total', 'basic', 'project')
    and (row_role = 'total' or account_code is not null)
group by
    disclosure_id,
    base_stage,
    case row_role when 'total' then 'total' else account_code end,
    measure
