-- A finding that a person confirmed has disappeared although its disclosure is loaded, its document
-- is the one that was looked at and its rule has the same version: a rule went blind, or the
-- document is read otherwise. One found unfounded may go; a verdict that stands no more promises
-- nothing.
select
    verdicts.rule_code,
    verdicts.disclosure_id,
    verdicts.subject
from {{ ref('int_verdicts') }} as verdicts
inner join {{ ref('dim_disclosures') }} as disclosures
    on verdicts.disclosure_id = disclosures.disclosure_id
left join {{ ref('fct_reconciliations') }} as reconciliations
    on
        verdicts.rule_code = reconciliations.rule_code
        and verdicts.disclosure_id = reconciliations.disclosure_id
        and verdicts.subject = reconciliations.subject
        and reconciliations.outcome in ('fail', 'hint')
where
    verdicts.verdict = 'confirmed'
    and verdicts.reopened_because is null
    and reconciliations.rule_code is null
