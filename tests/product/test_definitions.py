"""The platform has the shape that we say it has."""

import csv
import os
import subprocess
import sys

import dagster as dg
import pytest
from warehouses import SEEDS


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    from dagster_project.definitions import defs

    return defs


def test_the_job_and_its_schedule(definitions: dg.Definitions) -> None:
    repository = definitions.get_repository_def()
    (schedule,) = repository.schedule_defs
    assert schedule.name == "nightly_rebuild"
    assert schedule.job_name == "rebuild_warehouse"
    assert schedule.cron_schedule == "0 2 * * *"
    assert schedule.execution_timezone == "Asia/Shanghai"
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING
    job = definitions.resolve_job_def("rebuild_warehouse")
    assert {node.name for node in job.nodes} == {
        "inbox__documents",
        "landing",
        "models",
        "judgements",
        "published__budget",
        "published__budget_published_within_36_hours",
        "published__site",
        "published__exports",
        "published__postgres",
    }


def test_the_sensors_run_by_themselves(definitions: dg.Definitions) -> None:
    sensors = definitions.get_repository_def().sensor_defs
    assert {sensor.name for sensor in sensors} == {
        "alerts",
        "changed_input",
        "freshness_watched",
        "lost_runs",
        "old_records",
    }
    assert {sensor.default_status for sensor in sensors} == {dg.DefaultSensorStatus.RUNNING}
    (starting,) = (sensor for sensor in sensors if sensor.has_jobs or sensor.targets)
    assert starting.job_name == "rebuild_warehouse"


def test_operators_move_the_nightly_rebuild_by_one_variable() -> None:
    moved = subprocess.run(
        [
            sys.executable,
            "-c",
            "from dagster_project.definitions import nightly_rebuild as n; print(n.cron_schedule)",
        ],
        env=os.environ | {"REBUILD_CRON": "30 4 * * *"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert moved.stdout.split("\n")[-2] == "30 4 * * *"


def test_every_family_of_rules_has_a_check_and_what_must_block_blocks(
    definitions: dg.Definitions,
) -> None:
    with (SEEDS / "reference" / "reconciliation_rules.csv").open(encoding="utf-8") as file:
        families = {row["family"] for row in csv.DictReader(file)}
    graph = definitions.resolve_asset_graph()
    checks = {key.name: graph.get(key).blocking for key in graph.asset_check_keys}
    assert families <= checks.keys()
    assert checks["pipeline_integrity"]
    assert checks["no_new_errors_if_strict"]
    assert not any(checks[family] for family in families)


def test_a_definition_does_not_load_great_expectations() -> None:
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import dagster_project.definitions, sys; print('great_expectations' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip().endswith("False")
