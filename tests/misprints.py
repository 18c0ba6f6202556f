"""Disclosures that misprint their accounts: made up, or the repository's, changed at random."""

import csv
import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from warehouses import Row, copied

from benchmarks.columns import COLUMNS

T1, T3, T8 = (
    "revenue_expenditure_summary",
    "expenditure_by_function",
    "basic_expenditure_by_economic",
)
BY_ACCOUNT = [table for table, columns in COLUMNS.items() if "class_code" in columns]
_CODES = ("class_code", "section_code", "item_code")
_TOTALS = ("合计", "总计")


def write_made(
    seeds: Path,
    name: str,
    tables: Mapping[str, Sequence[tuple[str, ...]]],
    unit: str = "万元",
    **disclosure: str,
) -> None:
    """Write a disclosure of a few rows: the values of each, from the column after the row number.

    The last columns, unit, note and source_ref, are filled in.
    """
    folder = seeds / "disclosures" / name
    folder.mkdir(parents=True)
    about = {
        "disclosure_id": name,
        "organization_name": f"{name}局",
        "region_code": "310107",
        "fiscal_year": "2026",
        "stage": "initial_budget",
        "scope": "unit",
        "revision": "1",
        "source_document": f"{name}.pdf",
    }
    _write(folder / "disclosure.csv", COLUMNS["disclosure"], [about | disclosure])
    for table, rows in tables.items():
        columns = COLUMNS[table]
        _write(
            folder / f"{table}.csv",
            columns,
            [
                {"disclosure_id": name, "row_number": str(number), "unit": unit}
                | {"source_ref": f"p.1 r.{number}"}
                | dict(zip(columns[2:], values, strict=False))
                for number, values in enumerate(rows, start=1)
            ],
        )


def write_mutants(
    seeds: Path, originals: Sequence[str], count: int, seed: int
) -> dict[str, list[str]]:
    """Copies of disclosures, each with one to three changes to its tables by account, by name.

    The same seed makes the same changes.
    """
    chance = random.Random(seed)
    made = {}
    for number in range(count):
        name = f"mutant-{number:03d}"
        folder = copied(chance.choice(originals), seeds, name)
        done = []
        for _ in range(chance.choice((1, 1, 2, 3))):
            tables = [table for table in BY_ACCOUNT if (folder / f"{table}.csv").exists()]
            table = T3 if chance.random() < 0.5 else chance.choice(tables)
            change = chance.choice(list(MUTATIONS))
            # Every code may be misprinted, of whichever columns the file has.
            blank = dict.fromkeys(COLUMNS[table], "")
            rows = [blank | row for row in read_rows(folder / f"{table}.csv")]
            if rows:
                changed = MUTATIONS[change](chance, [dict(row) for row in rows])
                for position, row in enumerate(changed, start=1):
                    row["row_number"] = str(position)
                _write(folder / f"{table}.csv", list(rows[0]), changed)
                done.append(f"{change} in {table}")
        made[name] = done
    return made


def read_rows(file: Path) -> list[Row]:
    """Return the rows of a raw CSV; none where there is no file."""
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def printed_totals(rows: list[Row], measure: str = "total") -> set[Decimal]:
    """Return what the rows called 合计 print, in yuan."""
    return {
        Decimal(row[measure].replace(",", "").replace("(", "-").rstrip(")"))
        * (10_000 if row["unit"] == "万元" else 1)
        for row in rows
        if "".join(row["name"].split()) in _TOTALS
        and not any(row.get(code) for code in _CODES)
        and row.get(measure)
    }


