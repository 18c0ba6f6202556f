"""Judge a folder of seeds and write what the rules found, by whichever code stands on the path.

It is run as a script over the code of another commit, so it uses little of that.
"""

import sys
from pathlib import Path

from budget_warehouse.build.compiled import compile_project, compute
from budget_warehouse.drafts.comparison_group import attach
from budget_warehouse.landing.landing import land
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import Warehouse

_FINDINGS = """
    select
        disclosure_id, rule_code, subject, severity, stated_yuan, stated_text, stated_source,
        computed_yuan, computed_text, computed_source
    from marts.fct_reconciliations
    where outcome = 'fail'
    order by disclosure_id, rule_code, subject
"""
_RULES = """
    select
        rule_code,
        cast(coalesce(sum(checked_count), 0) as bigint) as compared,
        count(*) filter (where outcome = 'fail') as failed
    from marts.fct_reconciliations
    group by rule_code
    order by rule_code
"""


def judge(seeds: Path, scratch: Path, into: Path) -> None:
    """Write `findings.csv` and `rules.csv` into a folder.

    Args:
        seeds: the folder that holds `disclosures`, and `reference` or not.
        scratch: a folder that does not exist yet, for the warehouse.
        into: the folder that gets the two files.
    """
    warehouse = Warehouse(seeds, scratch)
    land(seeds, warehouse.landing)
    target = scratch / "compiled"
    compile_project(warehouse, target)
    with open_database(warehouse.build) as connection:
        attach(connection, warehouse.landing, warehouse.landing, [])
        compute(connection, warehouse, target)
        for name, query in (("findings", _FINDINGS), ("rules", _RULES)):
            file = literal(into / f"{name}.csv")
            connection.execute(f"copy ({query}) to {file} (header, force_quote *)")


if __name__ == "__main__":
    judge(*map(Path, sys.argv[1:]))
