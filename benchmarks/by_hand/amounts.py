"""The published amounts of a document: each cell of a printed column, with its place and role."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.by_hand.columns import tell_columns
from benchmarks.by_hand.documents import Cell, Document, Row, printed_row
from benchmarks.by_hand.lists import CLASSIFICATIONS, Lists
from benchmarks.by_hand.repeats import (
    mark_repeated_accounts,
    mark_repeated_expenses,
    mark_repeated_lines,
)
from benchmarks.by_hand.trees import place_accounts, place_expenses, place_items, place_lines
from benchmarks.by_hand.values import amount, fen, half_of_last_digit, is_figure, text

PROJECT_FUNDS = {
    "total": "total",
    "fiscal_funds": "subtotal",
    "other_funds": "subtotal",
    "annual_total": "subtotal",
    "annual_fiscal": "leaf",
    "annual_carryover": "leaf",
    "annual_other": "leaf",
}
_OF_PROJECT = (
    *("project_name", "project_kind", "implementing_organization_name", "starts_on", "ends_on"),
)


@dataclass(slots=True)
class Amount:
    """A row of `marts.fct_published_amounts`."""

    table_name: str
    row: Row
    measure: str
    row_role: str
    figure: int | None
    text: str | None
    fen: int | None
    half: int | None

    @property
    def parent_row_key(self) -> str | None:
        is_placed = self.row_role not in ("stray", "repeat")
        return self.row.parent_row_key if is_placed else None


def published_amounts(document: Document, lists: Lists) -> Iterator[Amount]:
    """Place every row of a document, and yield its amounts."""
    for table in document.tables.values():
        tell_columns(table, lists)
        if table.kind in CLASSIFICATIONS:
            place_accounts(document, table, lists)
            mark_repeated_accounts(table)
    for table in document.tables.values():
        if table.kind == "lines":
            place_lines(document, table, lists)
            mark_repeated_lines(table)
        elif table.kind == "expenses":
            place_expenses(table)
            mark_repeated_expenses(table)
        elif table.kind not in CLASSIFICATIONS:
            place_items(table)
        for row in table.rows:
            for cell in row.cells:
                column = table.roles.get((row.side or "", cell.measure))
                if column is not None:
                    own = column if table.kind == "expenses" else "detail"
                    yield _amount(table.name, row, cell, row.row_role or own)
            if is_figure(row.note, row.unit):
                yield _stray(table.name, row)
    yield from _project_amounts(document.projects)


def _project_amounts(projects: list[Mapping[str, str]]) -> Iterator[Amount]:
    printed = {
        measure
        for project in projects
        for measure in PROJECT_FUNDS
        if amount(project[measure]) is not None
    }
    seen = set()
    for project in projects:
        row = printed_row(project, {measure: project[measure] for measure in PROJECT_FUNDS})
        row.row_key = f"row {row.number}"
        figures = tuple(cell.figure or 0 for cell in row.cells)
        says = (row.unit or "", *(text(project[key]) for key in _OF_PROJECT), figures)
        row.is_repeat = says in seen
        seen.add(says)
        for cell in row.cells:
            if cell.measure in printed:
                yield _amount("projects", row, cell, PROJECT_FUNDS[cell.measure])
        if is_figure(row.note, row.unit):
            yield _stray("projects", row)


def _stray(table_name: str, row: Row) -> Amount:
    """Return the figure under no heading that stands in a row's note."""
    note = row.note or ""
    return _amount(table_name, row, Cell("note", note, amount(note)), "stray")


def _amount(table_name: str, row: Row, cell: Cell, row_role: str) -> Amount:
    return Amount(
        table_name,
        row,
        cell.measure,
        "repeat" if row.is_repeat and row_role != "stray" else row_role,
        cell.figure,
        cell.text,
        fen(cell.figure, row.unit),
        half_of_last_digit(cell.text, row.unit),
    )
