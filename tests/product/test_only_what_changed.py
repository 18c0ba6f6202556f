"""A night computes only what changed, and publishes what a rebuild from nothing would."""

import shutil

import pytest
from night_after_night import Nights
from warehouses import SEEDS, Built, copied_warehouse

from benchmarks.comparison import differences


@pytest.fixture(scope="module")
def nights(repository_warehouse: Built, tmp_path_factory: pytest.TempPathFactory) -> Nights:
    nights = Nights(tmp_path_factory.mktemp("nights"))
    shutil.copytree(SEEDS, nights.seeds)
    copied_warehouse(repository_warehouse, nights.warehouse)
    return nights


def test_a_night_in_which_nothing_changed_publishes_nothing(nights: Nights) -> None:
    file = nights.warehouse / "budget.duckdb"
    before, log = file.stat(), nights.warehouse / "target" / "dbt.log"
    log.unlink()
    same = nights.night()
    assert "Unchanged" in same.output
    assert not log.exists(), "dbt was started"
    assert file.stat().st_ino == before.st_ino
    assert file.stat().st_mtime > before.st_mtime
    assert nights.computed() == [7]


def test_a_changed_disclosure(nights: Nights) -> None:
    """Its organization's three years are computed, the others merged."""
    nights.change_one()
    assert nights.computed() == [7, 3]
    assert differences(nights.warehouse, nights.from_nothing()) == {}
