-- Every printed row of the tables of amounts once, wide, with its place in its table's tree.
-- Each is taken as printed: no repeated page is passed over, no code completed by the rows above.

-- The rows: their cells as text (x), in yuan (y), and where in yuan their last digit stands (z).
create table working.printed_rows as
with raw as (
    select 'revenue_by_function' as t, *, null as side, null as label, total as x1,
        fiscal_appropriation as x2, institution_revenue as x3, business_revenue as x4,
        other_revenue as x5
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
        code(unit) as unit,
        unit_digits(code(unit)) as u,
        text_or_null(note) as note,
        text_or_null(source_ref) as source_ref,
        columns('x\d'),
        replace(columns('x(\d)'), ',', '') as 's\1'
    from raw
)

select
    * exclude (class_part, section_part, item_part, s1, s2, s3, s4, s5, s6, s7),
    account_code(class_part, section_part, item_part) as account_code,
    -- The parts of the code make a code: 3, then 2 for each level, none left out.
    case when t not in (
        'revenue_expenditure_summary', 'fiscal_appropriation_summary', 'three_public_expenses',
        'projects'
    ) then coalesce(
            length(class_part) = 3
            and length(account_code(class_part, section_part, item_part)) = 3
            + if(section_part is null, 0, 2) + if(item_part is null, 0, 2)
            and account_code(class_part, section_part, item_part)[1:3] = class_part
            and coalesce(length(section_part), 2) > 1
            and coalesce(length(item_part), 2) > 1
            and not (
                t <> 'basic_expenditure_by_economic'
                and item_part is not null
                and section_part is null
            ),
            class_part is null and section_part is null and item_part is null
        ) end as has_valid_code,
    yuan(s1, unit) as y1, yuan(s2, unit) as y2, yuan(s3, unit) as y3, yuan(s4, unit) as y4,
    yuan(s5, unit) as y5, yuan(s6, unit) as y6, yuan(s7, unit) as y7,
    decimals(s1) - u as z1, decimals(s2) - u as z2, decimals(s3) - u as z3, decimals(s4) - u as z4,
    decimals(s5) - u as z5, decimals(s6) - u as z6, decimals(s7) - u as z7,
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

-- The meaning of each line of the two summaries.
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
    left join working.summary_lines as summary_lines
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
    from working.functions
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
    case when lines.side = 'expenditure' and lines.level = 'line' and lines.line = 'other'
        then coalesce(document_classes.class_code, catalogue_classes.class_code, lines.line_name)
    end as class_code,
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
        (count(figure(x1, y1, u)) > 0)::utinyint
        + (count(figure(x2, y2, u)) > 0)::utinyint * 2
        + (count(figure(x3, y3, u)) > 0)::utinyint * 4
        + (count(figure(x4, y4, u)) > 0)::utinyint * 8
        + (count(figure(x5, y5, u)) > 0)::utinyint * 16
        + (count(figure(x6, y6, u)) > 0)::utinyint * 32
        + (count(figure(x7, y7, u)) > 0)::utinyint * 64 as printed
    from working.printed_rows
    group by all
),

by_account as (
    select
        rows.* exclude (label),
        case
            when rows.account_code is not null then if(own.is_extended, 'subtotal', 'leaf')
            when comparable_name(rows.account_name) in (
                '合计', '总计', '支出合计', '收入合计', '支出总计', '收入总计', '本年支出合计', '本年收入合计'
            ) then 'total'
            -- An empty line adds nothing; a figure without a code has no place.
            when rows.account_name is null and coalesce(
                nullif(rows.y1, 0), nullif(rows.y2, 0), nullif(rows.y3, 0), nullif(rows.y4, 0),
                nullif(rows.y5, 0)
            ) is null then 'leaf'
            else 'unplaced'
        end as row_role,
        rows.account_code[1:3] as class_code,
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
            when t = 'basic_expenditure_by_economic'
                then case length(account_code) when 5 then 'item' when 7 then 'sub_item' end
            when length(account_code) = 5 then 'section'
            when length(account_code) = 7 then 'item'
        end as level,
        case
            when row_role = 'total' then 'total row'
            else coalesce(account_code, 'row ' || row_number)
        end as row_key,
        -- The nearest account above that the table prints: some documents leave a level out.
        case
            when row_role not in ('leaf', 'subtotal') then null
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
