-- One row per disclosure and table by function beside another: its amounts stand in the rows of
-- their accounts. They do not where many equal the other table's amount of an account some rows
-- away, and more of its classes are not the sums of their items. The document against itself.
-- More than 150 lines: each table is held against every other one.
with amounts as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.measure,
        amounts.account_code,
        amounts.level,
        amounts.amount_yuan,
        amounts.row_number,
        amounts.source_ref,
        dense_rank() over (
            partition by amounts.disclosure_id, amounts.table_name
            order by amounts.row_number
        ) as position
    from {{ ref('int_located_amounts') }} as amounts
    left join {{ ref('int_unfit_tables') }} as tables
        on
            amounts.disclosure_id = tables.disclosure_id
            and amounts.table_name = tables.table_name
    where
        not coalesce(tables.is_half_read, false)
        and amounts.table_name in (
            'revenue_by_function',
            'expenditure_by_function',
            'general_public_budget_by_function'
        )
        and amounts.account_code is not null
        and amounts.measure in ('total', 'basic', 'project')
),

classes as (
    select
        classes.disclosure_id,
        classes.table_name,
        classes.measure,
        classes.amount_yuan = sum(items.amount_yuan) as is_sum
    from amounts as classes
    inner join amounts as items
        on
            classes.disclosure_id = items.disclosure_id
            and classes.table_name = items.table_name
            and classes.measure = items.measure
            and classes.account_code = substr(items.account_code, 1, 3)
    where classes.level = 'class' and items.level = 'item' and classes.measure = 'total'
    group by
        classes.disclosure_id,
        classes.table_name,
        classes.measure,
        classes.account_code,
        classes.amount_yuan
),

sums as (
    select
        disclosure_id,
        table_name,
        sum(case when not is_sum then 1 else 0 end) as broken_count
    from classes
    group by disclosure_id, table_name
),

-- An amount that is another than the other table's, and that of an account some rows away.
moved_amounts as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        others.table_name as other_table_name,
        amounts.measure,
        amounts.row_number,
        amounts.source_ref
    from amounts
    inner join amounts as others
        on
            amounts.disclosure_id = others.disclosure_id
            and amounts.measure = others.measure
            and amounts.account_code = others.account_code
            and amounts.table_name <> others.table_name
            and amounts.amount_yuan <> others.amount_yuan
    inner join amounts as neighbours
        on
            others.disclosure_id = neighbours.disclosure_id
            and others.table_name = neighbours.table_name
            and others.measure = neighbours.measure
            and amounts.amount_yuan = neighbours.amount_yuan
            and abs(neighbours.position - others.position)
            between 1 and cast({{ of_rule('second_threshold') }} as integer)
            -- A class equals its only section, wherever it stands.
            and neighbours.account_code not like others.account_code || '%'
            and others.account_code not like neighbours.account_code || '%'
    where amounts.amount_yuan <> 0
    group by
        amounts.disclosure_id,
        amounts.table_name,
        others.table_name,
        amounts.measure,
        amounts.row_number,
        amounts.source_ref
),

moved_rows as (
    select
        moved_amounts.disclosure_id,
        moved_amounts.table_name,
        moved_amounts.other_table_name,
        count(distinct moved_amounts.row_number) as row_count,
        min(moved_amounts.row_number) as row_number,
        {{ first_source_ref('moved_amounts.source_ref') }} as source_ref
    from moved_amounts
    inner join sums
        on
            moved_amounts.disclosure_id = sums.disclosure_id
            and moved_amounts.table_name = sums.table_name
    inner join sums as other_sums
        on
            moved_amounts.disclosure_id = other_sums.disclosure_id
            and moved_amounts.other_table_name = other_sums.table_name
            and sums.broken_count > other_sums.broken_count
    group by
        moved_amounts.disclosure_id, moved_amounts.table_name, moved_amounts.other_table_name
    having count(distinct moved_amounts.row_number) >= cast({{ of_rule('threshold') }} as integer)
),

gravest_tables as (
    select
        *,
        row_number() over (
            partition by disclosure_id, table_name
            order by row_count desc, other_table_name asc
        ) as table_rank
    from moved_rows
),

-- A table with sums beside one with sums that prints one of its accounts.
compared_tables as (
    select distinct
        amounts.disclosure_id,
        amounts.table_name
    from amounts
    inner join amounts as others
        on
            amounts.disclosure_id = others.disclosure_id
            and amounts.measure = others.measure
            and amounts.account_code = others.account_code
            and amounts.table_name <> others.table_name
    inner join sums
        on amounts.disclosure_id = sums.disclosure_id and amounts.table_name = sums.table_name
    inner join sums as other_sums
        on
            others.disclosure_id = other_sums.disclosure_id
            and others.table_name = other_sums.table_name
),

printed_tables as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        min(amounts.row_number) as row_number,
        {{ first_source_ref('amounts.source_ref') }} as source_ref
    from amounts
    inner join compared_tables
        on
            amounts.disclosure_id = compared_tables.disclosure_id
            and amounts.table_name = compared_tables.table_name
    group by amounts.disclosure_id, amounts.table_name
),

checks as (
    select
        printed_tables.disclosure_id,
        {{ said('one_name', ['printed_tables.table_name']) }} as subject,
        gravest_tables.row_count is not null as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        case
            when gravest_tables.row_count is not null
                then {{ said('rows_out_of_place', ['gravest_tables.row_count']) }}
        end as stated_text,
        printed_tables.table_name as stated_table_name,
        coalesce(gravest_tables.row_number, printed_tables.row_number) as stated_row_number,
        coalesce(gravest_tables.source_ref, printed_tables.source_ref) as stated_source_ref,
        coalesce(gravest_tables.row_count, 1) as stated_row_count
    from printed_tables
    left join gravest_tables
        on
            printed_tables.disclosure_id = gravest_tables.disclosure_id
            and printed_tables.table_name = gravest_tables.table_name
            and gravest_tables.table_rank = 1
)

{{ judged_statements('checks', stated_row_count='stated_row_count') }}
