"""An Excel 97-2003 workbook (`.xls`): its visible sheets as grids, each cell as displayed."""

from io import StringIO
from pathlib import Path

import xlrd
from xlrd.book import Book
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as Worksheet

from budget_warehouse.reader.document import Grid, UnreadableDocumentError
from budget_warehouse.reader.formats.number_format import (
    CHINESE_BUILT_IN_FORMATS,
    displayed_moment,
    displayed_number,
)
from budget_warehouse.reader.formats.sheet import Area, Sheet, grid


def read_xls(path: Path) -> tuple[Grid, ...]:
    """Return the visible sheets of the workbook that show something, in their order.

    Titles above a table are rows of its grid. Formulas give the result that the file stores.

    Raises:
        UnreadableDocumentError: The workbook is damaged or protected, or a sheet is too large.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=path.read_bytes(), formatting_info=True, logfile=StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise UnreadableDocumentError(
                f"{path.name} is protected by a password: save a copy without one and read that."
            ) from error
        raise UnreadableDocumentError(
            f"{path.name} is damaged: save it from Excel or LibreOffice as .xlsx and read that."
        ) from error
    grids = (
        grid(_sheet(path.name, book, layout), number)
        for number, layout in enumerate(book.sheets(), start=1)
        if layout.visibility == 0
    )
    return tuple(printed for printed in grids if printed is not None)


def _sheet(workbook: str, book: Book, layout: Worksheet) -> Sheet:
    return Sheet(
        workbook=workbook,
        name=layout.name,
        texts={
            (row + 1, column + 1): _displayed(book, cell)
            for row in range(layout.nrows)
            for column, cell in enumerate(layout.row(row))
            if layout.show_zero_values or cell.ctype != xlrd.XL_CELL_NUMBER or cell.value != 0
        },
        merged=[
            Area(first_row + 1, first_column + 1, end_row, end_column)
            for first_row, end_row, first_column, end_column in layout.merged_cells
        ],
        hidden_rows={row + 1 for row, info in layout.rowinfo_map.items() if info.hidden},
        hidden_columns={
            column + 1
            for column, info in layout.colinfo_map.items()
            if info.hidden or info.width == 0
        },
    )


def _displayed(book: Book, cell: Cell) -> str:
    format_key = book.xf_list[cell.xf_index].format_key
    code = CHINESE_BUILT_IN_FORMATS.get(format_key) or book.format_map[format_key].format_str
    match cell.ctype:
        case xlrd.XL_CELL_NUMBER:
            return displayed_number(cell.value, code)
        case xlrd.XL_CELL_DATE:
            try:
                return displayed_moment(xlrd.xldate_as_datetime(cell.value, book.datemode), code)
            except (OverflowError, ValueError):  # not a day that exists: the number is what is left
                return displayed_number(cell.value, "General")
        case xlrd.XL_CELL_BOOLEAN:
            return str(bool(cell.value)).upper()
        case xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#N/A")
        case _:
            return str(cell.value)
