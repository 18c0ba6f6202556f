-- Per rule and disclosure: how many checks hold, and in a list those that do not.
create table working.verdicts as
with checks as (
    from working.rec_within_table
    union all from working.rec_across_tables
    union all from working.rec_three_public
    union all from working.rec_narrative
    union all from working.rec_units
    union all from working.rec_across_years
    union all from working.rec_classification
    union all from working.rec_projects
    union all from working.rec_completeness
    union all from working.rec_plausibility
    union all from working.rec_compared_amounts where outcome <> 'pass'
)

select
    rule_code,
    disclosure_id,
    count(*) filter (where outcome = 'pass') as passes,
    max(excess_fen) filter (where outcome = 'pass') as excess_fen,
    list({
        'subject': subject, 'outcome': outcome, 'stated_yuan': stated_yuan,
        'computed_yuan': computed_yuan, 'gap_yuan': gap_yuan, 'tolerance_yuan': tolerance_yuan,
        'excess_fen': excess_fen, 'stated_text': stated_text, 'computed_text': computed_text,
        'stated_source': stated_source, 'computed_source': computed_source
    }) filter (where outcome <> 'pass') as findings
from checks
group by all
union all
select rule_code, d::text, count(*), max(excess_fen), null
from working.compared
where outcome = 'pass'
group by all
union all
select
    rule_code,
    d::text,
    passes,
    0,
    list_transform(findings, lambda broken: {
        'subject': broken.finding.subject,
        'outcome': if(broken.is_broken, 'fail', 'insufficient_data'),
        'stated_yuan': broken.finding.stated_yuan,
        'computed_yuan': null::decimal(18, 2),
        'gap_yuan': null::decimal(18, 2),
        'tolerance_yuan': null::decimal(18, 2),
        'excess_fen': if(broken.is_broken, 1, 0)::bigint,
        'stated_text': broken.finding.stated_text,
        'computed_text': broken.finding.computed_text,
        'stated_source': broken.finding.stated_source,
        'computed_source': null::text
    })
from working.statements_of_rows
union all
-- Two figures that are no slip of a unit: UC-04 holds, with nothing to tell.
select 'UC-04', d::text, count(*), 0, null
from working.compared
where outcome = 'pass' and stated_yuan > 0 and computed_yuan > 0 and not is_slip(stated_yuan, computed_yuan)
group by all;

-- One row per rule and disclosure for what passed; per rule, disclosure and subject otherwise.
create table marts.fct_reconciliations as
with printed_tables as (
    select distinct d::text as disclosure_id, t::text as table_name
    from working.rows
    where printed > 0 or has_stray
    union
    select disclosure_id, unnest([table_name, 'tables']) from marts.fct_published_tables
    union
    select disclosure_id, 'narrative_claims' from marts.fct_narrative_claims
    union
    select disclosure_id, 'statements' from marts.fct_statements
),

-- The rules that had nothing to check in a disclosure, and which of the tables they need it prints.
unchecked as (
    select
        rules.rule_code,
        disclosures.disclosure_id,
        disclosures.fiscal_year < rules.from_fiscal_year as is_before_rule,
        rules.needed_tables,
        length(rules.needed_tables) - length(replace(rules.needed_tables, ' ', '')) + 1 as tables_needed
    from reference.reconciliation_rules as rules
    cross join working.disclosures
    anti join working.verdicts
        on rules.rule_code = verdicts.rule_code and disclosures.disclosure_id = verdicts.disclosure_id
),

needs as (
    select rule_code, unnest(string_split(needed_tables, ' ')) as table_name
    from reference.reconciliation_rules
    where needed_tables <> 'any'
    union all
    select rules.rule_code, tables.table_name
    from reference.reconciliation_rules as rules
    cross join (select distinct table_name from printed_tables) as tables
    where rules.needed_tables = 'any'
),

tables_printed as (
    select unchecked.*, count(printed_tables.table_name) as tables_printed
    from unchecked
    left join needs using (rule_code)
    left join printed_tables
        on
            unchecked.disclosure_id = printed_tables.disclosure_id
            and needs.table_name = printed_tables.table_name
    group by all
),

