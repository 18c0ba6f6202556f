"""A night computes only what changed, and publishes what a rebuild from nothing would."""

import pytest
from night_after_night import Nights, first_night

from benchmarks.comparison import differences


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    return first_night(tmp_path_factory.mktemp("nights"))


def test_a_night_in_which_nothing_changed_publishes_nothing(nights: Nights) -> None:
    file = nights.warehouse / "budget.duckdb"
    before, log = file.stat(), nights.warehouse / "target" / "dbt.log"
    log.unlink()
    same = nights.night()
    assert "Unchanged" in same.output
    assert not log.exists(), "dbt was started"
    assert file.stat().st_ino == before.st_ino
    assert file.stat().st_mtime > before.st_mtime
    assert nights.computed() == [4]


def test_a_changed_disclosure(nights: Nights) -> None:
    """Its organization's two years are computed, the others carried over."""
    nights.change_one()
    assert nights.computed() == [4, 2]
    assert differences(nights.warehouse, nights.from_nothing()) == {}
