-- One row per disclosure, row of a table that others detail and column: it is the sum of them. Of a
-- table by account most of whose sums do not hold, one row, which lacks data.
-- Arithmetic identity of the printed table
-- Accounts show by their codes what they detail, but where most sums of a table do not hold; items
-- show it by the one total. Other rows add up where the other sums and columns show that they do.
-- Rows that come to less than half of their sum are not all: some places leave out what is secret,
-- and some say so.
with secrets as (
    select distinct disclosure_id
    from {{ ref('fct_published_tables') }}
    where {{ leaves_out_secrets('remark') }}
),

row_sums as (
    select
        *,
        sum(is_tied) over (partition by disclosure_id, table_name) as tied_count,
        count(*) over (partition by disclosure_id, table_name) as sum_count,
        sum(is_tied) over (partition by disclosure_id, table_name, row_key) as tied_column_count,
        count(*) over (partition by disclosure_id, table_name, row_key) as column_count
    from {{ ref('int_row_sums') }}
),

-- WT-37 judges a table by its levels.
leveled_tables as (
    select distinct
        disclosure_id,
        table_name
    from {{ ref('int_leveled_rows') }}
    where is_leveled
),

checks as (
    select
        disclosure_id,
        {{ said('three_names', ['table_name', 'row_key', 'measure']) }} as subject,
        sum_yuan as stated_yuan,
        case
            when
                is_tied = 1
                or (
                    disclosure_id not in (select secrets.disclosure_id from secrets)
                    and abs(detail_yuan) >= abs(sum_yuan) * {{ of_rule('threshold') }}
                )
                then detail_yuan
        end as computed_yuan,
        rounding_yuan as tolerance_yuan,
        cast(null as string) as stated_text,
        {{ place_of('stated') }},
        table_name as computed_table_name,
        detail_row_number as computed_row_number,
        detail_source_ref as computed_source_ref,
        detail_count
    from row_sums
    where
        is_by_item
        or (
            is_by_account = 1
            and (
                tied_count * 2 >= sum_count or sum_count <= {{ of_rule('second_threshold') }}
            )
        )
        or (
            tied_count >= (sum_count - tied_count) * {{ of_rule('second_threshold') }}
            and (column_count = 1 or tied_column_count * 2 >= column_count)
        )
    union all
    -- Where most sums of a table by account do not hold, the reading may be wrong.
    select
        row_sums.disclosure_id,
        {{ said('one_name', ['row_sums.table_name']) }} as subject,
        cast(null as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(null as string) as stated_text,
        row_sums.table_name as stated_table_name,
        min(row_sums.row_number) as stated_row_number,
        {{ first_source_ref('row_sums.source_ref') }} as stated_source_ref,
        row_sums.table_name as computed_table_name,
        min(row_sums.detail_row_number) as computed_row_number,
        min_by(row_sums.detail_source_ref, row_sums.detail_row_number) as computed_source_ref,
        sum(row_sums.detail_count) as detail_count
    from row_sums
    left join leveled_tables
        on
            row_sums.disclosure_id = leveled_tables.disclosure_id
            and row_sums.table_name = leveled_tables.table_name
    where
        leveled_tables.table_name is null
        and not row_sums.is_by_item
        and row_sums.is_by_account = 1
        and row_sums.tied_count * 2 < row_sums.sum_count
        and row_sums.sum_count > {{ of_rule('second_threshold') }}
    group by row_sums.disclosure_id, row_sums.table_name
)

{{ judged_amounts('checks', within_tolerance='hint', computed_row_count='detail_count') }}
