"""The warehouse as a Dagster resource: held against other builds for as long as a run lasts."""

import faulthandler
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext

import dagster as dg

from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.warehouse import (
    UnwritableWarehouseError,
    Warehouse,
    WarehouseBusyError,
)
from dagster_project.retries import PAUSES, retried

_GRACE = 120  # seconds that Dagster has to end a run


class WarehouseResource(dg.ConfigurableResource):
    """The folders that SEEDS and WAREHOUSE point to when the run starts."""

    strict: bool = False  # publish nothing over a new finding of severity error
    full: bool = False  # compute everything again, changed or not
    patient: bool = True  # at night; a person at a desk is told at once what is in the way

    @property
    def warehouse(self) -> Warehouse:
        """The warehouse of this run."""
        return Warehouse.from_environment()

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["WarehouseResource"]:
        """Hold the warehouse while the run lasts; the retry of an interrupted run lets it rest."""
        run = context.run
        interrupted = int(run.tags.get("dagster/retry_number", 0)) if run else 0
        if interrupted:
            time.sleep(PAUSES[min(interrupted, len(PAUSES)) - 1])
        with ExitStack() as held:
            for pause in (*(PAUSES if self.patient else ()), None):
                try:
                    held.enter_context(self.warehouse.exclusively())
                    break
                except UnwritableWarehouseError as error:
                    raise dg.Failure(str(error)) from error
                except WarehouseBusyError as error:
                    if pause is None:
                        raise dg.Failure(str(error)) from error
                    (context.log or dg.get_dagster_logger()).warning(
                        "%s Trying again in %d seconds.", error, pause
                    )
                    time.sleep(pause)
            self.warehouse.clear()
            with self._ended_in_time(context.instance):
                yield self

    @contextmanager
    def _ended_in_time(self, instance: dg.DagsterInstance | None) -> Iterator[None]:
        """End a run that Dagster could not end: one that hangs where no interrupt is heard."""
        limit = instance.run_monitoring_max_runtime_seconds if instance and self.patient else 0
        if limit:
            faulthandler.dump_traceback_later(limit + _GRACE, exit=True, file=2)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()

    @contextmanager
    def retried(
        self, context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext
    ) -> Iterator[None]:
        """Have Dagster try a step again later, at night, if its error may pass."""
        with retried(context) if self.patient else nullcontext():
            yield

    def rejects(self) -> list[str]:
        """Return what landing refused, a line each."""
        with open_database(self.warehouse.landing, read_only=True) as connection:
            rows = connection.execute(
                "select source_file, line_number, column_name, reason from rejected_rows"
                " order by all"
            ).fetchall()
        return [
            f"{file}{f':{line}' if line else ''}{f' {column}' if column else ''}: {reason}"
            for file, line, column, reason in rows
        ]
