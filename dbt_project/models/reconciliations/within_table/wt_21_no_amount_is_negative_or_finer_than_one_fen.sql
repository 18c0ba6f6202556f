-- One row per disclosure and table, or per amount of it out of range: every amount is not negative
-- and no finer than one fen. 人民币以分为最小单位
with amounts_out_of_range as (
    select *
    from {{ ref('int_amounts_of_all_forms') }}
    where
        amount_yuan < 0
        or (printed_text like '%.%' and half_unit * 2 < {{ of_rule('threshold') }})
),

checks as (
    select
        tables.disclosure_id,
        case
            when amounts.row_key is null then {{ said('one_name', ['tables.table_name']) }}
            else {{ said('three_names', [
                'tables.table_name', 'amounts.row_key', 'amounts.measure'
            ]) }}
        end as subject,
        max(amounts.row_key) is not null as is_failed,
        max(amounts.amount_yuan) as stated_yuan,
        {{ printed('max(amounts.printed_text)') }} as stated_text,
        tables.table_name as stated_table_name,
        min(amounts.row_number) as stated_row_number,
        {{ first_source_ref('amounts.source_ref') }} as stated_source_ref
    from {{ ref('int_printed_tables') }} as tables
    left join amounts_out_of_range as amounts
        on
            tables.disclosure_id = amounts.disclosure_id
            and tables.table_name = amounts.table_name
    group by tables.disclosure_id, tables.table_name, amounts.row_key, amounts.measure
)

{{ judged_statements('checks') }}
