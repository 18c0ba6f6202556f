"""The targets of the Makefile, as a user calls them."""

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from nights import receiver
from warehouses import REPOSITORY, Built, make

from benchmarks.waiting import HANGING, free_port

QUERY = """
    {
        schedulesOrError(
            repositorySelector: {
                repositoryName: "__repository__"
                repositoryLocationName: "dagster_project.definitions"
            }
        ) { ... on Schedules { results { name scheduleState { status } } } }
        instance { daemonHealth { allDaemonStatuses { daemonType healthy } } }
    }
"""


def test_help_lists_every_target() -> None:
    listed = make("help").stdout
    for target in (
        *(
            "build",
            "test",
            "check",
            "clean",
            "serve",
            "serve-data",
            "docs",
            "explore",
            "read",
            "alert",
        ),
        *("versions", "rollback", "publish-postgres", "test-bi", "test-faults", "review", "trust"),
    ):
        assert f"{target} " in listed


def test_docs_hold_the_dictionary(repository_warehouse: Built) -> None:
    run = make("docs", f"WAREHOUSE={repository_warehouse.warehouse}")
    assert run.returncode == 0, run.stdout + run.stderr
    page = (repository_warehouse.warehouse / "docs" / "index.html").read_text(encoding="utf-8")
    assert "One row per disclosure, fund, functional item, nature and unit" in page
    assert "fct_expenditures" in page


def test_dbt_by_hand_runs_from_landing_to_the_build_file_with_its_unit_tests(
    repository_warehouse: Built, tmp_path: Path
) -> None:
    shutil.copy(repository_warehouse.warehouse / "landing.duckdb", tmp_path)
    run = subprocess.run(
        [REPOSITORY / ".venv" / "bin" / "dbt", "build", "--target-path", str(tmp_path / "target")],
        cwd=REPOSITORY / "dbt_project",
        env=os.environ | {"WAREHOUSE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:]
    results = json.loads((tmp_path / "target" / "run_results.json").read_text())["results"]
    unit_tests = [result for result in results if result["unique_id"].startswith("unit_test.")]
    assert len(unit_tests) >= 12
    assert {result["status"] for result in unit_tests} == {"pass"}
    assert (tmp_path / "build.duckdb").exists()


def test_serve_elsewhere_asks_for_a_proxy(tmp_path: Path) -> None:
    served = subprocess.Popen(
        ["make", "serve", "HOST=127.0.0.2", "PORT=0", f"DAGSTER_HOME={tmp_path}"],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        assert served.stdout is not None
        warning = next(line for line in served.stdout if "127.0.0.2" in line)
        assert "put a proxy with authentication in front of it" in warning
    finally:
        os.killpg(served.pid, signal.SIGTERM)
        served.wait()


def test_a_trial_alert_says_what_became_of_it(tmp_path: Path) -> None:
    with receiver() as received:
        run = make(
            "alert", f"DAGSTER_HOME={tmp_path}", f"ALERT_WEBHOOK={received.address}/key-of-a-robot"
        )
    assert run.stdout == "webhook: sent\n", run.stderr
    assert received.kinds() == ["trial"]
    nowhere = make("alert", f"DAGSTER_HOME={tmp_path}")
    assert nowhere.returncode != 0
    assert "No channel is set" in nowhere.stdout


def test_serve_answers_on_loopback_only(tmp_path: Path) -> None:
    port = free_port()
    served = subprocess.Popen(
        ["make", "serve", f"PORT={port}", f"DAGSTER_HOME={tmp_path}", f"WAREHOUSE={tmp_path}"],
        cwd=REPOSITORY,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        query = json.dumps({"query": QUERY}).encode()
        answer: dict[str, Any] = {}
        daemons: dict[str, bool] = {}
        while not daemons.get("SCHEDULER"):
            assert served.poll() is None
            time.sleep(1)
            try:
                request = urllib.request.Request(
                    f"http://127.0.0.1:{port}/graphql",
                    data=query,
                    headers={"Content-Type": "application/json"},
                )
                with urllib.request.urlopen(request, timeout=HANGING) as response:
                    answer = json.load(response)["data"]
                daemons = {
                    daemon["daemonType"]: daemon["healthy"]
                    for daemon in answer["instance"]["daemonHealth"]["allDaemonStatuses"]
                }
            except (urllib.error.URLError, ConnectionError):
                continue
        (schedule,) = answer["schedulesOrError"]["results"]
        assert schedule == {"name": "nightly_rebuild", "scheduleState": {"status": "RUNNING"}}
        listening = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        sockets = {line.split()[1] for line in listening if line.split()[3] == "0A"}
        assert f"0100007F:{port:04X}" in sockets
        assert f"00000000:{port:04X}" not in sockets
    finally:
        os.killpg(served.pid, signal.SIGTERM)
        served.wait()
