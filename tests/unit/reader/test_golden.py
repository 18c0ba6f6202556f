"""A document of each place, against its cover and the figures that a person read off its pages.

`golden_covers.csv` and `golden_figures.csv` lie beside the documents. A figure is printed in a row,
which is named by its codes and words, under the heading of a column; a row without figures has one
line without any, and so has a table without rows. `whole` says that all rows and figures of the
table are listed. `defect` says what the program does otherwise today: the figure stays as it is
printed, and the test fails once it is read as printed. `golden_claims.csv` holds all that
the prose of a final account claims, each amount with the stage that the sentence gives it.
"""

import csv
from collections import Counter
from functools import cache
from itertools import groupby
from pathlib import Path

import pypdfium2
import pytest

from budget_warehouse.contract.boxes import PrintedBox
from budget_warehouse.contract.printed_tables import KEYS, printed_tables
from budget_warehouse.reader.parsing.amounts import is_one_amount
from budget_warehouse.reader.parsing.reading import Reading, read
from budget_warehouse.reader.parsing.wording import squeezed

DOCUMENTS = Path(__file__).parents[2] / "documents"

_CODES = ("organization_code", "class_code", "section_code", "item_code")
_ECONOMIC_CODES = ("economic_class_code", "economic_item_code")
_WORDS = (
    "label",
    "name",
    "economic_name",
    "project_name",
    "project_kind",
    "organization_name",
    "measure",
)
_IN_PROSE = ("amount", "change", "change_percent")
_NO_FIGURES = {*KEYS, *("disclosure_id", "row_number", "unit", "note", "source_ref")}

Row = dict[str, str]
Figure = tuple[str, ...]


def _listed(name: str) -> list[Row]:
    with (DOCUMENTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COVERS = _listed("golden_covers")
FIGURES = _listed("golden_figures")
TABLES = [
    pytest.param(list(rows), id="-".join(table))
    for table, rows in groupby(FIGURES, lambda row: (row["document"], row["table_name"]))
]
CLAIMS = [
    pytest.param(document, list(rows), id=document)
    for document, rows in groupby(_listed("golden_claims"), lambda row: row["document"])
]


@cache
def reading(document: str) -> Reading:
    return read(DOCUMENTS / f"{document}.pdf")


def _listed_figure(row: Row) -> Figure:
    words = "".join(row["row"].split())
    return (f"p.{row['page']}", row["side"], words, row["column"], row["printed"])


def _words(row: Row) -> str:
    codes = [column for column in _CODES if row.get(column)]
    codes = codes or [column for column in _ECONOMIC_CODES if row.get(column)]
    words = next((row[column] for column in _WORDS if row.get(column)), "")
    return "".join("".join(row[column] for column in codes).split() + words.split())


def _is_figure(table_name: str, column: str) -> bool:
    if table_name == "narrative_claims":
        return column in _IN_PROSE
    return column not in _NO_FIGURES


def figures(document: str, table_name: str) -> Counter[Figure]:
    """Return the figures that were read in a table, each with its page, row and column.

    A row without figures is one with an empty column.
    """
    read_figures: Counter[Figure] = Counter()
    for row in reading(document).rows.get(table_name, ()):
        place = (row["source_ref"].split()[0], row.get("side", ""), _words(row))
        read_of_row = [
            (column, printed)
            for column, printed in row.items()
            if printed and _is_figure(table_name, column)
        ]
        read_figures.update((*place, *figure) for figure in read_of_row or [("", "")])
    return read_figures


def test_every_document_has_a_cover_and_figures() -> None:
    documents = {row["document"] for row in COVERS}
    assert {row["document"] for row in FIGURES} == documents
    assert all((DOCUMENTS / f"{document}.pdf").is_file() for document in documents)


@pytest.mark.parametrize("cover", COVERS, ids=lambda cover: str(cover["document"]))
def test_the_cover_is_read(cover: Row) -> None:
    (disclosure,) = reading(cover["document"]).rows["disclosure"]
    assert {column: disclosure[column] for column in cover if column != "document"} == {
        column: value for column, value in cover.items() if column != "document"
    }


@pytest.mark.parametrize("rows", TABLES)
def test_figures_are_read_as_they_are_printed(rows: list[Row]) -> None:
    first = rows[0]
    document, table_name = first["document"], first["table_name"]
    printed = [table["table_name"] for table in reading(document).rows["tables"]]
    assert table_name in (*printed, "narrative_claims", "projects")
    printed_rows = [row for row in rows if row["row"] or row["printed"]]
    listed = Counter(_listed_figure(row) for row in printed_rows if not row["defect"])
    read_figures = figures(document, table_name)
    assert listed - read_figures == Counter()
    if first["whole"]:
        assert read_figures - listed == Counter()
    mended = {_listed_figure(row) for row in printed_rows if row["defect"]} & read_figures.keys()
    assert not mended, "take the text out of their column `defect` in golden_figures.csv"


@pytest.mark.parametrize(("document", "rows"), CLAIMS)
def test_the_prose_of_final_accounts_is_claimed_as_it_is_printed(
    document: str, rows: list[Row]
) -> None:
    columns = [column for column in rows[0] if column not in ("document", "page")]
    listed = [(f"p.{row['page']}", *(row[column] for column in columns)) for row in rows]
    claimed = [
        (row["source_ref"], *(row[column] for column in columns))
        for row in reading(document).rows["narrative_claims"]
    ]
    assert claimed == listed


@cache
def _pdf(document: str) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(DOCUMENTS / f"{document}.pdf")


@cache
def _page(document: str, number: int) -> tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]:
    page = _pdf(document)[number - 1]
    return page, page.get_textpage()


def text_within(document: str, box: PrintedBox) -> str:
    """Extract the text within a box, in the page's own points, which are not the box's."""
    page, text = _page(document, box.page)
    left, bottom, _, top = page.get_bbox()
    corners = (left + box.left, top - box.bottom, left + box.right, top - box.top)
    if page.get_rotation() == 90:
        corners = (left + box.top, bottom + box.left, left + box.bottom, bottom + box.right)
    return str(text.get_text_bounded(*corners))


@pytest.mark.parametrize("document", [cover["document"] for cover in COVERS])
def test_boxes_hold_the_text_that_was_read(document: str) -> None:
    values: dict[tuple[str, int, str], list[PrintedBox]] = {}
    for box in reading(document).boxes:
        values.setdefault((box.table_name, box.row_number, box.column_name), []).append(box)
    rows = reading(document).rows
    other = []
    for (table_name, number, column), boxes in values.items():
        text = boxes[0].text
        assert rows[table_name][number - 1][column] == text
        within = "".join(squeezed(text_within(document, box)) for box in boxes)
        is_word = not is_one_amount(text)
        # The ink of a tall sign may reach into the line above.
        if squeezed(text) != within and not (is_word and squeezed(text) in within):
            other.append((table_name, number, column, text, within))
    assert other == []


@pytest.mark.parametrize("document", [cover["document"] for cover in COVERS])
def test_nearly_every_figure_has_a_box(document: str) -> None:
    boxes = {(box.table_name, box.row_number, box.column_name) for box in reading(document).boxes}
    figures = [
        (table_name, int(row["row_number"]), column)
        for table_name, rows in reading(document).rows.items()
        if table_name in printed_tables().names
        for row in rows
        for column in printed_tables().measures(table_name)
        if row.get(column)
    ]
    assert len(boxes.intersection(figures)) >= 0.98 * len(figures)
