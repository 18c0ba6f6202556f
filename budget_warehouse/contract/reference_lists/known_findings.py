"""The list of findings that a person has looked up: what of it has passed, and a row more."""

import csv
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

NAME = "known_findings.csv"
KEY = ("rule_code", "disclosure_id", "subject")

_MARK = "\ufeff"  # a byte-order mark, which spreadsheets leave


def known_findings(reference: Path) -> list[dict[str, str]]:
    """Return the rows of the list in a folder of reference lists; none where it is not there."""
    return _rows(reference / NAME)


def rule_versions(reference: Path) -> dict[str, str]:
    """Return the version of each rule, as the list of rules in a folder has it."""
    rules = _rows(reference / "reconciliation_rules.csv")
    return {row["rule_code"]: row["version"] for row in rules}


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace")
    except FileNotFoundError:
        return []
    rows = csv.DictReader(io.StringIO(text, newline=""), restval="")
    return [row for row in rows if any(row.values())]


def passed_verdicts(reference: Path, day: date) -> Iterator[str]:
    """Yield the key of each verdict whose last day is before a day."""
    for row in known_findings(reference):
        if (until := row.get("until") or "") and until < day.isoformat():
            yield "|".join(row.get(column) or "" for column in KEY)


def write_verdicts(reference: Path, verdicts: Sequence[dict[str, str]]) -> None:
    """Put verdicts into the list, in one step: as its last rows, or in place of earlier ones.

    Every other row stays as it is written, with its quotes and line ends.

    Args:
        reference: the folder of the reference lists.
        verdicts: for each a value for every column of the list.
    """
    file = reference / NAME
    text = file.read_bytes().decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    header, *rows = _written_rows(text)
    columns = next(csv.reader([header.lstrip(_MARK)]))
    new = {
        _key(verdict): _written([verdict[column] for column in columns]) + end
        for verdict in verdicts
    }
    kept = [header]
    for row in rows:
        values = next(csv.reader(io.StringIO(row, newline="")), [])
        key = _key(dict(zip(columns, values, strict=False)))
        kept.append(new.pop(key, row))
    if not kept[-1].endswith("\n"):
        kept[-1] += end
    beside = file.with_name(f".{NAME}.{os.getpid()}")
    beside.write_bytes("".join([*kept, *new.values()]).encode())
    beside.chmod(file.stat().st_mode & 0o777)
    os.replace(beside, file.resolve())  # a list may be a link


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in KEY)


def _written(values: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def _written_rows(text: str) -> Iterator[str]:
    """Yield the rows of a CSV as they are written; one may have several lines in its quotes."""
    row = ""
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        row += line
        if row.count('"') % 2 == 0:
            yield row
            row = ""
    if row:
        yield row
