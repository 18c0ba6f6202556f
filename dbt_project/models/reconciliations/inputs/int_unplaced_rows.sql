-- One row per disclosure, table and row that has no place among the accounts; of a table without
-- codes one for all of them.
with unplaced_rows as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        min(amounts.row_key) as row_key,
        min(amounts.account_code) as printed_code,
        min(amounts.account_name) as account_name,
        {{ first_source_ref('amounts.source_ref') }} as source_ref,
        max(case amounts.measure when 'total' then amounts.amount_yuan end) as amount_yuan,
        max(amounts.account_code is null and forms.is_without_codes) as is_of_form_without_codes
    from {{ ref('int_amounts_of_rules') }} as amounts
    inner join {{ ref('int_code_forms') }} as forms
        on
            amounts.disclosure_id = forms.disclosure_id
            and amounts.table_name = forms.table_name
    where amounts.row_role = 'unplaced'
    group by amounts.disclosure_id, amounts.table_name, amounts.row_number
    having min(amounts.account_code) is not null or count(nullif(amounts.amount_yuan, 0)) > 0
)

select
    disclosure_id,
    table_name,
    case when not is_of_form_without_codes then row_key end as row_key,
    max(is_of_form_without_codes) as is_of_form_without_codes,
    max(printed_code) as printed_code,
    min(concat_ws(' ', printed_code, account_name)) as printed_text,
    max(amount_yuan) as amount_yuan,
    min(row_number) as row_number,
    {{ first_source_ref() }} as source_ref
from unplaced_rows
group by disclosure_id, table_name, case when not is_of_form_without_codes then row_key end
