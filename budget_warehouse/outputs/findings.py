"""The findings that pages count: one row per fact, in the temporary table `findings`."""

import duckdb

from budget_warehouse.storage.tables import has_table

# A version that was published before there were verdicts has no such column.
_FACTS = """
    select columns('^(disclosure_id|severity|amount_yuan|is_reviewed|verdict)$')
    from marts.fct_findings
"""

# One that was published before facts were told apart counts its failures.
_FAILURES = """
    select
        disclosure_id, severity, abs(gap_yuan) as amount_yuan,
        known_finding_reason is not null as is_reviewed
    from marts.fct_reconciliations
    where outcome = 'fail'
"""

_COUNTED = """
    select disclosure_id, severity, amount_yuan, is_reviewed
    from facts
    where verdict is distinct from 'unfounded'
"""


def hold_findings(connection: duckdb.DuckDBPyConnection) -> None:
    """Hold each finding's disclosure, severity, amount and whether it is reviewed.

    Those that a person found unfounded are not counted.
    """
    rows = _FACTS if has_table(connection, "marts", "fct_findings") else _FAILURES
    connection.execute(f"create or replace temp table facts as {rows}")
    connection.execute("alter table facts add column if not exists verdict text")
    connection.execute(f"create or replace temp table findings as {_COUNTED}")
