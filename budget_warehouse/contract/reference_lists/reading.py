"""Reading the reference lists: their files, encoding, header, and the shape of their rows."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from budget_warehouse.contract.reference_lists.contract import OPTIONAL, ReferenceList
from budget_warehouse.contract.reference_lists.fault import Fault, shown

Row = dict[str, str]
NumberedRow = tuple[int, Row]  # with the line on which it begins

_HIDDEN = (".", "~$")  # begin the names of what editors and systems keep beside a file

_SEPARATORS = ";\t|"  # of files that are no CSV with commas

# Control characters with line breaks, what no editor shows, and what stands for a lost character.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]")


@dataclass(frozen=True)
class Rows:
    """The rows of a list. Where one could not be read, a name that they lack may exist."""

    file: str
    rows: list[NumberedRow]
    is_complete: bool = True


class _UnreadableListError(Exception):
    """A list cannot be read at all; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def read_lists(
    folder: Path, declared: Mapping[str, ReferenceList]
) -> tuple[dict[str, Rows], list[Fault]]:
    """Return the lists that could be read, and the faults of files, headers and rows."""
    try:
        names = {path.name for path in folder.iterdir() if not path.name.startswith(_HIDDEN)}
    except OSError as error:
        return {}, [Fault(str(folder), None, None, f"cannot be read ({error.strerror})")]
    expected = [f"{name}.csv" for name in declared]
    strays = names - set(expected)
    faults = [
        Fault(stray, None, None, "there is no list of this name", stray, expected)
        for stray in sorted(strays)
        if stray.lower().endswith(".csv")
    ]
    lists: dict[str, Rows] = {}
    for name, reference_list in declared.items():
        file = f"{name}.csv"
        if file not in names and name in OPTIONAL:
            continue
        if file not in names:
            near = [stray for stray in strays if get_close_matches(file, [stray.lower()])]
            faults.append(Fault(file, None, None, "the list is missing", file, near))
            continue
        try:
            lists[name], row_faults = _read(folder / file, reference_list.columns)
        except _UnreadableListError as error:
            row_faults = [*error.faults]
        faults += row_faults
    return lists, faults


def _read(path: Path, columns: Collection[str]) -> tuple[Rows, list[Fault]]:
    """Return the rows of a list, and the faults of single rows.

    Raises:
        _UnreadableListError: the file or its header cannot be read.
    """
    file = path.name
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    rows: list[NumberedRow] = []
    faults: list[Fault] = []
    try:
        header = next(reader, [])
        header_faults = list(_header_faults(file, header, columns))
        if header_faults:
            raise _UnreadableListError(*header_faults)
        line = reader.line_num + 1
        for values in reader:
            if any(values) or len(values) > len(header):
                faults += _row_faults(file, line, header, values)
                if len(values) == len(header):
                    rows.append((line, dict(zip(header, values, strict=True))))
            line = reader.line_num + 1
    except csv.Error as error:
        reason = f"the file is not a well-formed CSV ({error}); check its quotes"
        raise _UnreadableListError(Fault(file, reader.line_num, None, reason)) from error
    return Rows(file, rows, is_complete=not faults), faults


def _text(path: Path) -> str:
    """Return the text of a file in UTF-8, with or without a byte-order mark.

    Raises:
        _UnreadableListError: it is no file, or not in UTF-8.
    """
    if not path.is_file():
        raise _UnreadableListError(Fault(path.name, None, None, "it is no regular file"))
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        reason = f"it cannot be read ({error.strerror})"
        raise _UnreadableListError(Fault(path.name, None, None, reason)) from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        reason = "the file is not UTF-8; save it as UTF-8"
        raise _UnreadableListError(Fault(path.name, line, None, reason)) from error


def _header_faults(file: str, header: list[str], columns: Collection[str]) -> Iterator[Fault]:
    """Yield what is missing from a header, what is too much, and what stands twice."""
    if len(header) < 2:
        reason = "the file is empty; its first line names the columns"
        if any(separator in "".join(header) for separator in _SEPARATORS):
            reason = "the values have no comma between them; save the list with commas"
        yield Fault(file, 1, None, reason)
        return
    missing = [column for column in columns if column not in header]
    for name in dict.fromkeys(header):
        if not name:
            yield Fault(file, 1, None, "a column has no name; take it out")
        elif name not in columns:
            meant = get_close_matches(name, missing, 1)
            missing = [column for column in missing if column not in meant]
            reason = f"{shown(name)} is no column of the list"
            yield Fault(file, 1, None, reason, name, meant or columns)
        elif header.count(name) > 1:
            yield Fault(file, 1, name, "the column stands twice; keep one of them")
    for column in missing:
        yield Fault(file, 1, column, "the column is missing")


def _row_faults(file: str, line: int, header: list[str], values: list[str]) -> Iterator[Fault]:
    """Yield what is wrong with the shape and the characters of a row."""
    if len(values) != len(header):
        reason = (
            f"the row has {len(values)} values where the header has {len(header)} columns;"
            " put quotes around a value that contains a comma"
        )
        yield Fault(file, line, None, reason)
        return
    if _UNFIT.search("".join(values)):
        for column, value in zip(header, values, strict=True):
            for character in sorted(set(_UNFIT.findall(value))):
                reason = f"{shown(value)} holds the character U+{ord(character):04X}; take it out"
                yield Fault(file, line, column, reason)
