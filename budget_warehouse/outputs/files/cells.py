"""Cells of the workbook: values as Excel can hold them without changing or running them."""

import unicodedata
from decimal import Decimal
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from budget_warehouse.contract.marts import Column
from budget_warehouse.outputs.printable import printable

CELL_CHARACTERS = 32_767  # what Excel holds
EXACT_DIGITS = 15  # Excel computes with doubles, which keep no more

BOLD = Font(bold=True)
GREY = Font(color="666666")
SHADE = PatternFill("solid", start_color="E8EEF4")

_WIDTHS = (8, 60)
_FORMATS = {"_yuan": "#,##0.00", "_ratio": "0.00##%"}


def value_cell(sheet: Any, column: Column, value: Any) -> Any:
    """Return a value as Excel can hold it without changing it."""
    if isinstance(value, str):
        return text_cell(sheet, value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        if len(value.normalize().as_tuple().digits) > EXACT_DIGITS:
            return text_cell(sheet, f"{value:,}", alignment=Alignment(horizontal="right"))
        return number_cell(sheet, value, column.name)
    return value


def number_cell(sheet: Any, value: Decimal, name: str) -> Any:
    """Return a number in the form of its column: money with two decimals, a ratio in percent."""
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = next(
        (form for end, form in _FORMATS.items() if name.endswith(end)), "General"
    )
    return cell


def text_cell(sheet: Any, text: str, **style: Any) -> Any:
    """Return a text that stays text; what no cell can hold is replaced or cut, and seen to be."""
    text = printable(text)
    if len(text) > CELL_CHARACTERS:
        end = "…（其余见 csv）"
        text = text[: CELL_CHARACTERS - len(end)] + end
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def width_of(column: Column, values: list[Any]) -> float:
    """Return how wide a column must be for its headings and values, in characters."""
    printed = (f"{value:,}" if isinstance(value, Decimal) else str(value) for value in values)
    texts = (column.label, column.name, *printed)
    least, most = _WIDTHS
    return min(most, max(least, 2 + max(map(characters, texts))))


def characters(text: str) -> int:
    """Return how wide a text is, where a Chinese character takes two places."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
