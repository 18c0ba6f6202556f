-- One row per disclosure, table and row of an account below a class: it stands below its own class
-- and section. 政府收支分类科目
with printed_rows as (
    select
        *,
        {{ classification_of_table() }} as classification
    from {{ ref('int_amounts_of_all_forms') }}
    where
        measure = 'total'
        and row_role in ('leaf', 'subtotal', 'total', 'unplaced')
        -- Final accounts print the blocks of T8 side by side, page after page.
        and not (
            table_name = 'basic_expenditure_by_economic'
            and disclosure_id in (
                select disclosures.disclosure_id
                from {{ ref('dim_disclosures') }} as disclosures
                where disclosures.stage = 'final_accounts'
            )
        )
        and has_valid_code is not null
),

-- The class last printed above a row, and the section where none but its items came between. Below
-- a row that could not be placed, nobody knows which it is.
rows_below as (
    select
        *,
        max_by(
            case
                when row_role = 'unplaced' then ''
                else concat_ws(' ', account_code, account_name)
            end,
            case when level = 'class' or row_role = 'unplaced' then row_number end
        ) over rows_above as class_above,
        max_by(
            case when row_role = 'unplaced' then '' else account_code end,
            case when level in ('class', 'section') or row_role = 'unplaced' then row_number end
        ) over rows_above as section_above
    from printed_rows
    window rows_above as (
        partition by disclosure_id, table_name
        order by row_number
        rows between unbounded preceding and current row
    )
),

checks as (
    select
        disclosure_id,
        {{ said('three_names', [
            'table_name', 'account_code', "'row ' || cast(row_number as string)"
        ]) }} as subject,
        substr(class_above, 1, 3) <> class_code
        or (
            classification = 'function'
            and level = 'item'
            and length(section_above) > 3
            and section_above <> substr(account_code, 1, 5)
        ) as is_failed,
        amount_yuan as stated_yuan,
        {{ printed("concat_ws(' ', account_code, account_name)") }} as stated_text,
        {{ said('below', ['class_above']) }} as computed_text,
        {{ place_of('stated') }}
    from rows_below
    where account_code is not null and row_role in ('leaf', 'subtotal') and class_above <> ''
)

{{ judged_statements('checks', computed_text='computed_text') }}
