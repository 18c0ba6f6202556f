-- One row per reconciliation rule (勾稽关系).
select
    rule_code,
    family,
    severity,
    statement,
    statement_zh,
    tolerance,
    basis,
    from_fiscal_year
from {{ ref('reconciliation_rules') }}
