"""Transient errors are retried; others fail at once."""

import errno
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import duckdb
import pytest
from nights import Night
from warehouses import REPOSITORY

from benchmarks.waiting import HANGING
from budget_warehouse.build.transient import is_transient
from dagster_project import resources, retries
from dagster_project.resources import WarehouseResource
from dagster_project.retries import PAUSES

HOLD = "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX);" + (
    " print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture(autouse=True)
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WAREHOUSE", str(tmp_path))
    for module in (retries, resources):
        monkeypatch.setattr(module, "PAUSES", (0.1, 0.4, 1.6, 6.4))
    return tmp_path


def attempts(error: Exception, failures: int, patient: bool = True) -> tuple[int, bool]:
    """Count the tries of a step that fails so many times, and tell whether it succeeds at last."""
    tried = []

    @dg.asset
    def step(context: dg.AssetExecutionContext, warehouse: WarehouseResource) -> None:
        tried.append(context.op_execution_context.retry_number)
        with warehouse.retried(context):
            if len(tried) <= failures:
                raise error

    result = dg.materialize(
        [step],
        resources={"warehouse": WarehouseResource(patient=patient)},
        raise_on_error=False,
    )
    return len(tried), result.success


def test_pauses_grow() -> None:
    assert list(PAUSES) == sorted(set(PAUSES))


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EIO, "Input/output error"),
        OSError(errno.ESTALE, "Stale file handle"),
        duckdb.IOException('IO Error: Could not set lock on file "build.duckdb"'),
    ],
)
def test_what_may_pass_is_tried_again(error: Exception) -> None:
    assert attempts(error, failures=2) == (3, True)


def test_what_does_not_pass_in_time_fails() -> None:
    assert attempts(OSError(errno.EIO, "Input/output error"), failures=99) == (5, False)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("the pipeline is wrong"),
        dg.Failure("the input is bad", allow_retries=False),
        OSError(errno.ENOSPC, "No space left on device"),
        PermissionError(errno.EACCES, "Permission denied"),
        duckdb.IOException("IO Error: No such file or directory"),
    ],
)
def test_what_cannot_pass_fails_at_once(error: Exception) -> None:
    assert attempts(error, failures=1) == (1, False)


def test_at_a_desk_nothing_is_tried_again() -> None:
    assert attempts(OSError(errno.EIO, "Input/output error"), 1, patient=False) == (1, False)


def test_a_file_that_somebody_holds_open_may_be_let_go(tmp_path: Path) -> None:
    file = tmp_path / "held.duckdb"
    duckdb.connect(str(file)).close()
    held = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True);"
            " sys.stdin.read()",
            str(file),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert held.stdout is not None
    held.stdout.readline()
    try:
        with pytest.raises(duckdb.IOException) as caught:
            duckdb.connect(str(file))
    finally:
        held.communicate()
    assert is_transient(caught.value)


def build_under_lock(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, patient: bool, let_go_after: int | None = None
) -> tuple[dg.ExecuteInProcessResult, list[float]]:
    """A run while another process holds the warehouse, for so many pauses or for good.

    The second value has the length of each pause.
    """
    pauses: list[float] = []

    @dg.asset
    def step(warehouse: WarehouseResource) -> None:
        pass

    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(warehouse / ".lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            if len(pauses) == let_go_after:
                holder.communicate()

        monkeypatch.setattr(resources, "time", SimpleNamespace(sleep=pause))
        assert holder.stdout is not None
        holder.stdout.readline()
        result = dg.materialize(
            [step],
            resources={"warehouse": WarehouseResource(patient=patient)},
            raise_on_error=False,
        )
        holder.kill()
    return result, pauses


def test_a_run_at_night_waits_for_the_warehouse(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result, pauses = build_under_lock(warehouse, monkeypatch, patient=True, let_go_after=2)
    assert result.success
    assert pauses == list(resources.PAUSES[:2])


def test_a_run_at_a_desk_does_not(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result, pauses = build_under_lock(warehouse, monkeypatch, patient=False)
    assert not result.success
    assert pauses == []


def test_a_warehouse_that_stays_busy_is_given_up(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result, pauses = build_under_lock(warehouse, monkeypatch, patient=True)
    assert not result.success
    assert pauses == list(resources.PAUSES)


# The limit that is set as the run begins counts only from where it hangs, however busy the machine.
DEAF = """
import faulthandler, os, signal, time
import dagster as dg
from dagster_project import resources
resources._GRACE = 1
later, asked = faulthandler.dump_traceback_later, []
faulthandler.dump_traceback_later = lambda *limit, **how: asked.append((limit, how))

@dg.asset
def deaf(warehouse: resources.WarehouseResource):
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
    ((limit, how),) = asked
    later(*limit, **how)
    time.sleep(10**6)

if __name__ == "__main__":
    with dg.DagsterInstance.get() as instance:
        resource = resources.WarehouseResource()
        dg.materialize([deaf], resources={"warehouse": resource}, instance=instance)
"""


def test_a_run_that_hears_no_interrupt_ends_itself(tmp_path: Path) -> None:
    night = Night(tmp_path, {})
    night.prepare()
    settings = night.home / "dagster.yaml"
    text = settings.read_text()
    assert "max_runtime_seconds: 7200" in text
    settings.write_text(text.replace("max_runtime_seconds: 7200", "max_runtime_seconds: 1"))
    run = subprocess.run(
        [sys.executable, "-c", DEAF],
        cwd=REPOSITORY,
        env=night.environment(),
        capture_output=True,
        text=True,
        timeout=HANGING,
        check=False,
    )
    assert run.returncode == 1
    assert "Timeout" in run.stderr
    assert "in deaf" in run.stderr
