-- One row per disclosure and class of accounts that a sentence names among the parts of an
-- expenditure: its amount is that of its row in the table whose total the sentence divides.
-- The document against itself.
with amounts as (
    {{ divided_amounts() }}
),

printed_amounts as (
    select
        *,
        {{ replaced(comparable_name('account_name'), '支出$', '') }} as short_name
    from {{ ref('int_amounts_of_all_forms') }}
    where
        table_name in ('expenditure_by_function', 'general_public_budget_by_function')
        and measure = 'total'
        and unit_name is null
),

divided_tables as (
    select
        wholes.disclosure_id,
        wholes.sentence_number,
        min(totals.table_name) as table_name
    from amounts as wholes
    inner join printed_amounts as totals
        on
            wholes.disclosure_id = totals.disclosure_id
            and abs(wholes.amount_yuan - totals.amount_yuan)
            <= wholes.half_unit + totals.half_unit
    where not wholes.is_part and totals.row_role = 'total'
    group by wholes.disclosure_id, wholes.sentence_number
),

classes as (
    select
        disclosure_id,
        table_name,
        short_name,
        min(row_number) as row_number,
        min(source_ref) as source_ref,
        min(unit) as printed_unit,
        max(half_unit) as printed_half_unit,
        sum(amount_yuan) as amount_yuan
    from printed_amounts
    where level = 'class' and row_role in ('leaf', 'subtotal')
    group by disclosure_id, table_name, short_name
    having count(*) = 1
),

parts as (
    select
        *,
        {{ replaced(
            comparable_name('note'), '([(]类[)])?(支出)?([(]类[)])?(预算)?$', ''
        ) }} as short_name
    from amounts
    where is_part
),

checks as (
    select
        parts.disclosure_id,
        {{ said('statement', ["'part_of_amount'", 'parts.statement_number']) }} as subject,
        parts.amount_yuan as stated_yuan,
        classes.amount_yuan as computed_yuan,
        {{ rounding_of_claim(
            'parts.unit', 'classes.printed_unit', 'parts.half_unit', 'classes.printed_half_unit'
        ) }} as tolerance_yuan,
        {{ printed("concat_ws('', parts.note, parts.value_text, parts.unit)") }} as stated_text,
        {{ place_of('stated', 'parts') }},
        {{ place_of('computed', 'classes') }}
    from parts
    inner join divided_tables
        on
            parts.disclosure_id = divided_tables.disclosure_id
            and parts.sentence_number = divided_tables.sentence_number
    inner join classes
        on
            divided_tables.disclosure_id = classes.disclosure_id
            and divided_tables.table_name = classes.table_name
            and parts.short_name = classes.short_name
)

{{ judged_amounts('checks') }}
