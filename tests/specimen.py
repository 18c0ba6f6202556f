"""A small disclosure as a Shanghai unit prints it, and the writers that print it in each format."""

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import docx
import xlwt
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, Table
from reportlab.platypus import Paragraph as PrintedParagraph

ORGANIZATION = "上海市松江区城市运行管理中心"
COVER = (f"{ORGANIZATION}2021年度单位预算",)
PROSE = (
    f"2021年，{ORGANIZATION}预算支出总额为3,694.96万元，其中：财政拨款支出预算3,694.96万元，"
    "比2020年预算减少1,258.38万元。",
    "1、“其他城乡社区管理事务支出”3,566.70万元，主要用于：在职职工工资福利支出、日常办公费。",
)
LEFT, ABOVE = "←", "↑"  # a header cell that the cell to its left, or above it, is merged over

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PrintedTable:
    """A table as printed: its title, its unit, its header with merged cells, and its rows."""

    table_name: str
    title: str
    unit: str
    header: Rows
    rows: Rows

    @property
    def lines(self) -> Rows:
        """The header and the rows, without the marks of merged cells."""
        return tuple(
            tuple("" if cell in (LEFT, ABOVE) else cell for cell in line)
            for line in (*self.header, *self.rows)
        )

    def merged(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield the merged cells of the header: first and last row, first and last column."""
        for row, line in enumerate(self.header):
            for column, cell in enumerate(line):
                last_row, last_column = row, column
                while line[last_column + 1 : last_column + 2] == (LEFT,):
                    last_column += 1
                while (
                    last_row + 1 < len(self.header) and self.header[last_row + 1][column] == ABOVE
                ):
                    last_row += 1
                if cell not in (LEFT, ABOVE) and (last_row, last_column) != (row, column):
                    yield row, last_row, column, last_column


def _by_function(amounts: str) -> Rows:
    return (
        ("项目", LEFT, LEFT, LEFT, amounts, LEFT, LEFT),
        ("功能分类科目编码", LEFT, LEFT, "功能分类科目名称", "合计", "基本支出", "项目支出"),
        ("类", "款", "项", ABOVE, ABOVE, ABOVE, ABOVE),
    )


_PENSION = "机关事业单位基本养老保险缴费支出"
_EXPENDITURE: Rows = (
    ("208", "", "", "社会保障和就业支出", "1,282,565.76", "1,282,565.76", ""),
    ("208", "05", "", "行政事业单位养老支出", "1,282,565.76", "1,282,565.76", ""),
    ("208", "05", "05", _PENSION, "1,282,565.76", "1,282,565.76", ""),
    ("212", "", "", "城乡社区支出", "35,667,021.23", "19,103,755.23", "16,563,266.00"),
    ("212", "01", "", "城乡社区管理事务", "35,667,021.23", "19,103,755.23", "16,563,266.00"),
    (
        *("212", "01", "99", "其他城乡社区管理事务支出"),
        *("35,667,021.23", "19,103,755.23", "16,563,266.00"),
    ),
    ("", "", "", "合计", "36,949,586.99", "20,386,320.99", "16,563,266.00"),
)

TABLES = (
    PrintedTable(
        "revenue_expenditure_summary",
        "2021年部门财务收支预算总表",
        "元",
        (("本年收入", LEFT, "本年支出", LEFT), ("项目", "预算数", "项目", "预算数")),
        (
            ("一、财政拨款收入", "36,949,586.99", "一、社会保障和就业支出", "1,282,565.76"),
            ("1. 一般公共预算资金", "36,949,586.99", "二、城乡社区支出", "35,667,021.23"),
            ("二、事业收入", "", "", ""),
            ("收入总计", "36,949,586.99", "支出总计", "36,949,586.99"),
        ),
    ),
    PrintedTable(
        "revenue_by_function",
        "2021年部门收入预算总表",
        "元",
        (
            ("项目", LEFT, LEFT, LEFT, "收入预算", LEFT, LEFT, LEFT, LEFT),
            (
                *("功能分类科目编码", LEFT, LEFT, "功能分类科目名称", "合计"),
                *("财政拨款收入", "事业收入", "事业单位经营收入", "其他收入"),
            ),
            ("类", "款", "项", ABOVE, ABOVE, ABOVE, ABOVE, ABOVE, ABOVE),
        ),
        tuple((*row[:5], row[4], "", "", "0.00") for row in _EXPENDITURE),
    ),
    PrintedTable(
        "expenditure_by_function",
        "2021年部门支出预算总表",
        "元",
        _by_function("支出预算"),
        _EXPENDITURE,
    ),
    PrintedTable(
        "fiscal_appropriation_summary",
        "2021年部门财政拨款收支预算总表",
        "元",
        (
            ("财政拨款收入", LEFT, "财政拨款支出", LEFT, LEFT, LEFT),
            ("项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算"),
        ),
        (
            (
                *("一、一般公共预算资金", "36,949,586.99", "一、社会保障和就业支出"),
                *("1,282,565.76", "1,282,565.76", "0.00"),
            ),
            (
                *("二、政府性基金", "", "二、城乡社区支出"),
                *("35,667,021.23", "35,667,021.23", "0.00"),
            ),
            (
                *("收入总计", "36,949,586.99", "支出总计"),
                *("36,949,586.99", "36,949,586.99", "0.00"),
            ),
        ),
    ),
    PrintedTable(
        "general_public_budget_by_function",
        "2021年部门一般公共预算支出功能分类预算表",
        "元",
        _by_function("一般公共预算支出"),
        _EXPENDITURE,
    ),
    PrintedTable(
        "government_funds_by_function",
        "2021年部门政府性基金预算支出功能分类预算表",
        "元",
        _by_function("政府性基金预算支出"),
        (("", "", "", "合计", "0.00", "0.00", "0.00"),),
    ),
    PrintedTable(
        "state_capital_by_function",
        "2021年部门国有资本经营预算支出功能分类预算表",
        "元",
        _by_function("国有资本经营预算支出"),
        (("", "", "", "合计", "0.00", "0.00", "0.00"),),
    ),
    PrintedTable(
        "basic_expenditure_by_economic",
        "2021年部门一般公共预算拨款基本支出经济分类预算表",
        "元",
        (
            ("项目", LEFT, LEFT, "一般公共预算基本支出", LEFT, LEFT),
            ("经济分类科目编码", LEFT, "经济分类科目名称", "合计", "人员经费", "公用经费"),
            ("类", "款", ABOVE, ABOVE, ABOVE, ABOVE),
        ),
        (
            ("301", "", "工资福利支出", "19,467,240.27", "19,467,240.27", ""),
            ("301", "07", "绩效工资", "19,467,240.27", "19,467,240.27", ""),
            ("302", "", "商品和服务支出", "919,080.72", "", "919,080.72"),
            ("302", "01", "办公费", "919,080.72", "", "919,080.72"),
            ("", "", "合计", "20,386,320.99", "19,467,240.27", "919,080.72"),
        ),
    ),
    PrintedTable(
        "three_public_expenses",
        "2021年部门“三公”经费和机关运行经费预算表",
        "万元",
        (
            ("2021年“三公”经费预算数", LEFT, LEFT, LEFT, LEFT, LEFT, "2021年机关运行经费预算数"),
            (
                *("合计", "因公出国(境)费", "公务接待费"),
                *("公务用车购置及运行费", LEFT, LEFT, ABOVE),
            ),
            (ABOVE, ABOVE, ABOVE, "小计", "购置费", "运行费", ABOVE),
        ),
        (("1.00", "0.00", "1.00", "0.00", "0.00", "0.00", "0.00"),),
    ),
)


def _head(table: PrintedTable) -> tuple[str, str, str]:
    return table.title, f"编制部门：{ORGANIZATION}", f"单位：{table.unit}"


def is_amount(text: str) -> bool:
    return "." in text and text.replace(",", "").replace(".", "").isdigit()


def write_docx(path: Path) -> None:
    document = docx.Document()
    for text in (*COVER, *PROSE):
        document.add_paragraph(text)
    for table in TABLES:
        for text in _head(table):
            document.add_paragraph(text)
        drawn = document.add_table(len(table.lines), len(table.lines[0]))
        for row, line in enumerate(table.lines):
            for column, cell in enumerate(line):
                drawn.cell(row, column).text = cell
        for first_row, last_row, first_column, last_column in table.merged():
            merged = drawn.cell(first_row, first_column).merge(drawn.cell(last_row, last_column))
            merged.text = table.lines[first_row][first_column]
    document.save(str(path))


def write_xlsx(path: Path) -> None:
    workbook = Workbook()
    cover = workbook.worksheets[0]
    cover.title = "封面"
    cover["A1"] = COVER[0]
    explained = workbook.create_sheet("编制说明")
    for text in PROSE:
        explained.append([text])
    for number, table in enumerate(TABLES, start=1):
        sheet: Worksheet = workbook.create_sheet(f"表{number}")
        width = len(table.lines[0])
        title, compiled_by, unit = _head(table)
        sheet["A1"] = title
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
        sheet["A2"] = compiled_by
        sheet.cell(2, width, unit)
        for row, line in enumerate(table.lines, start=3):
            for column, text in enumerate(line, start=1):
                if is_amount(text):
                    amount = sheet.cell(row, column, Decimal(text.replace(",", "")))
                    amount.number_format = "#,##0.00"
                elif text:
                    sheet.cell(row, column, text)
        for first_row, last_row, first_column, last_column in table.merged():
            sheet.merge_cells(
                start_row=first_row + 3,
                end_row=last_row + 3,
                start_column=first_column + 1,
                end_column=last_column + 1,
            )
    workbook.save(path)


def write_xls(path: Path) -> None:
    workbook = xlwt.Workbook(encoding="utf-8")
    amount = xlwt.easyxf(num_format_str="#,##0.00")
    workbook.add_sheet("封面").write(0, 0, COVER[0])
    explained = workbook.add_sheet("编制说明")
    for row, text in enumerate(PROSE):
        explained.write(row, 0, text)
    for number, table in enumerate(TABLES, start=1):
        sheet = workbook.add_sheet(f"表{number}", cell_overwrite_ok=True)
        title, compiled_by, unit = _head(table)
        sheet.write_merge(0, 0, 0, len(table.lines[0]) - 1, title)
        sheet.write(1, 0, compiled_by)
        sheet.write(1, len(table.lines[0]) - 1, unit)
        for row, line in enumerate(table.lines, start=2):
            for column, text in enumerate(line):
                if is_amount(text):
                    sheet.write(row, column, float(text.replace(",", "")), amount)
                elif text:
                    sheet.write(row, column, text)
        for first_row, last_row, first_column, last_column in table.merged():
            text = table.lines[first_row][first_column]
            sheet.write_merge(first_row + 2, last_row + 2, first_column, last_column, text)
    workbook.save(str(path))


def write_html(path: Path, charset: str = "utf-8") -> None:
    parts = [
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>预算</title></head><body>'
    ]
    parts += [f"<h1>{line}</h1>" for line in COVER]
    parts += [f"<p>{line}</p>" for line in PROSE]
    for table in TABLES:
        parts += [f"<p>{line}</p>" for line in _head(table)]
        spans = {(area[0], area[2]): area for area in table.merged()}
        parts.append("<table border=1>")
        for row, printed in enumerate((*table.header, *table.rows)):
            parts.append("<tr>")
            for column, cell in enumerate(printed):
                if cell not in (LEFT, ABOVE):
                    first_row, last_row, first_column, last_column = spans.get(
                        (row, column), (row, row, column, column)
                    )
                    parts.append(
                        f"<td rowspan={last_row - first_row + 1} "
                        f"colspan={last_column - first_column + 1}>{html.escape(cell)}</td>"
                    )
            parts.append("</tr>")
        parts.append("</table>")
    path.write_bytes("\n".join([*parts, "</body></html>"]).encode(charset))


def write_pdf(path: Path, ruling: str = "GRID") -> None:
    """Print a PDF whose tables have lines as reportlab calls them, none when `ruling` is empty."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    text = ParagraphStyle("text", fontName="STSong-Light", fontSize=10, leading=14)
    title = ParagraphStyle("title", text, fontSize=18, leading=36, alignment=TA_CENTER)
    story: list[Flowable] = [PrintedParagraph(line, title) for line in COVER]
    story += [PageBreak(), *(PrintedParagraph(line, text) for line in PROSE)]
    for table in TABLES:
        printed_title, *others = _head(table)
        story += [PageBreak(), PrintedParagraph(printed_title, title)]
        story += [PrintedParagraph(line, text) for line in others]
        spans = [
            ("SPAN", (first_column, first_row), (last_column, last_row))
            for first_row, last_row, first_column, last_column in table.merged()
        ]
        story.append(
            Table(
                table.lines,
                style=[
                    *([(ruling, (0, 0), (-1, -1), 0.5, colors.black)] if ruling else []),
                    ("FONT", (0, 0), (-1, -1), "STSong-Light", 8),
                    *spans,
                ],
            )
        )
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build(story)


WRITERS: dict[str, Callable[[Path], None]] = {
    ".docx": write_docx,
    ".xlsx": write_xlsx,
    ".xls": write_xls,
    ".html": write_html,
    ".pdf": write_pdf,
}
