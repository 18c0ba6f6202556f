"""An inbox: documents dropped into a folder are read, and put aside under what became of them."""

import glob
import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dagster_project.reader.bounds import DOCUMENT, Bounds
from dagster_project.reader.document import UnreadableDocumentError
from dagster_project.reader.shelf import Placement, Shelf

SETTLED_SECONDS = 5.0  # a file changed less long ago may still be on its way
_PAUSE_SECONDS = 1.0  # long enough for a file on its way to grow
READ = "read"
REFUSED = "refused"


@dataclass(frozen=True)
class InboxReading:
    """What became of the documents in an inbox, by the paths that they have now.

    `read` maps a document to where its disclosure was placed, `refused` to the sentence that says
    why; `left` are those still being written.
    """

    read: Mapping[Path, Placement] = field(default_factory=dict)
    refused: Mapping[Path, str] = field(default_factory=dict)
    left: tuple[Path, ...] = ()


def read_inbox(inbox: Path, disclosures: Path, bounds: Bounds = DOCUMENT) -> InboxReading:
    """Read every document in the inbox into the folder of disclosures.

    A document that was read is moved to `read/` in the inbox. One that cannot be read is moved to
    `refused/`, beside a file `<name>.reason.txt` that says why. Files in folders of the inbox,
    hidden files, and files still being written are left alone; an inbox that is not there is empty.
    """
    shelf = Shelf(disclosures, bounds)
    read: dict[Path, Placement] = {}
    refused: dict[Path, str] = {}
    waiting = sorted(_documents(inbox))
    settled = _settled(waiting)
    for document in settled:
        try:
            placement = shelf.place(document)
        except UnreadableDocumentError as error:
            moved = _moved(document, inbox / REFUSED)
            reason = "\n\n".join([str(error), *getattr(error, "__notes__", ())])
            _explain(moved, reason)
            refused[moved] = str(error)
        else:
            read[_moved(document, inbox / READ)] = placement
    return InboxReading(read, refused, tuple(path for path in waiting if path not in settled))


def refuse(inbox: Path, name: str, sha256: str, reason: str) -> None:
    """Move a document that was read and broke a build afterwards to what was refused.

    It is known by its name and its content; one that did not come through the inbox is not there.
    """
    for document in (inbox / READ).glob(f"{glob.escape(Path(name).stem)}*"):
        if document.is_file() and hashlib.sha256(document.read_bytes()).hexdigest() == sha256:
            _explain(_moved(document, inbox / REFUSED), reason)


def _documents(inbox: Path) -> Iterator[Path]:
    if inbox.is_dir():
        for path in inbox.iterdir():
            if path.is_file() and not path.name.startswith((".", "~$")):
                yield path


def _settled(documents: list[Path]) -> list[Path]:
    """Return the documents that nobody is writing: neither changed of late nor growing now."""
    before = {document: _state(document) for document in documents}
    if before:
        time.sleep(_PAUSE_SECONDS)
    now = time.time()
    return [
        document
        for document, state in before.items()
        if state is not None
        and state == _state(document)
        and not 0 <= now - document.stat().st_mtime < SETTLED_SECONDS
    ]


def _state(document: Path) -> tuple[int, int] | None:
    """Return the file's size and time of change, None once it is gone."""
    try:
        status = document.stat()
    except FileNotFoundError:
        return None
    return status.st_size, status.st_mtime_ns


def _explain(refused: Path, reason: str) -> None:
    """Say beside a refused document why it was refused."""
    refused.with_name(f"{refused.name}.reason.txt").write_text(reason + "\n", encoding="utf-8")


def _moved(document: Path, folder: Path) -> Path:
    """Move the document into the folder, under a numbered name if it holds one of that name."""
    folder.mkdir(exist_ok=True)
    target, number = folder / document.name, 2
    while target.exists():
        target = folder / f"{document.stem}-{number}{document.suffix}"
        number += 1
    return document.rename(target)
