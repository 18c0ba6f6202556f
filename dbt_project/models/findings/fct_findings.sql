-- One row per fact on which a document does not agree with itself: what several rules say of one
-- figure is one fact.
with failures as (
    select
        failures.finding_id,
        failures.rank_in_finding,
        reconciliations.*,
        case reconciliations.severity
            when 'error' then 1 when 'warning' then 2 else 3
        end as severity_rank
    from {{ ref('fct_finding_failures') }} as failures
    inner join {{ ref('fct_reconciliations') }} as reconciliations
        on
            failures.disclosure_id = reconciliations.disclosure_id
            and failures.rule_code = reconciliations.rule_code
            and failures.subject = reconciliations.subject
    where reconciliations.outcome = 'fail'
),

wholes as (
    select
        disclosure_id,
        finding_id,
        min(severity_rank) as severity_rank,
        max(abs(gap_yuan)) as gap_yuan,
        {{ joined('rule_code') }} as rule_codes,
        cast(count(*) as integer) as failure_count,
        max(reopened_because) as reopened_because,
        count(verdict) = count(*) as is_reviewed,
        sum(case verdict when 'unfounded' then 1 else 0 end) = count(*) as is_unfounded
    from failures
    group by disclosure_id, finding_id
)

select
    first_failures.disclosure_id,
    first_failures.finding_id,
    first_failures.fingerprint,
    case wholes.severity_rank when 1 then 'error' when 2 then 'warning' else 'info' end as severity,
    first_failures.lowered_because,
    -- A wrong word or percentage puts no amount at stake, a row in the wrong place its own.
    try_cast(
        coalesce(
            wholes.gap_yuan,
            case
                when
                    first_failures.family
                    in ('within_table', 'across_tables', 'units', 'classification', 'projects')
                    and coalesce(first_failures.stated_text, '') not like '%|%%' escape '|'
                    then abs(first_failures.stated_yuan)
            end,
            0
        ) as decimal(18, 2)
    ) as amount_yuan,
    wholes.rule_codes,
    wholes.failure_count,
    first_failures.rule_code,
    first_failures.rule_version,
    first_failures.subject,
    first_failures.stated_yuan,
    first_failures.stated_text,
    first_failures.stated_table_name,
    first_failures.stated_row_number,
    first_failures.stated_source_ref,
    first_failures.computed_yuan,
    first_failures.computed_text,
    first_failures.computed_table_name,
    first_failures.computed_row_number,
    first_failures.computed_source_ref,
    first_failures.computed_disclosure_id,
    wholes.is_reviewed,
    case
        when wholes.is_unfounded then 'unfounded' when wholes.is_reviewed then 'confirmed'
    end as verdict,
    first_failures.reviewer,
    first_failures.reviewed_on,
    first_failures.until,
    wholes.reopened_because,
    disclosures.reading,
    first_failures.is_counted
from failures as first_failures
inner join wholes
    on
        first_failures.disclosure_id = wholes.disclosure_id
        and first_failures.finding_id = wholes.finding_id
inner join {{ ref('dim_disclosures') }} as disclosures
    on first_failures.disclosure_id = disclosures.disclosure_id
where first_failures.rank_in_finding = 1
