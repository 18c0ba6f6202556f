"""The main job in a process that kills itself at a named point, as a power cut would.

    python killed_at.py POINT

It changes nothing in the job: the functions of its modules are wrapped from outside.
"""

import os
import runpy
import signal
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parent.parent.parent

# The wrapped function, whether the process dies before or after it, and at which call of it.
POINTS = {
    "before the inbox is read": ("budget_warehouse.reader.intake.inbox:read_inbox", "before", 1),
    "before the scan of the CSVs": ("budget_warehouse.landing.noted_input:scan", "before", 1),
    "while the CSVs are read": ("budget_warehouse.landing.raw_folder:rows", "before", 4),
    "before the landing tables are loaded": ("budget_warehouse.landing.landing:_load", "before", 1),
    "before landing commits": ("budget_warehouse.landing.landing:_load", "after", 1),
    "after landing": ("dagster_project.assets:land", "after", 1),
    "after the plan": ("dagster_project.assets:plan_build", "after", 1),
    "before dbt": ("dagster_project.dbt:Dbt.cli", "before", 1),
    "at the first event of dbt": ("dagster_dbt:DbtCliInvocation.stream", "event", 1),
    "a tenth into dbt": ("dagster_dbt:DbtCliInvocation.stream", "event", 20),
    "a third into dbt": ("dagster_dbt:DbtCliInvocation.stream", "event", 60),
    "half into dbt": ("dagster_dbt:DbtCliInvocation.stream", "event", 100),
    "late in dbt": ("dagster_dbt:DbtCliInvocation.stream", "event", 150),
    "after dbt": ("budget_warehouse.build.merge:add_batch", "before", 1),
    "after a batch is put in": ("budget_warehouse.build.merge:add_batch", "after", 1),
    "while the published file is copied": ("shutil:copyfile", "half", 1),
    "before the merged rows are checked": ("budget_warehouse.build.merge:_check", "before", 1),
    "before the candidate becomes the build": ("budget_warehouse.build.merge:without", "after", 2),
    "before Great Expectations": ("budget_warehouse.validation.judge:judge", "before", 1),
    "while Great Expectations judges": ("budget_warehouse.validation.judge:_suite", "before", 4),
    "after Data Docs are written": (
        "budget_warehouse.outputs.reports.report:make_readable_offline",
        "before",
        1,
    ),
    "before the audit pages": (
        "budget_warehouse.outputs.reports.report:write_audit_pages",
        "before",
        1,
    ),
    "before publishing": ("budget_warehouse.engines.duckdb:publish", "before", 1),
    "after the log is written": ("budget_warehouse.build.publishing:write_log", "after", 1),
    "between checkpoint and replacement": ("budget_warehouse.build.publishing:_sync", "before", 1),
    "after the old version is linked": (
        "budget_warehouse.build.publishing:_keep_version",
        "after",
        1,
    ),
    "right after the replacement": ("budget_warehouse.build.publishing:_sync", "before", 2),
    "before the report is replaced": (
        "budget_warehouse.build.publishing:replace_reports",
        "before",
        1,
    ),
    "while the explorer is written": (
        "budget_warehouse.outputs.explorer.site:_write_part",
        "before",
        5,
    ),
    "before the files are replaced": (
        "budget_warehouse.outputs.files.exports:write_data_package",
        "after",
        1,
    ),
    "after publishing": ("budget_warehouse.engines.duckdb:publish", "after", 1),
}


def die() -> None:
    """Die as in a power cut: no handler runs, no buffer is written."""
    os.kill(os.getpid(), signal.SIGKILL)


def half_copy(source: Path, target: Path, **_: Any) -> None:
    """A copy that the power cut finds half way."""
    content = Path(source).read_bytes()
    Path(target).write_bytes(content[: len(content) // 2])
    die()


def wrapped(function: Callable[..., Any], when: str, call: int) -> Callable[..., Any]:
    """The function, with death before or after its n-th call, or at its n-th event."""
    calls = 0

    def with_death(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if when == "before" and calls == call:
            die()
        result = function(*arguments, **options)
        if when == "after" and calls == call:
            die()
        return result

    def with_death_among_events(*arguments: Any, **options: Any) -> Iterator[Any]:
        for number, event in enumerate(function(*arguments, **options), start=1):
            if number == call:
                die()
            yield event

    return with_death_among_events if when == "event" else with_death


def main() -> None:
    """Wrap the function of the point, then run the job as `budget build` does."""
    place, when, call = POINTS[sys.argv[1]]
    sys.path.insert(0, str(REPOSITORY))
    os.chdir(REPOSITORY)
    sys.argv = ["budget", "build"]
    module, _, path = place.partition(":")
    *owners, name = path.split(".")
    owner = import_module(module)
    for part in owners:
        owner = getattr(owner, part)
    function = getattr(owner, name)  # a point that no longer exists fails here
    setattr(owner, name, half_copy if when == "half" else wrapped(function, when, call))
    runpy.run_module("budget_warehouse", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
