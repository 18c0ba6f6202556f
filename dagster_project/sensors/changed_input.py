"""Starts a build when the input changed since a build last looked at it."""

import json
import time
from typing import Any

import dagster as dg

from budget_warehouse.landing.noted_input import fingerprint
from budget_warehouse.settings import Settings
from budget_warehouse.storage.warehouse import Warehouse

_SHARE_OF_TIME = 20  # of twenty seconds at most one goes into looking: 500,000 files take several

_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


@dg.sensor(
    name="changed_input",
    job_name="rebuild_warehouse",
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Rebuilds when documents or CSVs changed, once they have stopped changing.",
)
def changed_input(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    # A build under way sees the change, or else leaves it to be seen afterwards.
    under_way = dg.RunsFilter(job_name="rebuild_warehouse", statuses=_UNFINISHED)
    if context.instance.get_runs(under_way, limit=1):
        return dg.SkipReason("A rebuild is under way.")
    before: dict[str, Any] = json.loads(context.cursor or "{}")
    now = time.time()
    if 0 <= now - before.get("looked", 0) < _SHARE_OF_TIME * before.get("took", 0):
        return dg.SkipReason("Looking at so many files takes long: not so soon again.")
    warehouse = Warehouse.from_environment()
    seen = fingerprint(warehouse)
    noted = warehouse.noted_input
    since = before["since"] if before.get("seen") == seen and before["since"] <= now else now
    cursor = {"seen": seen, "since": since, "looked": now, "took": round(time.time() - now, 1)}
    context.update_cursor(json.dumps(cursor))
    if noted.exists() and noted.read_text(encoding="utf-8") == seen:
        return dg.SkipReason("Nothing changed since the last build looked.")
    if now - since < Settings.from_environment().rebuild_quiet_seconds:
        return dg.SkipReason("The input changed; waiting until it has been quiet for a while.")
    # The run key keeps a change that no build can take in from being built for ever.
    return dg.RunRequest(run_key=seen)
