"""The tables that disclosures print, and what their columns mean: the two lists that say so.

Finding a table or a column on a page is the reader's work, checking the lists is
`reference_lists`'; neither belongs here.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from budget_warehouse.settings import ROOT, Settings

TITLES, HEADINGS = "raw_tables.csv", "raw_columns.csv"

KEYS: tuple[str, ...] = (
    "side",
    "label",
    "line_number",
    "level",
    "organization_code",
    "organization_name",
    "class_code",
    "section_code",
    "item_code",
    "name",
    "economic_class_code",
    "economic_item_code",
    "economic_name",
    "government_class_code",
    "government_item_code",
    "government_name",
    "project_code",
    "project_name",
    "project_kind",
    "procurement_item",
    "procurement_catalogue",
    "quantity",
    "quantity_unit",
)
"""The subjects that a printed row can have."""

CLASSIFICATIONS = {"functions": "function", "economic_items": "economic"}
"""The classification whose accounts the rows of a table are, by what the list says of them."""


@dataclass(frozen=True)
class Title:
    """One title under which a table is published, without number and year."""

    table_name: str
    title: str
    stage: str
    rows: str


@dataclass(frozen=True)
class Heading:
    """One heading of a column: the words from the top down, and what stands below them.

    `tables` names the tables in which it has this meaning, all of them where it names none: one
    that names a table goes before one that names none.
    `part_of` is the measure that a measure adds up to with others.
    """

    column_name: str
    heading: str
    role: str
    tables: str
    nature: str
    source: str
    fund: str
    component: str
    expense: str
    procurement: str
    period: str
    part_of: str

    def stands_in(self, table_name: str) -> bool:
        """Return whether the heading may stand in a table."""
        return not self.tables or table_name in self.tables.split()


@dataclass(
    frozen=True, eq=False
)  # read once a folder: to compare them would cost thousands of rows
class PrintedTables:
    """Both lists, in their order."""

    titles: tuple[Title, ...]
    headings: tuple[Heading, ...]

    @classmethod
    def of(
        cls, titles: Iterable[Mapping[str, str]], headings: Iterable[Mapping[str, str]]
    ) -> "PrintedTables":
        """Return the lists with these rows; a column that a row lacks is blank."""
        return cls(
            tuple(Title(*_values(row, Title)) for row in titles),
            tuple(Heading(*_values(row, Heading)) for row in headings),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables, in the order of the list."""
        return tuple(dict.fromkeys(title.table_name for title in self.titles))

    def measures(self, table_name: str) -> tuple[str, ...]:
        """Return the measures that may stand in a table, in the order of the list."""
        return tuple(
            dict.fromkeys(
                heading.column_name
                for heading in self.headings
                if heading.role == "measure" and heading.stands_in(table_name)
            )
        )

    def rows_of(self, table_name: str) -> str:
        """Return what the rows of a table are about."""
        return next(title.rows for title in self.titles if title.table_name == table_name)


def reference_folder(seeds: Path | None = None) -> Path:
    """Return the folder of the lists: beside the disclosures, or else the repository's."""
    own = (seeds or Settings.seeds_folder()) / "reference"
    return own if (own / TITLES).is_file() else ROOT / "seeds" / "reference"


def printed_tables(folder: Path | None = None) -> PrintedTables:
    """Return the lists of a folder, without one those of the settings."""
    titles, headings = ((folder or reference_folder()) / name for name in (TITLES, HEADINGS))
    return _read(titles, headings, (_outside(titles), _outside(headings)))


@lru_cache(maxsize=8)
def _read(titles: Path, headings: Path, looks: object) -> PrintedTables:
    """Return the lists; `looks` tells those that were edited from what was read before."""
    return PrintedTables.of(_rows(titles), _rows(headings))


def _values(row: Mapping[str, str], of: type[Title] | type[Heading]) -> Iterator[str]:
    return (row.get(one.name) or "" for one in fields(of))


def _outside(file: Path) -> tuple[int, int, int]:
    """Return what a file looks like from outside."""
    look = file.stat()
    return look.st_ino, look.st_size, look.st_mtime_ns


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)
