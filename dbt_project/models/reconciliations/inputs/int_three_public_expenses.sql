-- One row per disclosure and expense that its table of three public expenses (T9) prints.
with printed_rows as (
    select
        *,
        -- In every row the total of all expenses is a total.
        min(case when measure <> 'total' then row_role end) over (
            partition by disclosure_id, row_number
        ) = 'total' as is_of_all_units
    from {{ ref('int_amounts_of_all_forms') }}
    where
        table_name = 'three_public_expenses'
        and amount_yuan is not null
        and row_role in ('leaf', 'subtotal', 'total')
)

select
    disclosure_id,
    table_name,
    measure,
    {{ shown_yuan('sum(amount_yuan)') }} as amount_yuan,
    max(half_unit) as half_unit,
    min(unit) as unit,
    min(row_number) as row_number,
    {{ first_source_ref() }} as source_ref
from printed_rows
where is_of_all_units or not has_other_rows
group by disclosure_id, table_name, measure