def _write(file: Path, columns: list[str], rows: list[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


Rows = list[Row]


def _amounts(row: Row) -> list[str]:
    return [column for column in row if column in _AMOUNTS and row[column]]


_AMOUNTS = {"total", "basic", "project", "personnel", "public_use", "fiscal_appropriation"}


def _coded(chance: random.Random, rows: Rows) -> Row:
    return chance.choice([row for row in rows if any(row.get(code) for code in _CODES)] or rows)


def _blank_codes(chance: random.Random, rows: Rows) -> Rows:
    row = _coded(chance, rows)
    for code in _CODES[: chance.choice((1, 1, 2, 3))]:
        if code in row:
            row[code] = ""
    return rows


def _only_own_level(_: random.Random, rows: Rows) -> Rows:
    for row in rows:
        printed = [code for code in _CODES if row.get(code)]
        for code in printed[:-1]:
            row[code] = ""
    return rows


def _digits(chance: random.Random, rows: Rows) -> Rows:
    row = _coded(chance, rows)
    code = chance.choice([code for code in _CODES if code in row])
    row[code] = "".join(chance.choice("0123456789") for _ in range(chance.choice((1, 2, 3, 5, 7))))
    return rows


def _text(chance: random.Random, rows: Rows) -> Rows:
    row = _coded(chance, rows)
    code = chance.choice([code for code in _CODES if code in row])
    row[code] = chance.choice(
        ("某某局", f"{row[code]}-{row['name']}", "7", "类\n款", '"', "２０１x")
    )
    return rows


def _whole_code(_: random.Random, rows: Rows) -> Rows:
    for row in rows:
        printed = [code for code in _CODES if row.get(code)]
        whole = "".join(row[code] for code in printed)
        if len(printed) > 1 and len(whole) in (5, 7):
            row[printed[-1]] = whole
    return rows


def _swap_codes(chance: random.Random, rows: Rows) -> Rows:
    one, other = _coded(chance, rows), _coded(chance, rows)
    for code in _CODES:
        if code in one:
            one[code], other[code] = other[code], one[code]
    return rows


def _swap_rows(chance: random.Random, rows: Rows) -> Rows:
    one, other = chance.randrange(len(rows)), chance.randrange(len(rows))
    rows[one], rows[other] = rows[other], rows[one]
    return rows


def _repeat_row(chance: random.Random, rows: Rows) -> Rows:
    position = chance.randrange(len(rows))
    return [*rows[: position + 1], *map(dict, rows[position:])]


def _repeat_page(chance: random.Random, rows: Rows) -> Rows:
    start, end = sorted((chance.randrange(len(rows)), chance.randrange(len(rows)) + 1))
    return [*rows[:end], *map(dict, rows[start:end]), *rows[end:]]


def _repeat_table(_: random.Random, rows: Rows) -> Rows:
    return [*rows, *map(dict, rows)]


def _drop_row(chance: random.Random, rows: Rows) -> Rows:
    position = chance.randrange(len(rows))
    return [*rows[:position], *rows[position + 1 :]] if len(rows) > 1 else rows


def _change_amount(chance: random.Random, rows: Rows) -> Rows:
    row = chance.choice(rows)
    for column in _amounts(row):
        row[column] = chance.choice(
            (row[column] + "1", "0", "", "(1,234.00)", "999,999,999,999,999.99", "0.01")
        )
        if chance.random() < 0.5:
            break
    return rows


def _huge(_: random.Random, rows: Rows) -> Rows:
    for row in rows:
        for column in _amounts(row):
            row[column] = "9999999999.99" if row["unit"] == "万元" else "99999999999999.99"
    return rows


def _insert_unit(chance: random.Random, rows: Rows) -> Rows:
    position = chance.randrange(len(rows) + 1)
    row = dict(chance.choice(rows)) | {"name": chance.choice(("某某中心", "", "101001某某局"))}
    return [*rows[:position], row | {code: "" for code in _CODES if code in row}, *rows[position:]]


def _names(chance: random.Random, rows: Rows) -> Rows:
    for row in rows:
        row["name"] = chance.choice(
            (row["name"], "", "一行\n两行", 'quote " and , comma', "其他支出")
        )
    return rows


def _no_codes(_: random.Random, rows: Rows) -> Rows:
    return [row | {code: "" for code in _CODES if code in row} for row in rows]


MUTATIONS: dict[str, Callable[[random.Random, Rows], Rows]] = {
    "blank codes": _blank_codes,
    "only the own level's code": _only_own_level,
    "other digits": _digits,
    "text in a code": _text,
    "whole codes": _whole_code,
    "swapped codes": _swap_codes,
    "swapped rows": _swap_rows,
    "a row twice": _repeat_row,
    "a page twice": _repeat_page,
    "the table twice": _repeat_table,
    "a row dropped": _drop_row,
    "another amount": _change_amount,
    "huge amounts": _huge,
    "a unit's row": _insert_unit,
    "odd names": _names,
    "no codes": _no_codes,
}
