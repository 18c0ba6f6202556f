-- One row per disclosure and account that is appropriated, with the amount that the tables print:
-- the tables by fund say it, T3 only in their absence.
with disclosures_by_fund as (
    select disclosure_id
    from {{ ref('int_located_amounts') }}
    where table_name in {{ tables_by_fund() }} and measure = 'total' and account_code is not null
    group by disclosure_id
),

printed_amounts as (
    select
        amounts.*,
        concat_ws(' ', amounts.table_name, amounts.source_ref) as place
    from {{ ref('int_located_amounts') }} as amounts
    left join disclosures_by_fund
        on amounts.disclosure_id = disclosures_by_fund.disclosure_id
    where
        amounts.measure = 'total'
        and amounts.account_code is not null
        and (
            amounts.table_name in {{ tables_by_fund() }}
            or (
                amounts.table_name = 'expenditure_by_function'
                and disclosures_by_fund.disclosure_id is null
            )
        )
)

select
    disclosure_id,
    account_code,
    {{ comparable_name('min(account_name)') }} as account_name,
    min(level) as level,
    {{ shown_yuan('sum(amount_yuan)') }} as printed_yuan,
    max(half_unit) as printed_half_unit,
    min(unit) as printed_unit,
    min(place) as printed_place,
    min_by(table_name, place) as table_name,
    {{ first_row_number('row_number', 'place') }} as row_number,
    min_by(source_ref, place) as source_ref
from printed_amounts
group by disclosure_id, account_code
