-- One row per rule, disclosure and subject whose two sides are printed amounts.
with sides as (
    select
        rules.rule_code,
        rules.family,
        rules.comparison,
        rules.unmatched,
        sides.side_of_claim,
        coalesce(sides.subject, '') as named_subject,
        amounts.disclosure_id,
        concat_ws(
            ' ',
            case sides.subject_by
                when 'row' then amounts.table_name || ' ' || amounts.row_key
                when 'parent_row' then amounts.table_name || ' ' || amounts.parent_row_key
                when 'account' then amounts.account_code
                when 'class' then amounts.class_code
            end,
            sides.subject
        ) as subject,
        amounts.amount_yuan,
        amounts.half_unit,
        amounts.unit,
        concat_ws(' ', amounts.table_name, amounts.source_ref) as place,
        amounts.table_name
        || lpad(cast(amounts.row_number as string), 9, '0') as place_order
    from {{ ref('fct_published_amounts') }} as amounts
    inner join {{ ref('reconciliation_sides') }} as sides
        on
            amounts.table_name = sides.table_name
            and amounts.measure = sides.measure
            and coalesce(sides.side, amounts.side, '') = coalesce(amounts.side, '')
            and coalesce(sides.row_role, amounts.row_role) = amounts.row_role
            and coalesce(sides.level, amounts.level, '') = coalesce(amounts.level, '')
            and coalesce(sides.line, amounts.line, '') = coalesce(amounts.line, '')
            and coalesce(sides.account_code, amounts.account_code, '')
            = coalesce(amounts.account_code, '')
    inner join {{ ref('reconciliation_rules') }} as rules
        on sides.rule_code = rules.rule_code
    where
        case sides.subject_by
            when 'parent_row' then amounts.parent_row_key is not null
            when 'account' then amounts.account_code is not null
            when 'class' then amounts.class_code is not null
            else true
        end
),

-- Which side of a rule a document prints at all: without one of them there is nothing to compare.
printed_sides as (
    select
        rule_code,
        disclosure_id,
        count(case side_of_claim when 'stated' then 1 end) > 0 as has_stated,
        count(case side_of_claim when 'computed' then 1 end) > 0 as has_computed
    from sides
    group by all
),

-- Within one table the same holds of each comparison: some print the total of a row and no parts.
printed_columns as (
    select
        rule_code,
        disclosure_id,
        named_subject,
        count(case side_of_claim when 'computed' then amount_yuan end) > 0
        or family <> 'within_table' as has_computed
    from sides
    group by rule_code, disclosure_id, named_subject, family
),

-- A side that adds up several tables needs each that the rule names.
needed_tables as (
    select
        sides.rule_code,
        coalesce(sides.subject, '') as named_subject,
        sides.table_name
    from {{ ref('reconciliation_sides') }} as sides
    inner join {{ ref('reconciliation_rules') }} as rules
        on
            sides.rule_code = rules.rule_code
            and ' ' || rules.needed_tables || ' ' like '% ' || sides.table_name || ' %'
    group by all
),

printed_tables as (
    select
        disclosure_id,
        table_name
    from {{ ref('fct_published_amounts') }}
    group by all
),

missing_tables as (
    select
        printed_sides.rule_code,
        printed_sides.disclosure_id,
        needed_tables.named_subject
    from printed_sides
    inner join needed_tables
        on printed_sides.rule_code = needed_tables.rule_code
    left join printed_tables
        on
            printed_sides.disclosure_id = printed_tables.disclosure_id
            and needed_tables.table_name = printed_tables.table_name
    where printed_tables.table_name is null
    group by all
),

