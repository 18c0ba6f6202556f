"""A web page (`.html`): its paragraphs and tables in the order in which they are read."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import lxml.html
from lxml.html import HtmlElement

from budget_warehouse.reader.document import (
    Block,
    Grid,
    Paragraph,
    Remark,
    Row,
    UnreadableDocumentError,
)
from budget_warehouse.reader.formats.cell import one_value, struck_through

_CHARSET = re.compile(rb"""(?i)<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?([\w-]+)""")
_CHARSET_WITHIN = 4096  # bytes; browsers look in the first 1024, Office writes more before it
_STRUCK_TAGS = {"del", "s", "strike"}
_STRUCK = re.compile(r"(?i)text-decoration[^;]*line-through")
_HIDDEN = re.compile(r"(?i)(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_UNSEEN = {
    *("head", "script", "style", "template", "noscript", "noframes", "object", "iframe", "svg"),
    *("math", "select", "datalist", "textarea", "button", "audio", "video", "canvas"),
}
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i"),
    *("img", "input", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span"),
    *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
}
_EMPTY_LINES = re.compile(r"\n\s*\n")
_WIDEST_SPAN = 1000  # the most that browsers let a cell span over columns


def read_html(path: Path) -> tuple[Block, ...]:
    """Return the page's paragraphs and tables, with places `paragraph 12` and `table 3 r.2`.

    A web page has no pages of print, so every grid is on page 1. What the page hides (`hidden`,
    `display:none`, scripts, templates) is left out; nothing that it links to is fetched. A table
    that holds tables arranges the page: what is in its cells is read as if it stood alone.

    Raises:
        UnreadableDocumentError: The declared charset does not exist.
    """
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded(path))
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    page = _Page()
    blocks = page.read(lxml.html.document_fromstring(text, parser=parser))
    return (*blocks, *(Remark(struck_through(text)) for text in page.struck))


def decoded(path: Path) -> str:
    """Return the page's text; an undeclared charset is UTF-8 or, failing that, GB 18030."""
    content = path.read_bytes()
    for mark, charset in (
        (BOM_UTF8, "utf-8-sig"),
        (BOM_UTF16_LE, "utf-16"),
        (BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(charset, errors="replace")
    declared = _CHARSET.search(content[:_CHARSET_WITHIN])
    if declared is None:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return content.decode("gb18030", errors="replace")
    charset = declared.group(1).decode("ascii").lower()
    if charset.startswith("gb"):
        try:
            return content.decode("utf-8")  # many pages declare what their editor does not write
        except UnicodeDecodeError:
            pass
    if charset in ("gb2312", "gbk"):
        charset = "gb18030"  # pages that declare the older charsets use characters of the newer one
    try:
        return content.decode(charset, errors="replace")
    except LookupError:
        raise UnreadableDocumentError(
            f"{path.name} declares a charset that does not exist, {charset}: save it from a "
            "browser as a web page in UTF-8 and read it again."
        ) from None


@dataclass
class _Page:
    """The page being read: the blocks so far, and the run of text not yet ended by a block."""

    blocks: list[Paragraph | Grid] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    paragraphs: "count[int]" = field(default_factory=lambda: count(1))
    tables: "count[int]" = field(default_factory=lambda: count(1))
    struck: list[str] = field(default_factory=list)

    def read(self, root: HtmlElement) -> list[Paragraph | Grid]:
        self._flow(root)
        self._end_paragraph()
        return self.blocks

    def _flow(self, element: HtmlElement) -> None:
        """Take up the element's content: tables as grids, the rest as paragraphs."""
        if _is_hidden(element):
            return
        if _is_struck(element):
            self.struck.extend(filter(None, [" ".join(element.itertext()).strip()]))
            return
        if element.tag == "table" and element.find(".//table") is None:
            for caption in element.findall("caption"):
                self._flow(caption)
            self._end_paragraph()
            if rows := _rows(element, next(self.tables), self.struck):
                self.blocks.append(Grid(rows, page=1))
            return
        inline = element.tag in _INLINE
        if not inline:
            self._end_paragraph()
        self.run.append("\n" if element.tag == "br" else _collapsed(element.text))
        for child in element:
            self._flow(child)
            self.run.append(_collapsed(child.tail))
        if not inline:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        for text in _EMPTY_LINES.split("".join(self.run)):
            if text.strip():
                self.blocks.append(Paragraph(text.strip(), f"paragraph {next(self.paragraphs)}"))
        self.run.clear()


def _is_struck(element: HtmlElement) -> bool:
    return element.tag in _STRUCK_TAGS or _STRUCK.search(element.get("style", "")) is not None


def _is_hidden(element: HtmlElement) -> bool:
    return (
        element.tag in _UNSEEN
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _collapsed(text: str | None) -> str:
    """Return white space as a browser shows it: one space, but for the kinds that have a width."""
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _rows(table: HtmlElement, number: int, struck: list[str]) -> tuple[Row, ...]:
    """Return the visible rows, a spanning cell's text once, where it starts, and the rest blank.

    Text that is struck through is added to `struck`.
    """
    texts: dict[tuple[int, int], str] = {}
    lines = [
        line
        for line in table.iter("tr")
        if not any(map(_is_hidden, (line, *line.iterancestors("tbody", "thead", "tfoot"))))
    ]
    for row, line in enumerate(lines):
        columns = (column for column in count() if (row, column) not in texts)
        for cell in line.iterchildren("td", "th"):
            if _is_hidden(cell):
                continue
            first = next(columns)
            below = min(_span(cell, "rowspan") or len(lines), len(lines) - row)
            across = min(_span(cell, "colspan") or 1, _WIDEST_SPAN)
            for covered_row in range(row, row + below):
                for column in range(first, first + across):
                    texts.setdefault((covered_row, column), "")
            texts[row, first] = _cell_text(cell, struck)
    width = max((column for _, column in texts), default=-1) + 1
    return tuple(
        Row(
            tuple(texts.get((row, column), "") for column in range(width)),
            f"table {number} r.{row + 1}",
        )
        for row in range(len(lines) if width else 0)
    )


def _span(cell: HtmlElement, attribute: str) -> int:
    """Return how many rows or columns the cell spans: 0 is to the end, nonsense counts as 1."""
    stated = re.match(r"\s*(\d{1,5})", cell.get(attribute, ""))
    return int(stated.group(1)) if stated else 1


def _cell_text(cell: HtmlElement, struck: list[str]) -> str:
    """Return the cell's visible text; breaks and paragraphs within it are only lines."""
    page = _Page(struck=struck)
    blocks = page.read(cell)
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    return one_value(line for text in texts for line in text.splitlines())
