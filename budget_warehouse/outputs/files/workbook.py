"""The workbook for people: a sheet for each mart that people read, as a table of Excel.

Sheets have Chinese names and Chinese values. Their one row of headings has the names of the
columns, so that pandas and pivot tables take it; each heading has its Chinese label as a comment.
"""

from collections.abc import Collection, Iterator
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from budget_warehouse.contract.marts import Column, Mart, labelled
from budget_warehouse.outputs.files.cells import (
    BOLD,
    EXACT_DIGITS,
    GREY,
    SHADE,
    text_cell,
    value_cell,
    width_of,
)
from budget_warehouse.outputs.files.summary_sheet import LeftOut, write_summary

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

FRONT = "说明"
COLUMNS = "列说明"

_SAMPLED_ROWS = 200  # enough to see how wide a column must be
_A4 = 9  # as Excel numbers the sizes of paper
_STYLE = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)

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
        f"表头为列名，中文名见表头批注与“{COLUMNS}”。",
        f"Headings are names of columns; their Chinese labels are comments, and in “{COLUMNS}”.",
    ),
    (
        "完整数据见同一文件夹中的 csv、csv-zh 与 parquet；各列说明见 datapackage.json。",
        "The whole is in csv, csv-zh and parquet beside this file; datapackage.json describes each"
        " column.",
    ),
)


def write_workbook(
    connection: duckdb.DuckDBPyConnection,
    marts: list[Mart],
    file: Path,
    left_out: Collection[str] = (),
) -> None:
    """Write the sheets row by row, after one that lists them and one that sums up.

    The shortest are filled, for as long as all of them have no more than `WORKBOOK_ROWS`; the
    others say where their rows are: in a CSV, or in the database alone if they are `left_out`.
    """
    named = {mart.name: mart for mart in marts}
    sheets = {name: rows for name, rows in SHEETS.items() if name in named}
    workbook = Workbook(write_only=True)
    front = _printed(workbook.create_sheet(FRONT))
    front.column_dimensions["A"].width, front.column_dimensions["B"].width = 30, 30
    for chinese, english in _NOTES:
        front.append([chinese])
        front.append([text_cell(front, english, font=GREY)])
    front.append([])
    front.append([text_cell(front, title, font=BOLD) for title in ("工作表", "Mart", "行数 Rows")])
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
    places = {
        name: "budget.duckdb" if name in left_out else f"csv/{name}.csv"
        for name in counts
        if name not in filled
    }
    elsewhere = [
        LeftOut(named[name].label, name, counts[name][0][0], place)
        for name, place in places.items()
    ]
    write_summary(connection, _printed(workbook.create_sheet("汇总")), elsewhere)
    for name, ((count,),) in counts.items():
        front.append(
            [
                _link(front, named[name].label),
                name,
                count,
                *([f"见 {places[name]}"] if name in places else []),
            ]
        )
        condition = sheets[name] if name in filled else "false"
        sheet = _write_sheet(connection, workbook, named[name], condition, count)
        if name in places:
            place = places[name]
            sheet.append(
                [
                    f"此表有 {count:,} 行，未收入工作簿，全部见 {place}。"
                    f" Its {count:,} rows are too many for this workbook: all are in {place}."
                ]
            )
    front.append([_link(front, COLUMNS), "column_meanings"])
    _write_columns(workbook, [named[name] for name in sheets])
    workbook.save(file)


def _write_sheet(
    connection: duckdb.DuckDBPyConnection,
    workbook: Workbook,
    mart: Mart,
    condition: str,
    count: int,
) -> Any:
    """Return a sheet of one mart: a row of headings, then those of its rows that are wanted."""
    sheet = _printed(workbook.create_sheet(mart.label), heading_rows="1:1")
    cursor = connection.execute(
        f"select {', '.join(labelled(column) for column in mart.columns)} {mart.rows}"
        f" where {condition} order by {', '.join(mart.grain)}"
    )
    first = cursor.fetchmany(_SAMPLED_ROWS)
    for position, column in enumerate(mart.columns):
        dimension = sheet.column_dimensions[get_column_letter(position + 1)]
        dimension.width = width_of(column, [row[position] for row in first])
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, column) for column in mart.columns])
    for row in chain(first, _rest(cursor)):
        sheet.append(
            [
                value_cell(sheet, column, value)
                for column, value in zip(mart.columns, row, strict=True)
            ]
        )
    if first:  # a table of Excel has a row at least
        _add_table(sheet, mart.name, [column.name for column in mart.columns], count)
    return sheet


def _write_columns(workbook: Workbook, marts: list[Mart]) -> None:
    """Write a sheet with what each column of the workbook means."""
    sheet = _printed(workbook.create_sheet(COLUMNS), heading_rows="1:1")
    headings = ("sheet", "mart", "column", "label", "type", "description")
    for letter, width in zip("ABCDEF", (26, 26, 26, 26, 16, 100), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.append([text_cell(sheet, heading, font=BOLD, fill=SHADE) for heading in headings])
    count = 0
    for mart in marts:
        for column in mart.columns:
            row = (mart.label, mart.name, column.name, column.label, column.type)
            sheet.append(
                [text_cell(sheet, text) for text in (*row, " ".join(column.description.split()))]
            )
            count += 1
    _add_table(sheet, "column_meanings", headings, count)


def _add_table(sheet: Any, name: str, headings: Collection[str], count: int) -> None:
    """Make a row of headings and the rows below it a table of Excel."""
    place = f"A1:{get_column_letter(len(headings))}{count + 1}"
    table = Table(displayName=name, ref=place, tableStyleInfo=_STYLE)
    table.autoFilter = AutoFilter(ref=place)
    table.tableColumns = [
        TableColumn(id=number, name=heading) for number, heading in enumerate(headings, start=1)
    ]
    sheet.tables.add(table)  # add_table would warn that the columns are not known yet


def _printed(sheet: Any, heading_rows: str = "") -> Any:
    """Return a sheet that prints on landscape pages as wide as itself, with its headings."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0  # as high as it comes to
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"
    if heading_rows:
        sheet.print_title_rows = heading_rows
    return sheet


def _heading(sheet: Any, column: Column) -> Any:
    """Return the name of a column, with its Chinese label and its meaning as a comment."""
    cell = text_cell(sheet, column.name, font=BOLD, fill=SHADE)
    words = f"{column.label}\n{column.description}".strip()
    cell.comment = Comment(words, "budget-warehouse", height=120, width=320)
    return cell


def _rest(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """Yield the rows that are left, a batch at a time."""
    while rows := cursor.fetchmany(10_000):
        yield from rows


def _link(sheet: Any, title: str) -> Any:
    """Return the title of a sheet, which leads there."""
    cell = text_cell(sheet, title, font=Font(color="0563C1", underline="single"))
    place = "'{}'!A1".format(title.replace("'", "''"))
    cell.hyperlink = Hyperlink(ref="A1", location=place)  # its cell sets the reference
    return cell
