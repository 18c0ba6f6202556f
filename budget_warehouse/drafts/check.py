"""The check of a draft: read, landed, computed with its comparison group, judged and reported."""

import shutil
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from budget_warehouse.build.compiled import compute
from budget_warehouse.build.dbt import DbtFailedError
from budget_warehouse.build.statements import statements_folder
from budget_warehouse.contract.labels import Labels
from budget_warehouse.drafts.comparison_group import LandingInUseError, attach, comparison_group
from budget_warehouse.landing.landing import land
from budget_warehouse.outputs.printed_pages.printed_pages import PageSource
from budget_warehouse.outputs.reports.audit_page import file_name, read_titles, write_audit_page
from budget_warehouse.outputs.selection import select_asked
from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.intake.folder_store import FolderStore, Placement
from budget_warehouse.reader.intake.writing import REPORT_NAME
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.progress import stage
from budget_warehouse.storage.rows import Row, rows_of
from budget_warehouse.storage.warehouse import Warehouse

_FINDINGS = """
    select
        findings.*, rules.statement, rules.remedy, disclosures.stage
    from marts.fct_findings as findings
    inner join marts.dim_disclosures as disclosures using (disclosure_id)
    inner join marts.dim_reconciliation_rules as rules using (rule_code)
    where findings.disclosure_id = ?
    order by
        array_position(['error', 'warning', 'info'], findings.severity),
        abs(findings.amount_yuan) desc nulls last, rule_code, subject
"""

_RULES = """
    select
        count(distinct rule_code) as rule_count,
        count(distinct rule_code) filter (where checked_count > 0) as executed_count,
        coalesce(sum(checked_count), 0) as checked_count
    from marts.fct_reconciliations
    where disclosure_id = ?
"""


@dataclass(frozen=True)
class Finding:
    """One fact that is wrong in the draft: what is printed where, what it should be, what to do."""

    severity: str
    lowered_because: str
    rule_code: str
    statement: str
    remedy: str
    subject: str
    stated_place: str
    stated: str
    computed_place: str
    computed: str
    amount_yuan: Decimal


@dataclass(frozen=True)
class Check:
    """The result of checking a draft."""

    title: str
    placement: Placement
    beside: list[str]
    rule_count: int
    executed_count: int
    checked_count: int
    findings: list[Finding]
    report: Path
    reading_report: Path

    @property
    def has_errors(self) -> bool:
        """True where a finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)


class UncheckedError(Exception):
    """A draft could not be read or judged; one sentence tells the user what to do."""


def check_draft(document: Path, standing: Warehouse, into: Path) -> Check:
    """Judge a document with what a warehouse knows of its organization; change nothing there.

    Args:
        document: the file of the draft.
        standing: the warehouse whose lists and landed disclosures are used.
        into: the folder of the two reports, on the rules and on the reading.

    Raises:
        UncheckedError: the document cannot be read, a build holds the warehouse, or the rules could
            not be compiled.
    """
    try:
        return _check(document, standing, into)
    except (UnreadableDocumentError, LandingInUseError) as error:
        raise UncheckedError(str(error)) from error
    except DbtFailedError as error:
        raise UncheckedError(f"The rules could not be compiled: {error}") from error


def _check(document: Path, standing: Warehouse, into: Path) -> Check:
    with tempfile.TemporaryDirectory(prefix="budget-check-") as scratch:
        draft = Warehouse(Path(scratch, "seeds"), Path(scratch, "warehouse"))
        stage(f"Reading {document.name}")
        placement = FolderStore(draft.disclosures).place(document)
        (draft.seeds / "reference").symlink_to(standing.reference.absolute())
        land(draft.seeds, draft.landing)
        _require_landed(draft, document)
        names = comparison_group(draft.landing, standing.landing)
        target = statements_folder(standing, draft)
        stage(f"Judging it with {len(names)} more of its organization")
        disclosure_id = placement.folder.name
        into.mkdir(parents=True, exist_ok=True)
        report = into / file_name(disclosure_id)
        reading_report = into / f"{disclosure_id}.reading{Path(REPORT_NAME).suffix}"
        shutil.copyfile(placement.folder / REPORT_NAME, reading_report)
        with open_database(draft.build) as connection:
            attach(connection, draft.landing, standing.landing, names)
            compute(connection, draft, target)
            write_audit_page(connection, disclosure_id, into, PageSource.of(draft))
            return _checked(connection, placement, names, report, reading_report)


def _require_landed(draft: Warehouse, document: Path) -> None:
    """Refuse a document of which a value was read that no landing takes, or an important one not.

    Raises:
        UncheckedError: with the first such value.
    """
    with open_database(draft.landing, read_only=True) as connection:
        rejected = connection.execute(
            "select source_file, column_name, reason from rejected_rows"
            " order by source_file, line_number, column_name limit 1"
        ).fetchall()
    for file, column, reason in rejected:
        raise UncheckedError(
            f"{document.name} cannot be judged: {column or 'a row'} of {Path(file).name} {reason}."
            " Read it with budget read, mend its CSVs, and build."
        )


def _checked(
    connection: duckdb.DuckDBPyConnection,
    placement: Placement,
    names: list[str],
    report: Path,
    reading_report: Path,
) -> Check:
    disclosure_id = placement.folder.name
    labels = Labels.read(connection)
    select_asked(connection, "", [disclosure_id])
    (rules,) = rows_of(connection, _RULES, disclosure_id)
    return Check(
        title=read_titles(connection, labels)[disclosure_id],
        placement=placement,
        beside=names,
        **rules,
        findings=[
            Finding(
                severity=row["severity"],
                lowered_because=row["lowered_because"] or "",
                rule_code=row["rule_code"],
                statement=row["statement"],
                remedy=row["remedy"] or "",
                subject=row["subject"] or "",
                stated_place=_place(row, "stated", labels, row["stage"]),
                stated=_figure(row, "stated"),
                computed_place=_place(row, "computed", labels, row["stage"]),
                computed=_figure(row, "computed"),
                amount_yuan=row["amount_yuan"],
            )
            for row in rows_of(connection, _FINDINGS, disclosure_id)
        ],
        report=report,
        reading_report=reading_report,
    )


def _place(row: Row, side: str, labels: Labels, stage: str) -> str:
    """Return the printed table or the prose, and where in it, of one side of a finding."""
    table = row[f"{side}_table_name"]
    title = labels.table(table, stage) if table else ""
    if title == table:  # no printed table
        title = labels.of("passage", table or "")
    other = row.get(f"{side}_disclosure_id")
    parts = (title, row[f"{side}_source_ref"], f"of {other}" if other else "")
    return " ".join(part for part in parts if part)


def _figure(row: Row, side: str) -> str:
    """Return the amount in yuan, the words beside it, or both."""
    amount = row[f"{side}_yuan"]
    parts = ("" if amount is None else f"{amount:,.2f}", row[f"{side}_text"])
    return " ".join(part for part in parts if part)
