"""The pictures of documents' pages, kept by the content of the document: each is drawn once.

A folder `<SHA-256>` holds the pictures of one document, `<page>.png`, and what was drawn.
"""

import json
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.intake.sandbox import Bounds, within
from budget_warehouse.reader.pdf.pictures import BOUNDS, MADE, Size, draw_pages
from budget_warehouse.reader.threads import in_threads

_DRAWN = "drawn.json"
_WORK = ".drawing-"


@dataclass(frozen=True)
class Pictures:
    """The pictures of a document: the size of each page in points, or why there are none."""

    folder: Path
    sizes: Mapping[int, Size] = field(default_factory=dict)
    failure: str = ""

    def file(self, page: int) -> Path | None:
        """Return the picture of a page."""
        return self.folder / f"{page}.png" if page in self.sizes else None


@dataclass(frozen=True)
class PictureStore:
    """A folder of pictures; `draw` draws pages of a document into a folder."""

    folder: Path
    bounds: Bounds = BOUNDS
    draw: Callable[[Path, list[int], Path], dict[int, Size]] = draw_pages

    def pictures(self, sha256: str) -> Pictures | None:
        """Return what was drawn of a document, as pictures are made now; None of nothing."""
        folder = self.folder / sha256
        try:
            drawn = json.loads((folder / _DRAWN).read_text(encoding="utf-8"))
            if drawn["made"] != MADE:
                return None
            sizes = {int(page): (size[0], size[1]) for page, size in drawn["sizes"].items()}
            return Pictures(folder, sizes, drawn["failure"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def draw_all(self, wanted: Mapping[Path, Collection[int]]) -> None:
        """Draw the pages of kept documents that are not drawn yet, each document in a sandbox.

        A document that breaks, or takes too long, has no pictures, and is not tried again.
        """
        missing: dict[Path, list[int]] = {}
        for document, pages in wanted.items():
            drawn = self.pictures(document.stem)
            if drawn is None or not (drawn.failure or drawn.sizes.keys() >= set(pages)):
                missing[document] = sorted({*pages, *(drawn.sizes if drawn else ())})
        if not missing:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob(f"{_WORK}*/"):
            shutil.rmtree(left, ignore_errors=True)

        def draw(document: Path) -> None:
            self._draw(document, missing[document])

        in_threads(draw, list(missing), "Page pictures", "document")

    def keep_only(self, documents: Collection[Path]) -> None:
        """Remove the pictures of all other documents."""
        kept = {document.stem for document in documents}
        for folder in self.folder.glob("*/"):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _draw(self, document: Path, pages: list[int]) -> None:
        sizes: dict[int, Size] = {}
        failure = ""
        with TemporaryDirectory(prefix=_WORK, dir=self.folder) as beside:
            drawn = Path(beside) / "drawn"
            drawn.mkdir()
            try:
                sizes = within(self.bounds, document.name, self.draw, document, pages, drawn)
            except UnreadableDocumentError as error:
                failure = str(error)
            drawing = {"made": MADE, "sizes": sizes, "failure": failure}
            (drawn / _DRAWN).write_text(json.dumps(drawing), encoding="utf-8")
            place = self.folder / document.stem
            shutil.rmtree(place, ignore_errors=True)
            drawn.rename(place)
