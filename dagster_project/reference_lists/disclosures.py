"""The disclosures that a list may name: those that a disclosure.csv declares, readable or not."""

import csv
import io
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from dagster_project.raw_csv import DISCLOSURE
from dagster_project.walk import walk


def declared_disclosures(named: Collection[str], roots: Sequence[Path]) -> set[str]:
    """The named disclosures where all are declared below the roots, or else all that are.

    A folder mostly bears the name of its disclosure: then few files are opened.
    """
    found = {name for name in named if any(name in _declared(root / name) for root in roots)}
    if found >= set(named):
        return found
    for root in roots:
        with suppress(OSError):  # landing says which folder cannot be read
            found.update(*(_declared(root / folder) for folder in walk(root)))
    return found


def _declared(folder: Path) -> set[str]:
    """What a folder's disclosure.csv declares; where it cannot be read, the name of the folder."""
    file = folder / f"{DISCLOSURE}.csv"
    try:
        if not folder.is_dir():
            return set()
        if not file.is_file():  # a pipe would be waited on
            return {folder.name}
        content = file.read_bytes()
    except OSError:
        return {folder.name}
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""))
    except (csv.Error, ValueError):
        return {folder.name}
    if "disclosure_id" not in header:
        return {folder.name}
    column = header.index("disclosure_id")
    return {row[column].strip() for row in rows if len(row) > column}
