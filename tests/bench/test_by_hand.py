"""Printed amounts and their comparisons, a second time by hand: the two check each other."""

from pathlib import Path

import duckdb
import pytest
from warehouses import REPOSITORY, Built

from benchmarks.by_hand import compute_csvs, compute_landed
from benchmarks.same import differences_by_hand
from benchmarks.scratch import batches
from budget_warehouse.storage.warehouse import Warehouse


@pytest.fixture(scope="module")
def by_hand(synthetic: Path, built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that the script makes of the made-up disclosures' CSVs."""
    file = tmp_path_factory.mktemp("by_hand") / "by_hand.duckdb"
    compute_csvs(synthetic, file)
    return file


def test_real_documents_come_to_the_same(places_warehouse: Built, tmp_path: Path) -> None:
    """All of the repository, of every form and place."""
    seeds, file = REPOSITORY / "seeds", tmp_path / "by_hand.duckdb"
    warehouse = Warehouse(seeds, places_warehouse.warehouse)
    (batch,) = batches(warehouse)
    assert batch == {folder.name for folder in (seeds / "disclosures").iterdir()}
    compute_landed(warehouse, batch, file)
    assert differences_by_hand(warehouse.published, file) == {}
    compute_csvs(seeds, file)
    assert differences_by_hand(warehouse.published, file) == {}


def test_planted_errors_come_to_the_same_in_each_batch(
    synthetic: Path, built: Built, tmp_path: Path
) -> None:
    warehouse, file = Warehouse(synthetic, built.warehouse), tmp_path / "by_hand.duckdb"
    planned = batches(warehouse)
    assert list(map(len, planned)) == [24, 12]
    for batch in planned:
        compute_landed(warehouse, batch, file)
        assert differences_by_hand(warehouse.published, file, batch) == {}


def test_the_csvs_come_to_the_same(built: Built, by_hand: Path) -> None:
    published = built.warehouse / "budget.duckdb"
    assert differences_by_hand(published, by_hand) == {}
    outcomes = built.rows(
        "select distinct outcome from reconciliations.rec_compared_amounts order by all"
    )
    assert {"fail", "not_applicable", "pass"} <= {outcome for (outcome,) in outcomes}


def test_a_changed_amount_is_named_with_its_rows(
    built: Built, by_hand: Path, tmp_path: Path
) -> None:
    """The amount itself, and what it is compared with."""
    changed = tmp_path / "changed.duckdb"
    changed.write_bytes((built.warehouse / "budget.duckdb").read_bytes())
    ((disclosure_id, row_number),) = built.rows(
        "select disclosure_id, row_number from marts.fct_published_amounts"
        " where table_name = 'expenditure_by_function' and measure = 'total' and row_role = 'total'"
        " and disclosure_id in (select disclosure_id from marts.fct_reconciliations"
        " where rule_code = 'CT-04' and outcome = 'pass')"  # a half read table is not compared
        " order by all limit 1"
    )
    with duckdb.connect(str(changed)) as connection:
        connection.execute(
            "update marts.fct_published_amounts set amount_yuan = 12345.67"
            " where disclosure_id = ? and row_number = ?"
            " and table_name = 'expenditure_by_function' and measure = 'total'",
            [disclosure_id, row_number],
        )
    different = differences_by_hand(changed, by_hand)
    amounts = different["marts.fct_published_amounts"]
    assert (amounts.only_in_one, amounts.only_in_other) == (1, 1)
    first, second = amounts.examples
    for name, example in (("one", first), ("other", second)):
        assert example.startswith(f"{name}: ")
        assert f"disclosure_id={disclosure_id}" in example
        assert f"row_number={row_number}" in example
    assert "amount_yuan=12345.67" in first
    comparisons = different["reconciliations.rec_compared_amounts"]
    assert any("outcome=fail" in example for example in comparisons.examples)
    others = {name for (name,) in built.rows("select disclosure_id from marts.dim_disclosures")}
    assert differences_by_hand(changed, by_hand, others - {disclosure_id}) == {}
