-- Printed amounts held against each other: the rules of reconciliation_sides.csv in one pass over
-- the wide rows, by keys without texts (working.compared). Then what a reader is shown: how much
-- passes, and all else by subject (working.checks), or each comparison (rec_compared_amounts).

-- Two figures of one quantity, the larger ten thousand times the smaller within a hundredth, or its
-- square.
create temp macro is_slip(one, other) as case when one > 0 and other > 0 then
    one <> other and (
        greatest(one, other)::decimal(38, 2)
        between least(one, other)::decimal(30, 2) * 9900
        and least(one, other)::decimal(30, 2) * 10100
        or greatest(one, other)::decimal(38, 2)
        between least(one, other)::decimal(30, 2) * 99000000
        and least(one, other)::decimal(30, 2) * 101000000
    )
end;

-- A rule and the name of what it compares, as a number: groups of millions are made by it.
create table working.comparisons as
select
    row_number() over ()::usmallint as comparison,
    sides.rule_code,
    sides.named_subject,
    rules.family,
    rules.comparison as relation,
    rules.unmatched
from (
    select distinct rule_code, coalesce(subject, '') as named_subject
    from working.reconciliation_sides
) as sides
inner join working.reconciliation_rules as rules using (rule_code);

-- One row per comparison, disclosure and key.
create table working.compared as
with compared_codes as (
    select distinct account_code as compared_code
    from working.reconciliation_sides
    where account_code is not null
),

printed_rows as (
    select *
    from working.rows
    left join compared_codes on rows.account_code = compared_codes.compared_code
    where printed > 0 and row_role is distinct from 'unplaced'
),

kinds as (
    select distinct t, side, row_role, level, line, compared_code
    from printed_rows
),

sides_of_kinds as (
    select
        kinds.*,
        measures.i,
        comparisons.comparison,
        sides.side_of_claim = 'stated' as is_stated,
        sides.subject_by
    from kinds
    inner join working.measures on kinds.t::text = measures.t
    inner join working.reconciliation_sides as sides
        on
            measures.t = sides.table_name
            and measures.measure = sides.measure
            and coalesce(sides.side, kinds.side, '') = coalesce(kinds.side, '')
            and coalesce(sides.row_role, measures.row_role, kinds.row_role)
            = coalesce(measures.row_role, kinds.row_role)
            and coalesce(sides.level, kinds.level, '') = coalesce(kinds.level, '')
            and coalesce(sides.line, kinds.line, '') = coalesce(kinds.line, '')
            and coalesce(sides.account_code, kinds.compared_code, '')
            = coalesce(kinds.compared_code, '')
    inner join working.comparisons
        on
            sides.rule_code = comparisons.rule_code
            and coalesce(sides.subject, '') = comparisons.named_subject
),

sides as (
    select
        rows.d,
        sides.comparison,
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
        end as z,
        rows.u,
        enum_code(rows.t)::bigint * 1000000000 + rows.row_number as place
    from printed_rows as rows
    inner join sides_of_kinds as sides
        on
            rows.t = sides.t
            and rows.side is not distinct from sides.side
            and rows.row_role is not distinct from sides.row_role
            and rows.level is not distinct from sides.level
            and rows.line is not distinct from sides.line
            and rows.compared_code is not distinct from sides.compared_code
    where
        rows.printed & (1 << (sides.i - 1)) > 0
        and (sides.subject_by = 'subject' or key is not null)
),

compared as (
    select
        d,
        comparison,
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
        min(u) as smallest_unit,
        max(u) as largest_unit,
        bool_or(z is null) as lacks_value,
        min(case when is_stated then place end) as stated_place,
        min(case when not is_stated then place end) as computed_place
    from sides
    group by all
),

-- Within one table that is asked of each comparison: some print the total of a row and no parts.
of_disclosures as (
    select
        d,
        comparison,
        sum(stated_rows) as stated_rows,
        sum(computed_rows) as computed_rows,
        sum(computed_figures) as computed_figures
    from compared
    group by all
),

