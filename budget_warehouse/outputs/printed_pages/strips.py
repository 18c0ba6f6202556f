"""Strips: what is printed around a finding, cut from the picture of its page, the figure framed.

A strip is part of the page that shows it, which can so be sent alone.
"""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

import duckdb
from markupsafe import Markup
from PIL import Image, ImageDraw

from budget_warehouse.contract.boxes import PrintedBox
from budget_warehouse.outputs.printed_pages.printed_pages import PageSource, PrintedPages
from budget_warehouse.storage.rows import Row

MOST_STRIPS = 60
"""Strips of one report: those of the gravest findings, which stand first."""

_MOST_BYTES = 600_000  # of the strips of one report, before they are text
_ABOVE_AND_BELOW = 12  # points of the page around what is framed
_MARGIN = 8  # points left of the ink and right of it
_LINE = 12  # points within which a line of text ends
_BLANK = 6  # of 255, the ink of a row that holds nothing but lines of a table
_FRAME = 3  # points between a figure and its frame
_GREYS = 15  # the sixteenth colour is that of the frame
_RED = (200, 40, 27)
_WHITE = 250


@dataclass(frozen=True)
class Strip:
    """A picture as text, the page that it is cut from, and its size in points."""

    data: Markup
    page: int
    width: int
    height: int


@dataclass
class Strips:
    """The strips of one disclosure's report, as many as its bounds leave."""

    pages: PrintedPages | None = None
    left_out: int = 0
    _boxes: dict[tuple[str, int], list[PrintedBox]] = field(default_factory=dict)
    _count: int = 0
    _bytes: int = 0

    def __post_init__(self) -> None:
        """Sort the boxes by their rows."""
        boxes: dict[tuple[str, int], list[PrintedBox]] = defaultdict(list)
        for box in self.pages.boxes if self.pages else ():
            boxes[box.table_name, box.row_number].append(box)
        self._boxes = dict(boxes)

    def of(self, finding: Row, side: str, text: str | None) -> Strip | None:
        """Return the strip of a side of a finding, `stated` or `computed`, and count it.

        The figure with the printed `text` is framed, or all figures of its row. There is none where
        the side is another document's, has no box, or the bounds are reached.
        """
        if side == "computed" and finding["computed_disclosure_id"]:
            return None
        place = finding[f"{side}_table_name"], finding[f"{side}_row_number"]
        boxes = self._boxes.get(place, [])
        framed = [box for box in boxes if box.text == text] or boxes
        framed = [box for box in framed if box.page == framed[0].page]
        picture = self.pages.picture(framed[0]) if self.pages and framed else None
        if self.pages is None or picture is None:
            return None
        if self._count >= MOST_STRIPS or self._bytes >= _MOST_BYTES:
            self.left_out += 1
            return None
        width, _ = self.pages.pictures[framed[0].document].sizes[framed[0].page]
        with Image.open(picture) as whole:
            content, size = _cut(whole, framed, whole.width / width)
        self._count += 1
        self._bytes += len(content)
        data = Markup(f"data:image/png;base64,{b64encode(content).decode()}")
        return Strip(data, framed[0].page, *size)


def printed_pages(
    connection: duckdb.DuckDBPyConnection, source: PageSource | None
) -> dict[str, PrintedPages]:
    """Return the pages that the strips of the selected disclosures are cut from."""
    try:
        return source.pages(connection) if source else {}
    except OSError:
        return {}  # for want of room: a report without strips is a report


def _cut(
    page: Image.Image, framed: Sequence[PrintedBox], scale: float
) -> tuple[bytes, tuple[int, int]]:
    """Return the part of a page around boxes as a PNG, and its size in points."""
    grey = page.convert("L")
    ink = grey.point([255 if level < _WHITE else 0 for level in range(256)])
    rows = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    top = _blank(rows, (min(box.top for box in framed) - _ABOVE_AND_BELOW) * scale, scale, -1)
    bottom = _blank(rows, (max(box.bottom for box in framed) + _ABOVE_AND_BELOW) * scale, scale, 1)
    around = (0, top, page.width, bottom)
    grey, ink = grey.crop(around), ink.crop(around)
    left, _, right, _ = ink.getbbox() or (0, 0, grey.width, grey.height)
    left = max(0, left - round(_MARGIN * scale))
    right = min(grey.width, right + round(_MARGIN * scale))
    levels = [level * _GREYS // 256 for level in range(256)]
    strip = grey.crop((left, 0, right, grey.height)).point(levels).convert("P")
    greys = [level * 255 // (_GREYS - 1) for level in range(_GREYS) for _ in range(3)]
    strip.putpalette([*greys, *_RED])
    draw = ImageDraw.Draw(strip)
    for box in framed:
        corners = (
            (box.left - _FRAME) * scale - left,
            (box.top - _FRAME) * scale - top,
            (box.right + _FRAME) * scale - left,
            (box.bottom + _FRAME) * scale - top,
        )
        draw.rectangle(corners, outline=_GREYS, width=3)
    content = BytesIO()
    strip.save(content, "PNG", bits=4, optimize=True)
    return content.getvalue(), (round(strip.width / scale), round(strip.height / scale))


def _blank(rows: bytes, wanted: float, scale: float, step: int) -> int:
    """Return the first blank row from a wanted one on, so that no line of text is cut in two."""
    start = min(max(0, round(wanted)), len(rows))
    end = min(max(0, round(wanted + step * _LINE * scale)), len(rows))
    return next((row for row in range(start, end, step) if rows[row] < _BLANK), start)
