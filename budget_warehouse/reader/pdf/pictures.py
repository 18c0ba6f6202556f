"""Pictures of the pages of a PDF, in 16 greys, turned as the boxes of its values are."""

from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.intake.sandbox import Bounds
from budget_warehouse.reader.pdf.drawing import Frame

MADE = "110 dpi, 16 greys"
"""Says how the pictures are made: others are drawn again."""

BOUNDS = Bounds(memory=1024**3, processor_seconds=60, wall_seconds=300)
"""Limits on the pictures of one document; a page takes some 10 ms."""

_DPI = 110
_LONGEST = 2_400  # pixels; a larger page is drawn smaller
_GREYS = 16

Size = tuple[float, float]


def draw_pages(document: Path, pages: Sequence[int], folder: Path) -> dict[int, Size]:
    """Draw pages of a PDF into a folder, each as `<page>.png`; return their sizes in points.

    A page that the document does not have is left out.

    Raises:
        UnreadableDocumentError: it is no whole PDF.
    """
    try:
        pdf = pypdfium2.PdfDocument(document)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocumentError(f"{document.name} is not a whole PDF.") from error
    with pdf:
        return {
            number: _draw(pdf[number - 1], folder / f"{number}.png")
            for number in pages
            if 0 < number <= len(pdf)
        }


def _draw(page: pypdfium2.PdfPage, file: Path) -> Size:
    frame = Frame(page, page.get_textpage())
    rotation = (frame.rotation - page.get_rotation()) % 360
    width, height = page.get_size()
    if rotation % 180:
        width, height = height, width
    scale = min(_DPI / 72, _LONGEST / max(width, height, 1))
    bitmap = page.render(scale=scale, rotation=rotation, grayscale=True)
    levels = [value * _GREYS // 256 for value in range(256)]
    picture = bitmap.to_pil().convert("L").point(levels).convert("P")
    picture.putpalette([level * 255 // (_GREYS - 1) for level in range(_GREYS) for _ in range(3)])
    picture.save(file, "PNG", bits=4)
    return width, height
