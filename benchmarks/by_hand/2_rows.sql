-- The printed rows of every table of amounts, wide: their cells as text (x), in yuan (y), decimals (z).
create table working.printed_rows as
with raw as (
    select 'revenue_by_function' as t, *, null as side, null as label, total as x1,
        fiscal_appropriation as x2, institution_revenue as x3, business_revenue as x4, other_revenue as x5
    from landing.revenue_by_function
    union all by name
    select 'expenditure_by_function' as t, *, total as x1, basic as x2, project as x3
    from landing.expenditure_by_function
    union all by name
    select 'general_public_budget_by_function' as t, *, total as x1, basic as x2, project as x3
    from landing.general_public_budget_by_function
    union all by name
    select 'government_funds_by_function' as t, *, total as x1, basic as x2, project as x3
    from landing.government_funds_by_function
    union all by name
    select 'state_capital_by_function' as t, *, total as x1, basic as x2, project as x3
    from landing.state_capital_by_function
    union all by name
    select 'basic_expenditure_by_economic' as t, *, total as x1, personnel as x2, public_use as x3
    from landing.basic_expenditure_by_economic
    union all by name
    select 'revenue_expenditure_summary' as t, *,
        amount as x1, personnel as x2, public_use as x3, project as x4
    from landing.revenue_expenditure_summary
    union all by name
    select 'fiscal_appropriation_summary' as t, *,
        total as x1, general_public_budget as x2, government_funds as x3, state_capital as x4
    from landing.fiscal_appropriation_summary
    union all by name
    select 'three_public_expenses' as t, *, total as x1, overseas_visits as x2,
        official_hospitality as x3, vehicle_total as x4, vehicle_purchase as x5,
        vehicle_operation as x6, agency_operating_expenses as x7
    from landing.three_public_expenses
    union all by name
    select 'projects' as t, *, total as x1, fiscal_funds as x2, other_funds as x3,
        annual_total as x4, annual_fiscal as x5, annual_carryover as x6, annual_other as x7
    from landing.projects
),

codes as (
    select
        cast(disclosure_id as disclosure) as d,
        cast(t as printed_table) as t,
        whole_number(row_number) as row_number,
        side,
        text_or_null(label) as label,
        code(class_code) as class_part,
        code(section_code) as section_part,
        code(item_code) as item_part,
        text_or_null(name) as account_name,
        text_or_null(unit) as unit,
        text_or_null(note) as note,
        text_or_null(source_ref) as source_ref,
        columns('x\d'),
        replace(columns('x(\d)'), ',', '') as 's\1'
    from raw
)

select
    * exclude (class_part, section_part, item_part, s1, s2, s3, s4, s5, s6, s7),
    account_code(class_part, section_part, item_part) as account_code,
    -- Whether the parts of the code make a code: 3, then 2 for each level, none left out.
    case when t not in ('revenue_expenditure_summary', 'fiscal_appropriation_summary', 'three_public_expenses', 'projects')
        then coalesce(
            length(class_part) = 3
            and length(account_code(class_part, section_part, item_part)) = 3
            + if(section_part is null, 0, 2) + if(item_part is null, 0, 2)
            and account_code(class_part, section_part, item_part)[1:3] = class_part
            and coalesce(length(section_part), 2) > 1
            and coalesce(length(item_part), 2) > 1
            and not (
                t <> 'basic_expenditure_by_economic' and item_part is not null and section_part is null
            ),
            class_part is null and section_part is null and item_part is null
        ) end as has_valid_code,
    yuan(s1, unit) as y1, yuan(s2, unit) as y2, yuan(s3, unit) as y3, yuan(s4, unit) as y4,
    yuan(s5, unit) as y5, yuan(s6, unit) as y6, yuan(s7, unit) as y7,
    decimals(s1) as z1, decimals(s2) as z2, decimals(s3) as z3, decimals(s4) as z4,
    decimals(s5) as z5, decimals(s6) as z6, decimals(s7) as z7,
    unit is not distinct from '万元' as is_rounded,
    coalesce(regexp_full_match(printed_digits(note), '-?[0-9]+([.][0-9]+)?'), false) as has_stray
