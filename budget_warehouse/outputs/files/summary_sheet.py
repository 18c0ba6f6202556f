"""The sheet that sums up: spending by year and nature, findings by severity, what is not there."""

from decimal import Decimal
from typing import Any, NamedTuple

import duckdb

from budget_warehouse.contract.labels import Labels
from budget_warehouse.outputs.files.cells import BOLD, SHADE, number_cell, text_cell

_SPENDING = """
    select
        fiscal_year, stage, count(distinct disclosure_id),
        sum(amount_yuan) filter (where nature = 'basic'),
        sum(amount_yuan) filter (where nature = 'project'), sum(amount_yuan)
    from marts.expenditures
    group by fiscal_year, stage
    order by fiscal_year, stage
"""
_FINDINGS = """
    select severity, count(*), count(verdict)
    from marts.fct_findings
    where is_counted
    group by severity
    order by case severity when 'error' then 1 when 'warning' then 2 else 3 end
"""
_NOT_COUNTED = """
    select
        (select count(*) from marts.dim_disclosures where not is_counted),
        (select count(*) from marts.dim_disclosures where has_untied_total),
        (select count(distinct source_file) from marts.fct_rejected_rows)
"""


_NATURES = ("基本支出 Basic (yuan)", "项目支出 Project (yuan)", "合计 Total (yuan)")


class LeftOut(NamedTuple):
    """A mart of which the workbook has no row: its rows, and where they are."""

    label: str
    mart: str
    row_count: int
    place: str


def write_summary(
    connection: duckdb.DuckDBPyConnection, sheet: Any, left_out: list[LeftOut]
) -> None:
    """Write three blocks, each below its own headings."""
    labels = Labels.read(connection)
    for letter, width in zip("ABCDEF", (30, 30, 18, 22, 22, 22), strict=True):
        sheet.column_dimensions[letter].width = width
    _head(sheet, "预算年度 Year", "阶段 Stage", "文件 Disclosures", *_NATURES)
    for year, stage, count, *amounts in connection.execute(_SPENDING).fetchall():
        money = [_money(sheet, amount) for amount in amounts]
        sheet.append([year, labels.of("stage", stage), count, *money])
    sheet.append([])
    _head(sheet, "问题级别 Severity", "问题 Findings", "已有人核对 Reviewed")
    for severity, count, reviewed in connection.execute(_FINDINGS).fetchall():
        sheet.append([f"{labels.of('severity', severity)} {severity}", count, reviewed])
    sheet.append([])
    _head(sheet, "未计入、未收入 Left out", "数量 Count", "所在 Where")
    ((not_counted, untied, rejected),) = connection.execute(_NOT_COUNTED).fetchall()
    sheet.append(
        ["未计入汇总的文件 Disclosures that sums leave out", not_counted, "dim_disclosures"]
    )
    sheet.append(
        ["各行合计与总计不符的文件 Disclosures with an untied total", untied, "fct_table_totals"]
    )
    sheet.append(["未能读取的文件 Files that could not be read", rejected, "fct_rejected_rows"])
    for one in left_out:
        sheet.append([f"{one.label} {one.mart}", one.row_count, one.place])


def _head(sheet: Any, *headings: str) -> None:
    sheet.append([text_cell(sheet, heading, font=BOLD, fill=SHADE) for heading in headings])


def _money(sheet: Any, amount: Decimal | None) -> Any:
    return None if amount is None else number_cell(sheet, amount, "amount_yuan")
