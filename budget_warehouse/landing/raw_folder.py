"""One folder of raw CSVs: its rows written to batches, counted and hashed by disclosure.

What the values say is not looked at here; `raw_values` does that for all folders at once.
"""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any

from budget_warehouse.contract.disclosure_id import fault
from budget_warehouse.contract.printed_values import comparable_name
from budget_warehouse.contract.raw_csv import DISCLOSURE, Columns
from budget_warehouse.contract.reasons import quoted, shortened
from budget_warehouse.landing.raw_file import (
    NULL,
    QUOTE,
    SEPARATOR,
    Reject,
    Rows,
    UnreadableFileError,
    rows,
    values,
)
from budget_warehouse.storage.scan import csv_names

_HELD_BACK = 8_000_000  # characters
_MUCH = 200_000  # characters of one header

_IDENTITY = ("region_code", "organization_name", "fiscal_year", "stage", "scope", "revision")


@dataclass
class Folder:
    """The content of one folder, as far as it could be read; the mappings are by disclosure.

    `is_closed` says that the system did not let us read all of it: it may look the same from
    outside when it does. `faults` says what is wrong with the names of disclosures.
    """

    name: str
    is_closed: bool = False
    faults: dict[str, str] = field(default_factory=dict)
    identities: dict[str, str] = field(default_factory=dict)
    content_sha256: dict[str, str] = field(default_factory=dict)
    row_counts: dict[str, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)

    def is_readable(self, disclosure_id: str) -> bool:
        """Return whether nothing of the disclosure, nor of the folder as a whole, was rejected."""
        rejected = {reject.disclosure_id for reject in self.rejects}
        return disclosure_id not in rejected and rejected <= self.identities.keys()

    def _check_declarations(self) -> None:
        """Reject rows of a disclosure that the folder's disclosure.csv does not declare."""
        file = f"{self.name}/{DISCLOSURE}.csv"
        if not self.identities:
            if self.rejects:
                return  # they say why
            reason = f"{DISCLOSURE}.csv is missing or empty; add a row for each disclosure"
            self.rejects.append(Reject(None, file, None, None, None, reason))
        for disclosure_id in sorted(self.content_sha256):
            if disclosure_id not in self.identities:
                reason = (
                    f"{DISCLOSURE}.csv does not declare {quoted(disclosure_id)}, of which there"
                    " are rows"
                )
            elif disclosure_id in self.faults:
                reason = (
                    f"{quoted(disclosure_id)} {self.faults[disclosure_id]}; name the disclosure"
                    " with letters, digits and hyphens, for its pages are named after it"
                )
            else:
                continue
            self.rejects.append(
                Reject(disclosure_id, file, None, "disclosure_id", disclosure_id, reason)
            )

    def _refuse_closed(self, path: str, error: OSError) -> None:
        """Reject what the system did not let us read."""
        self.is_closed = True
        reason = f"It cannot be read ({error.strerror}); make it readable, or take it away"
        self.rejects.append(Reject(None, path, None, None, None, reason))


@dataclass(frozen=True)
class Batch:
    """A file with rows of one table, of folders whose CSVs have the same columns.

    `is_padded` says that it has all of the contract, null where a CSV does not have the column.
    """

    table: str
    columns: tuple[str, ...]
    is_padded: bool
    file: Path


class _Batches:
    """Rows on their way into batches: held back until there are enough to open a file for.

    A header of which there is much has a batch of its own, the others of a table share one that is
    padded: to DuckDB a batch costs as much as thousands of wide rows.
    """

    def __init__(self, folder: Path, tables: Mapping[str, Columns]) -> None:
        self._folder = folder
        self._tables = tables
        self._waiting: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        self._size = 0
        self._sizes: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self._batches: dict[tuple[str, tuple[str, ...]], Batch] = {}

    def add(self, table: str, read: Rows, end: str) -> None:
        """Take the rows of a file; `end` stands between each and its line."""
        header = (table, read.columns)
        texts = [f"{said}{end}{line}\n" for said, line in zip(read.texts, read.lines, strict=True)]
        size = sum(map(len, texts))
        self._waiting.setdefault(header, []).extend(texts)
        self._sizes[header] += size
        self._size += size
        if self._size > _HELD_BACK:
            self._write()

    def written(self) -> list[Batch]:
        """Return the batches, with every row in them."""
        self._write()
        return list(self._batches.values())

    def _write(self) -> None:
        for (table, columns), texts in self._waiting.items():
            every = tuple(self._tables[table])
            is_padded = columns != every and self._sizes[table, columns] < _MUCH
            path = self._folder / f"{table}-{len(self._batches)}"
            batch = self._batches.setdefault(
                (table, () if is_padded else columns),
                Batch(table, every if is_padded else columns, is_padded, path),
            )
            with batch.file.open("a", encoding="utf-8", newline="") as file:
                file.writelines(_padded(texts, columns, every) if is_padded else texts)
        self._waiting.clear()
        self._size = 0


