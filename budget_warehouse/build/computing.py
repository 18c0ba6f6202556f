"""Computing what is planned: batch after batch, without the disclosures that break it.

A disclosure over which a model, a test or a guard fails is set aside, the build planned again, and
computed again without it. Where no disclosure can be named, or none would be left, the build fails.
"""

import errno
import os
import shutil
from collections.abc import Sequence
from typing import Any

from budget_warehouse.build import merge, tracing
from budget_warehouse.build.dbt import DbtFailedError
from budget_warehouse.build.engine import Engine, RunDbt
from budget_warehouse.build.plan import making_sum, plan_build, planned_build
from budget_warehouse.build.refusals import refuse_rejected
from budget_warehouse.build.set_aside import SetAside, release, set_aside
from budget_warehouse.build.transient import is_transient
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.progress import stage
from budget_warehouse.storage.warehouse import Warehouse
from budget_warehouse.validation.outcomes import Judgement

_FULL = os.strerror(errno.ENOSPC)  # of a disk: no disclosure's fault

# Every landed text that is not held, and whether an earlier build has one of its disclosure.
_LANDED = """
    select
        disclosure_id, landed.content_sha256,
        disclosure_id in (select disclosure_id from earlier.landed)
    from landed
    where disclosure_id not in (select disclosure_id from held)
"""


class BrokenBuildError(Exception):
    """The build broke, and leaving disclosures out cannot mend it; one sentence says how."""


class GuardError(Exception):
    """The build lost or doubled something of some disclosures."""

    def __init__(self, broken: list[SetAside]) -> None:
        super().__init__("; ".join(map(str, broken[:3])))
        self.broken = broken


def compute(
    warehouse: Warehouse,
    engine: Engine,
    run_dbt: RunDbt,
    is_full: bool = False,
    is_strict: bool = False,
) -> list[Any]:
    """Build every model for what is planned, without what breaks it.

    Args:
        warehouse: where the plan stands and the build goes.
        engine: computes it.
        run_dbt: runs dbt over the batch that is taken.
        is_full: as the build was planned.
        is_strict: as the build was planned.

    Returns:
        The events of the last batch.

    Raises:
        BrokenBuildError: no disclosure can be named that breaks the build, or none would be left.
        merge.IncompleteBuildError: the result does not hold what was landed.
    """
    while True:
        count = len(planned_build(warehouse).affected)
        stage(f"Computing {count:,} disclosure{'' if count == 1 else 's'}")
        try:
            return engine.compute(warehouse, run_dbt)
        except DbtFailedError as error:
            if is_transient(error):
                raise
            reason = tracing.dbt_failure(engine.target(warehouse))
            if _FULL in str(error) or _FULL in reason:
                raise BrokenBuildError(f"{_FULL}. {reason}") from error
            broken = engine.broken_by_dbt(warehouse)
        except GuardError as error:
            broken, reason = error.broken, f"pipeline_integrity: {error}"
        except merge.HoldingError:
            release(warehouse.landing)
            plan_build(warehouse, engine, is_full, is_strict)
            continue
        leave_out(warehouse, engine, broken, reason)
        plan_build(warehouse, engine, is_full, is_strict)
        engine.land(warehouse)


def leave_out(
    warehouse: Warehouse, engine: Engine, broken: Sequence[SetAside], reason: str
) -> None:
    """Set disclosures aside that broke a build; the documents they came from are refused.

    Raises:
        BrokenBuildError: with the reason, where there are none, or none would be left.
    """
    with open_database(warehouse.landing, read_only=True) as connection:
        rows = connection.execute(_LANDED).fetchall()
    contents = engine.published_contents(warehouse)
    names = {one.disclosure_id for one in broken}
    left = [row for row in rows if row[0] not in names or row[2]]
    if not names or not left:
        raise BrokenBuildError(reason)
    held = [name for name, content, _ in rows if contents.get(name) == content]
    set_aside(warehouse.landing, broken, making_sum(warehouse), held)
    refuse_rejected(warehouse)


def judge(
    warehouse: Warehouse,
    engine: Engine,
    run_dbt: RunDbt,
    is_full: bool = False,
    is_strict: bool = False,
) -> list[Judgement]:
    """Judge what was built and write its report, without the disclosures that this breaks over.

    Args:
        warehouse: where the build stands.
        engine: computes, judges and writes the report, again only for those that changed.
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
            return engine.judge(warehouse, None if plan.is_everything else plan.affected)
        except Exception as error:
            if isinstance(error, OSError | MemoryError) or is_transient(error):
                raise
            broken = engine.broken_by_judging(warehouse, error)
            reason = f"The report could not be written ({type(error).__name__}: {error})."
            try:
                leave_out(warehouse, engine, broken, reason)
            except BrokenBuildError as nobody:
                raise nobody from error
            plan_build(warehouse, engine, is_full, is_strict)
        compute(warehouse, engine, run_dbt, is_full, is_strict)
