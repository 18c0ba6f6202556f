"""Random changes of raw CSVs, drawn from a seed: what people and programs do to a folder."""

import csv
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from warehouses import DISCLOSURES, SEEDS, Built, build, copied

# Texts that a cell may come to hold, whatever its column is for.
_TEXTS = (
    *(
        "",
        " ",
        "　",
        "\u00a0",
        "0",
        "-",
        "—",
        "--",
        "7",
        "07",
        "201",
        "2010301",
        "99999",
        "999999999",
    ),
    *(
        "35\u00a0667\u00a0021.23",
        "100 200",
        "1.234,56",
        "1,,,2",
        "１２３．４５",
        "(1,234.00)",
        "1e5",
    ),
    *("9" * 14, "9" * 17 + ".99", "9" * 20, "9" * 40, "0.000001", "-0.01", "12345678901234.567"),
    *(
        "2021/2/3",
        "2021-01-05 10:00:00",
        "epoch",
        "110-01-05",
        "infinity",
        "2021-02-30",
        "１９９９",
    ),
    *(
        "元",
        "万元",
        "千元",
        "亿元",
        "美元",
        "合计",
        "2140101-行政运行",
        "某某单位（汇总）",
        "010203",
    ),
    *("'; drop table x; --", '"', "a,b", "行\n行", "<script>alert(1)</script>", "$name {x}", "\\"),
    *(
        "100000%",
        "1" * 30 + "%",
        "NaN",
        "null",
        "True",
        "../..",
        "\u200b",
        "\u202e",
        "😀",
        "x" * 5000,
    ),
    *("\x07", "\x1b[31m", "\ufeff", "initial_budget", "final_accounts", "department", "revenue"),
)

_TABLES = """
    select distinct schema_name || '.' || table_name
    from duckdb_columns()
    where column_name = 'disclosure_id' and schema_name in ('marts', 'reconciliations')
    order by all
"""

Rows = list[list[str]]


def mutate(seeds: Path, name: str, chance: random.Random) -> str:
    """Copy a disclosure of the repository under a name, and change it one to three times.

    Returns:
        What was done, in words, for whoever looks into a failure.
    """
    source = chance.choice(DISCLOSURES)
    folder = copied(source, seeds, name)
    done = [change(folder, chance) for _ in range(chance.randint(1, 3))]
    return f"{name}: {source}: {'; '.join(done)}"


def _rows_changed(change: Callable[[Rows, random.Random], str]) -> Callable[..., str]:
    """Return a change of the rows of one CSV, its header among them."""

    def changed(folder: Path, chance: random.Random) -> str:
        files = sorted(file for file in folder.glob("*.csv") if file.is_file())
        if not files:
            return "nothing left to change"
        file = chance.choice(files)
        try:
            with file.open(encoding="utf-8", newline="") as source:
                rows = list(csv.reader(source))
        except (UnicodeDecodeError, csv.Error):
            return f"{file.name} is unreadable already"
        if len(rows) < 2:
            return f"{file.name} is empty"
        description = change(rows, chance)
        with file.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target, lineterminator="\n").writerows(rows)
        return f"{file.name} {description}"

    return changed


@_rows_changed
def _cell(rows: Rows, chance: random.Random) -> str:
    row, text = chance.randrange(1, len(rows)), chance.choice(_TEXTS)
    column = chance.randrange(len(rows[row]))
    rows[row][column] = text
    return f"row {row} column {column} = {text[:30]!r}"


@_rows_changed
def _column(rows: Rows, chance: random.Random) -> str:
    column, text = chance.randrange(1, len(rows[0])), chance.choice(_TEXTS)
    for row in rows[1:]:
        row[min(column, len(row) - 1)] = text
    return f"column {column} = {text[:30]!r}"


@_rows_changed
def _characters(rows: Rows, chance: random.Random) -> str:
    row = chance.randrange(1, len(rows))
    column = chance.randrange(len(rows[row]))
    text = list(rows[row][column])
    for _ in range(chance.randint(1, 3)):
        text.insert(chance.randint(0, len(text)), chance.choice(chance.choice(_TEXTS) or "0"))
    rows[row][column] = "".join(text)
    return f"row {row} column {column} = {rows[row][column][:30]!r}"


