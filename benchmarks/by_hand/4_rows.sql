-- The rules that look at every printed row of the tables by account: texts only where something is broken.
create table working.names as
select
    account_name,
    comparable_name(account_name) as comparable,
    regexp_replace(comparable_name(account_name), '(支出|费用|费)$', '') as short
from (select distinct account_name from working.rows where has_valid_code is not null and account_name is not null);

create table working.known_codes as
with catalogue as (
    select 'function' as classification, function_code as account_code, function_name as account_name,
        evidence, other_names, name_in_2010_list
    from reference.functions
    union all by name
    select 'economic' as classification, economic_code as account_code, economic_name as account_name,
        evidence, other_names
    from reference.economic_items
),

renamed_codes as (
    select classification, from_code as account_code,
        string_agg(distinct from_name, '|' order by from_name) as former_names
    from reference.classification_changes
    where kind = 'rename'
    group by all
)

select
    catalogue.classification,
    catalogue.account_code,
    catalogue.evidence = 'several_documents' as is_certain,
    comparable_name(catalogue.account_name) as comparable,
    '|'
    || comparable_name(
        concat_ws('|', catalogue.other_names, catalogue.name_in_2010_list, renamed_codes.former_names)
    )
    || '|' as other_names
from catalogue
left join renamed_codes using (classification, account_code);

-- The accounts of a document, each with its first name.
create table working.accounts as
select
    rows.d,
    if(rows.t = 'basic_expenditure_by_economic', 'economic', 'function') as classification,
    rows.account_code,
    disclosures.fiscal_year,
    disclosures.scope = 'unit' and disclosures.organization_type = 'public_institution' as is_institution,
    min(rows.account_name) as first_spelling,
    max(rows.account_name) as last_spelling,
    case
        when min(rows.account_name) = max(rows.account_name) then min(rows.account_name)
        else min_by(rows.account_name, concat_ws(' ', rows.t, rows.source_ref))
    end as account_name,
    max(rows.y1) as amount_yuan,
    min(concat_ws(' ', rows.t, rows.source_ref)) as place
from working.rows
inner join working.disclosures on rows.d = disclosures.d
where rows.printed & 1 > 0 and rows.has_valid_code is not null and rows.account_code is not null
group by all;

-- What the catalogue says of a code and name in a year is found once for all documents that print them.
create table working.known_names as
with printed_names as (
    select distinct classification, account_code, account_name, fiscal_year from working.accounts
),

known_classes as (select distinct classification, account_code[1:3] as class_code from working.known_codes),

-- Where a class has the name already, under another code of the same length.
codes_of_names as (
    select
        classification, account_code[1:3] as class_code, length(account_code) as code_length, comparable,
        min(account_code) as account_code
    from working.known_codes
    where is_certain
    group by all
),

names_of_years as (
    select fiscal_year, 'function' as classification, function_code as account_code,
        function_name as account_name
    from marts.dim_functions
    union all
    select fiscal_year, 'economic', economic_code, economic_name
    from marts.dim_economic_items
)

select
    printed.*,
    known_codes.account_code is not null as is_known,
    known_classes.class_code is not null as is_known_class,
    codes_of_names.account_code as code_of_name,
    names_of_years.account_name as official_name,
    known_codes.is_certain and printed.account_name is not null and names_of_years.account_code is not null
        as is_named,
    names.comparable = comparable_name(names_of_years.account_name) as has_official_name,
    names.comparable = known_codes.comparable
    or known_codes.other_names like '%|' || names.comparable || '|%'
    or names.short = regexp_replace(known_codes.comparable, '(支出|费用|费)$', '') as has_other_name
from printed_names as printed
left join working.names on printed.account_name = names.account_name
left join working.known_codes
    on
        printed.classification = known_codes.classification
        and printed.account_code = known_codes.account_code
left join known_classes
    on
        printed.classification = known_classes.classification
        and printed.account_code[1:3] = known_classes.class_code
left join codes_of_names
    on
        printed.classification = codes_of_names.classification
        and printed.account_code[1:3] = codes_of_names.class_code
        and length(printed.account_code) = codes_of_names.code_length
        and names.comparable = codes_of_names.comparable
left join names_of_years
    on
        printed.fiscal_year = names_of_years.fiscal_year
        and printed.classification = names_of_years.classification
        and printed.account_code = names_of_years.account_code;

create table working.statements_of_rows as
with accounts as (
    select accounts.*, known_names.* exclude (classification, account_code, account_name, fiscal_year)
    from working.accounts
    inner join working.known_names
        on
            accounts.classification = known_names.classification
            and accounts.account_code = known_names.account_code
            and accounts.fiscal_year = known_names.fiscal_year
            and accounts.account_name is not distinct from known_names.account_name
),

two_names as (
    select
        rows.d,
        if(rows.t = 'basic_expenditure_by_economic', 'economic', 'function') as classification,
        rows.account_code,
        min(names.comparable) <> max(names.comparable) as has_two_names
    from working.rows
    inner join working.names using (account_name)
    semi join (from working.accounts where first_spelling <> last_spelling) as spelt
        on rows.d = spelt.d and rows.account_code = spelt.account_code
    where rows.printed & 1 > 0 and rows.has_valid_code is not null
    group by all
),

