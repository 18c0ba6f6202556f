"""News of the published warehouse, of refused documents and of failed runs, once each."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from nights import Receiver, receiver
from ticks import HOUR, Ticks, publish_empty, watched_warehouse
from warehouses import Built

from budget_warehouse import notifications as sending
from budget_warehouse.storage.warehouse import Warehouse
from dagster_project.sensors.news import alerts


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    return watched_warehouse(tmp_path, monkeypatch)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


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
    rejected, findings = (message for _, message in told.posted)
    assert rejected["kind"] == "disclosure_rejected"
    assert rejected["details"] == ["a/disclosure.csv:2 fiscal_year: is not a year"]
    assert findings["kind"] == "new_error"
    assert findings["title"] == f"New findings of severity error: {count}."
    assert len(findings["details"]) == count
    assert findings["details"][0].startswith(f"{rule} ")

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