def _padded(texts: Sequence[str], columns: Sequence[str], every: Sequence[str]) -> Iterator[str]:
    """Yield the texts of rows with every column, null where theirs do not have it."""
    nulls = [NULL] * len(every)
    places = [every.index(column) for column in columns]
    for text in texts:
        values = text.split(SEPARATOR)
        padded = nulls.copy()
        for place, value in zip(places, values, strict=False):  # the folder and the line follow
            padded[place] = value
        yield SEPARATOR.join([*padded, *values[len(columns) :]])


def read_folders(
    root: Path, batches: Path, tables: Mapping[str, Columns], names: Sequence[str]
) -> tuple[list[Folder], list[Batch]]:
    """Read folders below the root into batches, in a new folder of `batches`.

    Args:
        root: where the folders are.
        batches: where the new folder is made.
        tables: every raw CSV file of the contract, with its columns.
        names: the folders.

    Raises:
        OSError: a batch cannot be written.
    """
    rows_read = _Batches(Path(tempfile.mkdtemp(dir=batches)), tables)
    folders = [_read_folder(root, name, tables, rows_read) for name in names]
    return folders, rows_read.written()


def _read_folder(root: Path, name: str, tables: Mapping[str, Columns], batches: _Batches) -> Folder:
    """Read the CSVs of a folder into the batches, or say in its rejects why they cannot be read."""
    folder = Folder(name)
    digests: dict[str, Any] = {}
    quoted_name = QUOTE + name.replace(QUOTE, QUOTE + QUOTE) + QUOTE
    end = f"{SEPARATOR}{quoted_name}{SEPARATOR}"
    names = _csv_names(root, folder)
    for file_name in names:
        table = file_name.removesuffix(".csv")
        content = _content(root, folder, file_name)
        if content is None:
            continue
        try:
            read = rows(table, f"{name}/{file_name}", content, tables)
        except UnreadableFileError as error:
            folder.rejects.extend(error.rejects)
            continue
        header = SEPARATOR.join(read.columns)
        for disclosure_id, said in _by_disclosure(read.texts).items():
            known_as = shortened(disclosure_id)
            if known_as not in digests:
                digests[known_as] = hashlib.sha256()
                wrong = fault(disclosure_id)
                if wrong:
                    folder.faults[known_as] = wrong
            digests[known_as].update("\n".join((table, header, *said, "")).encode())
            folder.row_counts[known_as] = folder.row_counts.get(known_as, 0) + len(said)
        if table == DISCLOSURE:
            folder.identities = _identities(read)
        batches.add(table, read, end)
    folder.content_sha256 = {
        disclosure_id: digest.hexdigest() for disclosure_id, digest in digests.items()
    }
    if names:
        folder._check_declarations()
    return folder


def _csv_names(root: Path, folder: Folder) -> list[str]:
    """Return the names of a folder's CSVs; none of a folder that vanished since it was scanned."""
    try:
        return csv_names(root / folder.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        folder._refuse_closed(folder.name, error)
        return []


def _content(root: Path, folder: Folder, file_name: str) -> bytes | None:
    """Return the content of a file; None if it vanished since it was listed, or is closed to us."""
    try:
        with open(f"{root}/{folder.name}/{file_name}", "rb", buffering=0) as file:  # noqa: PTH123 a Path costs as much as the reading
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        folder._refuse_closed(f"{folder.name}/{file_name}", error)
        return None


def _identities(read: Rows) -> dict[str, str]:
    """Return what tells one revision of a document from all others, of each disclosure declared."""
    declared = [dict(zip(read.columns, values(text), strict=True)) for text in read.texts]
    return {
        shortened(row["disclosure_id"]): " ".join(comparable_name(row[part]) for part in _IDENTITY)
        for row in declared
    }


def _by_disclosure(texts: list[str]) -> dict[str, list[str]]:
    """Return the rows of each disclosure, without its name."""
    if not texts:
        return {}
    first = texts[0].partition(SEPARATOR)[0]
    start = first + SEPARATOR
    if all(map(str.startswith, texts, repeat(start))):
        return {first.strip(QUOTE): [text[len(start) :] for text in texts]}
    found: dict[str, list[str]] = {}
    for text in texts:
        disclosure_id, _, said = text.partition(SEPARATOR)
        found.setdefault(disclosure_id.strip(QUOTE), []).append(said)
    return found
