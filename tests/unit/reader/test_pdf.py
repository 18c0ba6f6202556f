"""A PDF comes out as prose and grids: all that it shows a person, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.colors import black, grey, white, yellow
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from budget_warehouse.reader.document import (
    Block,
    Grid,
    Paragraph,
    Picture,
    UnreadableDocumentError,
)
from budget_warehouse.reader.pdf.pages import read_pdf

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
PAGE = (600, 400)
Blocks = tuple[Block, ...]


def made(path: Path, *pages: Callable[[Canvas], None]) -> Blocks:
    canvas = Canvas(str(path), pagesize=PAGE)
    for draw in pages:
        canvas.setFont(FONT, 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return read_pdf(path)


def cells(grid: Block) -> list[tuple[str, ...]]:
    assert isinstance(grid, Grid)
    return [row.cells for row in grid.rows]


def prose(blocks: Blocks) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def draw_lattice(canvas: Canvas, xs: list[int], ys: list[int]) -> None:
    canvas.grid(xs, ys)


def test_a_lattice_table_is_a_grid_and_the_rest_is_prose(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 350, "支出总表")
        draw_lattice(canvas, [100, 200, 300], [300, 320, 340])
        canvas.drawString(105, 325, "教育支出")
        canvas.drawRightString(295, 325, "120258,600")
        canvas.drawString(105, 305, "合计")
        canvas.drawString(100, 280, "注：无。")

    title, grid, note = made(tmp_path / "a.pdf", draw)
    assert isinstance(grid, Grid)
    assert cells(grid) == [("教育支出", "120258,600"), ("合计", "")]
    assert [row.place for row in grid.rows] == ["p.1 r.1", "p.1 r.2"]
    assert grid.edges == (100, 200)
    assert (title, note) == (Paragraph("支出总表", "p.1"), Paragraph("注：无。", "p.1"))


def test_a_merged_cell_is_written_where_it_starts(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(100, 300, 200, 40)
        canvas.line(100, 320, 200, 320)
        canvas.line(200, 300, 200, 340)
        canvas.line(150, 300, 150, 320)
        canvas.drawString(120, 325, "项目")
        canvas.drawString(230, 315, "合计")
        canvas.drawString(105, 305, "类")
        canvas.drawString(155, 305, "款")

    (grid,) = made(tmp_path / "a.pdf", draw)
    assert cells(grid) == [("项目", "", "合计"), ("类", "款", "")]


def test_a_wrapped_cell_is_one_value(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_lattice(canvas, [100, 200, 300], [300, 340, 360])
        canvas.drawString(105, 326, "机关事业单位基本养")
        canvas.drawString(105, 306, "老保险缴费支出")
        canvas.drawRightString(295, 316, "4,412,547")
        canvas.drawString(105, 345, "科目")

    (grid,) = made(tmp_path / "a.pdf", draw)
    assert cells(grid)[1] == ("机关事业单位基本养老保险缴费支出", "4,412,547")


def test_cells_written_as_one_text_are_parted_by_the_line_between_them(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_lattice(canvas, [100, 200, 300], [300, 320, 340])
        width = canvas.stringWidth("1,234.56", FONT, 10)
        canvas.drawString(198 - width, 325, "1,234.56  一般公共服务支出")
        canvas.drawString(102, 305, "城乡社区公共设施建设支出")

    (grid,) = made(tmp_path / "a.pdf", draw)
    assert cells(grid) == [("1,234.56", "一般公共服务支出"), ("城乡社区公共设施建设支出", "")]


def test_rows_without_a_line_between_them_are_rows(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_lattice(canvas, [100, 200, 300], [300, 340, 360])
        for y, name, amount in ((325, "教育支出", "1,200.00"), (306, "卫生健康支出", "3,400.00")):
            canvas.drawString(105, y, name)
            canvas.drawRightString(295, y, amount)
        canvas.drawString(105, 345, "科目")

    (grid,) = made(tmp_path / "a.pdf", draw)
    assert cells(grid)[1:] == [("教育支出", "1,200.00"), ("卫生健康支出", "3,400.00")]


def test_a_number_beside_a_table_stands_in_a_column_of_its_own(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_lattice(canvas, [100, 200, 300], [300, 320, 340])
        canvas.drawString(105, 325, "科目")
        canvas.drawString(205, 325, "合计")
        canvas.drawString(105, 305, "教育支出")
        canvas.drawRightString(295, 305, "1.00")
        canvas.drawString(320, 305, "7.77")
        canvas.drawString(320, 325, "旁注")

    grid, note = made(tmp_path / "a.pdf", draw)
    assert cells(grid) == [("科目", "合计", ""), ("教育支出", "1.00", "7.77")]
    assert note == Paragraph("旁注", "p.1")


def _clipped(canvas: Canvas) -> None:
    frame = canvas.beginPath()
    frame.rect(0, 200, 600, 200)
    canvas.clipPath(frame, stroke=0)
    canvas.drawString(100, 100, "看不见")


def _off_the_page(canvas: Canvas) -> None:
    canvas.drawString(100, 450, "看不见")
    canvas.drawString(-90, 300, "看不见")


def _without_ink(canvas: Canvas) -> None:
    text = canvas.beginText(100, 100)
    text.setFont(FONT, 10)
    text.setTextRenderMode(3)
    text.textOut("看不见")
    canvas.drawText(text)


def _white_on_white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.drawString(100, 100, "看不见")


def _painted_over(canvas: Canvas) -> None:
    canvas.drawString(100, 100, "看不见")
    canvas.setFillColor(white)
    canvas.rect(90, 90, 100, 30, stroke=0, fill=1)
    canvas.setFillColor(black)


@pytest.mark.parametrize(
    "hide", [_clipped, _off_the_page, _without_ink, _white_on_white, _painted_over]
)
def test_text_that_nobody_sees_is_not_read(hide: Callable[[Canvas], None], tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 300, "看得见")
        hide(canvas)

    assert prose(made(tmp_path / "a.pdf", draw)) == ["看得见"]


def test_white_text_on_a_dark_ground_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(grey)
        canvas.rect(90, 90, 100, 30, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(100, 100, "看得见")

    assert prose(made(tmp_path / "a.pdf", draw)) == ["看得见"]


def test_text_under_a_transparent_mark_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 100, "看得见")
        canvas.setFillColor(yellow, alpha=0.4)
        canvas.rect(90, 90, 100, 30, stroke=0, fill=1)

    assert prose(made(tmp_path / "a.pdf", draw)) == ["看得见"]


def test_imitated_bold_type_is_read_once(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 300, "合计11")
        canvas.drawString(100.3, 300, "合计11")

    assert prose(made(tmp_path / "a.pdf", draw)) == ["合计11"]


def test_wrapped_lines_are_one_paragraph_also_over_two_pages(tmp_path: Path) -> None:
    line = "财政拨款支出预算比上年增加的主要原因是项目调整以及人员经费增加和"

    def first(canvas: Canvas) -> None:
        canvas.drawString(70, 300, line)
        canvas.drawString(50, 285, line + "政策")

    def second(canvas: Canvas) -> None:
        canvas.drawString(50, 350, "变化。")
        canvas.drawString(70, 335, "下一段。")
        canvas.drawString(50, 320, line + "政策")

    texts = prose(made(tmp_path / "a.pdf", first, second))
    assert texts[0] == line + line + "政策变化。"
    assert texts[1] == "下一段。"


def test_a_number_too_long_for_the_line_does_not_end_the_paragraph(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 300, "财政拨款收入预算比上年预算执行数增加以及其他各项收入")
        canvas.drawString(50, 285, "财政拨款收入预算比上年预算执行数增加")
        canvas.drawString(50, 270, "24,558.18万元。")

    texts = prose(made(tmp_path / "a.pdf", draw))
    assert len(texts) == 1
    assert texts[0].endswith("执行数增加24,558.18万元。")


def test_page_numbers_and_running_titles_are_left_out(tmp_path: Path) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(50, 380, "某某局2025年部门预算公开")
            canvas.drawString(50, 300 - 20 * number, f"第{'一二三四'[number]}段。")
            canvas.drawString(290, 20, f"- {number + 1} -")

        return draw

    blocks = made(tmp_path / "a.pdf", *(page(number) for number in range(4)))
    assert prose(blocks) == ["第一段。", "第二段。", "第三段。", "第四段。"]


def test_a_turned_page_is_read_as_it_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(400, 600))
    canvas.setPageRotation(90)
    canvas.translate(400, 0)
    canvas.rotate(90)
    canvas.setFont(FONT, 10)
    draw_lattice(canvas, [100, 200, 300], [300, 320, 340])
    canvas.drawString(105, 325, "教育支出")
    canvas.drawString(205, 325, "1.00")
    canvas.drawString(105, 305, "合计")
    canvas.save()
    (grid,) = read_pdf(path)
    assert cells(grid) == [("教育支出", "1.00"), ("合计", "")]


@pytest.mark.parametrize(("turn", "corner"), [(90, (400, 0)), (180, (400, 600)), (270, (0, 600))])
def test_a_table_drawn_sideways_is_read_upright(
    turn: int, corner: tuple[int, int], tmp_path: Path
) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(400, 600))
    canvas.translate(*corner)
    canvas.rotate(turn)
    canvas.setFont(FONT, 10)
    draw_lattice(canvas, [100, 200, 300], [300, 320, 340])
    canvas.drawString(105, 325, "教育支出")
    canvas.drawString(205, 325, "1.00")
    canvas.drawString(105, 305, "合计")
    canvas.save()
    (grid,) = read_pdf(tmp_path / "a.pdf")
    assert cells(grid) == [("教育支出", "1.00"), ("合计", "")]


def test_two_numbers_on_two_lines_of_a_cell_are_not_one(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_lattice(canvas, [100, 200, 300], [300, 340, 360])
        canvas.drawString(105, 345, "科目")
        canvas.drawRightString(295, 326, "12")
        canvas.drawRightString(295, 306, "34")

    (grid,) = made(tmp_path / "a.pdf", draw)
    assert cells(grid)[1] == ("", "12 34")


def test_a_number_broken_where_its_cell_ends_is_one(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_lattice(canvas, [100, 150, 200], [300, 340, 360])
        canvas.drawString(105, 345, "科目")
        canvas.drawString(152, 326, "164,978,6")
        canvas.drawString(152, 306, "40")

    (grid,) = made(tmp_path / "a.pdf", draw)
    assert cells(grid)[1] == ("", "164,978,640")


def test_a_title_as_wide_as_the_text_stands_alone(tmp_path: Path) -> None:
    def first(canvas: Canvas) -> None:
        canvas.drawString(50, 300, "本单位的一般公共预算基本支出按照部门预算经济分类列示")

    def second(canvas: Canvas) -> None:
        canvas.drawString(50, 350, "2026年部门一般公共预算基本支出部门预算经济分类预算表")
        canvas.drawString(50, 335, "编制部门：上海市普陀区某某街道办事处")

    assert prose(made(tmp_path / "a.pdf", first, second))[1:] == [
        "2026年部门一般公共预算基本支出部门预算经济分类预算表",
        "编制部门：上海市普陀区某某街道办事处",
    ]


def test_a_title_repeated_on_every_page_is_no_running_title(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 380, "2026年部门收入预算总表")
        draw_lattice(canvas, [100, 200, 300], [300, 320, 340])
        canvas.drawString(105, 325, "教育支出")

    assert len(prose(made(tmp_path / "a.pdf", *[draw] * 4))) == 4


def test_a_scanned_page_among_others_is_named(tmp_path: Path) -> None:
    def text(canvas: Canvas) -> None:
        canvas.drawString(50, 300 - canvas.getPageNumber() * 20, "看得见")

    def scan(canvas: Canvas) -> None:
        canvas.drawInlineImage(Image.new("L", (60, 40), 200), 0, 0, *PAGE)

    blocks = made(tmp_path / "a.pdf", text, scan, text, text)
    assert blocks[-1] == Picture(2)
    assert "".join(prose(blocks)) == "看得见" * 3


def test_a_scan_is_refused_with_what_to_do(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 50, 500, 300, fill=1)

    with pytest.raises(UnreadableDocumentError, match=r"scan without text.*OCR"):
        made(tmp_path / "a.pdf", draw, draw)


def test_a_picture_of_a_page_with_its_number_is_a_scan_too(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawInlineImage(Image.new("L", (60, 40), 200), 0, 0, *PAGE)
        canvas.drawString(290, 20, "- 1 -")

    with pytest.raises(UnreadableDocumentError, match="scan without text"):
        made(tmp_path / "a.pdf", draw, draw)
