-- One row per disclosure, row of a table with levels and without codes that rows of the next level
-- detail, and column: it is the sum of them. Arithmetic identity of the printed table
-- Levels are told by their place on the page: where many sums do not hold, they were told wrongly.
with secrets as (
    select distinct disclosure_id
    from {{ ref('fct_published_tables') }}
    where {{ leaves_out_secrets('remark') }}
),

amounts as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.measure,
        amounts.row_number,
        amounts.account_name,
        amounts.source_ref,
        amounts.amount_yuan,
        {{ rounding_yuan('amounts') }} as rounding_yuan
    from {{ ref('fct_published_amounts') }} as amounts
    left join {{ ref('int_unfit_tables') }} as tables
        on
            amounts.disclosure_id = tables.disclosure_id
            and amounts.table_name = tables.table_name
    where
        not coalesce(tables.is_half_read, false)
        and amounts.row_role in ('leaf', 'subtotal', 'unplaced')
        and amounts.amount_yuan is not null
        and amounts.measure not in (
            select columns.column_name
            from {{ ref('raw_columns') }} as columns
            where columns.period = 'change_ratio'
        )
),

details as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.measure,
        leveled_rows.parent_row_number,
        {{ wide_yuan('sum(case when leveled_rows.is_leveled then amounts.amount_yuan end)') }}
            as detail_yuan,
        sum(case when leveled_rows.is_leveled then amounts.rounding_yuan end) as rounding_yuan,
        count(case when leveled_rows.is_leveled then 1 end) as detail_count,
        -- 其中 lists some of the details only, and nobody knows of which row an amount without a
        -- level is a part.
        count(
            case
                when
                    amounts.amount_yuan <> 0
                    and (not leveled_rows.is_leveled or amounts.account_name like '其中%')
                    then 1
            end
        ) as doubtful_count,
        min(case when leveled_rows.is_leveled then amounts.row_number end) as row_number,
        {{ first_source_ref('case when leveled_rows.is_leveled then amounts.source_ref end') }}
            as source_ref
    from amounts
    inner join {{ ref('int_leveled_rows') }} as leveled_rows
        on
            amounts.disclosure_id = leveled_rows.disclosure_id
            and amounts.table_name = leveled_rows.table_name
            and amounts.row_number = leveled_rows.row_number
    group by
        amounts.disclosure_id,
        amounts.table_name,
        amounts.measure,
        leveled_rows.parent_row_number
    having count(case when leveled_rows.is_leveled then 1 end) > 0
),

sums as (
    select
        amounts.*,
        details.detail_yuan,
        amounts.rounding_yuan + details.rounding_yuan as tolerance_yuan,
        details.detail_count,
        details.doubtful_count,
        details.row_number as detail_row_number,
        details.source_ref as detail_source_ref,
        case
            when
                abs(amounts.amount_yuan - details.detail_yuan)
                <= amounts.rounding_yuan + details.rounding_yuan
                then 1
            else 0
        end as is_tied
    from amounts
    inner join details
        on
            amounts.disclosure_id = details.disclosure_id
            and amounts.table_name = details.table_name
            and amounts.measure = details.measure
            and amounts.row_number = details.parent_row_number
    where amounts.amount_yuan <> 0 or details.detail_yuan <> 0
),

judged_sums as (
    select
        *,
        sum(is_tied) over (partition by disclosure_id, table_name) as tied_count,
        count(case when is_tied = 1 or doubtful_count = 0 then 1 end)
            over (partition by disclosure_id, table_name) as sum_count
    from sums
),

checks as (
    select
        disclosure_id,
        {{ said('three_names', [
            'table_name', "concat_ws(' ', 'row', row_number, account_name)", 'measure'
        ]) }} as subject,
        amount_yuan as stated_yuan,
        case
            when
                is_tied = 1
                or (
                    tied_count >= (sum_count - tied_count) * {{ of_rule('second_threshold') }}
                    and disclosure_id not in (select secrets.disclosure_id from secrets)
                    and doubtful_count = 0
                    and detail_yuan >= amount_yuan * {{ of_rule('threshold') }}
                )
                then detail_yuan
        end as computed_yuan,
        tolerance_yuan,
        cast(null as string) as stated_text,
        {{ place_of('stated') }},
        table_name as computed_table_name,
        detail_row_number as computed_row_number,
        detail_source_ref as computed_source_ref,
        detail_count
    from judged_sums
)

{{ judged_amounts('checks', within_tolerance='hint', computed_row_count='detail_count') }}
