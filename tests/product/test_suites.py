"""Great Expectations can load again what it judged."""

import great_expectations as gx
from warehouses import Built


def test_great_expectations_loads_the_suites(repository_warehouse: Built) -> None:
    reports = repository_warehouse.warehouse / "reports"
    context = gx.get_context(mode="file", project_root_dir=str(reports))
    families = repository_warehouse.rows(
        "select distinct family from marts.dim_reconciliation_rules"
    )
    suites = {suite.name: suite for suite in context.suites.all()}
    assert suites.keys() == {family for (family,) in families} | {"pipeline_integrity"}
    judged = {
        expectation.meta["rule"] for suite in suites.values() for expectation in suite.expectations
    }
    executed = repository_warehouse.rows(
        "select distinct rule_code from marts.fct_reconciliations where checked_count > 0"
    )
    assert {rule for (rule,) in executed} <= judged
