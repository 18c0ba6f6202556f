-- One row per disclosure and family of rules: how much of it could be checked.
-- A rule that fails only where a person found it unfounded does not fail.
with comparisons as (
    select
        *,
        outcome = 'fail' and coalesce(verdict, 'confirmed') <> 'unfounded' as is_finding
    from {{ ref('fct_reconciliations') }}
),

executed_rules as (
    select
        disclosure_id,
        family,
        rule_code,
        max(case when outcome in ('pass', 'hint', 'fail') then 1 else 0 end) as is_executed,
        max(case when is_finding then 1 else 0 end) as is_failed,
        max(case outcome when 'insufficient_data' then 1 else 0 end) as lacks_data,
        sum(checked_count) as checked_count,
        sum(case when is_finding then 1 else 0 end) as finding_count
    from comparisons
    group by all
),

rules as (
    select
        executed_rules.*,
        case when precisions.is_doubted then executed_rules.is_executed else 0 end as is_doubted
    from executed_rules
    inner join {{ ref('fct_rule_precision') }} as precisions
        on executed_rules.rule_code = precisions.rule_code
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
        cast(sum(finding_count) as integer) as finding_count,
        cast(sum(is_doubted) as integer) as doubted_count
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
                            cast(families.insufficient_data_count as string)
                            || ' lack a table, another document or the other side of the comparison'
                end,
                case
                    when families.not_applicable_count > 0
                        then
                            cast(families.not_applicable_count as string)
                            || ' find nothing in what was read that falls under them'
                end
            )
    end as not_executed_reason,
    families.checked_count,
    families.finding_count,
    families.doubted_count,
    disclosures.is_counted
from families
inner join {{ ref('dim_disclosures') }} as disclosures
    on families.disclosure_id = disclosures.disclosure_id
