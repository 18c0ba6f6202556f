"""An inbox: documents dropped into a folder are read, and put aside under what became of them."""

import glob
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from budget_warehouse.build.refusals import declared_documents
from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.intake.folder_store import Placement, Shelf
from budget_warehouse.reader.intake.sandbox import DOCUMENT, Bounds
from budget_warehouse.storage.progress import progress
from budget_warehouse.storage.scan import shown
from budget_warehouse.storage.waiting import waiting_in

SETTLED_SECONDS = 5.0  # a file changed less long ago may still be on its way
_PAUSE_SECONDS = 1.0  # long enough for a file on its way to grow
_LONGEST_STEM = 200  # bytes, so that `<name>-2.html.reason.txt` has no more than 255
READ = "read"
REFUSED = "refused"


@dataclass(frozen=True)
class InboxReading:
    """What became of the documents in an inbox, by the paths that they have now.

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
    shelf = Shelf(disclosures, bounds)
    read: dict[Path, Placement] = {}
    refused: dict[Path, str] = {}
    waiting = waiting_in(inbox)
    left_aside = dict(waiting.left_aside)
    settled, left = _settled(waiting.documents)
    names = _names_by_document(disclosures) if settled else {}
    for document in progress(settled, "Reading", "document"):
        try:
            sha256 = _sha256(document)
            name = document.stem.strip()
            before = names.get(sha256, name)
            if before != name:
                raise UnreadableDocumentError(
                    f"{shown(document.name)} is the same document as {before}, which is read "
                    f"already: take it away, or take away {before} to have it read under this name."
                )
            placement = shelf.place(document)
            names[sha256] = placement.folder.name
        except UnreadableDocumentError as error:
            if _state(document) is None:
                left.append(document)  # it was taken away before we came to it
                continue
            moved = _moved(document, inbox / REFUSED, left_aside)
            if moved != document:
                reason = "\n\n".join([str(error), *getattr(error, "__notes__", ())])
                _explain(moved, reason)
            refused[moved] = str(error)
        else:
            read[_moved(document, inbox / READ, left_aside)] = placement
    return InboxReading(read, refused, tuple(sorted(left)), left_aside)


def refuse(inbox: Path, name: str, sha256: str, reason: str) -> None:
    """Move a document that was read and broke a build afterwards to what was refused.

    It is known by its name and its content; one that did not come through the inbox is not there.
    """
    for document in (inbox / READ).glob(f"{glob.escape(Path(name).stem)}*"):
        if document.is_file() and _sha256(document) == sha256:
            moved = _moved(document, inbox / REFUSED, {})
            if moved != document:
                _explain(moved, reason)


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
        sha256: shown(folder.name)
        for folder in disclosures.glob("*/")
        for _, sha256 in declared_documents(folder)
    }


def _sha256(document: Path) -> str:
    try:
        with document.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""  # reading it will say why


def _explain(refused: Path, reason: str) -> None:
    """Say beside a refused document why it was refused."""
    refused.with_name(f"{refused.name}.reason.txt").write_text(reason + "\n", encoding="utf-8")


def _moved(document: Path, folder: Path, left_aside: dict[Path, str]) -> Path:
    """Move the document into the folder, under a numbered name if it holds one of that name.

    One that cannot be moved stays where it is, aside; one that was taken away meanwhile is gone.
    """
    name = shown(document.name)
    suffix = Path(name).suffix if len(Path(name).suffix) < 10 else ""
    stem = name.removesuffix(suffix).encode()[:_LONGEST_STEM].decode(errors="ignore")
    target, number = folder / f"{stem}{suffix}", 2
    try:
        folder.mkdir(exist_ok=True)
        while target.exists():
            target = folder / f"{stem}-{number}{suffix}"
            number += 1
        return document.rename(target)
    except FileNotFoundError:
        return document
    except PermissionError as error:
        left_aside[document] = f"cannot be moved to {folder.name}/ ({error.strerror})"
        return document