from codes;

-- The nodes of each table's tree: how often a code is printed, and whether a longer one extends it.
create table working.nodes as
with codes as (
    select d, t, account_code as code, count(*) as occurrences
    from working.printed_rows
    where account_code is not null
    group by all
)

select d, t, code, sum(occurrences) as occurrences, bool_or(occurrences = 0) as is_extended
from (
    from codes
    union all
    select distinct d, t, code[1:3], 0 from codes where length(code) > 3
    union all
    select distinct d, t, code[1:5], 0 from codes where length(code) > 5
)
group by all;

-- What each line of the two summaries stands for.
create table working.placed_lines as
with lines as (
    select
        rows.d,
        rows.t,
        rows.row_number,
        rows.side,
        rows.label,
        names.line_name,
        coalesce(summary_lines.line, 'other') as line,
        case
            when summary_lines.line in ('total', 'subtotal') then summary_lines.line
            when names.is_detail then 'detail'
            else 'line'
        end as level
    from working.printed_rows as rows
    left join (
        select
            label,
            regexp_replace(
                comparable_name(label),
                '^(其中:?)?([一二三四五六七八九十]+[、.．]|[0-9]+[、.．]|[(][一二三四五六七八九十0-9]+[)])?', ''
            ) as line_name,
            -- A line numbered with Arabic digits or in brackets details the line above it.
            regexp_full_match(
                comparable_name(label), '(其中|[0-9]+[、.．]|[(][一二三四五六七八九十0-9]+[)]).*'
            ) as is_detail
        from (select distinct label from working.printed_rows where label is not null)
    ) as names using (label)
    left join reference.summary_lines as summary_lines
        on rows.side = summary_lines.side and names.line_name = summary_lines.label
    where rows.label is not null
),

placed as (
    select
        *,
        max(case level when 'line' then row_number end) over above as line_above,
        max(case level when 'total' then label end) over (partition by d, t, side) as total_label
    from lines
    window above as (
        partition by d, t, side order by row_number rows between unbounded preceding and 1 preceding
    )
),

document_classes as (
    select d, comparable_name(account_name) as class_name, min(account_code) as class_code
    from working.printed_rows
    where length(account_code) = 3 and t <> 'basic_expenditure_by_economic'
    group by all
),

catalogue_classes as (
    select comparable_name(function_name) as class_name, min(function_code) as class_code
    from reference.functions
    where length(function_code) = 3
    group by all
)

select
    lines.d,
    lines.t,
    lines.row_number,
    lines.side,
    lines.line,
    lines.level,
    case
        when lines.level = 'total' then 'total'
        when lines.level = 'subtotal' or details.line_above is not null then 'subtotal'
        else 'leaf'
    end as row_role,
    case when lines.side = 'expenditure' and lines.level = 'line' and lines.line = 'other' then coalesce(
        document_classes.class_code, catalogue_classes.class_code, lines.line_name
    ) end as class_code,
    case lines.level when 'line' then lines.total_label when 'detail' then parents.label end
        as parent_row_key
from placed as lines
left join (select distinct d, t, line_above from placed where level = 'detail') as details
    on lines.d = details.d and lines.t = details.t and lines.row_number = details.line_above
left join lines as parents
    on
        lines.level = 'detail'
        and lines.d = parents.d and lines.t = parents.t and lines.line_above = parents.row_number
left join document_classes
    on lines.d = document_classes.d and lines.line_name = document_classes.class_name
left join catalogue_classes on lines.line_name = catalogue_classes.class_name;

-- A column without one figure in its table was not printed: its cells are no blanks.
create table working.rows as
with columns_printed as (
    select
        d,
        t,
        side,
        (count(y1) > 0)::utinyint + (count(y2) > 0)::utinyint * 2 + (count(y3) > 0)::utinyint * 4
        + (count(y4) > 0)::utinyint * 8 + (count(y5) > 0)::utinyint * 16
        + (count(y6) > 0)::utinyint * 32 + (count(y7) > 0)::utinyint * 64 as printed
    from working.printed_rows
    group by all
),

