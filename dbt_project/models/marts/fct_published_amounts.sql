-- One row per amount as printed: disclosure, table, row and measure.
select
    amounts.disclosure_id,
    amounts.table_name,
    amounts.row_number,
    amounts.measure,
    amounts.row_role,
    case
        when amounts.printed_amount is null then 'blank'
        when amounts.printed_amount = 0 then 'zero'
    end as null_kind,
    amounts.printed_text,
    amounts.unit,
    {{ in_yuan('amounts.printed_amount', 'amounts.unit') }} as amount_yuan,
    {{ half_unit('amounts.printed_text', 'amounts.unit') }} as half_unit,
    amounts.level,
    amounts.account_code,
    amounts.account_name,
    amounts.class_code,
    amounts.side,
    amounts.line,
    amounts.row_key,
    amounts.parent_row_key,
    amounts.has_valid_code,
    amounts.unit_name,
    amounts.source_ref,
    disclosures.is_counted
from {{ ref('int_printed_amounts') }} as amounts
inner join {{ ref('int_disclosures') }} as disclosures
    on amounts.disclosure_id = disclosures.disclosure_id
