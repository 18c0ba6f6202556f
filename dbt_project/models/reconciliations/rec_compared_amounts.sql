-- One row per rule, disclosure and subject whose two sides are printed amounts.
-- A side of a claim by numbers, which group millions of amounts faster than its names.
with numbered_sides as (
    select
        *,
        side_of_claim = 'stated' as is_stated,
        dense_rank() over (order by rule_code, subject) as column_number,
        dense_rank() over (
            order by
                rule_code,
                subject,
                case when subject_by in ('row', 'parent_row') then table_name end
        ) as claim_number,
        cast(dense_rank() over (order by table_name) as bigint) * 1000000000 as first_place
    from {{ ref('reconciliation_sides') }}
),

claims as (
    select
        sides.claim_number,
        sides.column_number,
        sides.rule_code,
        sides.subject as named_subject,
        rules.family,
        rules.comparison,
        rules.unmatched,
        max(case when sides.subject_by in ('row', 'parent_row') then sides.table_name end)
            as table_of_rows
    from numbered_sides as sides
    inner join {{ ref('reconciliation_rules') }} as rules
        on sides.rule_code = rules.rule_code
    group by all
),

tables_in_order as (
    select
        table_name,
        first_place
    from numbered_sides
    group by all
),

sides as (
    select
        sides.claim_number,
        amounts.disclosure_id,
        case sides.subject_by
            when 'row' then amounts.row_key
            when 'parent_row' then amounts.parent_row_key
            when 'account' then amounts.account_code
            when 'class' then amounts.class_code
        end as subject_key,
        sides.is_stated,
        amounts.amount_yuan,
        amounts.half_unit,
        amounts.unit = '万元' as is_in_ten_thousands,
        coalesce(amounts.source_ref, '') as source_ref,
        sides.first_place + amounts.row_number as place
    from {{ ref('fct_published_amounts') }} as amounts
    inner join numbered_sides as sides
        on
            amounts.table_name = sides.table_name
            and amounts.measure = sides.measure
            and (sides.side is null or amounts.side = sides.side)
            and (sides.row_role is null or amounts.row_role = sides.row_role)
            and (sides.level is null or amounts.level = sides.level)
            and (sides.line is null or amounts.line = sides.line)
            and (sides.account_code is null or amounts.account_code = sides.account_code)
    where
        case sides.subject_by
            when 'parent_row' then amounts.parent_row_key is not null
            when 'account' then amounts.account_code is not null
            when 'class' then amounts.class_code is not null
            else true
        end
),

compared as (
    select
        claim_number,
        disclosure_id,
        subject_key,
        cast(sum(case when is_stated then amount_yuan end) as decimal(18, 2)) as stated_yuan,
        cast(sum(case when not is_stated then amount_yuan end) as decimal(18, 2))
            as computed_yuan,
        count(case when is_stated then 1 end) as stated_rows,
        count(case when not is_stated then 1 end) as computed_rows,
        count(amount_yuan) as figures,
        count(case when not is_stated then amount_yuan end) as computed_figures,
        max(half_unit) as half_unit,
        min(half_unit) as finest_half_unit,
        min(is_in_ten_thousands) <> max(is_in_ten_thousands) as has_two_units,
        max(is_in_ten_thousands) as is_in_ten_thousands,
        min(case when is_stated then place end) as stated_place,
        min_by(source_ref, case when is_stated then place end) as stated_source_ref,
        min(case when not is_stated then place end) as computed_place,
        min_by(source_ref, case when not is_stated then place end) as computed_source_ref
    from sides
    group by claim_number, disclosure_id, subject_key
),

-- What a document prints of a claim over all its subjects. Within one table a comparison needs a
-- figure among its parts: some print the total of a row and no parts.
printed_columns as (
    select
        claims.rule_code,
        claims.column_number,
        compared.disclosure_id,
        sum(compared.stated_rows) as stated_rows,
        sum(compared.computed_rows) as computed_rows,
        sum(compared.computed_figures) > 0 or max(claims.family) <> 'within_table' as has_computed
    from compared
    inner join claims
        on compared.claim_number = claims.claim_number
    group by claims.rule_code, claims.column_number, compared.disclosure_id
),

-- Which side of a rule a document prints at all: without one of them there is nothing to compare.
printed_sides as (
    select
        rule_code,
        disclosure_id,
        sum(stated_rows) > 0 and sum(computed_rows) > 0 as has_both
    from printed_columns
    group by all
),

