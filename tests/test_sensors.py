"""What starts a rebuild and what is told of the published warehouse, a tick at a time."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from dagster._core.definitions.sensor_definition import SensorExecutionData
from nights import Receiver, receiver
from warehouses import Built

from budget_warehouse import notifications as sending
from budget_warehouse.landing.noted_input import note_input
from budget_warehouse.settings import Settings
from budget_warehouse.storage.warehouse import Warehouse
from dagster_project.freshness import FRESH, freshness, freshness_watched
from dagster_project.sensors import changed_input as changes
from dagster_project.sensors.changed_input import changed_input
from dagster_project.sensors.news import alerts

HOUR = 3600


class Clock:
    """A clock that goes on only when a test says so."""

    def __init__(self) -> None:
        self._now = time.time()

    def time(self) -> float:
        return self._now

    def pass_by(self, seconds: float) -> None:
        self._now += seconds


CLOCK = Clock()


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """A warehouse with one CSV and nothing built yet."""
    monkeypatch.setenv("SEEDS", str(tmp_path / "seeds"))
    monkeypatch.setenv("WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setattr(changes, "time", CLOCK)
    where = Warehouse.from_environment()
    for folder in (where.disclosures / "one", where.seeds / "reference", where.inbox):
        folder.mkdir(parents=True)
    (where.disclosures / "one" / "disclosure.csv").write_text("disclosure_id\none\n")
    (where.seeds / "reference" / "labels.csv").write_text("code\na\n")
    return where


class Ticks:
    """The ticks of one sensor, each with the cursor that the one before it left."""

    def __init__(self, sensor: dg.SensorDefinition, instance: dg.DagsterInstance) -> None:
        self.sensor, self.instance = sensor, instance
        self.cursor: str | None = None

    def tick(self) -> SensorExecutionData:
        with dg.build_sensor_context(self.instance, self.cursor) as context:
            data = self.sensor.evaluate_tick(context)
        self.cursor = data.cursor
        return data

    def run_keys(self) -> list[str | None]:
        """The rebuilds that are asked for once a change has been quiet."""
        first = self.tick().run_requests or []
        CLOCK.pass_by(Settings.from_environment().rebuild_quiet_seconds)
        return [request.run_key for request in [*first, *(self.tick().run_requests or [])]]


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


def publish_empty(warehouse: Warehouse, hours_ago: float) -> None:
    warehouse.folder.mkdir(exist_ok=True)
    warehouse.published.write_bytes(b"")
    then = time.time() - hours_ago * HOUR
    os.utime(warehouse.published, (then, then))


@pytest.mark.parametrize(
    ("hours", "passed", "said"),
    [
        (0, True, "0 hours ago"),
        (35.9, True, "36 hours ago"),
        (36.1, False, "see its runs"),
        (-0.5, True, "Published or confirmed"),
        (-48, False, "clock"),
    ],
)
def test_a_warehouse_is_fresh_for_36_hours(
    warehouse: Warehouse, hours: float, passed: bool, said: str
) -> None:
    publish_empty(warehouse, hours)
    result = freshness(warehouse)
    assert result.passed == passed
    assert said in (result.description or "")


def evaluated(instance: dg.DagsterInstance) -> dg.AssetCheckEvaluation:
    """What the sensor says of the freshness."""
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


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(sending, "PAUSES", (0, 0))
    with receiver() as received:
        monkeypatch.setenv("ALERT_WEBHOOK", received.address)
        yield received


def test_a_stale_warehouse_is_told_once(
    warehouse: Warehouse,
    instance: dg.DagsterInstance,
    told: Receiver,
    repository_warehouse: Built,
) -> None:
    ticks = Ticks(alerts, instance)
    ticks.tick()
    assert told.kinds() == [], "a new installation has time for its first warehouse"
    warehouse.folder.mkdir(exist_ok=True)
    shutil.copy(repository_warehouse.warehouse / "budget.duckdb", warehouse.published)
    ticks.tick()
    assert told.kinds() == []
    os.utime(warehouse.published, (time.time() - 37 * HOUR,) * 2)
    ticks.tick()
    ticks.tick()
    assert told.kinds() == ["warehouse_stale"]
    os.utime(warehouse.published)
    ticks.tick()
    os.utime(warehouse.published, (time.time() - 50 * HOUR,) * 2)
    ticks.tick()
    assert told.kinds() == ["warehouse_stale", "warehouse_stale"]


def publish_with(warehouse: Warehouse, source: Path, *statements: str) -> None:
    """Publish a copy of the source in which something is different."""
    warehouse.folder.mkdir(exist_ok=True)
    shutil.copy(source, warehouse.build)
    with duckdb.connect(str(warehouse.build)) as connection:
        for statement in statements:
            connection.execute(statement)
    warehouse.build.replace(warehouse.published)


REJECTED = (
    "insert into marts.fct_rejected_rows (source_file, line_number, column_name, value, reason)"
    " values ('{0}/disclosure.csv', 2, 'fiscal_year', '''; drop', 'is not a year')"
)
FOUND = (
    "update marts.fct_reconciliations set known_finding_reason = null"
    " where severity = 'error' and outcome = 'fail' and is_counted and rule_code = '{0}'"
)


def test_what_is_new_in_the_published_file_is_told_once(
    warehouse: Warehouse,
    instance: dg.DagsterInstance,
    told: Receiver,
    repository_warehouse: Built,
) -> None:
    first = repository_warehouse.warehouse / "budget.duckdb"
    rule, count = repository_warehouse.rows(
        "select rule_code, count(*) from marts.fct_reconciliations"
        " where severity = 'error' and outcome = 'fail' and is_counted group by all order by all"
    )[0]
    ticks = Ticks(alerts, instance)
    publish_with(warehouse, first, REJECTED.format("a"), FOUND.format(rule))
    ticks.tick()
    rejected, found = (message for _, message in told.posted)
    assert rejected["kind"] == "disclosure_rejected"
    assert rejected["details"] == ["a/disclosure.csv:2 fiscal_year: is not a year"]
    assert found["kind"] == "new_error"
    assert found["title"] == f"New findings of severity error: {count}."
    assert len(found["details"]) == count
    assert found["details"][0].startswith(f"{rule} ")

    ticks.tick()
    publish_with(warehouse, first, REJECTED.format("a"), FOUND.format(rule))
    ticks.tick()
    assert len(told.posted) == 2, "the same again is no news"

    publish_with(warehouse, first, REJECTED.format("a"), REJECTED.format("b"))
    ticks.tick()
    assert told.posted[2:] and len(told.posted) == 3
    assert told.posted[2][1]["details"] == ["b/disclosure.csv:2 fiscal_year: is not a year"]


def test_what_no_channel_took_is_told_later(
    warehouse: Warehouse,
    instance: dg.DagsterInstance,
    told: Receiver,
    repository_warehouse: Built,
) -> None:
    first = repository_warehouse.warehouse / "budget.duckdb"
    ticks = Ticks(alerts, instance)
    publish_with(warehouse, first, REJECTED.format("a"))
    told.answers[:] = [(503, {})] * 3
    assert "No channel" in (ticks.tick().skip_message or "")
    told.posted.clear()
    ticks.tick()
    assert told.kinds() == ["disclosure_rejected"]


def test_a_damaged_warehouse_is_told_once(
    warehouse: Warehouse, instance: dg.DagsterInstance, told: Receiver
) -> None:
    publish_empty(warehouse, 0)
    warehouse.published.write_bytes(b"no database" * 9999)
    ticks = Ticks(alerts, instance)
    ticks.tick()
    ticks.tick()
    assert told.kinds() == ["warehouse_unreadable"]


def test_refused_documents_are_told_once(
    warehouse: Warehouse, instance: dg.DagsterInstance, told: Receiver
) -> None:
    ticks = Ticks(alerts, instance)
    ticks.tick()
    for refused in ([], ["inbox/refused/broken.pdf: it is damaged"]):
        instance.report_runless_asset_event(
            dg.AssetMaterialization(["inbox", "documents"], metadata={"refused": refused})
        )
    ticks.tick()
    ticks.tick()
    ((_, alert),) = told.posted
    assert alert["kind"] == "document_refused"
    assert alert["details"] == ["inbox/refused/broken.pdf: it is damaged"]


def test_a_failed_run_is_told_with_its_reason_and_not_every_night(
    warehouse: Warehouse, instance: dg.DagsterInstance, told: Receiver
) -> None:
    @dg.op
    def fails(context: dg.OpExecutionContext) -> None:
        raise dg.Failure("There is no CSV; add a disclosure and build again.")

    @dg.job(name="rebuild_warehouse")
    def failing() -> None:
        fails()

    ticks = Ticks(alerts, instance)
    for _ in range(2):
        failing.execute_in_process(instance=instance, raise_on_error=False)
        ticks.tick()
    ((_, alert),) = told.posted
    assert alert["kind"] == "run_failed"
    assert alert["details"][0] == "There is no CSV; add a disclosure and build again."
    publish_empty(warehouse, 0)
    failing.execute_in_process(instance=instance, raise_on_error=False)
    ticks.tick()
    assert told.kinds().count("run_failed") == 2, "a publication lay in between"
