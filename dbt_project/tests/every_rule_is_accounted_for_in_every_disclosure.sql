-- A rule without a row in a disclosure would have neither passed nor failed, nor been left out.
select
    rules.rule_code,
    disclosures.disclosure_id
from {{ ref('reconciliation_rules') }} as rules
cross join {{ ref('dim_disclosures') }} as disclosures
left join {{ ref('fct_reconciliations') }} as reconciliations
    on
        rules.rule_code = reconciliations.rule_code
        and disclosures.disclosure_id = reconciliations.disclosure_id
where reconciliations.rule_code is null
