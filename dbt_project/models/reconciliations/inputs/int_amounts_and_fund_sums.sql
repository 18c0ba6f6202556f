-- One row per printed amount, and per row and expense of T9 that is printed by fund only, with the
-- sum of its funds.
with measures as (
    select
        column_name as measure,
        min(fund) as fund,
        min(expense) as expense
    from {{ ref('raw_columns') }}
    where role = 'measure'
    group by column_name
),

expenses_by_fund as (
    select
        amounts.*,
        measures.fund,
        coalesce(measures.expense, '') as expense,
        rtrim(
            substr(amounts.measure, 1, length(amounts.measure) - length(measures.fund)), '_'
        ) as stem
    from {{ ref('fct_published_amounts') }} as amounts
    inner join measures
        on
            amounts.measure = measures.measure
            and amounts.measure like '%' || measures.fund
    where amounts.table_name = 'three_public_expenses'
),

sums_of_funds as (
    select
        disclosure_id,
        table_name,
        row_number,
        -- The total of all expenses bears the name of its fund alone.
        case
            when expense <> '' or stem like '%total' then stem
            else concat_ws('_', nullif(stem, ''), 'total')
        end as measure,
        max(row_role) as row_role,
        max(unit) as unit,
        {{ shown_yuan('sum(amount_yuan)') }} as amount_yuan,
        cast(
            coalesce(max(case when amount_yuan <> 0 then half_unit end), max(half_unit))
            * greatest(count(nullif(amount_yuan, 0)), 1)
            as decimal(18, 7)
        ) as half_unit,
        max(row_key) as row_key,
        max(unit_name) as unit_name,
        {{ first_source_ref() }} as source_ref,
        max(is_counted) as is_counted
    from expenses_by_fund
    group by disclosure_id, table_name, row_number, stem, expense
    having count(distinct fund) > 1
)

select
    disclosure_id,
    table_name,
    row_number,
    measure,
    row_role,
    null_kind,
    printed_text,
    unit,
    amount_yuan,
    half_unit,
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
    source_ref,
    is_counted
from {{ ref('fct_published_amounts') }}
union all
select
    sums.disclosure_id,
    sums.table_name,
    sums.row_number,
    sums.measure,
    sums.row_role,
    case
        when sums.amount_yuan is null then 'blank'
        when sums.amount_yuan = 0 then 'zero'
    end as null_kind,
    cast(null as string) as printed_text,
    sums.unit,
    sums.amount_yuan,
    sums.half_unit,
    cast(null as string) as level,
    cast(null as string) as account_code,
    cast(null as string) as account_name,
    cast(null as string) as class_code,
    cast(null as string) as side,
    cast(null as string) as line,
    sums.row_key,
    cast(null as string) as parent_row_key,
    cast(null as boolean) as has_valid_code,
    sums.unit_name,
    sums.source_ref,
    sums.is_counted
from sums_of_funds as sums
left join {{ ref('fct_published_amounts') }} as printed_sums
    on
        sums.disclosure_id = printed_sums.disclosure_id
        and sums.table_name = printed_sums.table_name
        and sums.measure = printed_sums.measure
        and sums.row_number = printed_sums.row_number
where printed_sums.disclosure_id is null
