"""Writes made-up disclosures as raw CSVs, and a manifest of the errors planted in them."""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from benchmarks.accounts import read_accounts
from benchmarks.budgets import FIRST_FISCAL_YEAR, below, published_budgets
from benchmarks.columns import COLUMNS
from benchmarks.disclosures import Disclosure, disclosure
from benchmarks.forms import COLUMNS_OF_FILES, COLUMNS_OF_FORMS, HALF_READ
from benchmarks.planted_errors import PLANTED_ERRORS
from budget_warehouse.contract.printed_tables import KEYS

LAYOUTS = ("folders", "batches")
DISCLOSURES_OF_BATCH = 1_000
MANIFEST = "planted_errors.csv"

_AFTER = ("unit", "note", "source_ref")

Manifest = list[tuple[str, str, str, str]]

_UNITS_OF_TABLES = {  # whatever the unit of the others
    "three_public_expenses": "万元",
    "narrative_claims": "万元",
    "performance_targets": "",
    "statements": "",
}
_HALF_READ_TABLES = ("expenditure_by_function", "basic_expenditure_by_economic")


@dataclass(frozen=True)
class RawFile:
    """One raw CSV of a document, its cells quoted where CSV asks for it."""

    table: str
    columns: tuple[str, ...]
    rows: list[list[str]]


def disclosures(
    organizations: int, years: int, seed: int, error_share: int = 0
) -> Iterator[tuple[Disclosure, Manifest]]:
    """Yield each disclosure with its lines of the manifest, one at a time.

    `error_share` of 1,000 disclosures carry one planted error each, of the rules in turn. Of others
    `HALF_READ` in 1,000 lack a figure of one table.
    """
    accounts = read_accounts()
    chance = random.Random(f"{seed} errors")
    losses = random.Random(f"{seed} half read")
    waiting = list(PLANTED_ERRORS)
    for published in published_budgets(organizations, years, seed, accounts):
        has_earlier = published.fiscal_year > FIRST_FISCAL_YEAR
        document = disclosure(published, has_earlier, accounts)
        manifest: Manifest = []
        is_chosen = below(chance, 1_000) < error_share
        for error in waiting if is_chosen else ():
            subject = error.plant(document) if error.fits(document) else None
            if subject is not None:
                manifest = [(document.disclosure_id, error.rule_code, subject, "planted")]
                manifest += [
                    (document.disclosure_id, rule_code, "", "consequence")
                    for rule_code in error.consequences
                ]
                waiting.remove(error)
                waiting.append(error)
                break
        loss = below(losses, 1_000)
        if loss < HALF_READ and not manifest:
            document.lose_a_figure(_HALF_READ_TABLES[loss % len(_HALF_READ_TABLES)])
        yield document, manifest


def raw_files(document: Disclosure) -> Iterator[RawFile]:
    """Yield every raw CSV of a document."""
    yield _of_disclosure(document)
    yield _of_tables(document)
    for table, rows in document.tables.items():
        columns = ("disclosure_id", "row_number", *document.columns[table])
        unit = _UNITS_OF_TABLES.get(table, document.form.unit)
        yield _numbered(document, table, columns, rows, unit)
    for table, rows in document.files.items():
        columns = tuple(COLUMNS[table][: -len(_AFTER)])
        unit = _UNITS_OF_TABLES.get(table, document.form.unit)
        yield _numbered(document, table, columns, rows, unit)


def _of_disclosure(document: Disclosure) -> RawFile:
    organization = document.organization
    row = [
        *(document.disclosure_id, organization.name, organization.kind, organization.department),
        *(document.form.region_code, str(document.fiscal_year), document.stage),
        *(organization.scope, "1", document.published_on, "synthetic", "", "", "by_program"),
    ]
    return RawFile("disclosure", COLUMNS_OF_FILES["disclosure"], [row])


def _of_tables(document: Disclosure) -> RawFile:
    """Return what is said of each table, with the numbers that are printed and were placed."""
    rows = []
    for page, (table, title) in enumerate(document.titles.items(), start=5):
        measures = [
            place for place, column in enumerate(document.columns[table]) if column not in KEYS
        ]
        placed = sum(bool(row[place]) for row in document.tables[table] for place in measures)
        rows.append(
            [
                *(document.disclosure_id, table, title, document.compiling_entities[table]),
                *(document.remarks.get(table, ""), str(page)),
                *(str(placed + document.lost[table]), str(placed)),
                *(document.units[table], "", f"synthetic {table}"),
            ]
        )
    return RawFile("tables", COLUMNS_OF_FILES["tables"], rows)


