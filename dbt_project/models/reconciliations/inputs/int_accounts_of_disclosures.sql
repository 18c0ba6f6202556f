-- One row per disclosure and account that it prints with its amount, with its name and first place.
-- Ephemeral: the rules of classification read one common table expression, not the amounts each.
{{ config(materialized='ephemeral') }}
with account_rows as (
    select
        *,
        {{ classification_of_table() }} as classification,
        concat_ws(' ', table_name, source_ref) as place
    from {{ ref('int_located_amounts') }}
    where measure = 'total' and account_code is not null and has_valid_code is not null
)

select
    disclosure_id,
    classification,
    account_code,
    min(class_code) as class_code,
    min_by(account_name, place) as account_name,
    {{ comparable_name('min_by(account_name, place)') }} as comparable_account,
    min({{ comparable_name('account_name') }}) <> max({{ comparable_name('account_name') }})
        as has_two_names,
    min(account_name) as first_spelling,
    max(account_name) as last_spelling,
    max(amount_yuan) as amount_yuan,
    min_by(table_name, place) as table_name,
    {{ first_row_number('row_number', 'place') }} as row_number,
    min_by(source_ref, place) as source_ref
from account_rows
group by disclosure_id, classification, account_code