judged as (
    select rule_code, disclosure_id, sum(passes) as checked_count, 'pass' as outcome,
        max(excess_fen) as excess_fen
    from working.verdicts
    group by all
    having sum(passes) > 0
    union all by name
    select
        rule_code,
        disclosure_id,
        case when outcome in ('fail', 'hint') then 1 else 0 end as checked_count,
        * exclude (rule_code, disclosure_id)
        replace (case when outcome in ('fail', 'hint') then excess_fen end as excess_fen),
        case outcome
            when 'insufficient_data' then 'one side of the claim is not published or not loaded'
            when 'not_applicable' then 'the document prints the account on one side only'
        end as not_executed_reason
    from (
        select rule_code, disclosure_id, unnest(findings, recursive := true)
        from working.verdicts
        where findings is not null
    )
    union all by name
    select
        rule_code,
        disclosure_id,
        0 as checked_count,
        case
            when is_before_rule or tables_printed = 0 or tables_printed >= tables_needed
                then 'not_applicable'
            else 'insufficient_data'
        end as outcome,
        case
            when is_before_rule then 'the rule does not hold for this fiscal year yet'
            when tables_printed < tables_needed
                then 'the document does not print all of: ' || needed_tables
            else 'nothing in the document falls under the rule'
        end as not_executed_reason
    from tables_printed
)

select
    judged.rule_code,
    judged.disclosure_id,
    judged.subject,
    rules.family,
    cast(judged.checked_count as integer) as checked_count,
    judged.outcome,
    rules.severity,
    judged.stated_yuan,
    judged.computed_yuan,
    judged.gap_yuan,
    judged.tolerance_yuan,
    cast(judged.excess_fen as bigint) as excess_fen,
    judged.stated_text,
    judged.computed_text,
    judged.stated_source,
    judged.computed_source,
    known_findings.reason as known_finding_reason,
    known_findings.reason_zh as known_finding_reason_zh,
    judged.not_executed_reason,
    disclosures.is_counted
from judged
inner join reference.reconciliation_rules as rules on judged.rule_code = rules.rule_code
inner join working.disclosures on judged.disclosure_id = disclosures.disclosure_id
left join reference.known_findings
    on
        judged.rule_code = known_findings.rule_code
        and judged.disclosure_id = known_findings.disclosure_id
        and judged.subject = known_findings.subject
        and judged.outcome in ('fail', 'hint');

-- One row per disclosure and family of rules: how much of it could be checked.
create table marts.fct_rule_coverage as
with rules as (
    select
        disclosure_id,
        family,
        rule_code,
        max(case when outcome in ('pass', 'hint', 'fail') then 1 else 0 end) as is_executed,
        max(case outcome when 'fail' then 1 else 0 end) as is_failed,
        max(case outcome when 'insufficient_data' then 1 else 0 end) as lacks_data,
        sum(checked_count) as checked_count,
        sum(case outcome when 'fail' then 1 else 0 end) as finding_count
    from marts.fct_reconciliations
    group by all
),

-- A rule that was executed anywhere in the document is executed, even if it lacked data elsewhere.
families as (
    select
        disclosure_id,
        family,
        cast(count(*) as integer) as rule_count,
        cast(sum(is_executed) as integer) as executed_count,
        cast(sum(is_executed - is_failed) as integer) as passed_count,
        cast(sum(is_failed) as integer) as failed_count,
        cast(sum((1 - is_executed) * lacks_data) as integer) as insufficient_data_count,
        cast(sum((1 - is_executed) * (1 - lacks_data)) as integer) as not_applicable_count,
        cast(sum(checked_count) as integer) as checked_count,
        cast(sum(finding_count) as integer) as finding_count
    from rules
    group by all
)

select
    families.disclosure_id,
    families.family,
    disclosures.organization_id,
    disclosures.fiscal_year,
    families.rule_count,
    families.executed_count,
    families.passed_count,
    families.failed_count,
    families.insufficient_data_count,
    families.not_applicable_count,
    case
        when families.executed_count < families.rule_count
            then concat_ws(
                '; ',
                case
                    when families.insufficient_data_count > 0
                        then
                            cast(families.insufficient_data_count as text)
                            || ' lack a table or the other side of the claim'
                end,
                case
                    when families.not_applicable_count > 0
                        then
                            cast(families.not_applicable_count as text)
                            || ' find nothing in the document that falls under them'
                end
            )
    end as not_executed_reason,
    families.checked_count,
    families.finding_count,
    disclosures.is_counted
from families
inner join marts.dim_disclosures as disclosures
    on families.disclosure_id = disclosures.disclosure_id;

drop schema working cascade;
drop type disclosure;
drop type printed_table;