-- A side that adds up several tables needs each that the rule names.
needed_tables as (
    select distinct comparisons.comparison, sides.table_name::printed_table as t
    from working.reconciliation_sides as sides
    inner join working.comparisons
        on
            sides.rule_code = comparisons.rule_code
            and coalesce(sides.subject, '') = comparisons.named_subject
    inner join working.reconciliation_rules as rules
        on
            sides.rule_code = rules.rule_code
            and ' ' || rules.needed_tables || ' ' like '% ' || sides.table_name || ' %'
),

missing_tables as (
    select distinct of_disclosures.d, of_disclosures.comparison
    from of_disclosures
    inner join needed_tables using (comparison)
    anti join (select distinct d, t from working.rows where printed > 0 or has_stray) as printed
        on of_disclosures.d = printed.d and needed_tables.t = printed.t
),

-- An account that seems to be missing may be the row of a figure without a place.
unplaced as (
    select distinct d from working.rows where row_role = 'unplaced' and printed > 0
),

has_both_sides as (
    select
        of_disclosures.d,
        of_disclosures.comparison,
        comparisons.relation,
        comparisons.unmatched,
        unplaced.d is not null as has_unplaced_rows,
        (comparisons.family <> 'within_table' or of_disclosures.computed_figures > 0)
        and missing_tables.d is null
        and sum(of_disclosures.stated_rows) over rule > 0
        and sum(of_disclosures.computed_rows) over rule > 0 as has_both_sides
    from of_disclosures
    inner join working.comparisons using (comparison)
    left join missing_tables
        on
            of_disclosures.d = missing_tables.d
            and of_disclosures.comparison = missing_tables.comparison
    left join unplaced on of_disclosures.d = unplaced.d
    window rule as (partition by of_disclosures.d, comparisons.rule_code)
),

