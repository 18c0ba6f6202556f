-- One row per reconciliation rule: how many findings people confirmed, and how loud it speaks.
-- A verdict on a document that was published again still says how good the rule is.
with counted_verdicts as (
    select
        rule_code,
        cast(sum(case verdict when 'confirmed' then 1 else 0 end) as integer) as confirmed_count,
        cast(sum(case verdict when 'unfounded' then 1 else 0 end) as integer) as unfounded_count
    from {{ ref('int_verdicts') }}
    where coalesce(reopened_because, 'document_changed') = 'document_changed'
    group by rule_code
),

rules as (
    select
        rules.rule_code,
        rules.version as rule_version,
        rules.severity,
        coalesce(counted_verdicts.confirmed_count, 0) as confirmed_count,
        coalesce(counted_verdicts.unfounded_count, 0) as unfounded_count,
        coalesce(counted_verdicts.confirmed_count + counted_verdicts.unfounded_count, 0)
            as verdict_count
    from {{ ref('reconciliation_rules') }} as rules
    left join counted_verdicts
        on rules.rule_code = counted_verdicts.rule_code
),

shares as (
    select
        *,
        {{ ratio('confirmed_count', 'verdict_count') }} as precision_ratio,
        {{ wilson_end('-', 'confirmed_count', 'verdict_count', of_threshold('precision_z')) }}
            as precision_lower_ratio,
        {{ wilson_end('+', 'confirmed_count', 'verdict_count', of_threshold('precision_z')) }}
            as precision_upper_ratio
    from rules
),

doubts as (
    select
        *,
        unfounded_count >= {{ of_threshold('precision_unfounded_count') }}
        and coalesce(precision_lower_ratio < {{ of_threshold('precision_lower_bound') }}, false)
            as is_doubted
    from shares
)

select
    rule_code,
    rule_version,
    severity,
    confirmed_count,
    unfounded_count,
    precision_ratio,
    precision_lower_ratio,
    precision_upper_ratio,
    is_doubted,
    case when is_doubted then 'info' else severity end as spoken_severity
from doubts
