"""Writing a reading down: one CSV for each table of the raw contract, and the report."""

import csv
from pathlib import Path

from budget_warehouse.contract.raw_csv import raw_tables
from budget_warehouse.reader.parsing.reading import Reading

REPORT_NAME = "reading-report.txt"


def write(reading: Reading, folder: Path) -> list[Path]:
    """Write the CSVs of a reading and its report into a folder, and return their paths.

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
    report = folder / REPORT_NAME
    report.write_text(reading.report.text(), encoding="utf-8")
    return [*written, report]
