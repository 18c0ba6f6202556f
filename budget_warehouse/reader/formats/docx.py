"""A Word document (`.docx`): its paragraphs and tables in the order in which they are read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
from docx.oxml.xmlchemy import BaseOxmlElement

from budget_warehouse.reader.document import Block, Grid, Paragraph, Remark, Row
from budget_warehouse.reader.formats.cell import one_value, struck_through
from budget_warehouse.reader.formats.numbering import Numbering

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT_BOX = qn("w:txbxContent")
_WRAPPERS = {
    qn(tag)
    for tag in (
        "w:sdt",
        "w:sdtContent",
        "w:customXml",
        "w:smartTag",
        "w:ins",
        "w:moveTo",
        "w:hyperlink",
        "w:fldSimple",
    )
}  # elements that hold content of the page without being part of it
_STRUCK = "|".join(
    f"./w:rPr/{tag}[not(@w:val) or not(@w:val='0' or @w:val='false')]"
    for tag in ("w:strike", "w:dstrike")
)
_CHARACTERS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}


def read_docx(path: Path) -> tuple[Block, ...]:
    """Return the body's paragraphs and tables, with places `paragraph 12` and `table 3 r.2`.

    A Word file has no pages until it is printed, so every grid is on page 1. Hidden and deleted
    text is left out, the numbers of lists are put in; headers, footers and comments are not part of
    the body. A table within a cell and a text box come after the table or paragraph that holds
    them.
    """
    document = docx.Document(str(path))
    body = _Body(Numbering(document))
    blocks = tuple(body.blocks(document.element.body))
    return (*blocks, *(Remark(struck_through(text)) for text in body.struck))


@dataclass
class _Body:
    """The body being read: its lists, and how many paragraphs and tables there were so far."""

    numbering: Numbering
    paragraphs: "count[int]" = field(default_factory=lambda: count(1))
    tables: "count[int]" = field(default_factory=lambda: count(1))
    struck: list[str] = field(default_factory=list)

    def blocks(self, container: BaseOxmlElement) -> Iterator[Paragraph | Grid]:
        for element in _children(container, _PARAGRAPH, _TABLE):
            if element.tag == _TABLE:
                yield from self._grids(element)
            else:
                place = f"paragraph {next(self.paragraphs)}"
                if text := self._text(element).strip():
                    yield Paragraph(text, place)
            for box in _text_boxes(element):
                yield from self.blocks(box)

    def _grids(self, table: CT_Tbl) -> Iterator[Grid]:
        """Yield the table, and then the tables within its cells."""
        yield self._grid(table, next(self.tables))
        for row in _rows(table):
            for cell in _children(row, _CELL):
                for inner in _children(cell, _TABLE):
                    yield from self._grids(inner)

    def _grid(self, table: CT_Tbl, number: int) -> Grid:
        rows = [list(self._cells(row)) for row in _rows(table)]
        width = max(map(len, rows), default=0)
        return Grid(
            tuple(
                Row((*cells, *[""] * (width - len(cells))), f"table {number} r.{position}")
                for position, cells in enumerate(rows, start=1)
            ),
            page=1,
        )

    def _cells(self, row: CT_Row) -> Iterator[str]:
        """Yield the texts of a row, one for each column of the table that the row passes over."""
        yield from [""] * row.grid_before
        for cell in _children(row, _CELL):
            yield "" if cell.vMerge == "continue" else self._cell_text(cell)
            yield from [""] * (cell.grid_span - 1)
        yield from [""] * row.grid_after

    def _cell_text(self, cell: CT_Tc) -> str:
        texts = [self._text(paragraph) for paragraph in _children(cell, _PARAGRAPH)]
        return one_value(line for text in texts for line in text.splitlines())

    def _text(self, paragraph: BaseOxmlElement) -> str:
        """Return the visible text of a paragraph, without that of its text boxes."""
        return self.numbering.label(paragraph) + "".join(_pieces(paragraph, self.struck))


def _children(element: BaseOxmlElement, *tags: str) -> Iterator[BaseOxmlElement]:
    """Yield the children with these tags, also those in content controls and insertions."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, *tags)


def _rows(table: CT_Tbl) -> Iterator[CT_Row]:
    for row in _children(table, _ROW):
        if not row.xpath("./w:trPr/w:hidden | ./w:trPr/w:del"):
            yield row


def _pieces(paragraph: BaseOxmlElement, struck: list[str]) -> Iterator[str]:
    """Yield the visible text; what is struck through is added to `struck`."""
    for run in _children(paragraph, qn("w:r")):
        if run.xpath("./w:rPr/w:vanish[not(@w:val) or not(@w:val='0' or @w:val='false')]"):
            continue
        if run.xpath(_STRUCK):
            struck.extend(
                text for piece in run.iter(qn("w:t")) if (text := (piece.text or "").strip())
            )
            continue
        for piece in run:
            if piece.tag == qn("w:t"):
                yield piece.text or ""
            else:
                yield _CHARACTERS.get(piece.tag, "")


def _text_boxes(block: BaseOxmlElement) -> list[BaseOxmlElement]:
    """Return the text boxes anchored in a block; a fallback repeats a drawing for old programs."""
    return [
        box
        for box in block.iter(_TEXT_BOX)
        if not any(
            ancestor.tag.endswith("}Fallback") or ancestor.tag == _TEXT_BOX
            for ancestor in box.iterancestors()
        )
    ]
