"""The findings of a published disclosure, and which of them wait for a person."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from budget_warehouse.contract.labels import Labels
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.rows import Row, rows_of

_FINDINGS = """
    select
        reconciliations.*, failures.finding_id, failures.rank_in_finding, rules.statement,
        disclosures.source_sha256, disclosures.stage
    from marts.fct_reconciliations as reconciliations
    inner join marts.fct_finding_failures as failures
        using (disclosure_id, rule_code, subject)
    inner join marts.dim_reconciliation_rules as rules using (rule_code)
    inner join marts.dim_disclosures as disclosures using (disclosure_id)
    where disclosure_id = ? and outcome = 'fail'
    order by
        min(array_position(['error', 'warning', 'info'], reconciliations.severity)) over (
            partition by finding_id
        ),
        finding_id, rank_in_finding
"""

_IS_PUBLISHED = "select count(*) from marts.dim_disclosures where disclosure_id = ?"
_NEAREST = """
    select disclosure_id from marts.dim_disclosures
    order by jaro_winkler_similarity(disclosure_id, ?) desc, disclosure_id limit 1
"""


class ReviewError(Exception):
    """A finding cannot be judged so; one sentence says why."""


@dataclass(frozen=True)
class Finding:
    """One failure of a rule in a disclosure, which a person can confirm or find unfounded."""

    fingerprint: str
    finding_id: str
    is_first: bool
    severity: str
    rule_code: str
    rule_version: int
    statement: str
    disclosure_id: str
    document_hash: str
    subject: str
    stated: str
    computed: str
    verdict: str | None
    reopened_because: str | None


def findings_of(published: Path, disclosure_id: str) -> list[Finding]:
    """Return the findings of a published disclosure, the gravest first and what follows behind.

    Raises:
        ReviewError: no such disclosure is published, or an earlier version published it.
    """
    with open_database(published, read_only=True) as connection:
        ((count,),) = connection.execute(_IS_PUBLISHED, [disclosure_id]).fetchall()
        if not count:
            raise ReviewError(_unpublished(connection, disclosure_id))
        labels = Labels.read(connection)
        try:
            return [_finding(row, labels) for row in rows_of(connection, _FINDINGS, disclosure_id)]
        except (duckdb.BinderException, KeyError) as error:
            raise ReviewError(
                f"{published} was published before findings had fingerprints; run make build first."
            ) from error


def _unpublished(connection: duckdb.DuckDBPyConnection, disclosure_id: str) -> str:
    nearest = connection.execute(_NEAREST, [disclosure_id]).fetchall()
    meant = "".join(f"; did you mean {name!r}?" for (name,) in nearest) or "."
    return f"No disclosure is named {disclosure_id!r}{meant}"


def _finding(row: Row, labels: Labels) -> Finding:
    return Finding(
        fingerprint=row["fingerprint"],
        finding_id=row["finding_id"],
        is_first=row["rank_in_finding"] == 1,
        severity=row["severity"],
        rule_code=row["rule_code"],
        rule_version=row["rule_version"],
        statement=row["statement"],
        disclosure_id=row["disclosure_id"],
        document_hash=row["source_sha256"] or "",
        subject=row["subject"],
        stated=_side(row, "stated", labels),
        computed=_side(row, "computed", labels),
        verdict=row["verdict"],
        reopened_because=row["reopened_because"],
    )


def _side(row: Row, side: str, labels: Labels) -> str:
    """Return the figure or words of a side, and where they stand."""
    amount = row[f"{side}_yuan"]
    figure = "" if amount is None else f"{amount:,.2f}"
    table = row[f"{side}_table_name"] or ""
    title = labels.table(table, row["stage"]) if table else ""
    parts = (figure, row[f"{side}_text"], title, row[f"{side}_source_ref"])
    return " ".join(part for part in parts if part)
