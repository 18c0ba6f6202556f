"""Printed pages of each disclosure that is shown: pictures, boxes, the document."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import duckdb

from budget_warehouse.contract.boxes import PrintedBox
from budget_warehouse.outputs.printed_pages.fitting_boxes import fitting_boxes
from budget_warehouse.outputs.printed_pages.picture_store import Pictures, PictureStore
from budget_warehouse.reader.document import SEPARATOR
from budget_warehouse.reader.intake.document_store import DocumentStore
from budget_warehouse.settings import Settings
from budget_warehouse.storage.warehouse import Warehouse

PDF = ".pdf"
_BATCH = 50  # disclosures whose texts are held in memory at a time

_SOURCES = """
    select disclosure_id, source_sha256
    from marts.dim_disclosures
    inner join selection using (disclosure_id)
    order by selection.rowid
"""


class State(StrEnum):
    """State of a disclosure's page pictures: there, or why not."""

    DRAWN = "drawn"
    NO_DOCUMENT = "no_document"
    NO_PAGES = "no_pages"
    BEYOND_LIMIT = "beyond_limit"
    FAILED = "failed"


@dataclass(frozen=True)
class PrintedPages:
    """The printed pages of one disclosure.

    `documents` are its kept files by their number, from 1; `pictures` those of them that were
    drawn. The boxes fit the published figures.
    """

    state: State
    documents: dict[int, Path] = field(default_factory=dict)
    boxes: list[PrintedBox] = field(default_factory=list)
    pictures: dict[int, Pictures] = field(default_factory=dict)

    def picture(self, box: PrintedBox) -> Path | None:
        """Return the picture of the page that a box is on."""
        pictures = self.pictures.get(box.document)
        return pictures.file(box.page) if pictures else None


@dataclass(frozen=True)
class PageSource:
    """Source of the printed pages of disclosures: their folders, and a store of pictures.

    `limit` is how many pages have pictures, the most pressing disclosures first.
    """

    disclosures: Path
    store: PictureStore
    limit: int

    @classmethod
    def of(cls, warehouse: Warehouse) -> "PageSource":
        """Return the source of a warehouse."""
        limit = Settings.from_environment().drawn_pages
        return cls(warehouse.disclosures, PictureStore(warehouse.pictures), limit)

    def pages(
        self, connection: duckdb.DuckDBPyConnection, is_all: bool = True
    ) -> dict[str, PrintedPages]:
        """Return what there is of each selected disclosure, pictures drawn where they are missing.

        Where they are all that is shown, the pictures of other documents are removed.
        """
        sources = {
            name: _kept(DocumentStore.beside(self.disclosures), sha256 or "")
            for name, sha256 in connection.execute(_SOURCES).fetchall()
        }
        boxes: dict[str, list[PrintedBox]] = {}
        wanted: dict[str, dict[Path, set[int]]] = {}
        left = self.limit
        for batch in _batches(list(sources)):
            if left <= 0:
                break
            boxes |= fitting_boxes(connection, self.disclosures, batch)
            for name in batch:
                pages = _pages(sources[name], boxes[name])
                count = sum(map(len, pages.values()))
                if count <= left:
                    wanted[name] = pages
                    left -= count
                else:
                    left = 0
        drawn: dict[Path, set[int]] = {}
        for pages in wanted.values():
            for document, numbers in pages.items():
                drawn.setdefault(document, set()).update(numbers)
        self.store.draw_all(drawn)
        if is_all:
            self.store.keep_only(drawn)
        return {
            name: self._of_disclosure(documents, boxes.get(name, []), wanted.get(name))
            for name, documents in sources.items()
        }

    def _of_disclosure(
        self,
        documents: dict[int, Path],
        boxes: list[PrintedBox],
        wanted: Mapping[Path, Collection[int]] | None,
    ) -> PrintedPages:
        if not documents:
            return PrintedPages(State.NO_DOCUMENT)
        if wanted == {} or all(document.suffix != PDF for document in documents.values()):
            return PrintedPages(State.NO_PAGES, documents)
        if wanted is None:
            return PrintedPages(State.BEYOND_LIMIT)
        pictures = {
            number: drawn
            for number, document in documents.items()
            if document in wanted and (drawn := self.store.pictures(document.stem))
        }
        is_drawn = any(one.sizes for one in pictures.values())
        return PrintedPages(State.DRAWN if is_drawn else State.FAILED, documents, boxes, pictures)


def _batches(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), _BATCH):
        yield names[start : start + _BATCH]


def _kept(store: DocumentStore, sums: str) -> dict[int, Path]:
    """Return the kept files of a disclosure by their number."""
    files = ((number, store.find(sha256)) for number, sha256 in enumerate(sums.split(SEPARATOR), 1))
    return {number: file for number, file in files if file}


def _pages(documents: dict[int, Path], boxes: Iterable[PrintedBox]) -> dict[Path, set[int]]:
    """Return the pages with boxes of each PDF among a disclosure's documents."""
    pages: dict[Path, set[int]] = {}
    for box in boxes:
        document = documents.get(box.document)
        if document is not None and document.suffix == PDF:
            pages.setdefault(document, set()).add(box.page)
    return pages
