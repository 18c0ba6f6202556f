-- The claims between printed amounts: all 60 rules in one pass over the wide rows, by keys without texts.
create table working.compared as
with claimed_codes as (
    select distinct account_code as claimed_code
    from reference.reconciliation_sides
    where account_code is not null
),

printed_rows as (
    select *
    from working.rows
    left join claimed_codes on rows.account_code = claimed_codes.claimed_code
    where printed > 0
),

kinds as (
    select distinct t, side, row_role, level, line, claimed_code
    from printed_rows
),

-- A rule and the name of what it compares, as a number: groups of millions are made by it.
claims as (
    select row_number() over ()::usmallint as claim, *
    from (select distinct rule_code, coalesce(subject, '') as named_subject from reference.reconciliation_sides)
),

sides_of_kinds as (
    select
        kinds.*,
        measures.i,
        claims.claim,
        sides.side_of_claim = 'stated' as is_stated,
        sides.subject_by
    from kinds
    inner join working.measures on kinds.t::text = measures.t
    inner join reference.reconciliation_sides as sides
        on
            measures.t = sides.table_name
            and measures.measure = sides.measure
            and coalesce(sides.side, kinds.side, '') = coalesce(kinds.side, '')
            and coalesce(sides.row_role, measures.row_role, kinds.row_role)
            = coalesce(measures.row_role, kinds.row_role)
            and coalesce(sides.level, kinds.level, '') = coalesce(kinds.level, '')
            and coalesce(sides.line, kinds.line, '') = coalesce(kinds.line, '')
            and coalesce(sides.account_code, kinds.claimed_code, '') = coalesce(kinds.claimed_code, '')
    inner join claims
        on sides.rule_code = claims.rule_code and coalesce(sides.subject, '') = claims.named_subject
),

sides as (
    select
        rows.d,
        sides.claim,
        sides.is_stated,
        case when sides.subject_by in ('row', 'parent_row') then rows.t end as key_table,
        case sides.subject_by
            when 'row' then rows.row_key
            when 'parent_row' then rows.parent_row_key
            when 'account' then rows.account_code
            when 'class' then rows.class_code
        end as key,
        case sides.i
            when 1 then rows.y1 when 2 then rows.y2 when 3 then rows.y3 when 4 then rows.y4
            when 5 then rows.y5 when 6 then rows.y6 else rows.y7
        end as y,
        case sides.i
            when 1 then rows.z1 when 2 then rows.z2 when 3 then rows.z3 when 4 then rows.z4
            when 5 then rows.z5 when 6 then rows.z6 else rows.z7
        end - if(rows.is_rounded, 4, 0) as z,
        rows.is_rounded,
        enum_code(rows.t)::bigint * 1000000000 + rows.row_number as place
    from printed_rows as rows
    inner join sides_of_kinds as sides
        on
            rows.t = sides.t
            and rows.side is not distinct from sides.side
            and rows.row_role is not distinct from sides.row_role
            and rows.level is not distinct from sides.level
            and rows.line is not distinct from sides.line
            and rows.claimed_code is not distinct from sides.claimed_code
    where
        rows.printed & (1 << (sides.i - 1)) > 0
        and (sides.subject_by = 'subject' or key is not null)
),

compared as (
    select
        d,
        claim,
        key_table,
        key,
        cast(sum(case when is_stated then y end) as decimal(18, 2)) as stated_yuan,
        cast(sum(case when not is_stated then y end) as decimal(18, 2)) as computed_yuan,
        cast(count(case when is_stated then 1 end) as integer) as stated_rows,
        cast(count(case when not is_stated then 1 end) as integer) as computed_rows,
        cast(count(case when not is_stated then y end) as integer) as computed_figures,
        cast(count(y) as integer) as figures,
        min(z) as coarsest_decimal,
        max(z) as finest_decimal,
        bool_or(is_rounded) as is_rounded,
        bool_and(is_rounded) as are_rounded,
        min(case when is_stated then place end) as stated_place,
        min(case when not is_stated then place end) as computed_place
    from sides
    group by all
),

-- Within one table the same holds of each comparison: some print the total of a row and no parts.
comparisons as (
    select
        d,
        claim,
        sum(stated_rows) as stated_rows,
        sum(computed_rows) as computed_rows,
        sum(computed_figures) as computed_figures
    from compared
    group by all
),

-- A side that adds up several tables needs each that the rule names.
needed_tables as (
    select distinct sides.rule_code, coalesce(sides.subject, '') as named_subject, sides.table_name::printed_table as t
    from reference.reconciliation_sides as sides
    inner join reference.reconciliation_rules as rules
        on
            sides.rule_code = rules.rule_code
            and ' ' || rules.needed_tables || ' ' like '% ' || sides.table_name || ' %'
),

missing_tables as (
    select distinct comparisons.d, comparisons.claim
    from comparisons
    inner join claims using (claim)
    inner join needed_tables using (rule_code, named_subject)
    anti join (select distinct d, t from working.rows where printed > 0 or has_stray) as printed
        on comparisons.d = printed.d and needed_tables.t = printed.t
),

