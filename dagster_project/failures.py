"""Reasons a run published nothing, read from the events of Dagster."""

import errno
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import dagster as dg

from budget_warehouse.engines import engine
from budget_warehouse.storage.warehouse import Warehouse


def failures(events: Iterable[dg.DagsterEvent], warehouse: Warehouse) -> list[str]:
    """Return why a run published nothing: each failure in its own sentence."""
    sentences = list(_failures(events, warehouse))
    if any(os.strerror(errno.ENOSPC) in sentence for sentence in sentences):
        sentences.append(f"The disk of {warehouse.folder} is full; make room and build again.")
    return sentences


def _failures(events: Iterable[dg.DagsterEvent], warehouse: Warehouse) -> Iterator[str]:
    for event in events:
        if event.is_step_failure and event.step_failure_data.error is not None:
            error = event.step_failure_data.error
            known = event.step_failure_data.user_failure_data
            if error.cls_name == "DagsterAssetCheckFailedError":
                continue  # the check itself says why
            if known:
                yield known.description or error.to_string()
            elif error.cls_name == "DbtFailedError":
                yield from _dbt_failures(engine().target(warehouse))
            else:
                yield error.to_string()
        elif event.event_type == dg.DagsterEventType.RESOURCE_INIT_FAILURE:
            data: Any = event.event_specific_data
            yield data.error.message.split(": ", 1)[-1].strip()
        elif event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            check = event.asset_check_evaluation_data
            if not check.passed and check.blocking:
                yield f"{check.check_name}: {check.description}"


def _dbt_failures(target: Path) -> Iterator[str]:
    """Yield what dbt could not build, which tests failed, and where to look."""
    nodes = []
    with suppress(FileNotFoundError, ValueError):  # a disk that filled may have cut it short
        nodes = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    for node in nodes:
        if node["status"] in ("error", "fail"):
            kind, _, name, *_ = node["unique_id"].split(".")
            yield f"The {kind} {name} in dbt: {(node['message'] or '').strip()}"
            if node["status"] == "fail" and node["compiled_code"]:
                yield f"What it found comes from this query:\n{node['compiled_code'].strip()}"
    yield f"The whole log is {target / 'dbt.log'}."
