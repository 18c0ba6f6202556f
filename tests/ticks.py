"""The ticks of a sensor, one at a time, over a clock that a test moves."""

import os
import time
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.sensor_definition import SensorExecutionData

from budget_warehouse.settings import Settings
from budget_warehouse.storage.warehouse import Warehouse
from dagster_project.sensors import changed_input as changes

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


def watched_warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return a warehouse with one CSV and nothing built yet."""
    monkeypatch.setenv("SEEDS", str(tmp_path / "seeds"))
    monkeypatch.setenv("WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setattr(changes, "time", CLOCK)
    watched = Warehouse.from_environment()
    for folder in (watched.disclosures / "one", watched.seeds / "reference", watched.inbox):
        folder.mkdir(parents=True)
    (watched.disclosures / "one" / "disclosure.csv").write_text("disclosure_id\none\n")
    (watched.seeds / "reference" / "labels.csv").write_text("code\na\n")
    return watched


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
        """Return the rebuilds that are asked for once a change has been quiet."""
        first = self.tick().run_requests or []
        CLOCK.pass_by(Settings.from_environment().rebuild_quiet_seconds)
        return [request.run_key for request in [*first, *(self.tick().run_requests or [])]]


def publish_empty(warehouse: Warehouse, hours_ago: float) -> None:
    warehouse.folder.mkdir(exist_ok=True)
    warehouse.published.write_bytes(b"")
    then = time.time() - hours_ago * HOUR
    os.utime(warehouse.published, (then, then))