by_account as (
    select
        rows.* exclude (label),
        case
            when rows.account_code is not null then if(own.is_extended, 'subtotal', 'leaf')
            when comparable_name(rows.account_name) in ('合计', '总计', '支出合计', '收入合计') then 'total'
            else 'leaf'
        end as row_role,
        rows.account_code[1:3] as class_code,
        own.occurrences,
        case when length(rows.account_code) > 5 then sections.occurrences > 0 end as has_section,
        case when length(rows.account_code) > 3 then classes.occurrences > 0 end as has_class
    from working.printed_rows as rows
    left join working.nodes as own
        on rows.d = own.d and rows.t = own.t and rows.account_code = own.code
    left join working.nodes as sections
        on rows.d = sections.d and rows.t = sections.t and rows.account_code[1:5] = sections.code
    left join working.nodes as classes
        on rows.d = classes.d and rows.t = classes.t and rows.account_code[1:3] = classes.code
    where rows.has_valid_code is not null
),

placed as (
    select
        by_account.*,
        case
            when row_role = 'total' then 'total'
            when length(account_code) = 3 then 'class'
            when t = 'basic_expenditure_by_economic' then 'item'
            when length(account_code) = 5 then 'section'
            when length(account_code) = 7 then 'item'
        end as level,
        case
            when row_role = 'total' then 'total row'
            else coalesce(account_code, 'row ' || row_number)
        end as row_key,
        -- The nearest account above that the table prints: some documents leave a level out.
        case
            when row_role = 'total' then null
            when length(account_code) = 7 and has_section then account_code[1:5]
            when has_class then class_code
            else 'total row'
        end as parent_row_key,
        null as line
    from by_account
    union all by name
    select
        rows.* exclude (label, account_name), label as account_name, label as row_key,
        lines.* exclude (d, t, row_number, side)
    from working.printed_rows as rows
    inner join working.placed_lines as lines using (d, t, row_number)
    union all by name
    select * exclude (label), 'row ' || row_number as row_key
    from working.printed_rows
    where t in ('three_public_expenses', 'projects')
)

select placed.*, columns_printed.printed, disclosures.is_counted
from placed
inner join columns_printed
    on
        placed.d = columns_printed.d and placed.t = columns_printed.t
        and placed.side is not distinct from columns_printed.side
inner join working.disclosures on placed.d = disclosures.d;

drop table working.printed_rows;
drop table working.nodes;
drop table working.placed_lines;

