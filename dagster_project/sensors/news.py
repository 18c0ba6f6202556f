"""News for people: failed runs, refusals, new findings, an old warehouse; once each.

What was told stands in the sensor's cursor and, for the published file, in a link to the one that
was told of last: what that one held is not news.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
from dagster import DagsterEventType, RunStatusChangeRecordsFilter

from budget_warehouse.notifications import Alert, channels, send
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import Warehouse
from dagster_project.failures import failures
from dagster_project.freshness import FRESH_SECONDS, freshness

_WEEK = 7 * 24 * 3600  # a fault that lasts is told again every week
_DETAIL = 400  # characters; the whole text is with the run

_SENT = 200  # cases of one alert; the rest is in the warehouse

_REJECTED = """
    select
        concat_ws(chr(31), source_file, column_name, value, reason) as case_key,
        concat_ws(' ', concat_ws(':', source_file, line_number), column_name) || ': ' || reason
        as detail
    from marts.fct_rejected_rows
"""

_NEW_ERRORS = """
    select
        concat_ws(chr(31), rule_code, disclosure_id, subject) as case_key,
        concat_ws(' ', rule_code, disclosure_id, subject)
        || coalesce(': stated ' || stated_yuan || ', computed ' || computed_yuan || ' yuan', '')
        as detail
    from marts.fct_reconciliations
    where outcome = 'fail' and severity = 'error' and known_finding_reason is null and is_counted
"""


@dg.sensor(
    name="alerts",
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells people of failed runs, refusals, new errors and an old warehouse.",
)
def alerts(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    warehouse = Warehouse.from_environment()
    told: dict[str, Any] = json.loads(context.cursor or "{}") or {"since": time.time()}
    published = _not_told_of(warehouse)
    news = [
        *_failed_runs(context.instance, warehouse, told),
        *_refused_documents(context.instance, told),
        *_too_old(warehouse, told),
        *(_published(published, warehouse.told) if published else ()),
    ]
    to = channels()
    wrong = send(news, to)
    refusals = [f"{name}: {reason}" for name, reason in wrong.items()]
    for sentence in refusals:
        dg.get_dagster_logger("alerts").error("An alert was not delivered to %s", sentence)
    if to and len(wrong) == len(to):
        return dg.SkipReason(f"No channel took the alerts; trying again. {'; '.join(refusals)}")
    if published:
        published.replace(warehouse.told)
    return dg.SensorResult(
        cursor=json.dumps(told),
        skip_reason="; ".join([*(alert.title for alert in news), *refusals])
        or "Nothing new to tell.",
    )


def _failed_runs(
    instance: dg.DagsterInstance, warehouse: Warehouse, told: dict[str, Any]
) -> Iterator[Alert]:
    """Tell of runs that failed for good, and not for the reasons of the failure told before."""
    for record in instance.fetch_run_status_changes(
        RunStatusChangeRecordsFilter(
            event_type=DagsterEventType.RUN_FAILURE,
            after_storage_id=told.get("failed_run"),
            after_timestamp=time.time() - FRESH_SECONDS,
        ),
        limit=20,
        ascending=True,
    ).records:
        told["failed_run"] = record.storage_id
        run = instance.get_run_by_id(record.run_id)
        if run is None or run.tags.get("dagster/will_retry") == "true":
            continue
        events = [
            entry.dagster_event
            for entry in instance.all_logs(run.run_id)
            if entry.dagster_event is not None
        ]
        reasons = [*failures(events, warehouse), record.event_log_entry.user_message]
        details = tuple(reason.strip()[:_DETAIL] for reason in reasons if reason.strip())
        if _is_news(told, "failure", warehouse, *(detail.splitlines()[0] for detail in details)):
            title = f"The run {run.run_id[:8]} of {run.job_name} failed."
            yield Alert("run_failed", title, details)


def _refused_documents(instance: dg.DagsterInstance, told: dict[str, Any]) -> Iterator[Alert]:
    """Tell of documents in the inbox that could not be read."""
    for record in instance.fetch_materializations(
        dg.AssetRecordsFilter(
            asset_key=dg.AssetKey(["inbox", "documents"]),
            after_storage_id=told.get("inbox"),
            after_timestamp=time.time() - FRESH_SECONDS,
        ),
        limit=20,
        ascending=True,
    ).records:
        told["inbox"] = record.storage_id
        materialization = record.asset_materialization
        refused: Any = materialization.metadata["refused"].value if materialization else []
        if refused:
            title = f"Documents in the inbox that cannot be read: {len(refused):,}."
            yield Alert("document_refused", title, tuple(refused))


def _too_old(warehouse: Warehouse, told: dict[str, Any]) -> Iterator[Alert]:
    """Tell of a published warehouse that is too old; a new installation has time for its first."""
    result = freshness(warehouse)
    is_new = not warehouse.published.exists() and time.time() - told["since"] < FRESH_SECONDS
    if not result.passed and not is_new and _is_news(told, "stale", warehouse):
        yield Alert(
            "warehouse_stale", "The published warehouse is stale.", (result.description or "",)
        )


def _is_news(told: dict[str, Any], topic: str, warehouse: Warehouse, *content: str) -> bool:
    """Return whether this was not told yet since the last publication, or a week ago."""
    file = warehouse.published
    published = file.stat().st_mtime if file.exists() else told["since"]
    week = int((time.time() - published) // _WEEK)
    mark = hashlib.sha256(repr((published, week, content)).encode()).hexdigest()[:16]
    is_news = told.get(topic) != mark
    told[topic] = mark
    return is_news


def _not_told_of(warehouse: Warehouse) -> Path | None:
    """Link the published file unless it was told of; publishing meanwhile does not move it."""
    link = warehouse.told.with_suffix(".next")
    try:
        link.unlink(missing_ok=True)
        os.link(warehouse.published, link)
    except OSError:  # nothing is published, or nothing can be: then runs fail, and that is told
        return None
    if warehouse.told.exists() and warehouse.told.samefile(link):
        link.unlink()
        return None
    return link


def _published(file: Path, before: Path) -> Iterator[Alert]:
    """Yield what the file rejects and finds that the one before it did not."""
    try:
        with open_database() as connection:
            connection.execute(f"attach {literal(file)} as published (read_only)")
            with suppress(duckdb.Error):
                connection.execute(f"attach {literal(before)} as before (read_only)")
            for kind, what, query in (
                ("disclosure_rejected", "Values rejected, with their disclosures", _REJECTED),
                ("new_error", "New findings of severity error", _NEW_ERRORS),
            ):
                count, cases = _new_cases(connection, query)
                if count:
                    yield Alert(kind, f"{what}: {count:,}.", cases)
    except duckdb.Error as error:
        title = "The published warehouse cannot be read."
        yield Alert("warehouse_unreadable", title, (str(error)[:_DETAIL],))


def _new_cases(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, tuple[str, ...]]:
    """Return how many cases the published file has more than the one before, and the first."""
    connection.execute("use published")
    connection.execute(f"create or replace temp table cases as {query}")
    with suppress(duckdb.Error):  # there is none before, or one of another make: all is new
        connection.execute("use before")
        connection.execute(f"delete from cases where case_key in (select case_key from ({query}))")
    cases = connection.execute("select detail from cases order by all").fetchmany(_SENT)
    ((count,),) = connection.execute("select count(*) from cases").fetchall()
    return count, tuple(detail for (detail,) in cases)
