"""The reading report: what was recognised, what was not, and every number that ended in no CSV."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from budget_warehouse.reader.document import Grid
from budget_warehouse.reader.parsing.record import Leftover
from budget_warehouse.reader.parsing.sections import Section
from budget_warehouse.reader.parsing.wording import numbers


@dataclass
class Report:
    """The account a reading gives beyond its rows.

    `row_counts`, `number_counts` (numbers placed) and `printed_counts` are by table;
    `unplaced_tables` print `unplaced_numbers`, forms about performance apart. `doubts` are
    sentences about what a person has to add or look up, printed only when there are some;
    `unplaced` are the tables on the page that the contract has no place for; `leftovers` the
    numbers of recognised tables that ended in no CSV, `prose` those of the prose.
    """

    source_document: str
    row_counts: dict[str, int] = field(default_factory=dict)
    number_counts: dict[str, int] = field(default_factory=dict)
    printed_counts: dict[str, int] = field(default_factory=dict)
    unplaced_numbers: int = 0
    unplaced_tables: int = 0
    doubts: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unplaced: list[Section] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    prose: list[Leftover] = field(default_factory=list)

    def text(self) -> str:
        """Return the report in plain lines, the same for the same document."""
        return "\n".join(
            [
                f"Reading report for {self.source_document}",
                "",
                *_recognised(self.row_counts, self.number_counts),
                "",
                *([*_titled("To be checked by a person", self.doubts), ""] if self.doubts else []),
                *_titled("Official tables that the document does not print", self.missing),
                "",
                *_titled(
                    "Tables that the contract has no place for",
                    [line for section in self.unplaced for line in _unplaced(section)],
                ),
                "",
                *_titled("Numbers of recognised tables in no CSV", _listed(self.leftovers)),
                "",
                *_titled("Numbers of the prose in no CSV", _listed(self.prose)),
                "",
            ]
        )


def _recognised(rows: dict[str, int], amounts: dict[str, int]) -> list[str]:
    return _titled(
        "Recognised",
        [
            f"{table}: {count} rows" + (f", {amounts[table]} amounts" if table in amounts else "")
            for table, count in rows.items()
        ],
    )


def _titled(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *(f"  {line}" for line in lines or ["none"])]


def _unplaced(section: Section) -> list[str]:
    title = section.title or "(a table without a title)"
    lines = [f"{title}, {section.place}:"]
    for grid in section.grids:
        lines.extend(f"  {row}" for row in _number_rows(grid))
    return lines


def _number_rows(grid: Grid) -> list[str]:
    return [
        f"{row.place}: " + " | ".join(cell.strip() for cell in row.cells if cell.strip())
        for row in grid.rows
        if any(numbers(cell) for cell in row.cells)
    ]


def _listed(leftovers: Sequence[Leftover]) -> list[str]:
    """Group what shares a place and a reason into one line."""
    return [
        f"{place}: " + " | ".join(item.text for item in items) + f" ({reason})"
        for (place, reason), items in groupby(leftovers, key=lambda item: (item.place, item.reason))
    ]
