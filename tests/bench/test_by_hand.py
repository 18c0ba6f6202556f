"""Every mart, computed a second time by hand: the product and the script check each other."""

from pathlib import Path

import duckdb
import pytest
from warehouses import Built, build

from benchmarks.by_hand import compute
from benchmarks.generator import write
from benchmarks.same import differences


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up disclosures of 12 organizations and 3 years, most of them with a planted error."""
    folder = tmp_path_factory.mktemp("synthetic")
    assert write(folder, 12, 3, seed=11, layout="batches", error_share=800) == 36
    return folder


@pytest.fixture(scope="module")
def built(synthetic: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Their warehouse."""
    built = build(synthetic, tmp_path_factory.mktemp("warehouse"))
    assert built.status == 0, built.output
    return built


def test_real_documents_come_to_the_same(repository_warehouse: Built, tmp_path: Path) -> None:
    warehouse, by_hand = repository_warehouse.warehouse, tmp_path / "by_hand.duckdb"
    list(compute(by_hand, landing=warehouse / "landing.duckdb"))
    assert differences(warehouse / "budget.duckdb", by_hand) == {}


def test_planted_errors_come_to_the_same(built: Built, tmp_path: Path) -> None:
    by_hand = tmp_path / "by_hand.duckdb"
    list(compute(by_hand, landing=built.warehouse / "landing.duckdb"))
    assert differences(built.warehouse / "budget.duckdb", by_hand) == {}


def test_the_csvs_come_to_the_same(synthetic: Path, built: Built, tmp_path: Path) -> None:
    """All but the hash that landing takes of each disclosure as it reads it."""
    by_hand = tmp_path / "by_hand.duckdb"
    list(compute(by_hand, seeds=synthetic))
    hashes = "dim_disclosures.content_sha256"
    assert differences(built.warehouse / "budget.duckdb", by_hand, without=(hashes,)) == {}


def test_a_difference_is_named_with_its_rows(built: Built, tmp_path: Path) -> None:
    changed = tmp_path / "changed.duckdb"
    changed.write_bytes((built.warehouse / "budget.duckdb").read_bytes())
    with duckdb.connect(str(changed)) as connection:
        connection.execute("delete from marts.fct_revenues where amount_yuan > 1000000")
        connection.execute("update marts.dim_organizations set region_name = 'elsewhere'")
    organizations = built.value("select count(*) from marts.dim_organizations")
    lines = built.value("select count(*) from marts.expenditures")  # which name the region, too
    revenues = built.value("select count(*) from marts.fct_revenues where amount_yuan > 1000000")
    assert lines > 0
    assert revenues > 0
    assert differences(built.warehouse / "budget.duckdb", changed) == {
        "dim_organizations": (organizations, organizations),
        "expenditures": (lines, lines),
        "fct_revenues": (revenues, 0),
    }
