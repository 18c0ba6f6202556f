"""The boxes of a disclosure: where on its pages each value is printed, beside the raw CSVs.

They are only for looking. Nothing is computed from them, and no build reads them.
"""

import csv
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from budget_warehouse.storage.reading_files import BOXES

COLUMNS = (
    "disclosure_id",
    "table_name",
    "row_number",
    "column_name",
    "document",
    "page",
    "left",
    "top",
    "right",
    "bottom",
    "text",
)


@dataclass(frozen=True, slots=True)
class PrintedBox:
    """A box around a printed value, in points from the top left corner of its upright page.

    `document` counts the files of the disclosure, `page` the pages of that file, both from 1.
    """

    table_name: str
    row_number: int
    column_name: str
    document: int
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def write_boxes(folder: Path, disclosure_id: str, boxes: Iterable[PrintedBox]) -> None:
    """Write the boxes of a disclosure into its folder; without any there is no file."""
    rows = [
        (
            *(disclosure_id, box.table_name, box.row_number, box.column_name, box.document),
            *(box.page, *map(_points, (box.left, box.top, box.right, box.bottom)), box.text),
        )
        for box in boxes
    ]
    file = folder / BOXES
    if not rows:
        file.unlink(missing_ok=True)
        return
    with file.open("w", encoding="utf-8", newline="") as content:
        writer = csv.writer(content, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def read_boxes(folder: Path, disclosure_id: str) -> Iterator[PrintedBox]:
    """Yield the boxes of a disclosure in a folder; of a file that cannot be read, none."""
    with (
        suppress(OSError, ValueError, KeyError, TypeError, csv.Error),
        (folder / BOXES).open(encoding="utf-8", newline="") as content,
    ):
        for row in csv.DictReader(content):
            if row["disclosure_id"] == disclosure_id:
                yield PrintedBox(
                    table_name=row["table_name"],
                    row_number=int(row["row_number"]),
                    column_name=row["column_name"],
                    document=int(row["document"]),
                    page=int(row["page"]),
                    left=float(row["left"]),
                    top=float(row["top"]),
                    right=float(row["right"]),
                    bottom=float(row["bottom"]),
                    text=row["text"],
                )


def _points(length: float) -> str:
    return f"{length:.1f}"
