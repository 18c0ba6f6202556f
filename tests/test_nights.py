"""Nights with the real daemon: a tick, a change, a broken disclosure, and nights missed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import duckdb
import pytest
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.scheduler.instigation import ScheduleInstigatorData
from nights import Night, postgres, receiver, wait_for
from warehouses import SONGJIANG, copied, edit

SHANGHAI = ZoneInfo("Asia/Shanghai")
SCHEDULED = ".dagster/scheduled_execution_time"
SCHEDULE = InstigatorType.SCHEDULE
SECRET = "a8d1f7-do-not-tell"
FINISHED = {dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED}
WORKING = {dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED}


def soon() -> datetime:
    """The next full minute that leaves the daemon time to start."""
    return (datetime.now(SHANGHAI) + timedelta(seconds=80)).replace(second=0, microsecond=0)


def test_a_night_from_the_tick_to_the_alert(tmp_path: Path) -> None:
    copied(SONGJIANG, tmp_path / "seeds")
    broken = copied(SONGJIANG, tmp_path / "seeds", "broken")
    edit(broken / "disclosure.csv", lambda row: row.update(fiscal_year="the year after next"))
    tick = soon()
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
        night.prepare()
        at_once = []
        with night.daemon(), night.instance() as instance:

            def both_have_run() -> bool:
                runs = instance.get_runs()
                at_once.append(sum(run.status in WORKING for run in runs))
                return len(runs) == 2 and all(run.status in FINISHED for run in runs)

            wait_for(both_have_run)
            wait_for(
                lambda: "Nothing new to tell" in night.log.read_text().rsplit("RUN_SUCCESS")[-1]
            )
            by_schedule, by_change = instance.get_run_records()

    # Dagster keeps its records newest first.
    assert by_schedule.dagster_run.tags[SCHEDULED] == tick.astimezone(ZoneInfo("UTC")).isoformat()
    assert by_change.dagster_run.tags["dagster/sensor_name"] == "changed_input"
    for record in (by_change, by_schedule):
        assert record.dagster_run.status == dg.DagsterRunStatus.SUCCESS
    assert max(at_once) == 1
    assert by_change.end_time is not None
    assert by_schedule.start_time is not None
    assert by_change.end_time <= by_schedule.start_time

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
    assert "not delivered to wecom" in night.log.read_text()
    searched = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {night.log, tmp_path / "warehouse" / "budget.duckdb"} < set(searched)
    assert [path for path in searched if SECRET.encode() in path.read_bytes()] == []


@pytest.fixture(params=["sqlite", "postgres"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings for Dagster's own records."""
    if request.param == "sqlite":
        yield {}
    else:
        with postgres(tmp_path / "postgres") as url:
            yield {"DAGSTER_POSTGRES_URL": url}


def test_nights_missed_are_caught_up_once(storage: dict[str, str], tmp_path: Path) -> None:
    copied(SONGJIANG, tmp_path / "seeds")
    night = Night(tmp_path, storage)
    night.prepare()
    with night.daemon(), night.instance() as instance:
        assert ("Postgres" in type(instance.event_log_storage).__name__) == bool(storage)
        (state,) = wait_for(lambda: instance.all_instigator_state(instigator_type=SCHEDULE))
    with night.instance() as instance:
        assert not instance.get_runs()
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
    assert (tmp_path / "dagster" / "history").exists() == (not storage)