compared as (
    select
        rule_code,
        family,
        comparison,
        unmatched,
        disclosure_id,
        named_subject,
        subject,
        cast(sum(case side_of_claim when 'stated' then amount_yuan end) as decimal(18, 2))
            as stated_yuan,
        cast(sum(case side_of_claim when 'computed' then amount_yuan end) as decimal(18, 2))
            as computed_yuan,
        count(case side_of_claim when 'stated' then 1 end) as stated_rows,
        count(case side_of_claim when 'computed' then 1 end) as computed_rows,
        count(amount_yuan) as figures,
        max(half_unit) as half_unit,
        min(half_unit) as finest_half_unit,
        min(unit) <> max(unit) as has_two_units,
        max(unit) as unit,
        {{ printed_places('stated') }} as stated_source,
        {{ printed_places('computed') }} as computed_source
    from sides
    group by all
),

-- Revenue of its own lets an organization spend beyond its appropriation.
own_revenues as (
    select
        disclosure_id,
        sum(amount_yuan) > 0 as has_own_revenue
    from {{ ref('fct_published_amounts') }}
    where
        (
            table_name = 'revenue_by_function'
            and row_role = 'total'
            and measure in ('institution_revenue', 'business_revenue', 'other_revenue')
        )
        or (
            table_name = 'revenue_expenditure_summary'
            and side = 'revenue'
            and line in ('institution_revenue', 'business_revenue', 'other_revenue', 'carryover_in')
        )
    group by all
),

toleranced as (
    select
        compared.*,
        case
            when compared.comparison = '=' then true
            when compared.comparison = '>=' then false
            else not coalesce(own_revenues.has_own_revenue, false)
        end as is_equality,
        -- Exact within one unit; across units the coarser one's rounding; a sum of figures rounded
        -- to 万元 may miss by half a unit for each of them and for the total. Beside 21.56 a 25 is
        -- 25.00: its zeros were not printed.
        cast(
            case
                when compared.has_two_units then compared.half_unit
                when compared.unit = '万元' and compared.figures > 2
                    then compared.finest_half_unit * compared.figures
                else 0
            end as decimal(18, 2)
        ) as tolerance_yuan,
        printed_sides.has_stated
        and printed_sides.has_computed
        and printed_columns.has_computed
        and missing_tables.rule_code is null as has_both_sides
    from compared
    inner join printed_sides
        on
            compared.rule_code = printed_sides.rule_code
            and compared.disclosure_id = printed_sides.disclosure_id
    inner join printed_columns
        on
            compared.rule_code = printed_columns.rule_code
            and compared.disclosure_id = printed_columns.disclosure_id
            and compared.named_subject = printed_columns.named_subject
    left join missing_tables
        on
            compared.rule_code = missing_tables.rule_code
            and compared.disclosure_id = missing_tables.disclosure_id
            and compared.named_subject = missing_tables.named_subject
    left join own_revenues
        on compared.disclosure_id = own_revenues.disclosure_id
    where compared.figures > 0
)

select
    rule_code,
    family,
    disclosure_id,
    subject,
    case
        when unmatched = 'where_stated' and stated_rows = 0 then 'not_applicable'
        when not has_both_sides then 'insufficient_data'
        when unmatched = 'skip' and (stated_rows = 0 or computed_rows = 0) then 'not_applicable'
        when coalesce(stated_yuan, 0) = coalesce(computed_yuan, 0) then 'pass'
        when not is_equality and coalesce(stated_yuan, 0) > coalesce(computed_yuan, 0) then 'pass'
        when abs(coalesce(stated_yuan, 0) - coalesce(computed_yuan, 0)) > tolerance_yuan then 'fail'
        when has_two_units then 'pass'
        else 'hint'
    end as outcome,
    stated_yuan,
    computed_yuan,
    cast(coalesce(stated_yuan, 0) - coalesce(computed_yuan, 0) as decimal(18, 2)) as gap_yuan,
    tolerance_yuan,
    -- What the judge looks at: by how many fen the claim misses what the tolerance allows.
    {{ excess_fen(
        'coalesce(stated_yuan, 0) - coalesce(computed_yuan, 0)', 'tolerance_yuan', 'is_equality'
    ) }} as excess_fen,
    cast(null as string) as stated_text,
    cast(null as string) as computed_text,
    stated_source,
    computed_source
from toleranced
