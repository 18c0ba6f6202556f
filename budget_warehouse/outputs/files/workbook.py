"""The workbook for people: a sheet for each mart that people read, in Chinese and English."""

import unicodedata
from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from budget_warehouse.contract.marts import Column, Mart, labelled
from budget_warehouse.outputs.printable import printable

# Each mart with a sheet, and which of its rows people want; the rest is in the CSVs.
SHEETS = {
    "expenditures": "true",
    "fct_revenues": "is_counted",
    "fct_basic_expenditures": "is_counted",
    "fct_three_public_expenses": "is_counted",
    "fct_budget_splits": "is_counted",
    "fct_expenditure_changes": "is_counted",
    "fct_projects": "is_counted",
    "fct_performance_targets": "is_counted",
    "fct_narrative_claims": "is_counted",
    "fct_statements": "is_counted",
    "fct_reconciliations": "outcome in ('fail', 'hint')",
    "fct_rejected_rows": "true",
    "dim_disclosures": "true",
    "dim_organizations": "true",
    "dim_reconciliation_rules": "true",
}

# Two seconds of work. A sheet is whole or has no rows, so that nobody sums a part of them.
WORKBOOK_ROWS = 25_000
CELL_CHARACTERS = 32_767  # what Excel holds
EXACT_DIGITS = 15  # Excel computes with doubles, which keep no more

_HEADER_ROWS = 2
_SAMPLED_ROWS = 200  # enough to see how wide a column must be
_WIDTHS = (8, 60)
_BOLD = Font(bold=True)
_GREY = Font(color="666666")
_SHADE = PatternFill("solid", start_color="E8EEF4")
_FORMATS = {"_yuan": "#,##0.00", "_ratio": "0.00##%"}

_NOTES = (
    ("金额单位为元，与公开文件所印一致，未作任何更正。", "Amounts are in yuan, as printed."),
    (
        f"超过 {EXACT_DIGITS} 位有效数字的金额以文本存放，因为 Excel 无法精确保存。",
        f"Amounts of more than {EXACT_DIGITS} digits are text: Excel cannot hold them exactly.",
    ),
    (
        "编码以及以 = + - @ 开头的内容均为文本，不会作为公式执行。",
        "Codes are text, and so is what begins with = + - @: nothing runs as a formula.",
    ),
    (
        "完整数据见同一文件夹中的 csv 与 parquet；各列说明见 datapackage.json。",
        "The whole is in csv and parquet beside this file; datapackage.json describes each column.",
    ),
)


def write_workbook(
    connection: duckdb.DuckDBPyConnection,
    marts: list[Mart],
    file: Path,
    left_out: Collection[str] = (),
) -> None:
    """Write the sheets row by row, after a first one that lists them.

    The shortest are filled, for as long as all of them have no more than `WORKBOOK_ROWS`; the
    others say where their rows are: in a CSV, or in the database alone if they are `left_out`.
    """
    named = {mart.name: mart for mart in marts}
    sheets = {name: rows for name, rows in SHEETS.items() if name in named}
    workbook = Workbook(write_only=True)
    front = workbook.create_sheet("说明")
    front.column_dimensions["A"].width, front.column_dimensions["B"].width = 30, 30
    for chinese, english in _NOTES:
        front.append([chinese])
        front.append([_text(front, english, font=_GREY)])
    front.append([])
    front.append([_text(front, title, font=_BOLD) for title in ("工作表", "Mart", "行数 Rows")])
    counts = {
        name: connection.execute(f"select count(*) {named[name].rows} where {condition}").fetchall()
        for name, condition in sheets.items()
    }
    room = WORKBOOK_ROWS
    filled = set()
    for name, ((count,),) in sorted(counts.items(), key=itemgetter(1, 0)):
        room -= count
        if room >= 0:
            filled.add(name)
    for name, ((count,),) in counts.items():
        place = "budget.duckdb" if name in left_out else f"csv/{name}.csv"
        elsewhere = [] if name in filled else [f"见 {place}"]
        front.append([_link(front, named[name].label), name, count, *elsewhere])
        sheet = _write_sheet(
            connection, workbook, named[name], sheets[name] if name in filled else "false", count
        )
        if elsewhere:
            sheet.append(
                [
                    f"此表有 {count:,} 行，未收入工作簿，全部见 {place}。"
                    f" Its {count:,} rows are too many for this workbook: all are in {place}."
                ]
            )
    workbook.save(file)


def _write_sheet(
    connection: duckdb.DuckDBPyConnection,
    workbook: Workbook,
    mart: Mart,
    condition: str,
    count: int,
) -> Any:
    """Return a sheet of one mart: two rows of headings, then those of its rows that are wanted."""
    sheet = workbook.create_sheet(mart.label)
    cursor = connection.execute(
        f"select {', '.join(labelled(column) for column in mart.columns)} {mart.rows}"
        f" where {condition} order by {', '.join(mart.grain)}"
    )
    first = cursor.fetchmany(_SAMPLED_ROWS)
    for position, column in enumerate(mart.columns):
        dimension = sheet.column_dimensions[get_column_letter(position + 1)]
        dimension.width = _width(column, [row[position] for row in first])
    sheet.freeze_panes = f"A{_HEADER_ROWS + 1}"
    if first:
        last = get_column_letter(len(mart.columns))
        sheet.auto_filter.ref = f"A{_HEADER_ROWS}:{last}{_HEADER_ROWS + count}"
    sheet.append([_text(sheet, column.label, font=_BOLD, fill=_SHADE) for column in mart.columns])
    sheet.append([_text(sheet, column.name, font=_GREY, fill=_SHADE) for column in mart.columns])
    for row in chain(first, _rest(cursor)):
        sheet.append(
            [_cell(sheet, column, value) for column, value in zip(mart.columns, row, strict=True)]
        )
    return sheet


def _rest(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """Yield the rows that are left, a batch at a time."""
    while rows := cursor.fetchmany(10_000):
        yield from rows


def _cell(sheet: Any, column: Column, value: Any) -> Any:
    """Return a value as Excel can hold it without changing it."""
    if isinstance(value, str):
        return _text(sheet, value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        if len(value.normalize().as_tuple().digits) > EXACT_DIGITS:
            return _text(sheet, f"{value:,}", alignment=Alignment(horizontal="right"))
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = next(
            (form for end, form in _FORMATS.items() if column.name.endswith(end)), "General"
        )
        return cell
    return value


def _text(sheet: Any, text: str, **style: Any) -> Any:
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


def _link(sheet: Any, title: str) -> Any:
    """Return the title of a sheet, which leads there."""
    cell = _text(sheet, title, font=Font(color="0563C1", underline="single"))
    cell.hyperlink = f"#'{title}'!A1"
    return cell


def _width(column: Column, values: list[Any]) -> float:
    """Return how wide a column must be for its headings and values, in characters."""
    printed = (f"{value:,}" if isinstance(value, Decimal) else str(value) for value in values)
    texts = (column.label, column.name, *printed)
    least, most = _WIDTHS
    return min(most, max(least, 2 + max(map(_characters, texts))))


def _characters(text: str) -> int:
    """Return how wide a text is, where a Chinese character takes two places."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