-- Four rules of each account, as a list: whether it is broken, null where that cannot be said.
rules_of_accounts as (
    select
        accounts.*,
        unnest([
            {'rule_code': 'CC-01', 'is_broken': case
                when is_known then false when not is_known_class or code_of_name is not null then true
            end},
            case when is_named then
                {'rule_code': 'CC-02', 'is_broken': not has_official_name and not has_other_name} end,
            case when is_named and (has_official_name or has_other_name) then
                {'rule_code': 'CC-03', 'is_broken': not has_official_name} end,
            case when is_institution and classification = 'function'
                and account_code in ('2101101', '2101102', '2080501', '2080502') then
                {'rule_code': 'CC-05',
                    'is_broken': account_code in ('2101101', '2080501') and amount_yuan > 0} end,
            case when first_spelling is not null then
                {'rule_code': 'CC-07', 'is_broken':
                    first_spelling <> last_spelling and not coalesce(two_names.has_two_names, false)} end
        ], recursive := true)
    from accounts
    left join two_names using (d, classification, account_code)
),

codes_and_names as (
    select
        rule_code,
        d,
        is_broken,
        if(is_broken is distinct from false, {
            'subject': if(rule_code = 'CC-05', 'function', classification) || ' ' || account_code,
            'stated_yuan': amount_yuan,
            'stated_text': case rule_code
                when 'CC-01' then concat_ws(' ', account_code, account_name)
                when 'CC-07' then first_spelling
                else account_name
            end,
            'computed_text': case
                when rule_code = 'CC-01' then case
                    when not is_known_class then 'a class of the classification'
                    when not is_known then concat_ws(' ', code_of_name, account_name)
                end
                when rule_code = 'CC-05' then 'the account of institutions'
                when rule_code = 'CC-07' then last_spelling
                else official_name
            end,
            'stated_source': place
        }, null) as finding
    from rules_of_accounts
    where rule_code is not null
),

-- The class and the section last printed above a row.
rows_below as (
    select
        d, t, row_number, account_code, account_name, level, y1, source_ref,
        max(case level when 'class' then row_number end) over above as class_row,
        last_value(case level when 'class' then account_code end ignore nulls) over above as class_above,
        last_value(case when level in ('class', 'section') then account_code end ignore nulls) over above
            as section_above
    from working.rows
    where printed & 1 > 0 and has_valid_code is not null
    window above as (
        partition by d, t order by row_number rows between unbounded preceding and current row
    )
),

broken_below as (
    select
        *,
        class_above <> account_code[1:3]
        or (
            t <> 'basic_expenditure_by_economic'
            and level = 'item'
            and length(section_above) = 5
            and section_above <> account_code[1:5]
        ) as is_broken
    from rows_below
    where account_code is not null and class_above is not null
),

rows_below_parents as (
    select
        'CC-04' as rule_code,
        rows.d,
        rows.is_broken,
        if(rows.is_broken is distinct from false, {
            'subject': rows.t || ' ' || rows.account_code || ' row ' || rows.row_number,
            'stated_yuan': rows.y1,
            'stated_text': concat_ws(' ', rows.account_code, rows.account_name),
            'computed_text': concat_ws(' ', 'below', rows.class_above, classes.account_name),
            'stated_source': concat_ws(' ', rows.t, rows.source_ref)
        }, null) as finding
    from broken_below as rows
    left join working.rows as classes
        on
            rows.is_broken
            and rows.d = classes.d and rows.t = classes.t and rows.class_row = classes.row_number
),

components_of_classes as (
    select
        'WT-16' as rule_code,
        d,
        (class_code in ('301', '303') and coalesce(y3, 0) <> 0)
        or (class_code in ('302', '310') and coalesce(y2, 0) <> 0)
        or (coalesce(y2, 0) <> 0 and coalesce(y3, 0) <> 0) as is_broken,
        if(is_broken is distinct from false, {
            'subject': t || ' ' || row_key,
            'stated_yuan': y1,
            'stated_text': account_name,
            'computed_text': case
                when class_code in ('301', '303') then 'personnel only'
                when class_code in ('302', '310') then 'public use only'
                else 'personnel or public use'
            end,
            'stated_source': t || ' ' || source_ref
        }, null) as finding
    from working.rows
    where
        t = 'basic_expenditure_by_economic' and row_role <> 'total' and account_code is not null
        and (y1 <> 0 or y2 <> 0 or y3 <> 0)
),

tree as (
    select
        *,
        occurrences > 1
        or not has_valid_code
        or account_code is null
        or (length(account_code) > 3 and has_class is null)
        or (level = 'item' and t <> 'basic_expenditure_by_economic' and has_section is null) as is_broken
    from working.rows
    where
        printed > 0 and has_valid_code is not null and row_role <> 'total'
        and (
            account_code is not null
            or y1 <> 0 or y2 <> 0 or y3 <> 0 or y4 <> 0 or y5 <> 0
        )
),

