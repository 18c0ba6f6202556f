"""An Excel workbook (`.xlsx`): its visible sheets as grids, each cell as the sheet displays it."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import islice
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.read_only import EMPTY_CELL, ReadOnlyCell
from openpyxl.styles import numbers
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from budget_warehouse.reader.document import Grid, UnreadableDocumentError
from budget_warehouse.reader.formats.number_format import (
    CHINESE_BUILT_IN_FORMATS,
    displayed_moment,
    displayed_number,
)
from budget_warehouse.reader.formats.sheet import Area, Sheet, grid

numbers.BUILTIN_FORMATS.update(CHINESE_BUILT_IN_FORMATS)  # openpyxl shows these dates as numbers

_LAST_ROW = 1_048_576  # the last row that Excel has; a file may claim any


def read_xlsx(path: Path) -> tuple[Grid, ...]:
    """Return the visible sheets of the workbook that show something, in their order.

    Titles above a table are rows of its grid. Formulas give the result that the file stores for
    them and are never computed; links to other workbooks are not followed.

    Raises:
        UnreadableDocumentError: A formula has no stored result, or a sheet is too large.
    """
    return tuple(_grids(path))


def _grids(path: Path) -> Iterator[Grid]:
    shown = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    drawn = load_workbook(path, keep_links=False)
    try:
        for number, layout in enumerate(drawn.worksheets, start=1):
            if layout.sheet_state == "visible":
                values = shown[layout.title]
                values.reset_dimensions()  # the size that a file claims may cut rows off
                sheet = _sheet(path.name, layout, values.iter_rows())
                if (printed := grid(sheet, number)) is not None:
                    yield printed
    finally:
        shown.close()


def _sheet(workbook: str, layout: Worksheet, rows: Iterator[tuple[ReadOnlyCell, ...]]) -> Sheet:
    show_zeros = layout.sheet_view.showZeros is not False
    texts: dict[tuple[int, int], str] = {}
    for row in islice(rows, _LAST_ROW):
        for cell in row:
            if cell is EMPTY_CELL:
                continue
            if cell.value is None:
                _require_stored_result(workbook, layout.cell(cell.row, cell.column), cell)
            elif show_zeros or cell.value != 0:
                texts[cell.row, cell.column] = _displayed(cell)
    return Sheet(
        workbook=workbook,
        name=layout.title,
        texts=texts,
        merged=[
            Area(area.min_row, area.min_col, area.max_row, area.max_col)
            for area in layout.merged_cells.ranges
        ],
        hidden_rows={
            number for number, row in layout.row_dimensions.items() if row.hidden or row.height == 0
        },
        hidden_columns={
            number
            for letter, column in layout.column_dimensions.items()
            if column.hidden or column.width == 0
            for number in range(
                column.min or column_index_from_string(letter),
                (column.max or column_index_from_string(letter)) + 1,
            )
        },
    )


def _require_stored_result(workbook: str, drawn: Cell, shown: ReadOnlyCell) -> None:
    """Refuse a formula whose number is missing: a blank in its place would look like no number."""
    if drawn.data_type == "f" and shown.data_type == "n":
        raise UnreadableDocumentError(
            f"{workbook} holds formulas without their results, the first in {drawn.coordinate} of "
            f"{drawn.parent.title}: open it in Excel or LibreOffice, save it and read it again."
        )


def _displayed(cell: ReadOnlyCell) -> str:
    match cell.value:
        case bool() as truth:
            return str(truth).upper()
        case int() | float() as number:
            return displayed_number(number, cell.number_format)
        case date() | time() as moment:
            return displayed_moment(moment, cell.number_format)
        case timedelta() as duration:
            return str(duration)
        case text:
            return str(text)
