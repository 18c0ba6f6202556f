"""A list of errors and of clean facts that people verified on the pages of published documents."""

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

KINDS = ("defect", "clean", "rounding", "undecidable")
COLUMNS = ("disclosure_id", "page", "kind", "stated", "computed")  # or `document` for the first
OTHERS = ("rule_code", "found_by", "note")

_NUMBER = re.compile(r"-?[0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?")
_PLACE = re.compile(r"[0-9]+")


class UnreadableErrorsError(Exception):
    """A list of errors cannot be read; one sentence says what to do."""


@dataclass(frozen=True)
class VerifiedError:
    """One row of a list: an error, or something that is none.

    `found_by` says how people came to know of it: errors that a rule showed them measure no recall.
    """

    line: int
    disclosure: str
    page: str
    kind: str
    stated: str
    computed: str
    rule_code: str
    found_by: str
    note: str

    @property
    def figures(self) -> set[Decimal]:
        """The figures of both sides as printed, without their signs."""
        return figures_in(self.stated) | figures_in(self.computed)

    @property
    def pages(self) -> set[int]:
        """The pages or lines that are named: 27 and 138 of `lines 27 and 138`."""
        return numbers_of_place(self.page)


def read_errors(file: Path) -> list[VerifiedError]:
    """Return the rows of a list in CSV.

    Raises:
        UnreadableErrorsError: it is no such file, lacks a column, or has a kind that nobody knows.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            reader = csv.DictReader(source, restval="")
            _require_columns(file, reader.fieldnames or ())
            return list(_errors(file, reader))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableErrorsError(f"{file} cannot be read ({reason}).") from error


def figures_in(text: str) -> set[Decimal]:
    """Return the numbers in a text, without signs and separators."""
    return {abs(Decimal(re.sub("[,，]", "", number))) for number in _NUMBER.findall(text)}


def numbers_of_place(place: str) -> set[int]:
    """Return the pages or lines of a place, every one of a range; no row (`r.3`) of a page."""
    place = re.sub(r"r\.[0-9]+", "", place)
    numbers = set(map(int, _PLACE.findall(place)))
    for first, last in re.findall(r"([0-9]+)\s*[-–—]\s*([0-9]+)", place):
        numbers.update(range(int(first), int(last) + 1))
    return numbers


def _require_columns(file: Path, named: Collection[str]) -> None:
    missing = [
        column
        for column in COLUMNS
        if column not in named and not (column == "disclosure_id" and "document" in named)
    ]
    if missing:
        raise UnreadableErrorsError(
            f"{file} lacks the column {missing[0]}; its header is"
            f" {','.join((*COLUMNS, *OTHERS))}, with document in place of disclosure_id if you"
            " like."
        )


def _errors(file: Path, reader: "csv.DictReader[str]") -> Iterator[VerifiedError]:
    for row in reader:
        if not any(value for value in row.values() if isinstance(value, str)):
            continue
        kind = row["kind"].strip()
        if kind not in KINDS:
            raise UnreadableErrorsError(
                f"{file}:{reader.line_num} has the kind {kind!r}; write one of {', '.join(KINDS)}."
            )
        yield VerifiedError(
            line=reader.line_num,
            disclosure=(row.get("disclosure_id") or row.get("document") or "").strip(),
            page=row["page"].strip(),
            kind=kind,
            stated=row["stated"].strip(),
            computed=row["computed"].strip(),
            rule_code=(row.get("rule_code") or "").strip().upper(),
            found_by=(row.get("found_by") or "").strip(),
            note=(row.get("note") or "").strip(),
        )
