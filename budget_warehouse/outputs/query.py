"""SQL on the published warehouse: a statement answered as text, or a prompt for many.

Nothing can be written or read but what is published: the file is opened read-only, external access
is off, and the configuration is locked.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO
from unicodedata import east_asian_width

import duckdb

from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.rows import columns_of

_HELP = "End a statement with ; — .tables lists the marts, .quit leaves.\n"
_ROWS_AT_PROMPT = 200  # more would run off the screen

_TABLES = """
    select table_name, estimated_size, comment
    from duckdb_tables()
    where schema_name = 'marts'
    union all
    select view_name, null, comment
    from duckdb_views()
    where schema_name = 'marts'
    order by 1
"""

_SETTINGS = (
    "set search_path = 'marts,reference,reconciliations'",
    "set python_enable_replacements = false",  # no name of a table is one of our variables
    "set enable_external_access = false",
    "set lock_configuration = true",
)

Rows = Sequence[tuple[Any, ...]]


def answer(file: Path, statement: str, form: str) -> int:
    """Run a statement and write its rows; the status is 1 where it cannot be run."""
    try:
        with _opened(file) as connection:
            _run(connection, statement, form, sys.stdout, None)
    except duckdb.Error as error:
        sys.stderr.write(f"{sentence(error)}\n")
        return 1
    return 0


def prompt(file: Path, form: str) -> int:
    """Run statements as they are typed, until the end of the input or `.quit`."""
    is_terminal = sys.stdin.isatty()
    if is_terminal:
        with suppress(ImportError):  # lines are edited and remembered where the system can
            import readline  # noqa: F401
        sys.stdout.write(_HELP)
    status = 0
    try:
        with _opened(file) as connection:
            for statement in _statements(is_terminal):
                try:
                    if statement == ".tables":
                        _run(connection, _TABLES, "table", sys.stdout, None)
                    elif statement.startswith("."):
                        sys.stdout.write(_HELP)
                    else:
                        limit = _ROWS_AT_PROMPT if is_terminal else None
                        _run(connection, statement, form, sys.stdout, limit)
                except duckdb.Error as error:
                    sys.stderr.write(f"{sentence(error)}\n")
                    status = 1
    except duckdb.Error as error:
        sys.stderr.write(f"{sentence(error)}\n")
        return 1
    return 0 if is_terminal else status


def sentence(error: duckdb.Error) -> str:
    """Say what is wrong in one line, without the picture of the statement."""
    text = str(error).partition("\nLINE ")[0]
    return " ".join(text.split())


def _opened(file: Path) -> duckdb.DuckDBPyConnection:
    connection = open_database(file, read_only=True)
    for setting in _SETTINGS:
        connection.execute(setting)
    return connection


def _statements(is_terminal: bool) -> Iterator[str]:
    """Yield what is typed: a line that begins with a point, or lines up to one that ends in `;`."""
    lines: list[str] = []
    while True:
        try:
            line = input(("   ...> " if lines else "budget> ") if is_terminal else "")
        except KeyboardInterrupt:
            sys.stdout.write("\n")
            lines = []
            continue
        except EOFError:
            if is_terminal:
                sys.stdout.write("\n")
            elif any(lines):
                yield "\n".join(lines)
            return
        if not lines and line.strip().startswith("."):
            if line.strip() in (".quit", ".exit"):
                return
            yield line.strip()
            continue
        if lines or line.strip():
            lines.append(line)
        if line.rstrip().endswith(";"):
            yield "\n".join(lines)
            lines = []


def _run(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    form: str,
    stream: TextIO,
    limit: int | None,
) -> None:
    """Run a statement and write its rows, of very many the first."""
    cursor = connection.execute(statement)
    columns = columns_of(cursor)
    rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
    if not columns:
        return
    _WRITERS[form](columns, rows[:limit], stream)
    if limit is not None and len(rows) > limit:
        stream.write(f"Only the first {limit:,} rows are shown; add a limit or an aggregate.\n")


def _write_table(columns: Sequence[str], rows: Rows, stream: TextIO) -> None:
    """Write aligned columns, numbers to the right; a Chinese character takes two places."""
    texts = [[_line(value) for value in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(columns, *texts, strict=True)]
    is_number = [
        any(isinstance(value, int | float | Decimal) for value in column)
        for column in zip(*rows, strict=True)
    ] or [False] * len(columns)

    def written(cells: Sequence[str]) -> str:
        padded = (
            " " * (width - _width(cell)) + cell if to_right else cell + " " * (width - _width(cell))
            for cell, width, to_right in zip(cells, widths, is_number, strict=True)
        )
        return "  ".join(padded).rstrip() + "\n"

    stream.write(written(columns))
    stream.write("  ".join("-" * width for width in widths) + "\n")
    stream.writelines(map(written, texts))
    stream.write(f"({len(rows):,} row{'' if len(rows) == 1 else 's'})\n")


def _write_csv(columns: Sequence[str], rows: Rows, stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_text(value) for value in row] for row in rows)


def _write_json(columns: Sequence[str], rows: Rows, stream: TextIO) -> None:
    """Write a list of objects; a decimal is a text, since most readers make floats of numbers."""
    objects = [dict(zip(columns, row, strict=True)) for row in rows]
    json.dump(objects, stream, ensure_ascii=False, indent=2, default=str)
    stream.write("\n")


_WRITERS: dict[str, Callable[[Sequence[str], Rows, TextIO], None]] = {
    "table": _write_table,
    "csv": _write_csv,
    "json": _write_json,
}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _line(value: Any) -> str:
    """Return a value as text on one line."""
    return " ".join(_text(value).split())


def _width(text: str) -> int:
    """Return how many places a text takes in a terminal."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