def _numbered(
    document: Disclosure, table: str, columns: tuple[str, ...], rows: list[list[str]], unit: str
) -> RawFile:
    notes = document.notes
    return RawFile(
        table,
        (*columns, *_AFTER),
        [
            [
                *(document.disclosure_id, str(number), *row, unit),
                *(notes.get((table, number), ""), f"synthetic r.{number}"),
            ]
            for number, row in enumerate(rows, start=1)
        ],
    )


def columns_of_batches() -> dict[str, tuple[str, ...]]:
    """Return the columns of each raw CSV that holds documents of every form."""
    forms = COLUMNS_OF_FORMS.values()
    columns = {table: COLUMNS_OF_FILES[table] for table in ("disclosure", "tables")}
    for table in dict.fromkeys(table for form in forms for table in form):
        of_table = dict.fromkeys(column for form in forms for column in form.get(table, ()))
        keys = [key for key in KEYS if key in of_table]
        measures = [column for column in of_table if column not in KEYS]
        columns[table] = ("disclosure_id", "row_number", *keys, *measures, *_AFTER)
    for table in ("narrative_claims", "statements", "projects", "performance_targets"):
        columns[table] = tuple(COLUMNS[table])
    return columns


def raw_text(document: Disclosure) -> Iterator[tuple[str, str]]:
    """Yield the text of each raw CSV, by table."""
    for file in raw_files(document):
        yield file.table, _text([list(file.columns), *file.rows])


def _text(rows: list[list[str]]) -> str:
    return "".join(f"{','.join(row)}\n" for row in rows)


class _Batch:
    """The open files of a folder that holds a thousand documents, in the columns of all forms."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.columns = columns_of_batches()
        self.files: dict[str, TextIO] = {}
        self.places: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for table, columns in self.columns.items():
            self.files[table] = (folder / f"{table}.csv").open("w", encoding="utf-8")
            self.files[table].write(",".join(columns) + "\n")

    def write(self, document: Disclosure) -> None:
        """Add a document; a column that it does not print is blank."""
        for file in raw_files(document):
            key = file.table, file.columns
            if key not in self.places:
                own = {column: place for place, column in enumerate(file.columns)}
                self.places[key] = [own.get(column, -1) for column in self.columns[file.table]]
            places = self.places[key]
            rows = [[*row, ""] for row in file.rows]  # the last cell is that of no column
            self.files[file.table].write(_text([[row[place] for place in places] for row in rows]))

    def close(self) -> None:
        """Close all files."""
        for file in self.files.values():
            file.close()


def write(
    into: Path, organizations: int, years: int, seed: int, layout: str, error_share: int = 0
) -> int:
    """Write `into`/disclosures and the manifest; return how many disclosures there are.

    Raises:
        FileExistsError: `into` already holds disclosures.
    """
    folders = into / "disclosures"
    folders.mkdir(parents=True)
    count = 0
    batch: _Batch | None = None
    with (into / MANIFEST).open("w", encoding="utf-8") as manifest:
        manifest.write("disclosure_id,rule_code,subject,kind\n")
        for document, lines in disclosures(organizations, years, seed, error_share):
            if layout == "folders":
                folder = folders / document.disclosure_id
                folder.mkdir()
                for table, text in raw_text(document):
                    (folder / f"{table}.csv").write_text(text, encoding="utf-8")
            else:
                if count % DISCLOSURES_OF_BATCH == 0:
                    if batch:
                        batch.close()
                    number = count // DISCLOSURES_OF_BATCH
                    batch = _Batch(folders / f"synthetic-batch-{number:05d}")
                assert batch is not None
                batch.write(document)
            manifest.writelines(",".join(line) + "\n" for line in lines)
            count += 1
    if batch:
        batch.close()
    return count


def main() -> None:
    """Parse the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generator", description=__doc__)
    parser.add_argument("--organizations", type=int, required=True)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layout", choices=LAYOUTS, default="folders")
    parser.add_argument("--errors", type=int, default=0, help="disclosures in 1,000 with an error")
    parser.add_argument("--into", type=Path, required=True, help="a folder without disclosures/")
    given = parser.parse_args()
    try:
        count = write(
            given.into, given.organizations, given.years, given.seed, given.layout, given.errors
        )
    except FileExistsError:
        parser.error(f"{given.into} already holds disclosures/: name another folder")
    print(f"{count:,} made-up disclosures in {given.into / 'disclosures'}")


if __name__ == "__main__":
    main()
