"""The plan of a build: what is computed together, and in how many batches."""

from pathlib import Path

import pytest
from warehouses import SONGJIANG, copied

from budget_warehouse.build.plan import (
    plan_build,
    planned_build,
    take_batch,
)
from budget_warehouse.engines.duckdb import DuckDbEngine
from budget_warehouse.landing.landing import land
from budget_warehouse.settings import SettingError
from budget_warehouse.storage.warehouse import Warehouse

WANLI = ("putuo-wanli-2023-budget", "putuo-wanli-2024-budget", "putuo-wanli-2025-budget")


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """Three years of one organization, and one of each of two others, landed."""
    folders = Warehouse(tmp_path / "seeds", tmp_path / "warehouse")
    for disclosure in (*WANLI, SONGJIANG):
        copied(disclosure, folders.seeds)
    copied(SONGJIANG, folders.seeds, "another")
    land(folders.seeds, folders.landing)
    return folders


@pytest.mark.parametrize(
    ("batch_size", "sizes"), [("1", [1, 1, 3]), ("2", [2, 3]), ("4", [1, 4]), ("5", [5]), ("", [5])]
)
def test_a_batch_has_whole_comparison_groups(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, batch_size: str, sizes: list[int]
) -> None:
    monkeypatch.setenv("PORTION", batch_size)
    plan = plan_build(warehouse, DuckDbEngine())
    assert sorted(map(len, plan.batches)) == sizes
    assert plan.affected == {*WANLI, SONGJIANG, "another"}
    assert any(batch.issuperset(WANLI) for batch in plan.batches)


def test_what_was_planned_is_read_again(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTION", "2")
    plan = plan_build(warehouse, DuckDbEngine())
    take_batch(warehouse, 1)
    assert planned_build(warehouse) == plan


@pytest.mark.parametrize("batch_size", ["0", "-1", "many", "1.5"])
def test_a_batch_size_that_is_no_number_is_refused(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, batch_size: str
) -> None:
    monkeypatch.setenv("PORTION", batch_size)
    with pytest.raises(SettingError, match="such as 20000"):
        plan_build(warehouse, DuckDbEngine())
