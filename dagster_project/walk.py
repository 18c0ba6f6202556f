"""One walk over the raw CSVs: what each folder looks like from outside, without opening a file.

A folder's sum is over the name, size, time of change and inode of every CSV in it.
"""

import os
from hashlib import blake2b
from pathlib import Path


def walk(root: Path) -> dict[str, str]:
    """The folders below the root that hold CSVs, each with its sum; hidden ones are left out.

    Raises:
        OSError: a folder cannot be listed.
    """
    sums: dict[str, str] = {}
    waiting = [str(root)]
    start = len(waiting[0]) + 1
    while waiting:
        path = waiting.pop()
        seen = []
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith("."):
                        waiting.append(entry.path)
                elif entry.name.endswith(".csv"):
                    seen.append(outside(entry))
        if seen:
            sums[path[start:] or "."] = _sum(sorted(seen))
    return sums


def outside(file: os.DirEntry[str] | Path) -> tuple[str | int, ...]:
    """What a file looks like from outside; only its name where there is nothing behind it."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return (file.name,)
    return (file.name, status.st_size, status.st_mtime_ns, status.st_ino)


def csv_names(folder: Path) -> list[str]:
    """The names of the CSVs in a folder, in order."""
    with os.scandir(folder) as entries:
        return sorted(
            entry.name
            for entry in entries
            if entry.name.endswith(".csv") and not entry.is_dir(follow_symlinks=False)
        )


def _sum(seen: object) -> str:
    return blake2b(repr(seen).encode(errors="surrogateescape"), digest_size=16).hexdigest()
