"""Runs whose process is gone: after a power cut Dagster alone would wait for their longest time."""

import json
import time

import dagster as dg

from budget_warehouse.storage.warehouse import Warehouse, WarehouseBusyError

_SECONDS = 45  # a run takes the warehouse a few seconds after it started, and lets go as it ends


@dg.sensor(
    name="lost_runs",
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Fails a rebuild that no process works on, so that it is started again.",
)
def lost_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    started = dg.RunsFilter(job_name="rebuild_warehouse", statuses=[dg.DagsterRunStatus.STARTED])
    runs = context.instance.get_runs(started, limit=1)
    if not runs or _is_held(Warehouse.from_environment()):
        context.update_cursor("")
        return dg.SkipReason("No rebuild is under way, or it holds the warehouse.")
    (run,) = runs
    before = json.loads(context.cursor or "{}")
    if before.get("run") != run.run_id:
        context.update_cursor(json.dumps({"run": run.run_id, "since": time.time()}))
    elif time.time() - before["since"] >= _SECONDS:
        context.instance.report_run_failed(run, "The process of this run is gone.")
        return dg.SkipReason(f"The run {run.run_id} was lost.")
    return dg.SkipReason("A rebuild is under way and does not hold the warehouse.")


def _is_held(warehouse: Warehouse) -> bool:
    """Return whether a process holds the warehouse, as every rebuild does."""
    try:
        with warehouse.exclusively():
            return False
    except WarehouseBusyError:
        return True
