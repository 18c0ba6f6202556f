"""Builds of the warehouse as a user starts them, each measured and split by its steps."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import dagster as dg

from benchmarks.measurement import Measurement, measured
from budget_warehouse.storage.warehouse import ROOT, Warehouse

_STEPS = {
    "inbox__documents": "inbox",
    "landing": "landing",
    "judgements": "judging",
    "published__budget": "publishing",
    "published__site": "explorer",
    "published__exports": "exports",
}
_OWN = (
    "DAGSTER",
    "POSTGRES",
    "SPARK",
    "MAKE",
    "MFLAGS",
)  # a benchmark writes to nothing of the user's


class FailedError(Exception):
    """A measured command failed; the message is what it said."""


@dataclass(frozen=True)
class Step:
    """One part of a build."""

    name: str
    cpu_seconds: float
    wall_seconds: float


@dataclass(frozen=True)
class Build:
    """A build that published or confirmed."""

    measurement: Measurement
    steps: tuple[Step, ...]


def environment(**more: str) -> dict[str, str]:
    """Return the environment of what is measured."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_OWN)}
    return clean | {"PYTHONPATH": str(ROOT)} | more


def build(warehouse: Warehouse, settings: Sequence[str] = ()) -> Build:
    """Run `make build` with settings such as FULL=1, and split it by its steps.

    Raises:
        FailedError: it did not publish everything.
    """
    measurement = _built(warehouse, settings)
    return Build(measurement, tuple(_steps(measurement, _times(_home(warehouse)), warehouse)))


def build_on_spark(warehouse: Warehouse, remote: str) -> Measurement:
    """Run `make build` on a cluster: what is measured is this side, not what the cluster does.

    Raises:
        FailedError: it did not publish everything.
    """
    return _built(warehouse, [f"SPARK_REMOTE={remote}"])


def _built(warehouse: Warehouse, settings: Sequence[str]) -> Measurement:
    command: list[str | Path] = [
        *("make", "--no-print-directory", "-C", ROOT, "build"),
        *(f"SEEDS={warehouse.seeds}", f"WAREHOUSE={warehouse.folder}"),
        f"DAGSTER_HOME={_home(warehouse)}",
        *settings,
    ]
    measurement = measured(command, environment())
    if measurement.status:
        raise FailedError(
            f"failed: status {measurement.status}\n{warehouse.seeds}\n{measurement.output}"
        )
    return measurement


def _home(warehouse: Warehouse) -> Path:
    """Return the folder of Dagster's records, which is in the warehouse."""
    return warehouse.folder / "dagster"


def _times(home: Path) -> dict[str, tuple[float, float]]:
    """Return when each step of the last run started and ended, from Dagster's records."""
    os.environ["DAGSTER_HOME"] = str(home)
    with dg.DagsterInstance.get() as instance:
        (run,) = instance.get_run_records(limit=1)
        return {
            step.step_key: (step.start_time, step.end_time)
            for step in instance.get_run_step_stats(run.dagster_run.run_id)
            if step.start_time and step.end_time
        }


def _steps(
    measurement: Measurement, times: Mapping[str, tuple[float, float]], warehouse: Warehouse
) -> list[Step]:
    """Return the seconds of each step; the time before, between and after them is `starting up`."""
    parts = {name: times[key] for key, name in _STEPS.items() if key in times}
    if "models" in times:
        started_at, ended_at = times["models"]
        results: Any = json.loads((warehouse.target / "run_results.json").read_bytes())
        dbt_ended_at = datetime.fromisoformat(results["metadata"]["generated_at"]).timestamp()
        parts |= {"dbt": (started_at, dbt_ended_at), "merge": (dbt_ended_at, ended_at)}
    steps = [
        Step(
            name,
            measurement.cpu_seconds_at(ended_at) - measurement.cpu_seconds_at(started_at),
            ended_at - started_at,
        )
        for name, (started_at, ended_at) in sorted(parts.items(), key=lambda part: part[1])
    ]
    rest = Step(
        "starting up",
        measurement.cpu_seconds - sum(step.cpu_seconds for step in steps),
        measurement.wall_seconds - sum(step.wall_seconds for step in steps),
    )
    return [rest, *steps]