-- The names of a table's columns, and the roles of the cells where the column says it.
create table working.measures (t text, i utinyint, measure text, row_role text);
insert into working.measures values
    ('revenue_by_function', 1, 'total', null),
    ('revenue_by_function', 2, 'fiscal_appropriation', null),
    ('revenue_by_function', 3, 'institution_revenue', null),
    ('revenue_by_function', 4, 'business_revenue', null),
    ('revenue_by_function', 5, 'other_revenue', null),
    ('expenditure_by_function', 1, 'total', null),
    ('expenditure_by_function', 2, 'basic', null),
    ('expenditure_by_function', 3, 'project', null),
    ('general_public_budget_by_function', 1, 'total', null),
    ('general_public_budget_by_function', 2, 'basic', null),
    ('general_public_budget_by_function', 3, 'project', null),
    ('government_funds_by_function', 1, 'total', null),
    ('government_funds_by_function', 2, 'basic', null),
    ('government_funds_by_function', 3, 'project', null),
    ('state_capital_by_function', 1, 'total', null),
    ('state_capital_by_function', 2, 'basic', null),
    ('state_capital_by_function', 3, 'project', null),
    ('basic_expenditure_by_economic', 1, 'total', null),
    ('basic_expenditure_by_economic', 2, 'personnel', null),
    ('basic_expenditure_by_economic', 3, 'public_use', null),
    ('revenue_expenditure_summary', 1, 'amount', null),
    ('revenue_expenditure_summary', 2, 'personnel', null),
    ('revenue_expenditure_summary', 3, 'public_use', null),
    ('revenue_expenditure_summary', 4, 'project', null),
    ('fiscal_appropriation_summary', 1, 'total', null),
    ('fiscal_appropriation_summary', 2, 'general_public_budget', null),
    ('fiscal_appropriation_summary', 3, 'government_funds', null),
    ('fiscal_appropriation_summary', 4, 'state_capital', null),
    ('three_public_expenses', 1, 'total', 'total'),
    ('three_public_expenses', 2, 'overseas_visits', 'leaf'),
    ('three_public_expenses', 3, 'official_hospitality', 'leaf'),
    ('three_public_expenses', 4, 'vehicle_total', 'subtotal'),
    ('three_public_expenses', 5, 'vehicle_purchase', 'leaf'),
    ('three_public_expenses', 6, 'vehicle_operation', 'leaf'),
    ('three_public_expenses', 7, 'agency_operating_expenses', 'leaf'),
    ('projects', 1, 'total', 'total'),
    ('projects', 2, 'fiscal_funds', 'subtotal'),
    ('projects', 3, 'other_funds', 'subtotal'),
    ('projects', 4, 'annual_total', 'subtotal'),
    ('projects', 5, 'annual_fiscal', 'leaf'),
    ('projects', 6, 'annual_carryover', 'leaf'),
    ('projects', 7, 'annual_other', 'leaf');

-- Every cell of a printed column as a row.
create table marts.fct_published_amounts as
with cells as (
    select columns('^[^xyz]'), unnest([x1, x2, x3]) as x, unnest([y1, y2, y3]) as y,
        unnest([z1, z2, z3]) as z,
        unnest([1, 2, 3]) as i
    from working.rows
    where printed between 1 and 7
    union all
    select columns('^[^xyz]'), unnest([x1, x2, x3, x4, x5, x6, x7]) as x,
        unnest([y1, y2, y3, y4, y5, y6, y7]) as y, unnest([z1, z2, z3, z4, z5, z6, z7]) as z, unnest([1, 2, 3, 4, 5, 6, 7]) as i
    from working.rows
    where printed >= 8
)

select
    cells.d::text as disclosure_id,
    cells.t::text as table_name,
    cells.row_number,
    measures.measure,
    coalesce(measures.row_role, cells.row_role) as row_role,
    case
        when cells.y is null then 'blank'
        when cells.y = 0 then case when amount(cells.x) = 0 then 'zero' end
    end as null_kind,
    cells.x as printed_text,
    coalesce(cells.unit, '元') as unit,
    cells.y as amount_yuan,
    half_of_digit(cells.z, cells.is_rounded) as half_unit,
    cells.level,
    cells.account_code,
    cells.account_name,
    cells.class_code,
    cells.side,
    cells.line,
    cells.row_key,
    cells.parent_row_key,
    cells.has_valid_code,
    cells.source_ref,
    cells.is_counted
from cells
inner join working.measures on cells.t = measures.t::printed_table and cells.i = measures.i
where cells.printed & (1 << (cells.i - 1)) > 0
union all by name
-- A figure under no heading: transcribed as the row's note, kept, and in no sum.
select
    d::text as disclosure_id,
    t::text as table_name,
    row_number,
    'note' as measure,
    'stray' as row_role,
    case when amount(note) = 0 then 'zero' end as null_kind,
    note as printed_text,
    coalesce(unit, '元') as unit,
    in_yuan(amount(note), unit) as amount_yuan,
    half_unit(note, unit) as half_unit,
    level,
    account_code,
    account_name,
    class_code,
    side,
    line,
    row_key,
    has_valid_code,
    source_ref,
    is_counted
from working.rows
where has_stray;
