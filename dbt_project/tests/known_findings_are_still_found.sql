-- A finding that a person confirmed has disappeared although its disclosure is loaded: either the
-- document was published again, and the finding has to be looked at again, or a rule went blind.
select
    known_findings.rule_code,
    known_findings.disclosure_id,
    known_findings.subject
from {{ ref('known_findings') }} as known_findings
inner join {{ ref('dim_disclosures') }} as disclosures
    on known_findings.disclosure_id = disclosures.disclosure_id
left join {{ ref('fct_reconciliations') }} as reconciliations
    on
        known_findings.rule_code = reconciliations.rule_code
        and known_findings.disclosure_id = reconciliations.disclosure_id
        and known_findings.subject = reconciliations.subject
        and reconciliations.outcome in ('fail', 'hint')
where reconciliations.rule_code is null
