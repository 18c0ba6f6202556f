-- One row per disclosure and change that the prose states of an expense of T9 whose table prints
-- both years: the change is their difference. The document against itself.
with printed_rows as (
    select
        amounts.disclosure_id,
        amounts.row_number,
        -- In every row the total of all expenses is a total.
        min(case when amounts.measure not like '%total' then amounts.row_role end) = 'total'
            as is_of_all_units,
        count(*) over (partition by amounts.disclosure_id) as row_count
    from {{ ref('int_amounts_and_fund_sums') }} as amounts
    left join {{ ref('int_unfit_tables') }} as unfit_tables
        on
            amounts.disclosure_id = unfit_tables.disclosure_id
            and amounts.table_name = unfit_tables.table_name
    where
        amounts.table_name = 'three_public_expenses'
        and amounts.row_role in ('leaf', 'subtotal', 'total')
        and not coalesce(unfit_tables.is_half_read, false)
    group by amounts.disclosure_id, amounts.row_number
),

-- The one row of the whole document.
rows_of_documents as (
    select
        disclosure_id,
        min(row_number) as row_number
    from printed_rows
    where is_of_all_units or row_count = 1
    group by disclosure_id
    having count(*) = 1
),

expenses as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        amounts.source_ref,
        amounts.half_unit,
        amounts.amount_yuan,
        replace(amounts.measure, 'last_year_', '') as measure,
        amounts.measure like 'last!_year!_%' escape '!' as is_of_last_year
    from {{ ref('int_amounts_and_fund_sums') }} as amounts
    inner join rows_of_documents
        on
            amounts.disclosure_id = rows_of_documents.disclosure_id
            and amounts.row_number = rows_of_documents.row_number
    where amounts.table_name = 'three_public_expenses'
),

checks as (
    select
        claims.disclosure_id,
        claims.subject,
        case claims.direction
            when 'increase' then claims.change_yuan
            when 'decrease' then -claims.change_yuan
            when 'unchanged' then 0
        end as stated_yuan,
        {{ wide_yuan('expenses.amount_yuan') }} - last_year.amount_yuan as computed_yuan,
        claims.half_unit + expenses.half_unit + last_year.half_unit as tolerance_yuan,
        {{ printed("concat_ws('', claims.direction_text, claims.change_text)") }} as stated_text,
        {{ place_of('stated', 'claims') }},
        {{ place_of('computed', 'last_year') }}
    from {{ ref('int_three_public_claims') }} as claims
    inner join expenses
        on
            claims.disclosure_id = expenses.disclosure_id
            and claims.measure = expenses.measure
            and not expenses.is_of_last_year
    inner join expenses as last_year
        on
            claims.disclosure_id = last_year.disclosure_id
            and claims.measure = last_year.measure
            and last_year.is_of_last_year
    where
        claims.measure in (
            {%- for measure in measures_of_three_public() %}
                '{{ measure }}'{{ ',' if not loop.last }}
            {%- endfor %}
        )
        and claims.base_year = claims.fiscal_year - 1
        and coalesce(claims.base_stage, claims.stage) = claims.stage
        and claims.direction is not null
)

{{ judged_amounts('checks') }}
