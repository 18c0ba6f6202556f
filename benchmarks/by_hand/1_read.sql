-- How printed values are read. Nearly every text is plain ASCII: the ways around translate() are for speed.
create temp macro printed_digits(printed) as
    translate(printed, '０１２３４５６７８９．（）－—–−，, 　 ', '0123456789.()----');
create temp macro amount(printed) as case when printed <> '' then coalesce(
    try_cast(replace(printed, ',', '') as decimal(24, 6)),
    cast(case
        when printed_digits(printed) = '' then null
        when printed_digits(printed) in ('-', '--') then '0'
        when printed_digits(printed) like '(%)' then '-' || translate(printed_digits(printed), '()', '')
        else printed_digits(printed)
    end as decimal(24, 6))
) end;
create temp macro yuan_per(unit) as case unit when '万元' then 10000 else 1 end;
create temp macro in_yuan(printed_amount, unit) as
    cast(round(printed_amount * yuan_per(unit), 2) as decimal(18, 2));
-- What replace() has freed of its separators is plain nearly always.
create temp macro yuan(printed, unit) as case when printed <> '' then coalesce(
    case
        when unit = '万元' then in_yuan(try_cast(printed as decimal(18, 6)), unit)
        else try_cast(printed as decimal(18, 2))
    end,
    in_yuan(amount(printed), unit)
) end;
create temp macro decimals(printed) as cast(case
    when printed is null then 6
    when printed = '' then 0
    when try_cast(printed as decimal(18, 2)) is not null and not contains(printed, ' ')
        then case instr(printed, '.') when 0 then 0 else least(strlen(printed) - instr(printed, '.'), 6) end
    else least(length(split_part(translate(printed_digits(printed), '()', ''), '.', 2)), 6)
end as tinyint);
-- Half of the digit at a decimal, in yuan; a figure in 万元 ends four decimals further left.
create temp macro half_of_decimal(decimal) as cast(case decimal
    when -4 then 5000 when -3 then 500 when -2 then 50 when -1 then 5 when 0 then 0.5 when 1 then 0.05
    when 2 then 0.005 when 3 then 0.0005 when 4 then 0.00005 when 5 then 0.000005 else 0.0000005
end as decimal(18, 7));
create temp macro half_of_digit(decimals, is_rounded) as
    half_of_decimal(decimals - if(is_rounded, 4, 0));
create temp macro half_unit(printed, unit) as
    half_of_digit(decimals(replace(printed, ',', '')), unit is not distinct from '万元');
create temp macro text_or_null(printed) as nullif(trim(printed, ' 　'), '');
create temp macro whole_number(printed) as case when printed <> '' then
    coalesce(try_cast(printed as integer), cast(nullif(printed_digits(printed), '') as integer)) end;
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
create temp macro printed_date(printed) as cast(case
    when printed like '%月%' then translate(printed_digits(printed), '年月日', '--')
    when length(printed_digits(printed)) = 8 and printed_digits(printed) not like '%-%'
        then concat_ws('-', printed_digits(printed)[1:4], printed_digits(printed)[5:6], printed_digits(printed)[7:8])
    else nullif(translate(printed_digits(printed), '/.', '--'), '')
end as date);
create temp macro comparable_name(printed) as translate(printed, '（）【】〔〕，：；　 ', '()[][],:;');
create temp macro ratio(part, whole) as cast(cast(
    sign(part) * sign(whole) * (
        (cast(abs(part) * 100 as hugeint) * 2000000 + cast(abs(whole) * 100 as hugeint))
        // nullif(cast(abs(whole) * 100 as hugeint) * 2, 0)
    ) as decimal(24, 0)) * cast(0.000001 as decimal(7, 6)) as decimal(18, 6));
create temp macro excess_fen(gap, tolerance, is_equality) as
    cast((case when is_equality then abs(gap) else -(gap) end - tolerance) * 100 as bigint);

create schema working;
create schema reference;
create schema marts;
create type disclosure as enum (select disclosure_id from landing.disclosure);
create type printed_table as enum (
    'basic_expenditure_by_economic', 'expenditure_by_function', 'fiscal_appropriation_summary',
    'general_public_budget_by_function', 'government_funds_by_function', 'projects',
    'revenue_by_function', 'revenue_expenditure_summary', 'state_capital_by_function',
    'three_public_expenses'
);

