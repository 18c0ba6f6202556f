"""Replacing a folder by one that was written beside it."""

import shutil
from pathlib import Path


def replace_folder(place: Path, following: Path, former: Path | None = None) -> None:
    """Put a folder in the place of another, in two renames; the former comes back if one fails.

    Args:
        place: where it will stand, whether or not a folder stands there.
        following: the folder, on the same file system.
        former: where the former folder waits meanwhile, by default beside it.
    """
    former = former or place.with_name(f"{place.name}.old")
    shutil.rmtree(former, ignore_errors=True)
    if place.exists():
        place.rename(former)
    try:
        following.rename(place)
    except OSError:
        if former.exists():
            former.rename(place)
        raise
    shutil.rmtree(former, ignore_errors=True)
