"""One scan of the raw CSVs: what each folder looks like from outside, without opening a file.

A folder's sum is over the name, size, time of change and inode of every CSV in it. What is no CSV
and may be meant as one is left aside with the reason; nothing waits on a pipe, and no link to a
folder leads round in circles.
"""

import os
import re
import stat
from hashlib import blake2b
from pathlib import Path

from budget_warehouse.storage.reading_files import READING_FILES

# Files that people and their programs leave beside CSVs, and nobody takes for data.
_HARMLESS = re.compile(
    r"(\.|~\$).*|.*~|#.*#"  # hidden files, and the locks and copies of editors and spreadsheets
    r"|(readme.*|.*\.md|thumbs\.db|desktop\.ini)",
    re.IGNORECASE | re.DOTALL,
)
_UNNAMEABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # controls, and what is not UTF-8
_OTHER_KINDS = {
    stat.S_IFIFO: "is a pipe, not a file",
    stat.S_IFSOCK: "is a socket, not a file",
    stat.S_IFCHR: "is a device, not a file",
    stat.S_IFBLK: "is a device, not a file",
    stat.S_IFDIR: "is a link to a folder, which is not followed; put the folder itself there",
}
# Kinds of regular files that are no CSV, by the end of the name.
_OTHER_FILES = (
    (r".*\.csv", "does not end in .csv in small letters; rename it"),
    (r".*\.csv.*", "does not end in .csv; rename it if it is a table"),
    (
        r".*\.(tsv|tab|xlsx?|xlsm|xlsb|ods|et)",
        "is no CSV; save each table as one in UTF-8, or drop the document into inbox/",
    ),
    (r".*\.(pdf|docx?|html?|wps|ofd)", "is a document; drop it into inbox/ to have it read"),
    (r".*", "is no CSV"),
)


class Scan(dict[str, str]):
    """The folders that hold CSVs, each with its sum.

    `left_aside` has what is no CSV and may be meant as one, by its path, with the reason.
    """

    def __init__(
        self, folders: dict[str, str] | None = None, left_aside: dict[str, str] | None = None
    ) -> None:
        super().__init__(folders or {})
        self.left_aside = left_aside or {}


def scan(root: Path) -> Scan:
    """Scan the folders below the root; hidden ones are left out.

    A folder below the root that cannot be listed stands for CSVs that cannot be read.

    Raises:
        OSError: the root cannot be listed.
    """
    scanned = Scan()
    waiting = [str(root)]
    start = len(waiting[0]) + 1
    while waiting:
        path = waiting.pop()
        seen: list[tuple[str | int, ...]] = []
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    if is_raw_csv(entry):
                        seen.append(outside(entry))
                        continue
                    if _is_folder(entry):
                        waiting.append(entry.path)
                    reason = _why_left_aside(entry)
                    if reason:
                        scanned.left_aside[printable_path(entry.path[start:])] = reason
        except OSError as error:
            if path == str(root):
                raise
            if not isinstance(error, FileNotFoundError):  # what vanished meanwhile is not there
                seen = [(str(error.strerror),)]
        if seen:
            scanned[path[start:] or "."] = _sum(sorted(seen))
    return scanned


def outside(file: os.DirEntry[str] | Path) -> tuple[str | int, ...]:
    """Return what a file looks like from outside; only its name if there is nothing behind it."""
    try:
        status = file.stat()
    except OSError:
        return (file.name,)
    return (file.name, status.st_size, status.st_mtime_ns, status.st_ino)


def csv_names(folder: Path) -> list[str]:
    """Return the names of the CSVs in a folder, in order."""
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if is_raw_csv(entry))


def is_raw_csv(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a regular file, or a link to one, with the name of a CSV."""
    name = entry.name
    return (
        name.endswith(".csv")
        and not name.startswith((".", "~$"))
        and name not in READING_FILES
        and _is_file(entry)
        and (name.isprintable() or not _UNNAMEABLE.search(name))
    )


def printable_path(path: str) -> str:
    """Return a path as it can be printed and stored: what is not UTF-8 or a control is escaped."""
    return _UNNAMEABLE.sub(lambda match: ascii(match.group())[1:-1].replace("\\udc", "\\x"), path)


def why_not_a_file(entry: os.DirEntry[str]) -> str | None:
    """Return what an entry is that is neither a regular file, nor a link to one, nor a folder."""
    try:
        mode = entry.stat().st_mode
    except FileNotFoundError:
        return "is a link to nothing" if entry.is_symlink() else None
    except OSError as error:
        return f"cannot be looked at ({error.strerror})"
    return _OTHER_KINDS.get(stat.S_IFMT(mode))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether to go on into an entry."""
    return (
        entry.is_dir(follow_symlinks=False)
        and not entry.name.startswith(".")
        and entry.name not in READING_FILES
        and not _UNNAMEABLE.search(entry.name)
        and entry.name != "lost+found"  # of a file system's root; only root may list it
    )


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link in circles, or into a folder that is closed to us
        return False


def _why_left_aside(entry: os.DirEntry[str]) -> str | None:
    """Return why what is no CSV is not read; None for what need not be said."""
    if entry.name in READING_FILES or _HARMLESS.fullmatch(entry.name):
        return None
    if _UNNAMEABLE.search(entry.name):
        return "has a name with control characters or not in UTF-8; rename it"
    if entry.is_dir(follow_symlinks=False):
        is_named_so = entry.name.lower().endswith(".csv")
        return "is a folder, not a file; the CSVs in it are read" if is_named_so else None
    if not _is_file(entry):
        return why_not_a_file(entry)
    return next(reason for end, reason in _OTHER_FILES if re.fullmatch(end, entry.name.lower()))


def _sum(seen: object) -> str:
    return blake2b(repr(seen).encode(errors="surrogateescape"), digest_size=16).hexdigest()
