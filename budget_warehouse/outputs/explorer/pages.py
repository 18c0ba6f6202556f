"""The printed pages of disclosures as the explorer shows them: pictures, documents, and frames."""

import os
import shutil
from pathlib import Path
from typing import Any

from budget_warehouse.outputs.printed_pages.printed_pages import PDF, PrintedPages, State

NO_PAGES = PrintedPages(State.NO_DOCUMENT)

_SHOWN_BY_BROWSERS = frozenset({PDF, ".txt", ".docx", ".xlsx", ".xls"})
"""Kinds of documents that may lie beside the site; a web page could run scripts there."""

_BOX = ("table_name", "row_number", "column_name", "document", "page")
_SIDES = ("left", "top", "right", "bottom")


def page_part(pages: PrintedPages) -> dict[str, Any]:
    """Return what the pages of one disclosure need: documents, sizes in points, boxes.

    Texts of boxes are left out, since each is that of its figure.
    """
    sizes = [
        [number, page, *size]
        for number, pictures in pages.pictures.items()
        for page, size in sorted(pictures.sizes.items())
    ]
    boxes = [
        [*(getattr(box, name) for name in _BOX), *(getattr(box, side) for side in _SIDES)]
        for box in pages.boxes
    ]
    return {
        "state": pages.state,
        "documents": {
            str(number): {"sha256": document.stem, "file": _site_name(document)}
            for number, document in pages.documents.items()
        },
        "sizes": {"columns": ["document", "page", "width", "height"], "rows": sizes},
        "boxes": {"columns": [*_BOX, *_SIDES], "rows": boxes},
    }


def link_pages(pages: PrintedPages, site: Path) -> None:
    """Put the pictures and documents of a disclosure into a site, as links where the disk can."""
    for pictures in pages.pictures.values():
        for page in pictures.sizes:
            _link(pictures.folder / f"{page}.png", site / "pages" / pictures.folder.name)
    for document in pages.documents.values():
        if _site_name(document):
            _link(document, site / "documents")


def _site_name(document: Path) -> str | None:
    is_shown = document.suffix in _SHOWN_BY_BROWSERS
    return f"documents/{document.name}" if is_shown else None


def _link(file: Path, folder: Path) -> None:
    """Link a file into a folder of the site, or copy it from another file system."""
    place = folder / file.name
    if place.exists():
        return  # two disclosures may come from one document
    folder.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file.resolve(), place)
    except OSError:
        shutil.copyfile(file, place)
