"""The findings that pages count: one row per fact, in the temporary table `findings`."""

import duckdb

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

_HAS_FACTS = """
    select count(*) > 0
    from duckdb_tables()
    where
        database_name = current_database() and schema_name = 'marts'
        and table_name = 'fct_findings'
"""


def hold_findings(connection: duckdb.DuckDBPyConnection) -> None:
    """Hold each finding's disclosure, severity, amount and whether it is reviewed.

    Those that a person found unfounded are not counted.
    """
    ((has_facts,),) = connection.execute(_HAS_FACTS).fetchall()
    rows = _FACTS if has_facts else _FAILURES
    connection.execute(f"create or replace temp table facts as {rows}")
    connection.execute("alter table facts add column if not exists verdict text")
    connection.execute(f"create or replace temp table findings as {_COUNTED}")
