-- One row per finding that a person has looked up: the verdict, and why it stands no more.
select
    known_findings.rule_code,
    known_findings.disclosure_id,
    known_findings.subject,
    known_findings.verdict,
    known_findings.reason,
    known_findings.reason_zh,
    known_findings.reviewer,
    known_findings.reviewed_on,
    known_findings.until,
    -- Of two reasons the one that lies in the rule or the row: no document changes that.
    case
        when known_findings.rule_version <> rules.version then 'rule_changed'
        when known_findings.until < judging_day.judged_on then 'verdict_expired'
        when known_findings.document_hash <> disclosures.source_sha256 then 'document_changed'
    end as reopened_because
from {{ ref('known_findings') }} as known_findings
inner join {{ ref('reconciliation_rules') }} as rules
    on known_findings.rule_code = rules.rule_code
cross join {{ source('landing', 'judging_day') }} as judging_day
left join {{ ref('int_disclosures') }} as disclosures
    on known_findings.disclosure_id = disclosures.disclosure_id
