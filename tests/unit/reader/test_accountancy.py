"""No number on a recognised table may vanish: each ends in a CSV or in the reading report."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest

from budget_warehouse.reader.document import Document, Grid, Row
from budget_warehouse.reader.formats.opening import open_document
from budget_warehouse.reader.parsing.disclosure import read_regions
from budget_warehouse.reader.parsing.reading import REGIONS, Reading, read_document
from budget_warehouse.reader.parsing.wording import is_amount, numbers

DOCUMENTS = Path(__file__).parents[2] / "documents"
DISCLOSURES = (
    "songjiang-city-operations-2021.txt",
    "putuo-wanli-2023-budget.pdf",
    "putuo-wanli-2024-budget.pdf",
    "putuo-wanli-2025-budget.pdf",
    "putuo-commerce-2025-budget-department.pdf",
    "putuo-commerce-2025-budget-unit.pdf",
    "shanghai-finance-2025-budget-unit.pdf",
)


@pytest.fixture(scope="module", params=DISCLOSURES)
def pair(request: pytest.FixtureRequest) -> tuple[Document, Reading]:
    document = open_document(DOCUMENTS / request.param)
    return document, read_document(document, "a-disclosure", read_regions(REGIONS))


def _rows(document: Document) -> Iterator[Row]:
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from block.rows


def _kept(reading: Reading) -> dict[str, Counter[str]]:
    """Count what the CSVs and the report keep, by place; a form's head is kept at one place."""
    kept: dict[str, Counter[str]] = {"forms": Counter()}
    for table_name, rows in reading.rows.items():
        for row in rows:
            place = "forms" if table_name == "projects" else row.get("source_ref", "")
            for column, value in row.items():
                if column not in ("disclosure_id", "row_number", "unit", "source_ref"):
                    pieces = value.split(" ") if column == "note" else [value]
                    kept.setdefault(place, Counter()).update(pieces)
            codes = [row.get(f"{level}_code", "") for level in ("class", "section", "item")]
            kept.setdefault(place, Counter())["".join(codes)] += 1
    for leftover in reading.report.leftovers:
        kept.setdefault(leftover.place, Counter())[leftover.text] += 1
    return kept


def test_every_amount_of_a_row_is_kept_as_often_as_it_is_printed(
    pair: tuple[Document, Reading],
) -> None:
    document, reading = pair
    kept = _kept(reading)
    checked = 0
    for row in _rows(document):
        places = sorted({row.place, *row.places})
        here = sum((kept.get(place, Counter()) for place in places), Counter[str]())
        for text, count in Counter(cell.strip() for cell in row.cells if is_amount(cell)).items():
            missing = max(count - here[text], 0)
            assert kept["forms"][text] >= missing, f"{text} at {row.place} vanished"
            kept["forms"][text] -= missing
            checked += count
    assert checked > 300


def test_every_number_in_a_cell_is_kept(pair: tuple[Document, Reading]) -> None:
    document, reading = pair
    values = [value for rows in reading.rows.values() for row in rows for value in row.values()]
    kept = set(numbers("\n".join([*values, reading.report.text()])))
    printed = [number for row in _rows(document) for cell in row.cells for number in numbers(cell)]
    assert len(printed) > 300
    assert [number for number in printed if number not in kept] == []


@pytest.mark.parametrize(
    ("name", "first_page", "last_page"),
    [("putuo-wanli-2023-budget.pdf", 10, 28), ("shanghai-finance-2025-budget-unit.pdf", 7, 20)],
)
def test_the_pages_hold_no_more_numbers_than_the_blocks(
    name: str, first_page: int, last_page: int
) -> None:
    """Another library sees the same numbers on the same pages."""
    seen: Counter[str] = Counter()
    with pdfplumber.open(DOCUMENTS / name) as pdf:
        for page in pdf.pages[first_page - 1 : last_page]:
            seen.update(
                word["text"]
                for word in page.extract_words()
                if is_amount(word["text"]) and not word["text"].endswith(".")  # a list number
            )
    taken: Counter[str] = Counter()
    for block in open_document(DOCUMENTS / name).blocks:
        if isinstance(block, Grid) and first_page <= block.page <= last_page:
            taken.update(cell for row in block.rows for cell in row.cells if is_amount(cell))
    assert sum(seen.values()) > 400
    assert seen == taken
