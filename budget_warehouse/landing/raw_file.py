"""One raw CSV file: decoded, its header held against the contract, its rows with their lines.

What a value says is not looked at here; `raw_values` does that for all files at once. A row leaves
as one text, the values of the columns that the file has in the contract's order, between separators
that no value may contain: the same values are the same text whatever their file was like.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from budget_warehouse.contract.printed_values import plain_text
from budget_warehouse.contract.raw_csv import FILES, Columns, required_columns
from budget_warehouse.contract.reasons import quoted, shortened

if TYPE_CHECKING:
    import _csv

SEPARATOR, QUOTE, NULL = "\x1f", "\x1e", "\x1d"  # of a row's text; quotes go round line breaks
_REFUSED = (SEPARATOR, QUOTE, NULL, "\0")  # PostgreSQL cannot hold the last one
_LONGEST_VALUE = 131_072  # the csv module's own limit, which dbt's agate lifts where it is imported
_TOO_LONG = (
    f"A value has more than {_LONGEST_VALUE:,} characters; shorten it, and check that every quote"
    " is closed"
)
_MOST_COLUMNS = 20  # that are said to be too much: a file that is no CSV may begin with thousands
_BLANK_START = re.compile(rf"\n[^\w{SEPARATOR}]*{SEPARATOR}")


@dataclass(frozen=True)
class Reject:
    """A value that cannot be read, or a file or row that is not what the contract says."""

    disclosure_id: str | None  # None where the whole folder is concerned
    source_file: str
    line_number: int | None
    column_name: str | None
    value: str | None
    reason: str


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; `rejects` says why, one by one."""

    def __init__(self, rejects: list[Reject]) -> None:
        super().__init__("; ".join(reject.reason for reject in rejects))
        self.rejects = rejects


@dataclass(frozen=True)
class Rows:
    """The columns of a file, its rows as texts, and the line that each begins on."""

    columns: tuple[str, ...]
    texts: list[str]
    lines: Sequence[int]


def rows(table: str, source_file: str, content: bytes, tables: Mapping[str, Columns]) -> Rows:
    """Return the rows of a file.

    Args:
        table: what the file is named after.
        source_file: the file, as a reader finds it.
        content: what it holds.
        tables: every raw CSV file of the contract, with its columns.

    Raises:
        UnreadableFileError: the encoding, the header or the shape of a row is not as it should be.
    """
    if table not in tables:
        raise _unreadable(
            source_file,
            f"{shortened(table)}.csv is not a table of the raw CSV contract; rename it or take it"
            " away",
        )
    text = _decoded(content)
    if text is None:
        raise _unreadable(source_file, "The file is neither UTF-8 nor GB18030; save it as UTF-8")
    if any(mark in text for mark in _REFUSED):
        raise _unreadable(
            source_file,
            "The file holds a control character (U+0000, or U+001D to U+001F); take it out",
        )
    plain = _plain_rows(table, text, tables[table])
    if plain is not None:
        return plain
    columns, parsed_rows = _parsed(table, source_file, text, tables[table])
    texts, lines = [], []
    row = io.StringIO(newline="")
    writer = csv.writer(row, delimiter=SEPARATOR, quotechar=QUOTE)
    for line, values in parsed_rows:
        writer.writerow(values)
        texts.append(row.getvalue().removesuffix("\r\n"))
        lines.append(line)
        row.seek(0)
        row.truncate()
    return Rows(columns, texts, lines)


def values(text: str) -> list[str]:
    """Return the values of a row's text."""
    return [value.strip(QUOTE) for value in text.split(SEPARATOR)]


def _plain_rows(table: str, text: str, contract: Columns) -> Rows | None:
    """Return the rows of a file in which every line is one, without parsing it; None for others.

    Plain is a file with columns of the contract in its order, in which quotes stand only at both
    ends of a value, and the same number of commas outside them on every line, and no row begins
    with a blank value: it might be blank to its end.
    """
    text = text.replace("\r\n", "\n")
    if not text.endswith("\n"):
        text += "\n"
    parts = text.split('"')  # by turns outside and inside of quotes
    outside = '"'.join(parts[::2])
    quoted = len(parts) // 2
    lines = outside.split("\n")
    columns = tuple(lines[0].split(","))
    if (
        "\r" in text
        or columns != _in_order(columns, contract)
        or not required_columns(table) <= {*columns}
        or len(parts) % 2 == 0
        or outside.count(',"') + outside.count('\n"') != quoted
        or outside.count('",') + outside.count('"\n') != quoted
        or outside.count("\n") != text.count("\n")
        or {line.count(",") for line in lines[:-1]} != {len(columns) - 1}
    ):
        return None
    parts[::2] = outside.replace(",", SEPARATOR).split('"')
    joined = "".join(parts)
    if _BLANK_START.search(joined):
        return None
    texts = joined.split("\n")[1:-1]
    if len(max(texts, key=len, default="")) > _LONGEST_VALUE:
        return None
    return Rows(columns, texts, range(2, len(texts) + 2))