-- Own revenue lets an organization spend beyond its appropriation.
own_revenues as (
    select
        d,
        sum(case
            when t = 'revenue_by_function'
                then coalesce(y3, 0) + coalesce(y4, 0) + coalesce(y5, 0)
            else coalesce(y1, 0) + coalesce(y2, 0) + coalesce(y3, 0) + coalesce(y4, 0)
                + case when has_stray then coalesce(in_yuan(amount(note), unit), 0) else 0 end
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

-- Exact within one unit; across units the coarser one's rounding; a sum of figures rounded to 万元
-- may miss by half a unit for each of them and for the total.
toleranced as (
    select
        compared.*,
        has_both_sides.unmatched,
        has_both_sides.has_both_sides,
        has_both_sides.has_unplaced_rows,
        case has_both_sides.relation
            when '=' then true
            when '>=' then false
            else not coalesce(own_revenues.has_own_revenue, false)
        end as is_equality,
        smallest_unit <> largest_unit as has_two_units,
        cast(case
            when smallest_unit <> largest_unit then half_of_decimal(coarsest_decimal)
            when largest_unit > 0 and figures > 2 then half_of_decimal(finest_decimal) * figures
            else 0
        end as decimal(18, 2)) as tolerance_yuan,
        cast(coalesce(stated_yuan, 0) - coalesce(computed_yuan, 0) as decimal(18, 2)) as gap_yuan
    from compared
    inner join has_both_sides
        on compared.d = has_both_sides.d and compared.comparison = has_both_sides.comparison
    left join own_revenues on compared.d = own_revenues.d
    where figures > 0
)

select
    d,
    comparison,
    key_table,
    key,
    stated_yuan,
    computed_yuan,
    case
        when unmatched = 'where_stated' and stated_rows = 0 then 'not_applicable'
        when not has_both_sides or lacks_value then 'insufficient_data'
        when has_unplaced_rows and (stated_rows = 0 or computed_rows = 0) then 'insufficient_data'
        when unmatched = 'skip' and (stated_rows = 0 or computed_rows = 0) then 'not_applicable'
        when gap_yuan = 0 then 'pass'
        when not is_equality and gap_yuan > 0 then 'pass'
        when abs(gap_yuan) > tolerance_yuan then 'fail'
        when has_two_units then 'pass'
        else 'hint'
    end as outcome,
    is_slip(stated_yuan, computed_yuan) as is_slip,
    gap_yuan,
    tolerance_yuan,
    cast((if(is_equality, abs(gap_yuan), -gap_yuan) - tolerance_yuan) * 100 as bigint)
        as excess_fen,
    stated_rows,
    computed_rows,
    stated_place,
    computed_place
from toleranced;

-- The same with texts in the place of numbers.
create view working.named as
with places as (
    select
        d,
        enum_code(t)::bigint * 1000000000 + row_number as place,
        t::text as table_name,
        row_number,
        min(source_ref) as source_ref
    from working.rows
    group by all
)

select
    comparisons.rule_code,
    comparisons.family,
    compared.d::text as disclosure_id,
    concat_ws(' ', compared.key_table, compared.key, nullif(comparisons.named_subject, ''))
        as subject,
    compared.outcome,
    compared.is_slip,
    compared.stated_yuan,
    compared.computed_yuan,
    compared.gap_yuan,
    compared.tolerance_yuan,
    compared.excess_fen,
    nullif(concat_ws(
        ' ', stated.table_name, stated.source_ref,
        if(compared.stated_rows > 1, 'and ' || (compared.stated_rows - 1) || ' more', null)
    ), '') as stated_source,
    nullif(concat_ws(
        ' ', computed.table_name, computed.source_ref,
        if(compared.computed_rows > 1, 'and ' || (compared.computed_rows - 1) || ' more', null)
    ), '') as computed_source,
    stated.table_name as stated_table_name,
    stated.row_number as stated_row_number,
    stated.source_ref as stated_source_ref,
    compared.stated_rows as stated_row_count,
    computed.table_name as computed_table_name,
    computed.row_number as computed_row_number,
    computed.source_ref as computed_source_ref,
    compared.computed_rows as computed_row_count
from working.compared
inner join working.comparisons using (comparison)
left join places as stated on compared.d = stated.d and compared.stated_place = stated.place
left join places as computed
    on compared.d = computed.d and compared.computed_place = computed.place;

-- A slip of a unit shows between two figures of one quantity. One that is printed twice is one.
create view working.slips as
select
    'UC-04' as rule_code,
    'units' as family,
    disclosure_id,
    subject,
    'fail' as outcome,
    max(stated_yuan) as stated_yuan,
    max(computed_yuan) as computed_yuan,
    cast(max(stated_yuan) - max(computed_yuan) as decimal(18, 2)) as gap_yuan,
    0::decimal(18, 2) as tolerance_yuan,
    cast(abs(max(stated_yuan) - max(computed_yuan)) * 100 as bigint) as excess_fen,
    min(stated_source) as stated_source,
    min(computed_source) as computed_source,
    min_by(columns('stated_(table_name|row_number|source_ref|row_count)'), stated_source),
    min_by(columns('computed_(table_name|row_number|source_ref|row_count)'), computed_source)
from working.named
where is_slip
group by disclosure_id, subject;

-- The number of passes of each rule in a disclosure; all else by subject.
create table working.checks as
select
    rule_code,
    d::text as disclosure_id,
    'pass' as outcome,
    count(*) as checked_count,
    max(excess_fen) as excess_fen
from working.compared
inner join working.comparisons using (comparison)
where outcome = 'pass'
group by all
union all by name
select
    'UC-04' as rule_code,
    d::text as disclosure_id,
    'pass' as outcome,
    count(*) as checked_count,
    0 as excess_fen
from working.compared
where not is_slip
group by d
union all by name
select * exclude (family, is_slip), 1 as checked_count
from working.named
where outcome <> 'pass'
union all by name
select * exclude (family), 1 as checked_count
from working.slips;

-- Each comparison with its outcome.
create view reconciliations.rec_compared_amounts as
select * exclude (is_slip) from working.named
union all by name
select
    * exclude (is_slip)
    replace (
        'UC-04' as rule_code,
        'units' as family,
        rule_code || ' ' || subject as subject,
        'pass' as outcome,
        stated_yuan as computed_yuan,
        0::decimal(18, 2) as gap_yuan,
        0::decimal(18, 2) as tolerance_yuan,
        0 as excess_fen
    )
from working.named
where not is_slip
union all by name
from working.slips;
