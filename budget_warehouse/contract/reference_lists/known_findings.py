"""The list of findings that a person has looked up: what of it has passed, and a row more."""

import csv
import io
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

NAME = "known_findings.csv"
KEY = ("rule_code", "disclosure_id", "subject")

_MARK = "\ufeff"  # a byte-order mark, which spreadsheets leave


def known_findings(reference: Path) -> list[dict[str, str]]:
    """Return the rows of the list in a folder of reference lists; none where it is not there."""
    try:
        text = (reference / NAME).read_text(encoding="utf-8-sig", errors="replace")
    except FileNotFoundError:
        return []
    rows = csv.DictReader(io.StringIO(text, newline=""), restval="")
    return [row for row in rows if any(row.values())]


def passed_verdicts(reference: Path, day: date) -> Iterator[str]:
    """Yield the key of each verdict whose last day is before a day."""
    for row in known_findings(reference):
        if (until := row.get("until") or "") and until < day.isoformat():
            yield "|".join(row.get(column) or "" for column in KEY)


def write_verdict(reference: Path, verdict: dict[str, str]) -> None:
    """Put a verdict into the list, in one step: as its last row, or in place of an earlier one.

    Every other row stays as it is written, with its quotes and line ends.

    Args:
        reference: the folder of the reference lists.
        verdict: a value for each column of the list.
    """
    file = reference / NAME
    text = file.read_bytes().decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    rows = list(_written_rows(text))
    columns = next(csv.reader([rows[0].lstrip(_MARK)]))
    key = [verdict[column] for column in KEY]
    written = _written([verdict[column] for column in columns]) + end
    kept, is_placed = rows[:1], False
    for row in rows[1:]:
        values = dict(zip(columns, next(csv.reader(io.StringIO(row, newline="")), []), strict=False))
        is_earlier = [values.get(column) for column in KEY] == key
        kept.append(written if is_earlier else row)
        is_placed |= is_earlier
    if not is_placed:
        if not kept[-1].endswith("\n"):
            kept[-1] += end
        kept.append(written)
    beside = file.with_name(f".{NAME}.{os.getpid()}")
    beside.write_bytes("".join(kept).encode())
    beside.chmod(file.stat().st_mode & 0o777)
    os.replace(beside, file.resolve())  # a list may be a link


def _written(values: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def _written_rows(text: str) -> Iterator[str]:
    """Yield the rows of a CSV as they are written; one may have several lines in its quotes."""
    row = ""
    for line in re.split(r"(?<=\n)", text):
        row += line
        if row.count('"') % 2 == 0:
            yield row
            row = ""
    if row:
        yield row
