"""Differences between two readings of a document: rows and values by table."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from budget_warehouse.storage.scan import csv_names

_NOT_COMPARED = ("disclosure_id", "row_number")  # a row that moved down says what it said
_LABELS = ("code", "name", "measure", "subject")  # end the names of columns that say what a row is

_Row = dict[str, str]
_Pair = tuple[_Row | None, _Row | None]


@dataclass(frozen=True)
class TableDifference:
    """Counts of the rows and values of a table that a reading adds, changes and removes."""

    table_name: str
    rows_added: int = 0
    rows_changed: int = 0
    rows_removed: int = 0
    values_added: int = 0
    values_changed: int = 0
    values_removed: int = 0

    def __str__(self) -> str:
        return (
            f"{self.table_name}: rows +{self.rows_added:,} ~{self.rows_changed:,}"
            f" -{self.rows_removed:,}, values +{self.values_added:,} ~{self.values_changed:,}"
            f" -{self.values_removed:,}"
        )


def table_differences(before: Path, after: Path) -> list[TableDifference]:
    """Return the tables that differ between two folders of raw CSVs.

    A file that is missing or cannot be read has no rows.
    """
    names = sorted({*csv_names(before), *csv_names(after)})
    differences = (
        _of_table(name.removesuffix(".csv"), before / name, after / name) for name in names
    )
    return [one for one in differences if one != TableDifference(one.table_name)]


def numbers_placed(folder: Path) -> int | None:
    """Return how many numbers the tables of a folder hold; None where it does not say."""
    counts = [row.get("numbers_placed", "") for row in _rows(folder / "tables.csv")]
    numbers = [int(count) for count in counts if count.isdecimal()]
    return sum(numbers) if numbers else None


def _of_table(table_name: str, before: Path, after: Path) -> TableDifference:
    pairs = [
        (former, following)
        for former, following in _pairs(_rows(before), _rows(after))
        if _whole(former or {}) != _whole(following or {})
    ]
    values = [
        (former.get(column, ""), following.get(column, ""))
        for former, following in ((one or {}, other or {}) for one, other in pairs)
        for column in former | following
    ]
    return TableDifference(
        table_name,
        rows_added=sum(former is None for former, _ in pairs),
        rows_changed=sum(None not in pair for pair in pairs),
        rows_removed=sum(following is None for _, following in pairs),
        values_added=sum(not former and bool(following) for former, following in values),
        values_changed=sum(
            bool(former) and bool(following) and former != following for former, following in values
        ),
        values_removed=sum(bool(former) and not following for former, following in values),
    )


def _pairs(before: Sequence[_Row], after: Sequence[_Row]) -> Iterator[_Pair]:
    """Yield the rows that differ, each beside the one that it became."""
    whole = SequenceMatcher(None, list(map(_whole, before)), list(map(_whole, after)), False)
    for kind, start, end, start_after, end_after in whole.get_opcodes():
        if kind != "equal":
            yield from _pairs_by_label(before[start:end], after[start_after:end_after])


def _pairs_by_label(before: Sequence[_Row], after: Sequence[_Row]) -> Iterator[_Pair]:
    """Yield rows of one label beside each other, and others between them in their order."""
    labels = SequenceMatcher(None, list(map(_label, before)), list(map(_label, after)), False)
    for _, start, end, start_after, end_after in labels.get_opcodes():
        former, following = before[start:end], after[start_after:end_after]
        shorter = min(len(former), len(following))
        yield from zip(former[:shorter], following[:shorter], strict=True)
        yield from ((row, None) for row in former[shorter:])
        yield from ((None, row) for row in following[shorter:])


def _whole(row: _Row) -> tuple[tuple[str, str], ...]:
    """Return what a row says; a column that it does not fill says nothing."""
    return tuple(sorted((column, value) for column, value in row.items() if value))


def _label(row: _Row) -> tuple[str, ...]:
    return tuple(value for column, value in row.items() if value and column.endswith(_LABELS))


def _rows(file: Path) -> list[_Row]:
    with (
        suppress(OSError, ValueError, csv.Error),
        file.open(encoding="utf-8-sig", newline="") as content,
    ):
        return [
            {
                column: value
                for column, value in row.items()
                if isinstance(value, str) and column not in _NOT_COMPARED
            }
            for row in csv.DictReader(content)
        ]
    return []
