"""A corpus difference on the screen and as a CSV: documents, findings, totals by rule."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from budget_warehouse.measures.difference import Difference, DocumentChange
from budget_warehouse.reader.command import counted

_SHOWN = 10  # findings of one document on the screen; the CSV has them all
_SIGNS = {"gone": "-", "new": "+", "changed": "~"}


def text(difference: Difference, file: Path) -> str:
    """Return the account of a difference, whose CSV is `file`."""
    return "".join(f"{line}\n" for line in _lines(difference, file))


def write_csv(difference: Difference, file: Path) -> None:
    """Write a row for each table and each finding that differs."""
    with file.open("w", encoding="utf-8", newline="") as content:
        writer = csv.writer(content, lineterminator="\n")
        writer.writerow(
            ("disclosure_id", "what", "change", "name", "severity", "subject", "before", "after")
        )
        for document in difference.documents:
            name = document.disclosure_id
            for table in document.tables:
                writer.writerow(
                    (name, "table", "changed", table.table_name, "", str(table), "", "")
                )
            for finding in document.findings:
                writer.writerow(
                    [
                        *(name, "finding", finding.change, finding.rule_code, finding.severity),
                        *(finding.subject, finding.before, finding.after),
                    ]
                )


def _lines(difference: Difference, file: Path) -> Iterator[str]:
    unchanged = difference.document_count - len(difference.documents)
    yield f"{difference.before} → {difference.after}: {counted(unchanged, 'document')} unchanged"
    for document in difference.documents:
        yield from _document(document)
    yield from _rules(difference)
    changes = [one for document in difference.documents for one in document.findings]
    counts = Counter(one.change for one in changes)
    yield (
        f"Findings: {counts['new']:,} new, {counts['gone']:,} gone,"
        f" {counts['changed']:,} with other figures"
    )
    yield f"All of it, in {file}"


def _document(document: DocumentChange) -> Iterator[str]:
    placed = " → ".join("–" if count is None else f"{count:,}" for count in document.placed)
    whole = " → ".join(map(str, document.tables_whole))
    yield f"{document.disclosure_id}: {placed} numbers placed, {whole} tables whole"
    for table in document.tables:
        yield f"    {table}"
    for finding in document.findings[:_SHOWN]:
        figures = " ⇒ ".join(one for one in (finding.before, finding.after) if one)
        yield (
            f"  {_SIGNS[finding.change]} {finding.severity} {finding.rule_code}"
            f" {finding.subject}: {figures}"
        )
    if len(document.findings) > _SHOWN:
        yield f"    and {len(document.findings) - _SHOWN:,} more"


def _rules(difference: Difference) -> Iterator[str]:
    differing = [
        one
        for one in difference.rules
        if one.compared[0] != one.compared[1] or one.failed[0] != one.failed[1]
    ]
    if differing:
        yield f"{'rule':8} {'compared':>20} {'failed':>16}"
    for one in differing:
        compared, failed = (
            f"{before:,} → {after:,}" for before, after in (one.compared, one.failed)
        )
        yield f"{one.rule_code:8} {compared:>20} {failed:>16}"
