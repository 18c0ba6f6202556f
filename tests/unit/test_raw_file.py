"""A file whose lines are taken as they stand gives the rows that a CSV parser finds in it."""

import csv
import io
import random
from typing import Literal

import pytest

from budget_warehouse.contract.raw_csv import raw_tables
from budget_warehouse.landing import raw_file
from budget_warehouse.landing.raw_file import UnreadableFileError, rows, values

TABLE = "statements"
TABLES = raw_tables()
COLUMNS = list(TABLES[TABLE])
HEADER = ",".join(COLUMNS)
PIECES = [*',,,,""""', "\n", "\r\n", "\r", "a", "1", " ", "。", '""', '","', '",', ',"', ""]
Quoting = Literal[0, 1]  # the constants of the module csv
QUOTINGS: list[Quoting] = [csv.QUOTE_MINIMAL, csv.QUOTE_ALL]


def written(rows_of_file: list[list[str]], quoting: Quoting, line_end: str = "\n") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=quoting, lineterminator=line_end)
    writer.writerows([COLUMNS, *rows_of_file])
    header, _, body = text.getvalue().partition(line_end)
    return (header.replace('"', "") + line_end + body).encode()


def read(content: bytes) -> list[tuple[int, list[str]]] | str:
    """The lines and values of a file, or why it cannot be read."""
    try:
        table_rows = rows(TABLE, "one/statements.csv", content, TABLES)
    except UnreadableFileError as error:
        return str(error)
    return [
        (line, values(text)) for line, text in zip(table_rows.lines, table_rows.texts, strict=True)
    ]


def test_what_is_plain_is_what_a_parser_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files put together at random from what makes CSV hard, read in both ways."""
    made = random.Random(8)
    contents = [
        f"{HEADER}\n{''.join(made.choices(PIECES, k=made.randrange(40)))}".encode()
        for _ in range(5_000)
    ]
    for _ in range(5_000):
        cells = ["".join(made.choices(["a", "1,234.00", ",", " ", "。", ""], k=2)) for _ in COLUMNS]
        cells[made.randrange(len(cells))] += made.choice(["", "", '"', "\n", "\r"])
        quoting = made.choice(QUOTINGS)
        contents.append(written([cells] * made.randrange(3), quoting, made.choice(["\n", "\r\n"])))
    plain = sum(
        raw_file._plain_rows(TABLE, content.decode(), TABLES[TABLE]) is not None
        for content in contents
    )
    assert 1_000 < plain < 9_000, "both ways are taken"
    either = [read(content) for content in contents]
    monkeypatch.setattr(raw_file, "_plain_rows", lambda table, text, contract: None)
    for content, table_rows in zip(contents, either, strict=True):
        assert table_rows == read(content), content


def test_the_same_values_are_the_same_text() -> None:
    row = ["d", "1", "subject", "1,234.00", "", "", "p. 1"]
    ways = [
        written([row], csv.QUOTE_MINIMAL),
        written([row], csv.QUOTE_ALL, "\r\n"),
        b"\xef\xbb\xbf" + written([row], csv.QUOTE_ALL),
        ",".join(reversed(COLUMNS)).encode() + b'\np. 1,,,"1,234.00",subject,1,d\n',
    ]
    assert len({tuple(rows(TABLE, "", content, TABLES).texts) for content in ways}) == 1


def test_a_control_character_is_refused() -> None:
    row = ["d", "1", "subject", "1\x1f2", "", "", ""]
    with pytest.raises(UnreadableFileError, match="control character"):
        rows(TABLE, "", written([row], csv.QUOTE_MINIMAL), TABLES)
