"""Sensors that start a rebuild and watch the age of the warehouse, a tick at a time."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from ticks import CLOCK, Ticks, publish_empty, watched_warehouse

from budget_warehouse.landing.noted_input import note_input
from budget_warehouse.settings import Settings
from budget_warehouse.storage.warehouse import Warehouse
from dagster_project.freshness import FRESH, freshness, freshness_watched
from dagster_project.sensors.changed_input import changed_input


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    return watched_warehouse(tmp_path, monkeypatch)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


def test_a_change_asks_for_one_rebuild_once_it_is_quiet(
    warehouse: Warehouse, instance: dg.DagsterInstance
) -> None:
    ticks = Ticks(changed_input, instance)
    note_input(warehouse)
    assert ticks.run_keys() == []

    for change in (
        lambda: (warehouse.disclosures / "one" / "tables.csv").write_text("a\n"),
        lambda: (warehouse.disclosures / "one" / "tables.csv").write_text("b\n"),
        lambda: (warehouse.disclosures / "one" / "tables.csv").unlink(),
        lambda: (warehouse.seeds / "reference" / "labels.csv").write_text("code\nb\n"),
        lambda: (warehouse.inbox / "budget.pdf").write_text("%PDF"),
    ):
        change()
        assert not ticks.tick().run_requests, "the change is not quiet yet"
        CLOCK.pass_by(Settings.from_environment().rebuild_quiet_seconds)
        (request,) = ticks.tick().run_requests or []
        assert request.run_key
        note_input(warehouse)  # as the build does, whether or not it then accepts the change
        assert ticks.run_keys() == []


def test_what_goes_on_changing_is_waited_for(
    warehouse: Warehouse, instance: dg.DagsterInstance
) -> None:
    ticks = Ticks(changed_input, instance)
    for size in range(4):
        (warehouse.inbox / "budget.pdf").write_text("x" * size)
        assert not ticks.tick().run_requests
        CLOCK.pass_by(Settings.from_environment().rebuild_quiet_seconds - 1)
    CLOCK.pass_by(1)
    assert ticks.tick().run_requests


def test_a_change_that_no_build_takes_in_keeps_its_run_key(
    warehouse: Warehouse, instance: dg.DagsterInstance
) -> None:
    stuck = warehouse.inbox / "stuck.pdf"
    stuck.write_text("%PDF")
    ticks = Ticks(changed_input, instance)
    (key,) = ticks.run_keys()
    note_input(warehouse, besides=[stuck])
    assert set(ticks.run_keys()) == {key}, "Dagster starts no second run under the same key"


def test_files_that_no_build_reads_change_nothing(
    warehouse: Warehouse, instance: dg.DagsterInstance
) -> None:
    note_input(warehouse)
    (warehouse.disclosures / "one" / "reading-report.txt").write_text("read")
    (warehouse.disclosures / ".placing-1").mkdir()
    (warehouse.disclosures / ".placing-1" / "tables.csv").write_text("a")
    (warehouse.inbox / ".hidden.pdf").write_text("x")
    (warehouse.inbox / "refused").mkdir()
    (warehouse.inbox / "refused" / "old.pdf").write_text("x")
    assert Ticks(changed_input, instance).run_keys() == []


def test_no_rebuild_is_asked_for_while_one_is_under_way(
    warehouse: Warehouse, instance: dg.DagsterInstance
) -> None:
    run = dg.DagsterRun("rebuild_warehouse", status=dg.DagsterRunStatus.STARTED)
    instance.add_run(run)
    assert Ticks(changed_input, instance).run_keys() == []


@pytest.mark.parametrize(
    ("hours", "passed", "sentence"),
    [
        (0, True, "0 hours ago"),
        (35.9, True, "36 hours ago"),
        (36.1, False, "see its runs"),
        (-0.5, True, "Published or confirmed"),
        (-48, False, "clock"),
    ],
)
def test_a_warehouse_is_fresh_for_36_hours(
    warehouse: Warehouse, hours: float, passed: bool, sentence: str
) -> None:
    publish_empty(warehouse, hours)
    result = freshness(warehouse)
    assert result.passed == passed
    assert sentence in (result.description or "")


def evaluated(instance: dg.DagsterInstance) -> dg.AssetCheckEvaluation:
    """Give the sensor's word on the freshness."""
    (evaluation,) = Ticks(freshness_watched, instance).tick().asset_events
    assert isinstance(evaluation, dg.AssetCheckEvaluation)
    assert evaluation.check_name == FRESH
    return evaluation


def test_freshness_is_looked_at_without_a_run(
    warehouse: Warehouse, instance: dg.DagsterInstance
) -> None:
    publish_empty(warehouse, 40)
    assert not evaluated(instance).passed
    warehouse.published.unlink()
    assert not evaluated(instance).passed
