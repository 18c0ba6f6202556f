-- One row per disclosure and expense that its table of three public expenses (T9) prints.
select
    disclosure_id,
    table_name,
    measure,
    {{ shown_yuan('sum(amount_yuan)') }} as amount_yuan,
    max(half_unit) as half_unit,
    min(unit) as unit,
    {{ first_row_number() }} as row_number,
    min(source_ref) as source_ref
from {{ ref('int_located_amounts') }}
where table_name = 'three_public_expenses' and amount_yuan is not null
group by disclosure_id, table_name, measure
