"""The journal of a second reading: what became of each disclosure, written down as it goes."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from threading import Lock

from budget_warehouse.reader.differences import TableDifference
from budget_warehouse.storage.reading_files import DIFFERENCES

_COUNTS = [one.name for one in fields(TableDifference)]
_COLUMNS = [
    *("folder", "disclosure_id", "action", "reason"),
    *("numbers_placed_before", "numbers_placed_after", *_COUNTS, "reader_sha256"),
]
_OF_A_DISCLOSURE = _COLUMNS[:6]


class Action(StrEnum):
    """The action taken on a new reading."""

    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    BOTH_KEPT = "both_kept"
    REFUSED = "refused"


@dataclass(frozen=True)
class Renewal:
    """The fate of a disclosure: the action, its reason, and the differences of the two readings."""

    folder: Path
    disclosure_id: str
    action: Action
    reason: str
    placed_before: int | None
    placed_after: int | None
    differences: tuple[TableDifference, ...] = ()


@dataclass
class Journal:
    """The renewals of a folder of disclosures, in a hidden file until all are done.

    `without_document` are the disclosures of which no document is kept.
    """

    folder: Path
    reader_sha256: str
    renewals: dict[tuple[Path, str], Renewal] = field(default_factory=dict)
    without_document: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @classmethod
    def opened(cls, folder: Path, reader_sha256: str) -> "Journal":
        """Return a new journal, or the unfinished one that the same reader wrote."""
        journal = cls(folder, reader_sha256)
        for renewal in journal._of_an_unfinished_run():
            journal.renewals[renewal.folder, renewal.disclosure_id] = renewal
        journal._write(journal.renewals.values())
        return journal

    @property
    def file(self) -> Path:
        """The path of the journal once it is closed."""
        return self.folder / DIFFERENCES

    def holds(self, folder: Path, disclosure_id: str) -> bool:
        """Return whether a disclosure was read again already."""
        return (folder, disclosure_id) in self.renewals

    def add(self, renewal: Renewal) -> None:
        """Write down what became of a disclosure; any thread may."""
        with self._lock:
            self.renewals[renewal.folder, renewal.disclosure_id] = renewal
            with self._unfinished.open("a", encoding="utf-8", newline="") as file:
                csv.DictWriter(file, _COLUMNS, lineterminator="\n").writerows(self._rows(renewal))

    def close(self) -> None:
        """Put the renewals into their file, in order."""
        self.renewals = dict(sorted(self.renewals.items()))
        self._write(self.renewals.values())
        self._unfinished.replace(self.file)

    @property
    def _unfinished(self) -> Path:
        return self.folder / f".{DIFFERENCES}"

    def _write(self, renewals: Iterable[Renewal]) -> None:
        with self._unfinished.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
            writer.writeheader()
            for renewal in renewals:
                writer.writerows(self._rows(renewal))

    def _rows(self, renewal: Renewal) -> Iterator[dict[str, object]]:
        said = (
            *(renewal.folder.relative_to(self.folder), renewal.disclosure_id),
            *(renewal.action, renewal.reason, renewal.placed_before, renewal.placed_after),
        )
        of_disclosure = dict(zip(_OF_A_DISCLOSURE, said, strict=True))
        for difference in renewal.differences or (TableDifference(""),):
            yield of_disclosure | asdict(difference) | {"reader_sha256": self.reader_sha256}

    def _of_an_unfinished_run(self) -> Iterator[Renewal]:
        """Yield what an interrupted run wrote down whole; what it refused is tried again."""
        rows: list[dict[str, str]] = []
        with (
            suppress(OSError, ValueError, csv.Error),
            self._unfinished.open(encoding="utf-8", newline="") as file,
        ):
            rows = list(csv.DictReader(file))
        if rows and rows[-1]["reader_sha256"] != self.reader_sha256:
            return  # of another reader, or broken off in the middle of a line
        for said, of_disclosure in groupby(rows, lambda row: tuple(map(row.get, _OF_A_DISCLOSURE))):
            folder, disclosure_id, action, reason, before, after = (text or "" for text in said)
            if action != Action.REFUSED:
                yield Renewal(
                    self.folder / folder,
                    disclosure_id,
                    Action(action),
                    reason,
                    _number(before),
                    _number(after),
                    tuple(_differences(of_disclosure)),
                )


def _differences(rows: Iterable[dict[str, str]]) -> Iterator[TableDifference]:
    for row in rows:
        if row["table_name"]:
            counts = [int(row[name]) for name in _COUNTS[1:]]
            yield TableDifference(row["table_name"], *counts)


def _number(text: str) -> int | None:
    return int(text) if text else None