@_rows_changed
def _row_repeated(rows: Rows, chance: random.Random) -> str:
    row = chance.randrange(1, len(rows))
    again = [*rows[row]]
    if chance.random() < 0.8 and len(again) > 1 and again[1].isdecimal():
        again[1] = str(1000 + len(rows))
    rows.insert(chance.randint(row, len(rows)), again)
    return f"row {row} repeated"


@_rows_changed
def _page_repeated(rows: Rows, chance: random.Random) -> str:
    again = [[*row] for row in rows[1:]]
    for row in again:
        if len(row) > 1 and row[1].isdecimal():
            row[1] = str(1000 + int(row[1]))
    rows += again
    return "all rows repeated"


@_rows_changed
def _row_lost(rows: Rows, chance: random.Random) -> str:
    row = chance.randrange(1, len(rows))
    del rows[row]
    return f"row {row} lost"


@_rows_changed
def _cells_swapped(rows: Rows, chance: random.Random) -> str:
    row = chance.choice(rows[1:])
    one, other = chance.randrange(len(row)), chance.randrange(len(row))
    row[one], row[other] = row[other], row[one]
    return f"columns {one} and {other} swapped"


@_rows_changed
def _header(rows: Rows, chance: random.Random) -> str:
    column = chance.randrange(len(rows[0]))
    rows[0][column] = chance.choice(["", "x", rows[0][0], rows[0][column].upper()])
    return f"heading {column} = {rows[0][column]!r}"


@_rows_changed
def _blank_rows(rows: Rows, chance: random.Random) -> str:
    rows += [[""] * len(rows[0])] * chance.randint(1, 5)
    return "blank rows at the end"


def _bytes(folder: Path, chance: random.Random) -> str:
    file = chance.choice([file for file in sorted(folder.glob("*.csv")) if file.is_file()])
    content = bytearray(file.read_bytes()) or bytearray(b"?")
    for _ in range(chance.randint(1, 5)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    file.write_bytes(content[: chance.choice([len(content), chance.randrange(len(content))])])
    return f"{file.name} with other bytes"


def _encoding(folder: Path, chance: random.Random) -> str:
    encoding = chance.choice(["gb18030", "utf-16", "utf-8-sig", "latin-1"])
    for file in folder.glob("*.csv"):
        if file.is_file():
            text = file.read_bytes().decode("utf-8", "replace")
            file.write_bytes(text.encode(encoding, "replace"))
    return f"all in {encoding}"


def _file(folder: Path, chance: random.Random) -> str:
    files = sorted(file for file in folder.glob("*.csv") if file.is_file())
    file = chance.choice(files)
    kind = chance.choice(["lost", "empty", "renamed", "folder", "pipe", "link", "copied"])
    if kind == "copied":
        shutil.copy(file, file.with_name(f".#{file.name}"))
        shutil.copy(file, file.with_suffix(".CSV"))
        return f"{file.name} copied under other names"
    file.unlink()
    if kind == "empty":
        file.touch()
    elif kind == "renamed":
        file.with_name("expenditures.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    elif kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "link":
        file.symlink_to(folder / "nowhere.csv")
    return f"{file.name} {kind}"


_CHANGES: list[Callable[[Path, random.Random], str]] = [
    *(3 * [_cell, _characters]),
    *(2 * [_column, _row_repeated, _cells_swapped, _row_lost]),
    *(_page_repeated, _header, _blank_rows, _bytes, _encoding, _file),
]


def change(folder: Path, chance: random.Random) -> str:
    """Change a disclosure once, and say what was done."""
    return chance.choice(_CHANGES)(folder, chance)


def build_with_mutants(folder: Path, seed: int, count: int) -> tuple[Built, list[str]]:
    """Build the disclosures of the repository beside mutants of them, and say what was mutated."""
    chance = random.Random(seed)
    seeds = folder / "seeds"
    shutil.copytree(SEEDS / "disclosures", seeds / "disclosures")
    done = [mutate(seeds, f"mutant-{seed}-{number}", chance) for number in range(count)]
    return build(seeds, folder / "warehouse"), done


def differing_tables(built: Built, alone: Built) -> list[str]:
    """Return the tables in which a disclosure differs from what it is without others."""
    names = ", ".join(f"'{name}'" for name in DISCLOSURES)
    tables = [table for (table,) in alone.rows(_TABLES)]
    assert len(tables) > 25
    return [
        table
        for table in tables
        if built.rows(query := f"from {table} where disclosure_id in ({names}) order by all")
        != alone.rows(query)
    ]