-- A side that adds up several tables needs each that the rule names.
needed_tables as (
    select
        sides.rule_code,
        sides.column_number,
        sides.table_name
    from numbered_sides as sides
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
        printed_sides.disclosure_id,
        needed_tables.column_number
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

comparable_columns as (
    select
        printed_columns.disclosure_id,
        printed_columns.column_number,
        printed_sides.has_both
        and printed_columns.has_computed
        and missing_tables.column_number is null as has_both_sides
    from printed_columns
    inner join printed_sides
        on
            printed_columns.rule_code = printed_sides.rule_code
            and printed_columns.disclosure_id = printed_sides.disclosure_id
    left join missing_tables
        on
            printed_columns.disclosure_id = missing_tables.disclosure_id
            and printed_columns.column_number = missing_tables.column_number
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
        claims.rule_code,
        claims.family,
        claims.unmatched,
        compared.disclosure_id,
        concat_ws(
            ' ',
            case when compared.subject_key is not null then claims.table_of_rows end,
            compared.subject_key,
            claims.named_subject
        ) as subject,
        compared.stated_yuan,
        compared.computed_yuan,
        compared.stated_rows,
        compared.computed_rows,
        compared.has_two_units,
        case
            when claims.comparison = '=' then true
            when claims.comparison = '>=' then false
            else not coalesce(own_revenues.has_own_revenue, false)
        end as is_equality,
        -- Exact within one unit; across units the coarser one's rounding; a sum of figures rounded
        -- to 万元 may miss by half a unit for each of them and for the total. Beside 21.56 a 25 is
        -- 25.00: its zeros were not printed.
        cast(
            case
                when compared.has_two_units then compared.half_unit
                when compared.is_in_ten_thousands and compared.figures > 2
                    then compared.finest_half_unit * compared.figures
                else 0
            end as decimal(18, 2)
        ) as tolerance_yuan,
        comparable_columns.has_both_sides,
        {{ printed_places('stated') }} as stated_source,
        {{ printed_places('computed') }} as computed_source
    from compared
    inner join claims
        on compared.claim_number = claims.claim_number
    inner join comparable_columns
        on
            claims.column_number = comparable_columns.column_number
            and compared.disclosure_id = comparable_columns.disclosure_id
    left join tables_in_order as stated_tables
        on compared.stated_place - compared.stated_place % 1000000000 = stated_tables.first_place
    left join tables_in_order as computed_tables
        on
            compared.computed_place - compared.computed_place % 1000000000
            = computed_tables.first_place
    left join own_revenues
        on compared.disclosure_id = own_revenues.disclosure_id
    where compared.figures > 0
),

pairs as (
    select
        *,
        {{ is_unit_slip('stated_yuan', 'computed_yuan') }} as is_slip
    from toleranced
    where stated_yuan > 0 and computed_yuan > 0
),

-- One sum may be printed twice, and is one finding.
slips as (
    select
        disclosure_id,
        subject,
        max(stated_yuan) as stated_yuan,
        max(computed_yuan) as computed_yuan,
        min(stated_source) as stated_source,
        min(computed_source) as computed_source
    from pairs
    where is_slip
    group by disclosure_id, subject
),

judged as (
    select
        rule_code,
        family,
        disclosure_id,
        subject,
        case
            when unmatched = 'where_stated' and stated_rows = 0 then 'not_applicable'
            when not has_both_sides then 'insufficient_data'
            when unmatched = 'skip' and (stated_rows = 0 or computed_rows = 0)
                then 'not_applicable'
            when coalesce(stated_yuan, 0) = coalesce(computed_yuan, 0) then 'pass'
            when not is_equality and coalesce(stated_yuan, 0) > coalesce(computed_yuan, 0)
                then 'pass'
            when abs(coalesce(stated_yuan, 0) - coalesce(computed_yuan, 0)) > tolerance_yuan
                then 'fail'
            when has_two_units then 'pass'
            else 'hint'
        end as outcome,
        stated_yuan,
        computed_yuan,
        tolerance_yuan,
        is_equality,
        stated_source,
        computed_source
    from toleranced
    union all
    select
        'UC-04' as rule_code,
        'units' as family,
        disclosure_id,
        rule_code || ' ' || subject as subject,
        'pass' as outcome,
        stated_yuan,
        stated_yuan as computed_yuan,
        0 as tolerance_yuan,
        true as is_equality,
        stated_source,
        computed_source
    from pairs
    where not is_slip
    union all
    select
        'UC-04' as rule_code,
        'units' as family,
        disclosure_id,
        subject,
        'fail' as outcome,
        stated_yuan,
        computed_yuan,
        0 as tolerance_yuan,
        true as is_equality,
        stated_source,
        computed_source
    from slips
)

select
    rule_code,
    family,
    disclosure_id,
    subject,
    outcome,
    stated_yuan,
    computed_yuan,
    cast(coalesce(stated_yuan, 0) - coalesce(computed_yuan, 0) as decimal(18, 2)) as gap_yuan,
    cast(tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
    -- What the judge looks at: by how many fen the claim misses what the tolerance allows.
    {{ excess_fen(
        'coalesce(stated_yuan, 0) - coalesce(computed_yuan, 0)', 'tolerance_yuan', 'is_equality'
    ) }} as excess_fen,
    cast(null as string) as stated_text,
    cast(null as string) as computed_text,
    stated_source,
    computed_source
from judged
