"""One raw CSV file: decoded, its header held against the contract, its rows with their lines.

What a value says is not looked at here; `raw_values` does that for all files at once.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from dagster_project.raw_csv import RAW_TABLES


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


def rows(table: str, source_file: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The line and the values of each row, in the contract's column order.

    Raises:
        UnreadableFileError: the encoding, the header or the shape of a row is not as it should be.
    """

    def unreadable(
        reason: str, line: int | None = None, column: str | None = None, value: str | None = None
    ) -> UnreadableFileError:
        return UnreadableFileError([Reject(None, source_file, line, column, value, reason)])

    if table not in RAW_TABLES:
        raise unreadable(
            f"{table}.csv is not a table of the raw CSV contract; rename it or take it away"
        )
    text = _decoded(content)
    if text is None:
        raise unreadable("The file is neither UTF-8 nor GB18030; save it as UTF-8")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        rejects = _header_rejects(table, source_file, header)
        if rejects:
            raise UnreadableFileError(rejects)
        order = [header.index(column) for column in RAW_TABLES[table]]
        line = reader.line_num + 1
        for values in reader:
            if len(values) == len(header):
                yield line, [values[position] for position in order]
            elif values:
                raise unreadable(
                    f"The row has {len(values)} values where the header has {len(header)};"
                    " quote values that contain a comma",
                    line,
                    value=",".join(values),
                )
            line = reader.line_num + 1
    except csv.Error as error:
        raise unreadable(
            f"The file is not a well-formed CSV ({error}); check its quotes", reader.line_num
        ) from error


def _decoded(content: bytes) -> str | None:
    """The text of a file in UTF-8, with or without a byte-order mark, or in GB18030 (or GBK)."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _header_rejects(table: str, source_file: str, header: list[str]) -> list[Reject]:
    """What is missing from a header, what is too much, and what stands twice."""
    columns = list(RAW_TABLES[table])
    expected = f"expected {', '.join(columns)}"
    reasons = [
        (column, f"The column {column} is missing; {expected}")
        for column in columns
        if column not in header
    ]
    reasons += [
        (name, f"The column {name!r} is not in the contract; {expected}")
        for name in dict.fromkeys(header)
        if name not in columns
    ]
    reasons += [
        (name, f"The column {name} stands twice; keep one of them")
        for name in columns
        if header.count(name) > 1
    ]
    return [Reject(None, source_file, 1, column, None, reason) for column, reason in reasons]
