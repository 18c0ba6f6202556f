"""Documents of the inbox whose disclosure was rejected or set aside after they had been read."""

import csv
import glob
from contextlib import suppress
from pathlib import Path

from budget_warehouse.contract.raw_csv import DISCLOSURE
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.inbox import READ, REFUSED, content_sum, explain, moved_to
from budget_warehouse.storage.warehouse import Warehouse

_REJECTED = """
    select parse_dirpath(source_file), min(concat_ws(': ', column_name, reason))
    from rejected_rows
    group by all
    order by all
"""


def refuse_rejected(warehouse: Warehouse) -> None:
    """Move the documents that rejected disclosures were read from to what the inbox refused."""
    if not (warehouse.inbox / READ).is_dir():
        return
    with open_database(warehouse.landing, read_only=True) as connection:
        rejected = connection.execute(_REJECTED).fetchall()
    for folder, reason in rejected:
        for name, sha256 in declared_documents(warehouse.disclosures / folder):
            sentence = f"It was read into {warehouse.disclosures / folder}, and rejected: {reason}."
            _refuse(warehouse.inbox, name, sha256, sentence)


def declared_documents(folder: Path) -> list[tuple[str, str]]:
    """Return the documents that a folder says its disclosures were read from, with their sums."""
    return [
        (row["source_document"], row["source_sha256"])
        for row in declared_disclosures(folder)
        if row.get("source_document") and row.get("source_sha256")
    ]


def declared_disclosures(folder: Path) -> list[dict[str, str]]:
    """Return the rows of a folder's disclosure.csv; none where it cannot be read."""
    file = folder / f"{DISCLOSURE}.csv"
    with suppress(OSError, ValueError, csv.Error):
        if file.is_file():  # to open a pipe would wait for ever
            with file.open(encoding="utf-8-sig") as rows:
                return list(csv.DictReader(rows))
    return []


def _refuse(inbox: Path, name: str, sha256: str, reason: str) -> None:
    """Move a document that was read and broke a build afterwards to what was refused.

    It is known by its name and its content; one that did not come through the inbox is not there.
    """
    for document in (inbox / READ).glob(f"{glob.escape(Path(name).stem)}*"):
        if document.is_file() and content_sum(document) == sha256:
            moved = moved_to(document, inbox / REFUSED, {})
            if moved != document:
                explain(moved, reason)
