"""What waits in the inbox: the documents that the next build reads, and what it leaves aside."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from budget_warehouse.storage.scan import why_not_a_file

_OWN = ("read", "refused")  # the folders that reading an inbox makes


@dataclass(frozen=True)
class Waiting:
    """The documents in an inbox, and what is no document, with the reason."""

    documents: list[Path] = field(default_factory=list)
    left_aside: dict[Path, str] = field(default_factory=dict)


def waiting_in(inbox: Path) -> Waiting:
    """List an inbox, without hidden files and locks; one that is not there is empty."""
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
    if is_document:
        waiting.documents.append(Path(entry.path))
        return
    reason = why_not_a_file(entry)
    if reason:
        waiting.left_aside[Path(entry.path)] = reason