def _in_order(columns: Collection[str], contract: Columns) -> tuple[str, ...]:
    """Return those columns of the contract that are among some, in its order."""
    named = {*columns}
    return tuple(column for column in contract if column in named)


def _parsed(
    table: str, source_file: str, text: str, contract: Columns
) -> tuple[tuple[str, ...], Iterator[tuple[int, list[str]]]]:
    """Return the columns of a file in the contract's order, and what yields its rows."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    with _well_formed(source_file, reader):
        header = [name.strip() for name in next(reader, [])]
    while header and not header[-1]:
        header.pop()
    rejects = _header_rejects(table, source_file, header, contract)
    if rejects:
        raise UnreadableFileError(rejects)
    columns = _in_order(header, contract)
    return columns, _parsed_rows(source_file, reader, header, columns)


def _parsed_rows(
    source_file: str, reader: "_csv.Reader", header: list[str], columns: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the values of each row, in the order of the columns.

    Rows that say nothing are left out, and so are columns at the end without a name or a value:
    spreadsheets write them below the last row and beside the last column.
    """
    order = [header.index(column) for column in columns]
    with _well_formed(source_file, reader):
        line = reader.line_num + 1
        for values in reader:
            if any(len(value) > _LONGEST_VALUE for value in values):
                raise _unreadable(source_file, _TOO_LONG, line)
            if not _says_anything(values):
                pass
            elif len(values) >= len(header) and not _says_anything(values[len(header) :]):
                yield line, [values[position] for position in order]
            else:
                raise _unreadable(
                    source_file,
                    f"The row has {len(values)} values where the header has {len(header)};"
                    " quote values that contain a comma",
                    line,
                    shortened(",".join(values)),
                )
            line = reader.line_num + 1


@contextmanager
def _well_formed(source_file: str, reader: "_csv.Reader") -> Iterator[None]:
    """Say where a file stops being a CSV."""
    try:
        yield
    except csv.Error as error:
        said = (
            _TOO_LONG
            if "field limit" in str(error)
            else f"The file is not a well-formed CSV ({error}); check its quotes"
        )
        raise _unreadable(source_file, said, reader.line_num) from error


def _says_anything(values: list[str]) -> bool:
    return any(value and plain_text(value) for value in values)


def _unreadable(
    source_file: str, reason: str, line: int | None = None, value: str | None = None
) -> UnreadableFileError:
    return UnreadableFileError([Reject(None, source_file, line, None, value, reason)])


def _decoded(content: bytes) -> str | None:
    """Return the text of a file in UTF-8, with or without byte-order mark, or GB18030 (or GBK)."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _header_rejects(
    table: str, source_file: str, header: list[str], contract: Columns
) -> list[Reject]:
    """Return what is missing from a header, what is too much, and what stands twice."""
    required = required_columns(table)
    expected = (
        f"expected {', '.join(contract)}"
        if table in FILES
        else f"expected {', '.join(_in_order(required, contract))} and what the document prints"
    )
    reasons = [
        (column, f"The column {column} is missing; {expected}")
        for column in contract
        if column in required and column not in header
    ]
    unknown = [name for name in dict.fromkeys(header) if name not in contract][:_MOST_COLUMNS]
    absent = [column for column in contract if column not in header]
    for name in unknown:
        near = get_close_matches(shortened(name), absent, 1)
        meant = f"did you mean {near[0]}?" if near else expected
        reasons.append(
            (shortened(name), f"The column {quoted(name)} is not in the contract; {meant}")
        )
    reasons += [
        (name, f"The column {name} stands twice; keep one of them")
        for name in contract
        if header.count(name) > 1
    ]
    return [Reject(None, source_file, 1, column, None, reason) for column, reason in reasons]
