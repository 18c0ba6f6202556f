"""A reading written down: files as the contract wants them, the same for the same document."""

import csv
from pathlib import Path

import pytest

from budget_warehouse.contract.raw_csv import FILES, raw_tables, required_columns
from budget_warehouse.reader.intake.writing import REPORT_NAME, write
from budget_warehouse.reader.parsing.reading import OFFICIAL_TABLES, read

ROOT = Path(__file__).parents[3]
DOCUMENTS = ROOT / "tests" / "documents"
SEEDS = ROOT / "seeds" / "disclosures"
SEEDED = (
    "putuo-wanli-2023-budget",
    "putuo-wanli-2024-budget",
    "putuo-wanli-2025-budget",
    "putuo-commerce-2025-budget-department",
    "putuo-commerce-2025-budget-unit",
    "shanghai-finance-2025-budget-unit",
)
SONGJIANG = DOCUMENTS / "songjiang-city-operations-2021.txt"


def test_every_table_with_rows_is_a_file_with_the_contracts_columns(tmp_path: Path) -> None:
    written = write(read(SONGJIANG), tmp_path / "made")
    assert {path.name for path in written} == {path.name for path in (tmp_path / "made").iterdir()}
    tables = {path.stem for path in written if path.suffix == ".csv"}
    assert tables == {*FILES, *OFFICIAL_TABLES} - {"state_capital_by_function"}
    for table_name in tables:
        with (tmp_path / "made" / f"{table_name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == [one for one in raw_tables()[table_name] if one in rows[0]]
        assert required_columns(table_name) <= set(rows[0])
        assert len(rows) > 1


def test_a_file_of_an_earlier_reading_does_not_stay(tmp_path: Path) -> None:
    (tmp_path / "state_capital_by_function.csv").write_text("old", encoding="utf-8")
    write(read(SONGJIANG), tmp_path)
    assert not (tmp_path / "state_capital_by_function.csv").exists()


def test_the_disclosure_is_called_as_the_file_or_as_told() -> None:
    assert read(SONGJIANG).disclosure_id == "songjiang-city-operations-2021"
    reading = read(SONGJIANG, "another-name")
    assert {row["disclosure_id"] for rows in reading.rows.values() for row in rows} == {
        "another-name"
    }


@pytest.mark.parametrize("disclosure_id", SEEDED)
def test_the_seeds_are_what_the_program_reads(disclosure_id: str, tmp_path: Path) -> None:
    """No hand has edited them, and reading twice gives the same."""
    write(read(DOCUMENTS / f"{disclosure_id}.pdf"), tmp_path)
    read_again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    seeded = {path.name: path.read_bytes() for path in (SEEDS / disclosure_id).iterdir()}
    assert len(seeded) >= 12
    assert REPORT_NAME in seeded
    assert read_again == seeded
