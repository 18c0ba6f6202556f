"""Computing what is planned: portion after portion, without the disclosures that break it.

A disclosure over which a model, a test or a guard fails is set aside, the build planned again, and
computed again without it. Where no disclosure can be named, or none would be left, the build fails.
"""

import errno
import os
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from dagster_dbt.errors import DagsterDbtCliRuntimeError

from budget_warehouse.build import merge, tracing
from budget_warehouse.build.plan import making_sum, plan_build, planned_build, take_portion
from budget_warehouse.build.publications import published_contents
from budget_warehouse.build.refusals import refuse_rejected
from budget_warehouse.build.set_aside import SetAside, release, set_aside
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.progress import progress, stage
from budget_warehouse.storage.warehouse import Warehouse, is_on_spark, without
from dagster_project.retries import passes_by_itself

_FULL = os.strerror(errno.ENOSPC)  # of a disk: no disclosure's fault

_Written = TypeVar("_Written")

# What is computed of the landing tables, and whether an earlier text of it could be.
_LANDED = """
    select
        disclosure_id, landed.content_sha256,
        disclosure_id in (select disclosure_id from earlier.landed)
    from landed
    where disclosure_id not in (select disclosure_id from held)
"""


class BrokenBuildError(Exception):
    """The build broke, and leaving disclosures out cannot mend it; one sentence says how."""


class _GuardError(Exception):
    """The build lost or doubled something of some disclosures."""

    def __init__(self, broken: list[SetAside]) -> None:
        super().__init__("; ".join(map(str, broken[:3])))
        self.broken = broken


def compute(
    warehouse: Warehouse,
    run_dbt: Callable[[bool], list[Any]],
    is_full: bool = False,
    is_strict: bool = False,
) -> list[Any]:
    """Build every model for what is planned, without what breaks it.

    Args:
        warehouse: where the plan stands and the build goes.
        run_dbt: runs dbt over the portion that is taken and returns its events; is told whether
            the portion is the last, of which events are wanted.
        is_full: as the build was planned.
        is_strict: as the build was planned.

    Returns:
        The events of the last portion.

    Raises:
        BrokenBuildError: no disclosure can be named that breaks the build, or none would be left.
        merge.IncompleteBuildError: the result does not hold what was landed.
    """
    while True:
        count = len(planned_build(warehouse).affected)
        stage(f"Computing {count:,} disclosure{'' if count == 1 else 's'}")
        try:
            return run_dbt(True) if is_on_spark() else _computed(warehouse, run_dbt)
        except DagsterDbtCliRuntimeError as error:
            if passes_by_itself(error):
                raise
            reason = tracing.dbt_failure(warehouse.target)
            if _FULL in str(error) or _FULL in reason:
                raise BrokenBuildError(f"{_FULL}. {reason}") from error
            broken = _broken_in_dbt(warehouse)
        except _GuardError as error:
            broken, reason = error.broken, f"pipeline_integrity: {error}"
        except merge.HoldingError:
            release(warehouse.landing)
            plan_build(warehouse, is_full, is_strict)
            continue
        leave_out(warehouse, broken, reason)
        plan_build(warehouse, is_full, is_strict)
        if is_on_spark():
            from budget_warehouse.engines.spark.spark import land_on_spark

            land_on_spark(warehouse)


def _broken_in_dbt(warehouse: Warehouse) -> list[SetAside]:
    if is_on_spark():
        from budget_warehouse.engines.spark.spark import session
        from budget_warehouse.engines.spark.tracing import broken_on_spark

        return broken_on_spark(warehouse, session())
    return tracing.broken_in_dbt(warehouse)


def leave_out(warehouse: Warehouse, broken: Sequence[SetAside], reason: str) -> None:
    """Set disclosures aside that broke a build; the documents they came from are refused.

    Raises:
        BrokenBuildError: with the reason, where there are none, or none would be left.
    """
    with open_database(warehouse.landing, read_only=True) as connection:
        rows = connection.execute(_LANDED).fetchall()
    # A cluster replaces whole years, and holds nothing that it does not compute.
    contents = {} if is_on_spark() else published_contents(warehouse.published)
    names = {one.disclosure_id for one in broken}
    left = [row for row in rows if row[0] not in names or row[2]]
    if not names or not left:
        raise BrokenBuildError(reason)
    held = [name for name, content, _ in rows if contents.get(name) == content]
    set_aside(warehouse.landing, broken, making_sum(warehouse), held)
    refuse_rejected(warehouse)


def _computed(warehouse: Warehouse, run_dbt: Callable[[bool], list[Any]]) -> list[Any]:
    plan = planned_build(warehouse)
    merge.begin(warehouse, plan.is_everything)
    events: list[Any] = []
    for number in progress(range(len(plan.portions)), "Computing", "portion"):
        without(warehouse.build, warehouse.working)
        take_portion(warehouse, number)
        events = run_dbt(number == len(plan.portions) - 1)
        if broken := tracing.broken_guards(warehouse):
            raise _GuardError(broken)
        merge.add_portion(warehouse)
    merge.finish(warehouse)
    return events


def write_judged(
    warehouse: Warehouse,
    write: Callable[[Warehouse, Collection[str] | None], _Written],
    run_dbt: Callable[[bool], list[Any]],
    is_full: bool = False,
    is_strict: bool = False,
) -> _Written:
    """Judge what was built and write its report, without the disclosures that this breaks over.

    Args:
        warehouse: where the build stands.
        write: judges the build of a warehouse and writes its report, anew for those that changed.
        run_dbt: runs dbt, where the build has to be computed again without some disclosures.
        is_full: as the build was planned.
        is_strict: as the build was planned.

    Raises:
        BrokenBuildError: no disclosure can be named, or none would be left.
    """
    while True:
        plan = planned_build(warehouse)
        shutil.rmtree(warehouse.next_reports, ignore_errors=True)
        try:
            return write(warehouse, None if plan.is_everything else plan.affected)
        except Exception as error:
            if isinstance(error, OSError | MemoryError) or passes_by_itself(error):
                raise
            broken = tracing.broken_by_writing(
                warehouse.build,
                lambda file: write(replace(warehouse, folder=file.parent), None),
                "the report",
                error,
            )
            reason = f"The report could not be written ({type(error).__name__}: {error})."
            try:
                leave_out(warehouse, broken, reason)
            except BrokenBuildError as nobody:
                raise nobody from error
            plan_build(warehouse, is_full, is_strict)
        compute(warehouse, run_dbt, is_full, is_strict)
