"""The inbox: which documents wait in it, and where each goes once it is read or refused."""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from budget_warehouse.storage.scan import printable_path, why_not_a_file

READ = "read"
REFUSED = "refused"
SIDECARS = (".url", ".webloc")  # end the names of files with the address of a document
_OWN = (READ, REFUSED)  # the folders that reading an inbox makes
_LONGEST_STEM = 200  # bytes, so that `<name>-2.html.reason.txt` has no more than 255


@dataclass(frozen=True)
class Waiting:
    """The documents in an inbox, and what is no document, with the reason."""

    documents: list[Path] = field(default_factory=list)
    left_aside: dict[Path, str] = field(default_factory=dict)


def waiting_in(inbox: Path) -> Waiting:
    """List an inbox, without hidden files, locks and sidecars; one that is not there is empty."""
    waiting = Waiting()
    try:
        with os.scandir(inbox) as entries:
            for entry in entries:
                if not entry.name.startswith((".", "~$")):
                    _put(waiting, entry)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        waiting.left_aside[inbox] = f"cannot be listed ({error.strerror})"
    waiting.documents.sort()
    return waiting


def sidecar_of(document: Path) -> Path | None:
    """Return the file beside a document that says where it was published, if there is one."""
    names = (*(document.name + end for end in SIDECARS), *(document.stem + end for end in SIDECARS))
    with suppress(OSError):  # a name that is as long as a name may be has no longer one beside it
        return next((file for name in names if (file := document.with_name(name)).is_file()), None)
    return None


def is_sidecar(file: Path) -> bool:
    """Return whether a file says where a document was published, and is none itself."""
    return file.suffix.lower() in SIDECARS


def _put(waiting: Waiting, entry: os.DirEntry[str]) -> None:
    """Put an entry of the inbox among the documents, or aside."""
    if entry.is_dir(follow_symlinks=False):
        if entry.name not in _OWN:
            waiting.left_aside[Path(entry.path)] = "is a folder; put its documents into inbox/"
        return
    try:
        is_document = entry.is_file()
    except OSError:
        is_document = False
    if is_document and is_sidecar(Path(entry.path)):
        return  # it goes with its document
    if is_document:
        waiting.documents.append(Path(entry.path))
        return
    reason = why_not_a_file(entry)
    if reason:
        waiting.left_aside[Path(entry.path)] = reason


def content_sum(document: Path) -> str:
    """Return the SHA-256 of a document; nothing where it cannot be read."""
    try:
        with document.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""  # reading it will say why


def explain(refused: Path, reason: str) -> None:
    """Say beside a refused document why it was refused."""
    refused.with_name(f"{refused.name}.reason.txt").write_text(reason + "\n", encoding="utf-8")


def moved_to(document: Path, folder: Path, left_aside: dict[Path, str]) -> Path:
    """Move the document into the folder, under a numbered name if it holds one of that name.

    Its sidecar goes with it. One that cannot be moved stays where it is, aside; one that was taken
    away meanwhile is gone.
    """
    sidecar = sidecar_of(document)
    name = printable_path(document.name)
    suffix = Path(name).suffix if len(Path(name).suffix) < 10 else ""
    stem = name.removesuffix(suffix).encode()[:_LONGEST_STEM].decode(errors="ignore")
    target, number = folder / f"{stem}{suffix}", 2
    try:
        folder.mkdir(exist_ok=True)
        while target.exists():
            target = folder / f"{stem}-{number}{suffix}"
            number += 1
        moved = document.rename(target)
        if sidecar is not None:
            sidecar.replace(target.with_name(target.name + sidecar.suffix.lower()))
        return moved
    except FileNotFoundError:
        return document
    except PermissionError as error:
        left_aside[document] = f"cannot be moved to {folder.name}/ ({error.strerror})"
        return document
