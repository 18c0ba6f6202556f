"""The disclosures that a list may name: those that a disclosure.csv declares, readable or not."""

import csv
import io
from collections.abc import Collection, Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

from budget_warehouse.contract.raw_csv import DISCLOSURE
from budget_warehouse.storage.scan import scan

_SLIP = 0.9  # likeness of a disclosure that is not there to one that is


def known_disclosures(named: Collection[str], roots: Sequence[Path]) -> set[str]:
    """Return the named disclosures declared below the roots; all others too where one is not.

    Where most are not, the list serves other seeds too: all are known but slips of declared ones.
    """
    declared = _declared_of(named, roots)
    elsewhere = set(named) - declared
    if len(elsewhere) * 2 > len(named):
        declared |= {name for name in elsewhere if not _is_slip(name, declared)}
    return declared


def _is_slip(name: str, names: Collection[str]) -> bool:
    """Return whether a name is nearly another; with other digits it is that of another year."""
    alike = [other for other in names if _digits(other) == _digits(name)]
    return bool(get_close_matches(name, alike, 1, _SLIP))


def _digits(name: str) -> list[str]:
    return [sign for sign in name if sign.isdigit()]


def _declared_of(named: Collection[str], roots: Sequence[Path]) -> set[str]:
    """Return the named disclosures where all are declared below the roots, or else all that are.

    A folder mostly bears the name of its disclosure: then few files are opened.
    """
    found = {name for name in named if any(name in _declared(root / name) for root in roots)}
    if found >= set(named):
        return found
    for root in roots:
        with suppress(OSError):  # landing says which folder cannot be read
            found.update(*(_declared(root / folder) for folder in scan(root)))
    return found


def _declared(folder: Path) -> set[str]:
    """Return what a folder's disclosure.csv declares, or the folder's name if it cannot be read."""
    file = folder / f"{DISCLOSURE}.csv"
    try:
        is_folder = folder.is_dir()
    except OSError:  # no folder can have such a name
        is_folder = False
    if not is_folder:
        return set()
    try:
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
