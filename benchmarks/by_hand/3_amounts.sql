-- Every cell of a printed column as its own row: marts.fct_published_amounts.

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
        unnest([y1, y2, y3, y4, y5, y6, y7]) as y,
        unnest([z1, z2, z3, z4, z5, z6, z7]) as z,
        unnest([1, 2, 3, 4, 5, 6, 7]) as i
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
        when figure(cells.x, cells.y, cells.u) is null then 'blank'
        when coalesce(cells.y, 0) = 0 then case when amount(cells.x) = 0 then 'zero' end
    end as null_kind,
    cells.x as printed_text,
    coalesce(cells.unit, '') as unit,
    cells.y as amount_yuan,
    half_of_decimal(cells.z) as half_unit,
    cells.level,
    cells.account_code,
    cells.account_name,
    cells.class_code,
    cells.side,
    cells.line,
    cells.row_key,
    cells.parent_row_key,
    cells.has_valid_code,
    null::text as unit_name,  -- the nine tables have no rows of units
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
    coalesce(unit, '') as unit,
    in_yuan(amount(note), unit) as amount_yuan,
    half_of_decimal(decimals(replace(note, ',', '')) - u) as half_unit,
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
