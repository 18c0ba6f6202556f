"""The program reads the Songjiang text as people transcribed it by hand, row for row."""

import csv
from pathlib import Path

import pytest

from budget_warehouse.reader.parsing.reading import Reading, read

ROOT = Path(__file__).parents[3]
DOCUMENT = ROOT / "tests" / "documents" / "songjiang-city-operations-2021.txt"
BY_HAND = ROOT / "seeds" / "disclosures" / "songjiang-city-operations-2021"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(DOCUMENT)


def _by_hand(table_name: str) -> list[dict[str, str]]:
    with (BY_HAND / f"{table_name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("table_name", sorted(path.stem for path in BY_HAND.glob("*.csv")))
def test_a_table_is_read_as_it_was_transcribed(reading: Reading, table_name: str) -> None:
    rows = _by_hand(table_name)
    assert rows
    assert reading.rows[table_name] == rows
    assert list(reading.rows[table_name][0]) == list(rows[0])


def test_the_table_that_is_not_printed_has_no_rows(reading: Reading) -> None:
    assert reading.rows["state_capital_by_function"] == []
    assert reading.report.missing == ["state_capital_by_function"]
    assert not (BY_HAND / "state_capital_by_function.csv").exists()


def test_the_stray_fourth_amount_of_a_total_is_a_note(reading: Reading) -> None:
    total = reading.rows["general_public_budget_by_function"][-1]
    assert (total["total"], total["note"]) == ("38,993,676.17", "1,923,848.64")