create table reference.functions as
    select * replace (document_count::integer as document_count)
    from read_csv(getvariable('reference') || '/functions.csv', all_varchar = true);
create table reference.economic_items as
    select * replace (document_count::integer as document_count)
    from read_csv(getvariable('reference') || '/economic_items.csv', all_varchar = true);
create table reference.classification_changes as
    select * replace (effective_fiscal_year::integer as effective_fiscal_year)
    from read_csv(getvariable('reference') || '/classification_changes.csv', all_varchar = true);
create table reference.reconciliation_rules as
    select * replace (from_fiscal_year::integer as from_fiscal_year)
    from read_csv(getvariable('reference') || '/reconciliation_rules.csv', all_varchar = true);
create table reference.reconciliation_sides as
    from read_csv(getvariable('reference') || '/reconciliation_sides.csv', all_varchar = true);
create table reference.known_findings as
    from read_csv(getvariable('reference') || '/known_findings.csv', all_varchar = true);
create table reference.summary_lines as
    from read_csv(getvariable('reference') || '/summary_lines.csv', all_varchar = true);
create table reference.regions as
    from read_csv(getvariable('reference') || '/regions.csv', all_varchar = true);
create table reference.cofog as
    from read_csv(getvariable('reference') || '/cofog.csv', all_varchar = true);
create table reference.function_cofog as
    from read_csv(getvariable('reference') || '/function_cofog.csv', all_varchar = true);

-- One row per disclosure, every revision.
create view working.stg_disclosures as
select
    disclosure_id,
    text_or_null(organization_name) as organization_name,
    text_or_null(organization_type) as organization_type,
    text_or_null(supervising_organization_name) as supervising_organization_name,
    code(region_code) as region_code,
    whole_number(fiscal_year) as fiscal_year,
    stage,
    scope,
    whole_number(revision) as revision,
    printed_date(published_on) as published_on,
    text_or_null(source_document) as source_document,
    text_or_null(source_url) as source_url,
    text_or_null(source_sha256) as source_sha256
from landing.disclosure;

-- One row per disclosure, every revision, with its organization and whether sums count it.
create table working.disclosures as
with disclosures as (
    select
        *,
        region_code || '-' || organization_name as organization_id,
        region_code
        || '-'
        || coalesce(supervising_organization_name, organization_name) as department_id,
        revision = max(revision) over (
            partition by region_code, organization_name, fiscal_year, stage, scope
        ) as is_current
    from working.stg_disclosures
),

-- A unit's department publishes the unit's figures within its own.
departments as (
    select
        disclosure_id as department_disclosure_id,
        organization_id as department_id,
        fiscal_year,
        stage
    from disclosures
    where scope = 'department' and is_current
)

select
    disclosures.disclosure_id,
    disclosures.disclosure_id::disclosure as d,
    disclosures.organization_id,
    disclosures.organization_name,
    case disclosures.organization_type
        when '行政单位' then 'administrative_unit'
        when '参公单位' then 'civil_service_law_institution'
        when '事业单位' then 'public_institution'
    end as organization_type,
    case
        when disclosures.supervising_organization_name <> disclosures.organization_name
            then disclosures.department_id
    end as parent_organization_id,
    disclosures.supervising_organization_name,
    disclosures.department_id,
    disclosures.region_code,
    disclosures.fiscal_year,
    disclosures.stage,
    disclosures.scope,
    disclosures.revision,
    disclosures.is_current,
    disclosures.is_current and departments.department_disclosure_id is null as is_counted,
    departments.department_disclosure_id,
    landed.is_stale,
    landed.content_sha256,
    disclosures.published_on,
    disclosures.source_document,
    disclosures.source_url,
    disclosures.source_sha256,
    true as is_affected
from disclosures
inner join landing.disclosures as landed
    on disclosures.disclosure_id = landed.disclosure_id
left join departments
    on
        disclosures.scope = 'unit'
        and disclosures.department_id = departments.department_id
        and disclosures.fiscal_year = departments.fiscal_year
        and disclosures.stage = departments.stage;
