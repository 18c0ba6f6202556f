"""Dagster's own records do not pile up."""

from pathlib import Path

import dagster as dg
import pytest
from nights import Night

from dagster_project.records import old_records, records_of_one_process, remove_old_runs


@dg.op
def speaks() -> None:
    print("a line for the logs of the run")


@dg.job
def speaking() -> None:
    speaks()


@pytest.fixture
def night(tmp_path: Path, storage: dict[str, str]) -> Night:
    night = Night(tmp_path, storage)
    night.prepare()
    return night


def test_old_runs_go_with_their_events_and_logs(night: Night) -> None:
    with night.instance() as instance:
        runs = [speaking.execute_in_process(instance=instance).run_id for _ in range(3)]
        instance.add_run(dg.DagsterRun("speaking", status=dg.DagsterRunStatus.STARTED))

        def named_after(run_id: str) -> list[Path]:
            return [path for path in night.home.rglob("*") if run_id in path.name]

        assert all(named_after(run) for run in runs)
        assert remove_old_runs(instance, days=30) == 0
        assert remove_old_runs(instance, days=0) == 3
        assert [run.status for run in instance.get_runs()] == [dg.DagsterRunStatus.STARTED]
        assert [named_after(run) for run in runs] == [[], [], []]
        assert not instance.fetch_run_status_changes(dg.DagsterEventType.RUN_SUCCESS, 9).records


def test_a_run_in_one_process_is_read_beside_it_and_goes(night: Night) -> None:
    with night.instance() as beside:
        with records_of_one_process() as instance:
            runs = [speaking.execute_in_process(instance=instance).run_id for _ in range(2)]
            for run in runs:
                events = beside.all_logs(run)
                assert events[-1].dagster_event_type == dg.DagsterEventType.PIPELINE_SUCCESS
                assert len(events) == len(instance.all_logs(run))
            beside.add_run(dg.DagsterRun("speaking", run_id="beside"))
            assert instance.get_run_by_id("beside")
            assert remove_old_runs(instance, days=0) == 2
            speaking.execute_in_process(instance=instance)
        assert [path for run in runs for path in night.home.rglob(f"*{run}*")] == []
        assert not [*night.home.rglob("*.db-wal")]
        assert len(beside.get_runs()) == 2


def test_the_sensor_keeps_what_is_recent(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    with night.instance() as instance:
        speaking.execute_in_process(instance=instance)
        monkeypatch.setenv("RECORDS_KEPT_DAYS", "30")
        with dg.build_sensor_context(instance) as context:
            assert old_records.evaluate_tick(context).skip_message == "0 old runs removed."
        assert len(instance.get_runs()) == 1
