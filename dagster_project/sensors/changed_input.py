"""Whether the input changed since a build last looked at it, and the sensor that then builds."""

import hashlib
import json
import os
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

import dagster as dg

from budget_warehouse.storage.scan import Walk, outside, walk
from budget_warehouse.storage.waiting import waiting_in
from budget_warehouse.storage.warehouse import Warehouse

QUIET_SECONDS = int(os.environ.get("REBUILD_QUIET_SECONDS") or 120)

_SHARE_OF_TIME = 20  # of twenty seconds at most one goes into looking: 500,000 files take several

_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def fingerprint(warehouse: Warehouse, besides: Collection[Path] = ()) -> str:
    """What the input looks like from outside: the name, size, time and inode of every file.

    The input is the raw CSVs, the reference lists and the documents waiting in the inbox, without
    those that are named in `besides`.
    """
    return _look(warehouse, besides)[0]


def note_input(warehouse: Warehouse, besides: Collection[Path] = ()) -> None:
    """Write down the input that a build is about to read, whatever will come of it.

    The walk over the raw CSVs is left for the landing, which need not walk again.
    """
    seen, disclosures = _look(warehouse, besides)
    warehouse.folder.mkdir(parents=True, exist_ok=True)
    walked = json.dumps([disclosures, disclosures.left_aside])
    warehouse.walk.write_text(walked, encoding="utf-8")
    warehouse.noted_input.write_text(seen, encoding="utf-8")


def take_walk(warehouse: Warehouse) -> Walk | None:
    """The walk that `note_input` left, once: a landing that is tried again walks by itself."""
    try:
        walked = warehouse.walk.read_bytes()
    except FileNotFoundError:
        return None
    warehouse.walk.unlink()
    return Walk(*json.loads(walked)) or None


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
    if now - since < QUIET_SECONDS:
        return dg.SkipReason("The input changed; waiting until it has been quiet for a while.")
    # The run key keeps a change that no build can take in from being built for ever.
    return dg.RunRequest(run_key=seen)


def _look(warehouse: Warehouse, besides: Collection[Path]) -> tuple[str, Walk]:
    """What the input looks like from outside, and the walk over the raw CSVs."""
    disclosures, reference = (
        _walked(folder) for folder in (warehouse.disclosures, warehouse.reference)
    )
    documents = [
        (str(document.parent), *outside(document))
        for document in waiting_in(warehouse.inbox).documents
        if document not in besides
    ]
    seen = json.dumps([str(warehouse.seeds), disclosures, reference, documents], sort_keys=True)
    return hashlib.blake2b(seen.encode(), digest_size=16).hexdigest(), disclosures


def _walked(folder: Path) -> Walk:
    """The CSVs below a folder; nothing where it cannot be read, which the landing will say."""
    try:
        return walk(folder)
    except OSError:
        return Walk()