accounts_in_tree as (
    select 'WT-20' as rule_code, d, false as is_broken, null as finding
    from tree
    where not coalesce(is_broken, true)
    union all
    select
        'WT-20' as rule_code,
        d,
        true as is_broken,
        {
            'subject': t || ' ' || row_key,
            'stated_yuan': max(y1),
            'stated_text': min(account_name),
            'computed_text': case
                when min(account_code) is null then 'an account code beside the amount'
                when count(*) > 1 then 'one row for each account'
                when not min(has_valid_code) then 'a code in parts of 3, 2 and 2 digits'
                else 'a row for each account above it'
            end,
            'stated_source': min(t || ' ' || source_ref)
        } as finding
    from tree
    where coalesce(is_broken, true)
    group by d, t, row_key
),

-- A nil can be printed as 0.00, as a blank beside a figure, or as a row without any figure.
ways_of_nil as (
    select
        d,
        t,
        t in ('revenue_expenditure_summary', 'fiscal_appropriation_summary') as is_summary,
        printed & (if(y1 is null, 1, 0) + if(y2 is null, 2, 0) + if(y3 is null, 4, 0)
            + if(y4 is null, 8, 0) + if(y5 is null, 16, 0) + if(y6 is null, 32, 0) + if(y7 is null, 64, 0))
            as blanks,
        printed,
        (
            (y1 = 0 and amount(x1) = 0) or (y2 = 0 and amount(x2) = 0) or (y3 = 0 and amount(x3) = 0)
            or (y4 = 0 and amount(x4) = 0) or (y5 = 0 and amount(x5) = 0) or (y6 = 0 and amount(x6) = 0)
            or (y7 = 0 and amount(x7) = 0)
        ) is true as has_zero
    from working.rows
    where t <> 'projects' and printed > 0
),

nil_written_one_way as (
    select
        'WT-22' as rule_code,
        d,
        bool_or(has_zero)::int + bool_or(blanks > 0 and (is_summary or blanks <> printed))::int
        + bool_or(blanks = printed and not is_summary)::int > 1 as is_broken,
        if(is_broken, {
            'subject': t::text,
            'stated_yuan': null::decimal(18, 2),
            'stated_text': concat_ws(
                ', ',
                case when bool_or(has_zero) then '0.00' end,
                case when bool_or(blanks > 0 and (is_summary or blanks <> printed)) then 'blank' end,
                case when bool_or(blanks = printed and not is_summary) then 'a row without any figure' end
            ),
            'computed_text': 'one way of writing nil',
            'stated_source': t::text
        }, null) as finding
    from ways_of_nil
    group by d, t
),

accounts_of_tables as (
    select d, t, account_code, min(account_name) as account_name, min(source_ref) as source_ref
    from working.rows
    where printed > 0 and account_code is not null and t <> 'basic_expenditure_by_economic'
    group by all
),

-- Which table's accounts must all stand in which other table.
inclusions (t, other) as (
    select unnest(['revenue_by_function', 'expenditure_by_function', 'general_public_budget_by_function'])::printed_table,
        unnest(['expenditure_by_function', 'revenue_by_function', 'expenditure_by_function'])::printed_table
),

accounts_in_other_table as (
    select
        'CT-15' as rule_code,
        accounts.d,
        others.account_code is null as is_broken,
        if(is_broken, {
            'subject': accounts.t || ' ' || accounts.account_code,
            'stated_yuan': null::decimal(18, 2),
            'stated_text': accounts.account_name,
            'computed_text': 'the same account in ' || inclusions.other,
            'stated_source': accounts.t || ' ' || accounts.source_ref
        }, null) as finding
    from accounts_of_tables as accounts
    inner join inclusions on accounts.t = inclusions.t
    semi join (select distinct d, t from accounts_of_tables) as other_tables
        on accounts.d = other_tables.d and inclusions.other = other_tables.t
    left join accounts_of_tables as others
        on
            accounts.d = others.d
            and inclusions.other = others.t
            and accounts.account_code = others.account_code
),

names_of_accounts as (
    select
        'CT-16' as rule_code,
        d,
        min(account_name) <> max(account_name)
        and min(comparable) <> max(comparable) as is_broken,
        if(is_broken, {
            'subject': account_code,
            'stated_yuan': null::decimal(18, 2),
            'stated_text': min(account_name),
            'computed_text': max(account_name),
            'stated_source': min(t || ' ' || source_ref)
        }, null) as finding
    from accounts_of_tables
    inner join working.names using (account_name)
    group by d, account_code
    having count(*) > 1
),

statements as (
    from codes_and_names
    union all from rows_below_parents
    union all from components_of_classes
    union all from accounts_in_tree
    union all from nil_written_one_way
    union all from accounts_in_other_table
    union all from names_of_accounts
)

select
    rule_code,
    d,
    count(*) filter (where not is_broken) as passes,
    list({'is_broken': is_broken, 'finding': finding}) filter (where is_broken is distinct from false)
        as findings
from statements
group by all;
