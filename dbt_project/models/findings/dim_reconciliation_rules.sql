-- One row per reconciliation rule (勾稽关系).
select
    rule_code,
    family,
    severity,
    statement,
    statement_zh,
    tolerance,
    basis,
    article,
    from_fiscal_year,
    threshold,
    second_threshold,
    applies_to_regions,
    prescribed_in_regions,
    applies_to_stages,
    expected,
    expected_zh,
    remedy,
    remedy_zh,
    version,
    changed_on,
    change_note
from {{ ref('reconciliation_rules') }}
