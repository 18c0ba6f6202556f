-- One row per disclosure, table, row that others detail and column in which no rule compares them.
-- More than 150 lines: tables by account, of items and by unit are held against their sums alike.
with amounts as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.measure,
        amounts.row_role,
        amounts.account_code,
        amounts.row_key,
        amounts.parent_row_key,
        amounts.row_number,
        amounts.source_ref,
        amounts.amount_yuan,
        {{ rounding_yuan('amounts') }} as rounding_yuan
    from {{ ref('fct_published_amounts') }} as amounts
    left join {{ ref('int_unfit_tables') }} as tables
        on
            amounts.disclosure_id = tables.disclosure_id
            and amounts.table_name = tables.table_name
    left join {{ ref('int_summed_columns') }} as summed
        on
            amounts.disclosure_id = summed.disclosure_id
            and amounts.table_name = summed.table_name
            and amounts.measure = summed.measure
            and summed.summed = 'rows'
    where
        summed.disclosure_id is null
        and not coalesce(tables.is_half_read, false)
        and amounts.row_role in ('leaf', 'subtotal', 'total')
        -- Other rules judge the lines of a summary.
        and amounts.side is null
        and amounts.amount_yuan is not null
        and amounts.measure not in (
            select columns.column_name
            from {{ ref('raw_columns') }} as columns
            where columns.period = 'change_ratio'
        )
),

-- A row of which nobody knows the place may belong to any sum.
tables_with_unplaced_rows as (
    select distinct
        disclosure_id,
        table_name
    from {{ ref('fct_published_amounts') }}
    where row_role = 'unplaced' and amount_yuan <> 0
),

-- A row of expenses shows a total in one column and a part in another.
rows_of_tables as (
    select
        disclosure_id,
        table_name,
        row_key,
        case when count(distinct row_role) > 1 then 'leaf' else min(row_role) end as row_role,
        count(parent_row_key) as parent_count
    from amounts
    group by disclosure_id, table_name, row_key
),

-- The total of a table without a tree, which all its items or units detail.
single_totals as (
    select
        disclosure_id,
        table_name,
        min(case row_role when 'total' then row_key end) as row_key
    from rows_of_tables
    group by disclosure_id, table_name
    having sum(parent_count) = 0 and count(case row_role when 'total' then 1 end) = 1
),

detailed as (
    select
        amounts.*,
        amounts.parent_row_key as sum_key,
        false as is_item
    from amounts
    where amounts.parent_row_key is not null and amounts.row_role <> 'total'
    union all
    select
        amounts.*,
        single_totals.row_key as sum_key,
        true as is_item
    from amounts
    inner join rows_of_tables as printed_rows
        on
            amounts.disclosure_id = printed_rows.disclosure_id
            and amounts.table_name = printed_rows.table_name
            and amounts.row_key = printed_rows.row_key
            and printed_rows.row_role = 'leaf'
    inner join single_totals
        on
            amounts.disclosure_id = single_totals.disclosure_id
            and amounts.table_name = single_totals.table_name
),

details as (
    select
        disclosure_id,
        table_name,
        measure,
        sum_key,
        {{ wide_yuan('sum(amount_yuan)') }} as detail_yuan,
        sum(rounding_yuan) as rounding_yuan,
        count(*) as detail_count,
        min(case when account_code is not null then 1 else 0 end) as is_by_account,
        max(is_item) as is_by_item,
        min(row_number) as row_number,
        min_by(source_ref, row_number) as source_ref
    from detailed
    group by disclosure_id, table_name, measure, sum_key
),

sums as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.measure,
        amounts.row_key,
        {{ wide_yuan('sum(amounts.amount_yuan)') }} as sum_yuan,
        sum(amounts.rounding_yuan) as rounding_yuan,
        min(amounts.row_number) as row_number,
        min_by(amounts.source_ref, amounts.row_number) as source_ref
    from amounts
    group by
        amounts.disclosure_id,
        amounts.table_name,
        amounts.measure,
        amounts.row_key
)

select
    sums.disclosure_id,
    sums.table_name,
    sums.measure,
    sums.row_key,
    {{ shown_yuan('sums.sum_yuan') }} as sum_yuan,
    sums.row_number,
    sums.source_ref,
    {{ shown_yuan('details.detail_yuan') }} as detail_yuan,
    details.detail_count,
    details.is_by_account,
    details.is_by_item,
    details.row_number as detail_row_number,
    details.source_ref as detail_source_ref,
    {{ shown_yuan('sums.rounding_yuan + details.rounding_yuan') }} as rounding_yuan,
    case
        when
            abs(sums.sum_yuan - details.detail_yuan) <= sums.rounding_yuan + details.rounding_yuan
            then 1
        else 0
    end as is_tied
from sums
inner join details
    on
        sums.disclosure_id = details.disclosure_id
        and sums.table_name = details.table_name
        and sums.measure = details.measure
        and sums.row_key = details.sum_key
left join tables_with_unplaced_rows as unplaced
    on
        sums.disclosure_id = unplaced.disclosure_id
        and sums.table_name = unplaced.table_name
-- Another rule judges the total of a table that facts count.
left join {{ ref('fct_table_totals') }} as totals
    on
        sums.row_key = 'total row'
        and sums.disclosure_id = totals.disclosure_id
        and sums.table_name = totals.table_name
        and sums.measure = totals.measure
where
    unplaced.table_name is null
    and totals.table_name is null
    -- Nothing shows of a form by zeros.
    and (sums.sum_yuan <> 0 or details.detail_yuan <> 0)