has_both_sides as (
    select
        comparisons.d,
        comparisons.claim,
        claims.rule_code,
        claims.named_subject,
        rules.comparison,
        rules.unmatched,
        (rules.family <> 'within_table' or comparisons.computed_figures > 0)
        and missing_tables.d is null
        and sum(comparisons.stated_rows) over rule > 0
        and sum(comparisons.computed_rows) over rule > 0 as has_both_sides
    from comparisons
    inner join claims using (claim)
    inner join reference.reconciliation_rules as rules using (rule_code)
    left join missing_tables
        on comparisons.d = missing_tables.d and comparisons.claim = missing_tables.claim
    window rule as (partition by comparisons.d, claims.rule_code)
),

-- Revenue of its own lets an organization spend beyond its appropriation.
own_revenues as (
    select
        d,
        sum(case
            when t = 'revenue_by_function'
                then coalesce(y3, 0) + coalesce(y4, 0) + coalesce(y5, 0)
            else coalesce(y1, 0) + coalesce(y2, 0) + coalesce(y3, 0) + coalesce(y4, 0)
                + case when has_stray then in_yuan(amount(note), unit) else 0 end
        end) > 0 as has_own_revenue
    from working.rows
    where
        (t = 'revenue_by_function' and row_role = 'total')
        or (
            t = 'revenue_expenditure_summary'
            and side = 'revenue'
            and line in ('institution_revenue', 'business_revenue', 'other_revenue', 'carryover_in')
        )
    group by d
),

-- Exact within one unit; across units the coarser one's rounding; a sum of figures rounded to 万元 may
-- miss by half a unit for each of them and for the total.
toleranced as (
    select
        compared.*,
        has_both_sides.rule_code,
        has_both_sides.named_subject,
        has_both_sides.unmatched,
        has_both_sides.has_both_sides,
        case has_both_sides.comparison
            when '=' then true
            when '>=' then false
            else not coalesce(own_revenues.has_own_revenue, false)
        end as is_equality,
        is_rounded and not are_rounded as has_two_units,
        cast(case
            when is_rounded and not are_rounded then half_of_decimal(coarsest_decimal)
            when are_rounded and figures > 2 then half_of_decimal(finest_decimal) * figures
            else 0
        end as decimal(18, 2)) as tolerance_yuan,
        coalesce(stated_yuan, 0) - coalesce(computed_yuan, 0) as gap_yuan
    from compared
    inner join has_both_sides on compared.d = has_both_sides.d and compared.claim = has_both_sides.claim
    left join own_revenues on compared.d = own_revenues.d
    where figures > 0
)

select
    d,
    rule_code,
    named_subject,
    key_table,
    key,
    stated_yuan,
    computed_yuan,
    case
        when unmatched = 'where_stated' and stated_rows = 0 then 'not_applicable'
        when not has_both_sides then 'insufficient_data'
        when unmatched = 'skip' and (stated_rows = 0 or computed_rows = 0) then 'not_applicable'
        when gap_yuan = 0 then 'pass'
        when not is_equality and gap_yuan > 0 then 'pass'
        when abs(gap_yuan) > tolerance_yuan then 'fail'
        when has_two_units then 'pass'
        else 'hint'
    end as outcome,
    cast(gap_yuan as decimal(18, 2)) as gap_yuan,
    tolerance_yuan,
    excess_fen(gap_yuan, tolerance_yuan, is_equality) as excess_fen,
    stated_rows,
    computed_rows,
    stated_place,
    computed_place
from toleranced;

-- Two figures of one quantity, the larger ten thousand times the smaller within a hundredth, or its square.
create temp macro is_slip(one, other) as case when one <> other then
    greatest(one, other)::decimal(38, 2)
    between least(one, other)::decimal(30, 2) * 9900 and least(one, other)::decimal(30, 2) * 10100
    or greatest(one, other)::decimal(38, 2) between least(one, other)::decimal(30, 2) * 99000000
    and least(one, other)::decimal(30, 2) * 101000000
else false end;

-- The claims of which a reader needs the texts: those that do not hold, and slips of a unit.
create table working.rec_compared_amounts as
with places as (
    select d, enum_code(t)::bigint * 1000000000 + row_number as place, concat_ws(' ', t, source_ref) as text
    from working.rows
)

select
    compared.rule_code,
    compared.d::text as disclosure_id,
    concat_ws(' ', compared.key_table, compared.key, nullif(compared.named_subject, '')) as subject,
    compared.outcome,
    compared.stated_yuan,
    compared.computed_yuan,
    compared.gap_yuan,
    compared.tolerance_yuan,
    compared.excess_fen,
    null::text as stated_text,
    null::text as computed_text,
    stated.text || if(compared.stated_rows > 1, ' and ' || (compared.stated_rows - 1) || ' more', '')
        as stated_source,
    computed.text || if(compared.computed_rows > 1, ' and ' || (compared.computed_rows - 1) || ' more', '')
        as computed_source
from working.compared
left join places as stated on compared.d = stated.d and compared.stated_place = stated.place
left join places as computed on compared.d = computed.d and compared.computed_place = computed.place
where
    compared.outcome <> 'pass'
    or (
        compared.stated_yuan > 0 and compared.computed_yuan > 0
        and is_slip(compared.stated_yuan, compared.computed_yuan)
    );
