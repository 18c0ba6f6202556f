-- One row per disclosure, table by function and account that it prints, with its first place.
select
    disclosure_id,
    table_name,
    account_code,
    min(account_name) as account_name,
    min(row_number) as row_number,
    {{ first_source_ref() }} as source_ref
from {{ ref('int_located_amounts') }}
where
    account_code is not null
    and table_name <> 'basic_expenditure_by_economic'
    and row_role in ('leaf', 'subtotal')
group by disclosure_id, table_name, account_code
