-- One row per disclosure and account of its table of all expenditure (T3), with its place.
select
    disclosure_id,
    account_code,
    table_name,
    min(account_name) as account_name,
    max(amount_yuan) as amount_yuan,
    min(row_number) as row_number,
    {{ first_source_ref() }} as source_ref
from {{ ref('int_located_amounts') }}
where
    table_name = 'expenditure_by_function'
    and measure = 'total'
    and account_code is not null
group by disclosure_id, account_code, table_name
