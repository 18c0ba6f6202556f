"""Documents out of what a build landed, or out of raw CSVs."""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import duckdb

from benchmarks.by_hand.documents import Document, Table, printed_row
from benchmarks.by_hand.lists import Lists
from benchmarks.by_hand.values import name, text, word
from budget_warehouse.contract.printed_tables import KEYS

_AT_ONCE = 500  # disclosures
_OF_EVERY_ROW = {"disclosure_id", "row_number", "unit", "note", "source_ref"}

Values = Mapping[str, str]


def landed_documents(
    connection: duckdb.DuckDBPyConnection, disclosures: Collection[str], lists: Lists
) -> Iterator[Document]:
    """Yield some of the disclosures of an attached landing file."""
    covers = _landed(connection, "disclosure", sorted(disclosures))
    counted = _counted(covers)
    waiting = iter(sorted(covers, key=lambda cover: cover["disclosure_id"]))
    while some := list(islice(waiting, _AT_ONCE)):
        names = [cover["disclosure_id"] for cover in some]
        cells: defaultdict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
        for cell in _landed(connection, "printed_amounts", names):
            row = cell["disclosure_id"], cell["table_name"], cell["row_number"]
            cells[row][cell["measure"]] = cell["printed_text"]
        rows: defaultdict[str, list[tuple[str, Values, Values]]] = defaultdict(list)
        for values in _landed(connection, "printed_rows", names):
            key = values["disclosure_id"], values["table_name"], values["row_number"]
            rows[key[0]].append((key[1], values, cells[key]))
        projects = _by_disclosure(_landed(connection, "projects", names))
        tables = _by_disclosure(_landed(connection, "tables", names))
        for cover in some:
            own = cover["disclosure_id"]
            yield _document(cover, own in counted, rows[own], projects[own], tables[own], lists)


def raw_documents(seeds: Path, lists: Lists) -> Iterator[Document]:
    """Yield all disclosures of the raw CSVs below a folder, folder after folder."""
    folders = sorted(path for path in (seeds / "disclosures").iterdir() if path.is_dir())
    counted = _counted([cover for folder in folders for cover in _raw(folder / "disclosure.csv")])
    for folder in folders:
        rows: defaultdict[str, list[tuple[str, Values, Values]]] = defaultdict(list)
        for file in sorted(folder.glob("*.csv")):
            if file.stem in lists.kinds:
                for raw in _raw(file):
                    known = {k: v for k, v in raw.items() if k in KEYS or k in _OF_EVERY_ROW}
                    cells = {k: v for k, v in raw.items() if k not in known}
                    rows[raw["disclosure_id"]].append((file.stem, known, cells))
        projects = _by_disclosure(_raw(folder / "projects.csv"))
        tables = _by_disclosure(_raw(folder / "tables.csv"))
        for cover in _raw(folder / "disclosure.csv"):
            own = cover["disclosure_id"]
            yield _document(cover, own in counted, rows[own], projects[own], tables[own], lists)


def _landed(
    connection: duckdb.DuckDBPyConnection, table: str, disclosures: Sequence[str]
) -> list[dict[str, str]]:
    result = connection.execute(
        f'from landing."{table}" where disclosure_id in (select unnest(?))', [list(disclosures)]
    )
    columns = [column for column, *_ in result.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]


def _raw(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [row for row in csv.DictReader(lines) if any(row.values())]


def _by_disclosure(rows: Iterable[dict[str, str]]) -> defaultdict[str, list[Values]]:
    grouped: defaultdict[str, list[Values]] = defaultdict(list)
    for row in rows:
        grouped[row["disclosure_id"]].append(row)
    return grouped


def _document(
    cover: Values,
    is_counted: bool,
    rows: Iterable[tuple[str, Values, Values]],
    projects: Iterable[Values],
    printed_tables: Sequence[Values],
    lists: Lists,
) -> Document:
    tables: dict[str, Table] = {}
    for table_name, values, cells in rows:
        if table_name not in tables:
            tables[table_name] = Table(table_name, lists.kinds[table_name], [])
        tables[table_name].rows.append(printed_row(values, cells))
    for table in tables.values():
        table.rows.sort(key=lambda row: row.number)
    return Document(
        cover["disclosure_id"],
        text(cover["organization_name"]),
        word(cover["stage"]) == "final_accounts",
        is_counted,
        tables,
        sorted(projects, key=lambda row: int(row["row_number"])),
        list(printed_tables),
    )


def _counted(covers: Sequence[Values]) -> set[str]:
    """Return the disclosures that sums count: the last revision, a unit where no department is."""
    last: dict[tuple[str | None, ...], Values] = {}
    for cover in covers:
        key = (
            word(cover["region_code"]),
            name(text(cover["organization_name"])),
            *(word(cover[column]) for column in ("fiscal_year", "stage", "scope")),
        )
        best = last.get(key)
        rank = -int(cover["revision"]), cover["disclosure_id"]
        if best is None or rank < (-int(best["revision"]), best["disclosure_id"]):
            last[key] = cover
    budgets = {
        (_of(cover, "organization_name"), *_budget(cover))
        for cover in last.values()
        if word(cover["scope"]) == "department"
    }
    return {
        cover["disclosure_id"]
        for cover in last.values()
        if word(cover["scope"]) != "unit"
        or (
            _of(cover, "supervising_organization_name") or _of(cover, "organization_name"),
            *_budget(cover),
        )
        not in budgets
    }


def _of(cover: Values, column: str) -> str | None:
    return text(cover[column])


def _budget(cover: Values) -> tuple[str | None, ...]:
    return tuple(word(cover[column]) for column in ("region_code", "fiscal_year", "stage"))
