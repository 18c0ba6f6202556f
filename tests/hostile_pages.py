"""Drawing that goes wrong, in a module that a sandbox imports quickly."""

import os
import signal
from pathlib import Path
from typing import Any

from budget_warehouse.reader.pdf.pictures import Size, draw_pages

HOSTILE = "80009d59316549fb20db41e05b4f1eb15491e8be1661d5669bd0e5b1fd88d8cd"


def fail_always(document: Path, pages: list[int], folder: Path) -> dict[int, Any]:
    """Draw nothing, and say so: nothing was to be drawn."""
    raise AssertionError(document, pages, folder)


def crash_over_one(document: Path, pages: list[int], folder: Path) -> dict[int, Size]:
    """Draw a page, but for one document that kills the process, as a hostile one may."""
    if document.stem == HOSTILE:
        os.kill(os.getpid(), signal.SIGSEGV)
    return draw_pages(document, pages[:1], folder)
