"""A sheet of a workbook as a person sees it: displayed cells, less the hidden and merged ones."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from budget_warehouse.reader.document import Grid, Row, UnreadableDocumentError
from budget_warehouse.reader.formats.cell import one_value

MAXIMUM_CELLS = 1_000_000  # a disclosure of 300 pages has some 100,000 cells


@dataclass(frozen=True)
class Area:
    """Merged cells: the first and the last row and column, counted from 1, both included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __contains__(self, cell: tuple[int, int]) -> bool:
        row, column = cell
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )


@dataclass(frozen=True)
class Sheet:
    """A visible sheet: `texts` maps (row, column), counted from 1, to what the cell shows."""

    workbook: str
    name: str
    texts: Mapping[tuple[int, int], str]
    merged: Sequence[Area]
    hidden_rows: Container[int]
    hidden_columns: Container[int]


def grid(sheet: Sheet, number: int) -> Grid | None:
    """Return the visible cells of the sheet, its workbook's `number`th; None if it shows nothing.

    The grid ends with the last row and column that hold text. Its places name the sheet and the
    row's own number, which hidden rows leave out: `sheet 收入预算表 r.5`.

    Raises:
        UnreadableDocumentError: Text stands so far apart that the grid would have too many cells.
    """
    texts = {
        cell: one_value(text.splitlines()) for cell, text in sheet.texts.items() if text.strip()
    }
    if not texts:
        return None
    last_row = max(row for row, _ in texts)
    last_column = max(column for _, column in texts)
    if last_row * last_column > MAXIMUM_CELLS:
        raise UnreadableDocumentError(
            f"{sheet.workbook} has text too far apart to be a table in its sheet {sheet.name}: "
            "delete what stands outside of the tables and read it again."
        )
    columns = [column for column in range(1, last_column + 1) if column not in sheet.hidden_columns]
    rows = [row for row in range(1, last_row + 1) if row not in sheet.hidden_rows]
    for area in sheet.merged:
        _settle(texts, area, rows, columns)
    printed = tuple(
        Row(
            tuple(texts.get((row, column), "") for column in columns),
            f"sheet {sheet.name} r.{row}",
        )
        for row in rows
    )
    if not any(cell for row in printed for cell in row.cells):
        return None
    return Grid(printed, page=number)


def _settle(
    texts: dict[tuple[int, int], str], area: Area, rows: Sequence[int], columns: Sequence[int]
) -> None:
    """Leave the merged cells' text once, in the first of them that can be seen."""
    text = texts.get((area.first_row, area.first_column), "")
    for cell in [cell for cell in texts if cell in area]:
        del texts[cell]
    row = next((row for row in rows if area.first_row <= row <= area.last_row), None)
    column = next((column for column in columns if (area.first_row, column) in area), None)
    if text and row is not None and column is not None:
        texts[row, column] = text
