"""Writing a reading down: one CSV for each table of the raw contract, and the report."""

import csv
from pathlib import Path

from budget_warehouse.contract.boxes import write_boxes
from budget_warehouse.contract.raw_csv import raw_tables
from budget_warehouse.reader.parsing.reading import Reading
from budget_warehouse.storage.inbox import content_sum
from budget_warehouse.storage.reading_files import AGAIN, BOXES, SUMS
from budget_warehouse.storage.reading_files import REPORT as REPORT_NAME
from budget_warehouse.storage.scan import printable_path


def write(reading: Reading, folder: Path) -> list[Path]:
    """Write the CSVs of a reading, its boxes and its report into a folder; return CSVs and report.

    A table without rows has no file; one left from an earlier reading of the document is removed.
    The folder is made when it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for table_name in raw_tables():
        path = folder / f"{table_name}.csv"
        rows = reading.rows.get(table_name, [])
        if not rows:
            path.unlink(missing_ok=True)
            continue
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        written.append(path)
    write_boxes(folder, reading.disclosure_id, reading.boxes)
    report = folder / REPORT_NAME
    report.write_text(reading.report.text(), encoding="utf-8")
    return [*written, report]


def write_sums(folder: Path) -> None:
    """Write the sum of each file of a folder, as `sha256sum --check` reads them."""
    # Times change with every copy and checkout: only bytes tell what a person changed since.
    (folder / SUMS).write_text(sums(folder), encoding="utf-8")


def sums(folder: Path) -> str:
    """Return the sum and the name of each file in a folder, hidden ones and second readings apart.

    Boxes have none either, for nobody reviews them. What is no readable file has no sum.
    """
    return "".join(
        f"{content_sum(file)}  {printable_path(file.name)}\n"
        for file in sorted(folder.iterdir())
        if file.name not in (SUMS, AGAIN, BOXES) and not file.name.startswith(".")
    )


def is_as_written(folder: Path) -> bool | None:
    """Return whether a folder is what the program wrote; None where nothing tells."""
    try:
        written = (folder / SUMS).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    return written == sums(folder)
