-- The reading of printed values, the reference lists, and the disclosures that sums count.

-- Nearly every text is plain ASCII: the ways around translate() are for speed.
create temp macro printed_digits(printed) as
    translate(printed, '０１２３４５６７８９．（）－—–−，, 　 ', '0123456789.()----');
create temp macro amount(printed) as case when printed <> '' then coalesce(
    try_cast(replace(printed, ',', '') as decimal(24, 6)),
    cast(case
        when printed_digits(printed) = '' then null
        when printed_digits(printed) in ('-', '--') then '0'
        when printed_digits(printed) like '(%)'
            then '-' || translate(printed_digits(printed), '()', '')
        else printed_digits(printed)
    end as decimal(24, 6))
) end;
-- The digits by which a unit stands to the left of the yuan; null for an unknown one.
create temp macro unit_digits(unit) as cast(
    case unit
        when '元' then 0 when '万元' then 4 when '千元' then 3 when '百万元' then 6 when '亿元' then 8
    end
as tinyint);
create temp macro yuan_per(unit) as
    case unit
        when '元' then 1 when '万元' then 10000 when '千元' then 1000 when '百万元' then 1000000
        when '亿元' then 100000000
    end;
create temp macro in_yuan(printed_amount, unit) as
    cast(round(printed_amount * yuan_per(unit), 2) as decimal(18, 2));
-- A value is nearly always plain once replace() has freed it of its separators.
create temp macro yuan(printed, unit) as case when printed <> '' then coalesce(
    case unit
        when '元' then try_cast(printed as decimal(18, 2))
        when '万元' then in_yuan(try_cast(printed as decimal(18, 6)), unit)
    end,
    in_yuan(amount(printed), unit)
) end;
-- The figure of a cell, in whatever unit: where the unit is not known there are no yuan.
create temp macro figure(printed, yuan, unit_digits) as
    coalesce(yuan, case when unit_digits is null then amount(printed) end);
create temp macro decimals(printed) as cast(case
    when printed is null then 6
    when printed = '' then 0
    when try_cast(printed as decimal(18, 2)) is not null and not contains(printed, ' ')
        then case instr(printed, '.')
            when 0 then 0
            else least(strlen(printed) - instr(printed, '.'), 6)
        end
    else least(length(split_part(translate(printed_digits(printed), '()', ''), '.', 2)), 6)
end as tinyint);
-- Half of the digit at a decimal, in yuan; a figure in 万元 ends four decimals further left.
create temp macro half_of_decimal(decimal) as cast(case decimal
    when -8 then 50000000 when -7 then 5000000 when -6 then 500000 when -5 then 50000
    when -4 then 5000 when -3 then 500 when -2 then 50 when -1 then 5 when 0 then 0.5
    when 1 then 0.05 when 2 then 0.005 when 3 then 0.0005 when 4 then 0.00005 when 5 then 0.000005
    when 6 then 0.0000005
end as decimal(18, 7));
create temp macro text_or_null(printed) as nullif(trim(printed, ' 　'), '');
create temp macro whole_number(printed) as case when printed <> '' then
    coalesce(try_cast(printed as integer), cast(nullif(printed_digits(printed), '') as integer))
end;
create temp macro code(printed) as case
    when printed = '' then null
    when try_cast(printed as bigint) is not null and not contains(printed, ' ') then printed
    else nullif(printed_digits(printed), '')
end;
create temp macro account_code(class, section, item) as case
    when length(class) = 3 and coalesce(length(section), 2) = 2 and coalesce(length(item), 2) = 2
        then concat(class, section, item)
    else nullif(coalesce(
        case when length(item) > 3 then item end,
        case when length(section) > 3 then section end,
        case when length(class) > 3 then class end,
        concat(class, lpad(section, 2, '0'), lpad(item, 2, '0'))
    ), '')
end;
create temp macro comparable_name(printed) as translate(printed, '（）【】〔〕，：；　 ', '()[][],:;');

create schema working;
create schema marts;
create schema reconciliations;
create type disclosure as enum (select disclosure_id from landing.disclosure);
create type printed_table as enum (
    'basic_expenditure_by_economic', 'expenditure_by_function', 'fiscal_appropriation_summary',
    'general_public_budget_by_function', 'government_funds_by_function', 'projects',
    'revenue_by_function', 'revenue_expenditure_summary', 'state_capital_by_function',
    'three_public_expenses'
);

create table working.functions as
    from read_csv(getvariable('reference') || '/functions.csv', all_varchar = true);
create table working.reconciliation_rules as
    from read_csv(getvariable('reference') || '/reconciliation_rules.csv', all_varchar = true);
create table working.reconciliation_sides as
    from read_csv(getvariable('reference') || '/reconciliation_sides.csv', all_varchar = true);
create table working.summary_lines as
    from read_csv(getvariable('reference') || '/summary_lines.csv', all_varchar = true);

-- One row per disclosure: sums count its latest revision, a unit only where no department does.
create table working.disclosures as
with disclosures as (
    select
        disclosure_id,
        scope,
        concat_ws(' ', whole_number(fiscal_year), stage) as budget,
        coalesce(code(region_code), '') as region,
        text_or_null(organization_name) as organization,
        coalesce(text_or_null(supervising_organization_name), organization) as department,
        disclosure_id = first(
            disclosure_id order by whole_number(revision) desc, disclosure_id
        ) over (
            partition by region, comparable_name(organization), budget, scope
        ) as is_current
    from landing.disclosure
)

select
    disclosure_id::disclosure as d,
    is_current and not (
        scope = 'unit' and exists (
            select 1 from disclosures as other
            where
                other.scope = 'department' and other.is_current
                and other.region = disclosures.region
                and other.organization = disclosures.department
                and other.budget = disclosures.budget
        )
    ) as is_counted
from disclosures;
