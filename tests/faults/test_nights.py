"""Nights with the real daemon: a tick, a change, a broken disclosure, and nights missed."""

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import duckdb
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.scheduler.instigation import InstigatorState, ScheduleInstigatorData
from nights import Night, receiver
from warehouses import SONGJIANG, copied, edit

from benchmarks.waiting import wait_for
from budget_warehouse.storage.warehouse import Warehouse, WarehouseBusyError

SHANGHAI = ZoneInfo("Asia/Shanghai")
SCHEDULED = ".dagster/scheduled_execution_time"
SCHEDULE = InstigatorType.SCHEDULE
SECRET = "a8d1f7-do-not-tell"
WORKING = {dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED}


def introduced(night: Night) -> InstigatorState:
    """Let the daemon learn of the schedule; a schedule it has never seen has missed nothing."""
    night.prepare()
    with night.daemon(), night.instance() as instance:
        (state,) = wait_for(lambda: instance.all_instigator_state(instigator_type=SCHEDULE))
        assert not instance.get_runs()
    return state


def test_a_night_from_the_tick_to_the_alert(tmp_path: Path) -> None:
    copied(SONGJIANG, tmp_path / "seeds")
    broken = copied(SONGJIANG, tmp_path / "seeds", "broken")
    edit(broken / "disclosure.csv", lambda row: row.update(fiscal_year="the year after next"))
    introduced(Night(tmp_path, {}))
    soon = datetime.now(SHANGHAI) + timedelta(seconds=70)
    tick = soon.replace(second=0, microsecond=0)
    with receiver() as received:
        night = Night(
            tmp_path,
            {
                "REBUILD_CRON": f"{tick.minute} {tick.hour} * * *",
                "REBUILD_QUIET_SECONDS": "3",
                "ALERT_WEBHOOK": f"{received.address}/alerts?key={SECRET}",
                # nobody listens there: a channel that fails holds up nothing
                "ALERT_WECOM": f"http://127.0.0.1:9/send?key={SECRET}",
            },
        )
        with night.daemon(), night.instance() as instance:

            def started_by() -> set[str]:
                """List the triggers of the runs that have succeeded."""
                runs = instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.SUCCESS]))
                return {"tick" if SCHEDULED in run.tags else "change" for run in runs}

            first = wait_for(started_by)
            if first == {"tick"}:  # before the new input had been quiet for long enough
                (broken / "tables.csv").touch()
            wait_for(lambda: started_by() == {"tick", "change"})
            wait_for(lambda: received.posted)
            wait_for(lambda: "not delivered to wecom" in night.log.read_text())
            told_count = night.log.read_text().count("Nothing new to tell")
            wait_for(lambda: night.log.read_text().count("Nothing new to tell") > told_count)
            records = sorted(instance.get_run_records(), key=lambda record: record.start_time or 0)

    times = [moment for record in records for moment in (record.start_time, record.end_time)]
    assert len(times) >= 4
    assert times == sorted(times, key=lambda moment: moment or 0), "no two runs at once"
    tags = [record.dagster_run.tags for record in records]
    assert [tag[SCHEDULED] for tag in tags if SCHEDULED in tag] == [
        tick.astimezone(ZoneInfo("UTC")).isoformat()
    ]

    with duckdb.connect(str(tmp_path / "warehouse" / "budget.duckdb"), read_only=True) as file:
        assert file.execute("select disclosure_id from marts.dim_disclosures").fetchall() == [
            (SONGJIANG,)
        ]
    ((path, alert),) = received.posted
    assert path == f"/alerts?key={SECRET}"
    assert alert["kind"] == "disclosure_rejected"
    assert alert["details"] == [
        "broken/disclosure.csv:2 fiscal_year: 'the year after next' is not a year such as 2021"
    ]
    searched = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {night.log, tmp_path / "warehouse" / "budget.duckdb"} < set(searched)
    assert [path for path in searched if SECRET.encode() in path.read_bytes()] == []


def test_nights_missed_are_caught_up_once_and_a_run_that_hangs_is_ended(
    storage: dict[str, str], tmp_path: Path
) -> None:
    copied(SONGJIANG, tmp_path / "seeds")
    night = Night(tmp_path, storage)
    state = introduced(night)
    # A pipe that nobody writes to is read for ever: the run hangs.
    pipe = copied(SONGJIANG, tmp_path / "seeds", "pipe") / "tables.csv"
    pipe.unlink()
    os.mkfifo(pipe)
    settings = night.home / "dagster.yaml"
    hasty = settings.read_text().replace("max_runtime_seconds: 7200", "max_runtime_seconds: 10")
    settings.write_text(hasty.replace("poll_interval_seconds: 30", "poll_interval_seconds: 1"))
    assert "max_runtime_seconds: 10" in settings.read_text()
    with night.instance() as instance:
        assert ("Postgres" in type(instance.event_log_storage).__name__) == bool(storage)
        four_days_ago = (datetime.now(SHANGHAI) - timedelta(days=4)).timestamp()
        instance.update_instigator_state(
            state.with_data(ScheduleInstigatorData("0 2 * * *", four_days_ago, four_days_ago))
        )
    now = datetime.now(SHANGHAI)
    two = now.replace(hour=2, minute=0, second=0, microsecond=0)
    missed = two if two <= now else two - timedelta(days=1)
    with night.daemon(), night.instance() as instance:
        wait_for(lambda: [run for run in instance.get_runs() if run.status in WORKING])
        (run,) = instance.get_runs()
        assert run.job_name == "rebuild_warehouse"
        assert run.tags[SCHEDULED] == missed.astimezone(ZoneInfo("UTC")).isoformat()
        (tick,) = instance.get_ticks(state.instigator_origin_id, state.selector_id)
        assert (tick.timestamp, tick.run_ids) == (missed.timestamp(), [run.run_id])

        def is_free() -> bool:
            """Tell whether no process holds the warehouse."""
            with suppress(WarehouseBusyError), warehouse.exclusively():
                return True
            return False

        warehouse = Warehouse(tmp_path / "seeds", tmp_path / "warehouse")
        wait_for(lambda: instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE])))
        wait_for(is_free)
        messages = [entry.message for entry in instance.all_logs(run.run_id)]
        assert "Canceling due to exceeding maximum runtime of 10 seconds." in messages
    assert (tmp_path / "dagster" / "history").exists() == (not storage)
