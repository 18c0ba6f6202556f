"""Stream tables give what lattice tables give."""

from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table
from specimen import write_pdf

from budget_warehouse.reader.parsing.reading import OFFICIAL_TABLES, Reading, read

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
TEXT = ParagraphStyle("text", fontName=FONT, fontSize=10, leading=14)
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=8, leading=10)
LONG_NAME = "机关事业单位基本养老保险缴费支出及其他社会保障支出"
HEAD: tuple[tuple[str | Paragraph, ...], ...] = (
    ("项目", "", "", "", "支出预算", "", ""),
    ("功能分类科目编码", "", "", "功能分类科目名称", "合计", "基本支出", "项目支出"),
    ("类", "款", "项", "", "", "", ""),
)


def rows_of(reading: Reading) -> dict[str, list[dict[str, str]]]:
    return {
        table_name: [
            {column: value for column, value in row.items() if column != "source_ref"}
            for row in reading.rows[table_name]
        ]
        for table_name in OFFICIAL_TABLES
    }


@pytest.mark.parametrize("ruling", ["", "LINEBELOW", "LINEABOVE", "BOX"])
def test_a_disclosure_without_lines_between_columns(ruling: str, tmp_path: Path) -> None:
    write_pdf(tmp_path / "lattice.pdf")
    write_pdf(tmp_path / "stream.pdf", ruling)
    lattice, stream = (read(tmp_path / name, "a") for name in ("lattice.pdf", "stream.pdf"))
    assert stream.report.missing == []
    assert rows_of(stream) == rows_of(lattice)


def _long_table(path: Path, ruling: str, repeats_head: bool) -> list[dict[str, str]]:
    """Print a table of three pages with blank cells and wrapped names, and read it."""
    rows: list[tuple[str | Paragraph, ...]] = [
        (
            *("208", f"{number // 10 + 1:02d}", f"{number:02d}"),
            Paragraph(LONG_NAME if number % 7 == 3 else f"某项支出第{number}", CELL),
            f"{(number + 1) * 1234567.89:,.2f}",
            f"{(number + 1) * 1000000:,.2f}" if number % 3 else "",
            f"{(number + 1) * 234567.89:,.2f}" if number < 30 else "",
        )
        for number in range(70)
    ]
    total = ("合计", "", "", "", "999,999,999.99", "1.00", "2.00")
    spans = [((0, 0), (3, 0)), ((4, 0), (6, 0)), ((0, 1), (2, 1)), ((0, -1), (3, -1))]
    spans += [((column, 1), (column, 2)) for column in range(3, 7)]
    table = Table(
        [*HEAD, *rows, total],
        colWidths=[30, 30, 30, 150, 110, 110, 110],
        repeatRows=len(HEAD) if repeats_head else 0,
        style=[
            ("FONT", (0, 0), (-1, -1), FONT, 8),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("ALIGN", (0, 0), (-1, 2), "CENTER"),
            ("ALIGN", (4, 3), (-1, -1), "RIGHT"),
            ("ALIGN", (0, -1), (3, -1), "CENTER"),
            *(("SPAN", first, last) for first, last in spans),
            *([(ruling, (0, 0), (-1, -1), 0.5, colors.black)] if ruling else []),
        ],
    )

    def number_page(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(290, 20, f"- {document.page} -")

    SimpleDocTemplate(str(path), pagesize=A4, leftMargin=12, rightMargin=12).build(
        [
            Paragraph("上海市普陀区某局2026年部门预算", TEXT),
            PageBreak(),
            Paragraph("2026年部门支出预算总表", TEXT),
            Paragraph("编制部门：上海市普陀区某局 单位：元", TEXT),
            table,
            Paragraph("注：本表含上年结转，金额有四舍五入。", TEXT),
        ],
        onFirstPage=number_page,
        onLaterPages=number_page,
    )
    reading = read(path, "a")
    assert reading.rows["tables"][0]["remark"] == "注：本表含上年结转，金额有四舍五入。"
    return rows_of(reading)["expenditure_by_function"]


@pytest.mark.parametrize("repeats_head", [True, False])
@pytest.mark.parametrize("ruling", ["", "LINEBELOW"])
def test_a_long_table_keeps_its_columns_on_every_page(
    ruling: str, repeats_head: bool, tmp_path: Path
) -> None:
    expected = _long_table(tmp_path / "lattice.pdf", "GRID", repeats_head)
    assert len(expected) == 71
    assert (expected[3]["name"], expected[3]["basic"]) == (LONG_NAME, "")
    assert _long_table(tmp_path / "stream.pdf", ruling, repeats_head) == expected


def test_prose_below_a_title_is_no_table(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(600, 400))
    canvas.setFont(FONT, 10)
    canvas.drawString(50, 380, "2026年部门支出预算总表")
    canvas.grid([50, 150, 250, 350, 450], [300, 320, 340])
    for x, head, figure in zip(
        (55, 155, 255, 355),
        ("科目名称", "合计", "基本支出", "项目支出"),
        ("教育支出", "3.00", "1.00", "2.00"),
        strict=True,
    ):
        canvas.drawString(x, 325, head)
        canvas.drawString(x, 305, figure)
    canvas.drawString(50, 200, "2026年部门收入预算总表")
    canvas.drawString(50, 180, "本单位2026年收入预算3.00万元，与2025年预算持平。")
    canvas.save()
    reading = read(tmp_path / "a.pdf", "a")
    assert "revenue_by_function" in reading.report.missing
    assert [claim["amount"] for claim in reading.rows["narrative_claims"]] == ["3.00"]


def test_a_table_on_the_page_after_its_title(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(600, 400))
    canvas.setFont(FONT, 10)
    canvas.drawString(50, 380, "上海市普陀区某局的预算情况如下，金额以元为单位，不含上年结转。")
    canvas.drawString(50, 60, "2026年部门支出预算总表")
    canvas.drawString(50, 40, "编制部门：上海市普陀区某局")
    canvas.showPage()
    canvas.setFont(FONT, 10)
    for y, cells in (
        (350, ("科目名称", "合计", "基本支出", "项目支出")),
        (320, ("教育支出", "3.00", "", "3.00")),
        (300, ("卫生健康支出", "2.00", "2.00", "")),
        (280, ("合计", "5.00", "2.00", "3.00")),
    ):
        for x, cell in zip((55, 155, 255, 355), cells, strict=True):
            canvas.drawString(x, y, cell)
    canvas.save()
    rows = read(tmp_path / "a.pdf", "a").rows["expenditure_by_function"]
    assert [(row["name"], row["total"], row["basic"], row["project"]) for row in rows] == [
        ("教育支出", "3.00", "", "3.00"),
        ("卫生健康支出", "2.00", "2.00", ""),
        ("合计", "5.00", "2.00", "3.00"),
    ]
