"""An inbox: documents dropped into a folder are read, and put aside under what became of them."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from budget_warehouse.build.refusals import declared_documents
from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.intake.folder_store import FolderStore, Placement
from budget_warehouse.reader.intake.sandbox import DOCUMENT, Bounds
from budget_warehouse.storage.inbox import (
    READ,
    REFUSED,
    content_sum,
    explain,
    moved_to,
    waiting_in,
)
from budget_warehouse.storage.progress import progress
from budget_warehouse.storage.scan import printable_path

SETTLED_SECONDS = 5.0  # a file changed less long ago may still be on its way
_PAUSE_SECONDS = 1.0  # long enough for a file on its way to grow


@dataclass(frozen=True)
class InboxReading:
    """The fate of the documents in an inbox, by the paths that they have now.

    `read` maps a document to where its disclosure was placed, `refused` to the sentence that says
    why; `left` are those still being written, and `left_aside` is what is no document and stays,
    or was read and cannot be moved, with the reason.
    """

    read: Mapping[Path, Placement] = field(default_factory=dict)
    refused: Mapping[Path, str] = field(default_factory=dict)
    left: tuple[Path, ...] = ()
    left_aside: Mapping[Path, str] = field(default_factory=dict, compare=False)


def read_inbox(inbox: Path, disclosures: Path, bounds: Bounds = DOCUMENT) -> InboxReading:
    """Read every document in the inbox into the folder of disclosures.

    A document that was read is moved to `read/` in the inbox. One that cannot be read is moved to
    `refused/`, beside a file `<name>.reason.txt` that says why. Files in folders of the inbox,
    hidden files, and files still being written are left alone; an inbox that is not there is empty.
    A document that was read before under another name is refused: it is one disclosure, not two.
    """
    store = FolderStore(disclosures, bounds)
    read: dict[Path, Placement] = {}
    refused: dict[Path, str] = {}
    waiting = waiting_in(inbox)
    left_aside = dict(waiting.left_aside)
    settled, left = _settled(waiting.documents)
    names = _names_by_document(disclosures) if settled else {}
    for document in progress(settled, "Reading", "document"):
        try:
            sha256 = content_sum(document)
            name = document.stem.strip()
            before = names.get(sha256, name)
            if before != name:
                raise UnreadableDocumentError(
                    f"{printable_path(document.name)} is the same document as {before},"
                    f" which is read already: take it away, or take away {before} to have it"
                    " read under this name."
                )
            placement = store.place(document)
            names[sha256] = placement.folder.name
        except UnreadableDocumentError as error:
            if _state(document) is None:
                left.append(document)  # it was taken away before we came to it
                continue
            moved = moved_to(document, inbox / REFUSED, left_aside)
            if moved != document:
                reason = "\n\n".join([str(error), *getattr(error, "__notes__", ())])
                explain(moved, reason)
            refused[moved] = str(error)
        else:
            read[moved_to(document, inbox / READ, left_aside)] = placement
    return InboxReading(read, refused, tuple(sorted(left)), left_aside)


def _settled(documents: list[Path]) -> tuple[list[Path], list[Path]]:
    """Return the documents that nobody is writing, and the others: changed of late, or growing."""
    before = {document: _state(document) for document in documents}
    if before:
        time.sleep(_PAUSE_SECONDS)
    now = time.time()
    settled: list[Path] = []
    left: list[Path] = []
    for document, state in before.items():
        is_settled = (
            state is not None
            and state == _state(document)
            and not 0 <= now - state[1] / 1e9 < SETTLED_SECONDS
        )
        (settled if is_settled else left).append(document)
    return settled, left


def _state(document: Path) -> tuple[int, int] | None:
    """Return the file's size and time of change, None once it is gone."""
    try:
        status = document.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _names_by_document(disclosures: Path) -> dict[str, str]:
    """Return the names of disclosures by the sum of the document that each was read from."""
    return {
        sha256: printable_path(folder.name)
        for folder in disclosures.glob("*/")
        for _, sha256 in declared_documents(folder)
    }
