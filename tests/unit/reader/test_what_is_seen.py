"""The reader takes text that a person sees in a document, and no hidden text."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas
from test_pdf import draw_lattice

from budget_warehouse.reader.document import Block, Grid, Picture, Remark
from budget_warehouse.reader.formats.docx import read_docx
from budget_warehouse.reader.formats.html import read_html
from budget_warehouse.reader.intake.file_type import admit
from budget_warehouse.reader.pdf.pages import read_pdf

AMOUNT = "35,667,021.23"


def page(path: Path, draw: Callable[[Canvas], object]) -> list[str]:
    """Return the cells of a small table with one amount, after `draw` has drawn on the page."""
    canvas = Canvas(str(path), pagesize=(400, 600))
    canvas.setFont("Helvetica", 10)
    draw_lattice(canvas, [100, 200, 300], [300, 320, 340])
    canvas.drawString(105, 325, "208")
    canvas.drawString(205, 325, AMOUNT)
    draw(canvas)
    canvas.save()
    (grid,) = (block for block in read_pdf(path) if isinstance(block, Grid))
    return [cell for row in grid.rows for cell in row.cells if cell]


def condensed(canvas: Canvas) -> None:
    text = canvas.beginText(105, 305)
    text.setHorizScale(45)
    text.textOut("35,667,021.88")
    canvas.drawText(text)


def test_condensed_digits_are_no_imitation_of_bold(tmp_path: Path) -> None:
    assert page(tmp_path / "a.pdf", condensed) == ["208", AMOUNT, "35,667,021.88"]


def tiled(canvas: Canvas) -> None:
    canvas.setFillGray(0.85)
    for row in range(8):
        for column in range(3):
            canvas.drawString(90 + 80 * column, 290 + 9 * row, "20210128")


def slanted(canvas: Canvas) -> None:
    canvas.translate(110, 300)
    canvas.rotate(-20)
    canvas.drawString(0, 0, "20210128 10.2.3.4")


@pytest.mark.parametrize("watermark", [tiled, slanted])
def test_a_watermark_is_not_read(watermark: Callable[[Canvas], None], tmp_path: Path) -> None:
    assert page(tmp_path / "a.pdf", watermark) == ["208", AMOUNT]


@pytest.mark.parametrize("is_on", [True, False])
def test_a_layer_that_is_switched_off_is_not_read(is_on: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R] /D << /ON [] /OFF ["
        + ("" if is_on else "6 0 R")
        + "] /Order [6 0 R] >> >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents 4 0 R /Resources <<"
        " /Font << /F1 5 0 R >> /Properties << /MC0 6 0 R >> >> >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /OCG /Name (draft) >>",
    ]
    content = (
        f"BT /F1 10 Tf 105 325 Td ({AMOUNT}) Tj ET\n"
        "/OC /MC0 BDC BT /F1 10 Tf 105 305 Td (51,655,256.05) Tj ET EMC"
    )
    objects[3] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    body, offsets = "%PDF-1.7\n", list[int]()
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    body += (
        f"xref\n0 7\n0000000000 65535 f \n{table}trailer\n<< /Size 7 /Root 1 0 R >>\n"
        f"startxref\n{body.rindex('endobj') + 7}\n%%EOF\n"
    )
    path.write_bytes(body.encode("ascii"))
    text = "".join(getattr(block, "text", "") for block in read_pdf(path))
    assert (AMOUNT in text, "51,655,256.05" in text) == (True, is_on)


def test_a_picture_on_part_of_a_page_is_told(tmp_path: Path) -> None:
    from PIL import Image

    image = tmp_path / "table.png"
    Image.new("RGB", (200, 100), "white").save(image)
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(400, 600))
    canvas.drawString(50, 500, "1. text on the page around the picture of a table")
    canvas.drawImage(str(image), 50, 200, 300, 150)
    canvas.save()
    pictures = [block for block in read_pdf(tmp_path / "a.pdf") if isinstance(block, Picture)]
    assert pictures == [Picture(1, is_whole_page=False)]


def struck(blocks: tuple[Block, ...]) -> tuple[list[str], list[str]]:
    cells = [
        cell
        for block in blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row.cells
    ]
    return cells, [block.text for block in blocks if isinstance(block, Remark)]


@pytest.mark.parametrize(
    "old",
    [
        "<del>15.00</del>",
        "<s>15.00</s>",
        '<span style="text-decoration: line-through">15.00</span>',
    ],
)
def test_a_figure_struck_through_on_a_web_page_is_left_out_with_a_doubt(
    old: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<table><tr><td>208</td><td>{old}<ins>16.00</ins></td></tr></table>")
    cells, remarks = struck(read_html(path))
    assert cells == ["208", "16.00"]
    assert ["15.00" in remark for remark in remarks] == [True]


def test_a_figure_struck_through_in_a_document_is_left_out_with_a_doubt(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
    paragraph.add_run("15.00").font.strike = True
    paragraph.add_run("16.00")
    document.save(str(tmp_path / "a.docx"))
    cells, remarks = struck(read_docx(tmp_path / "a.docx"))
    assert cells == ["16.00"]
    assert ["15.00" in remark for remark in remarks] == [True]


def test_a_page_in_another_charset_than_it_declares_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes('<meta charset="gb2312"><table><tr><td>支出总表</td></tr></table>'.encode())
    assert struck(read_html(path))[0] == ["支出总表"]


def test_a_file_filled_up_with_zeros_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page(path, lambda canvas: None)
    path.write_bytes(path.read_bytes() + b"\0" * 5000)
    admit(path)
