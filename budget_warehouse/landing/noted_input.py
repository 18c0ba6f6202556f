"""The input as seen from outside, today and when a build last read it."""

import hashlib
import json
from collections.abc import Collection
from pathlib import Path

from budget_warehouse.storage.inbox import waiting_in
from budget_warehouse.storage.scan import Scan, outside, scan
from budget_warehouse.storage.warehouse import Warehouse


def fingerprint(warehouse: Warehouse, besides: Collection[Path] = ()) -> str:
    """Return what the input looks like from outside: the name, size, time and inode of every file.

    The input is the raw CSVs, the reference lists and the documents waiting in the inbox, without
    those that are named in `besides`.
    """
    return _look(warehouse, besides)[0]


def note_input(warehouse: Warehouse, besides: Collection[Path] = ()) -> None:
    """Write down the input that a build is about to read, whatever will come of it.

    The scan of the raw CSVs is left for the landing, which need not scan again.
    """
    seen, disclosures = _look(warehouse, besides)
    warehouse.folder.mkdir(parents=True, exist_ok=True)
    scanned = json.dumps([disclosures, disclosures.left_aside])
    warehouse.scan.write_text(scanned, encoding="utf-8")
    warehouse.noted_input.write_text(seen, encoding="utf-8")


def take_scan(warehouse: Warehouse) -> Scan | None:
    """Return the scan that `note_input` left, once: a landing that is tried again scans again."""
    try:
        scanned = warehouse.scan.read_bytes()
    except FileNotFoundError:
        return None
    warehouse.scan.unlink()
    return Scan(*json.loads(scanned)) or None


def _look(warehouse: Warehouse, besides: Collection[Path]) -> tuple[str, Scan]:
    """Return what the input looks like from outside, and the scan of the raw CSVs."""
    disclosures, reference = (
        _scanned(folder) for folder in (warehouse.disclosures, warehouse.reference)
    )
    documents = [
        (str(document.parent), *outside(document))
        for document in waiting_in(warehouse.inbox).documents
        if document not in besides
    ]
    seen = json.dumps([str(warehouse.seeds), disclosures, reference, documents], sort_keys=True)
    return hashlib.blake2b(seen.encode(), digest_size=16).hexdigest(), disclosures


def _scanned(folder: Path) -> Scan:
    """Return the CSVs below a folder; none if it cannot be read, which the landing will say."""
    try:
        return scan(folder)
    except OSError:
        return Scan()
