"""DuckDB on this machine: batch after batch, merged into a copy of what is published."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from budget_warehouse.build import merge, tracing
from budget_warehouse.build.computing import GuardError
from budget_warehouse.build.dbt import DBT
from budget_warehouse.build.engine import RunDbt
from budget_warehouse.build.plan import planned_build, take_batch
from budget_warehouse.build.publications import (
    Publication,
    is_made_from,
    last_publication,
    published_contents,
)
from budget_warehouse.build.publishing import publish
from budget_warehouse.build.set_aside import SetAside
from budget_warehouse.outputs.reports.report import write_report
from budget_warehouse.outputs.reports.summary import summary
from budget_warehouse.settings import Settings
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.progress import progress
from budget_warehouse.storage.warehouse import Warehouse, without
from budget_warehouse.validation.outcomes import Judgement


class DuckDbEngine:
    """The steps of a build in DuckDB files."""

    name = "duckdb"
    has_outputs = True
    dbt_command = DBT

    @property
    def batch_size(self) -> int | None:
        """The number that PORTION gives."""
        return Settings.from_environment().batch_size

    def target(self, warehouse: Warehouse) -> Path:
        """Return the folder `target`."""
        return warehouse.target

    def land(self, warehouse: Warehouse) -> None:
        """Do nothing: dbt reads the landing file."""

    def last_publication(self, warehouse: Warehouse) -> Publication | None:
        """Read the log in the published file."""
        return last_publication(warehouse.published)

    def has_report_of(self, warehouse: Warehouse, publication: Publication) -> bool:
        """Return whether no run was cut off between publishing the warehouse and its report."""
        return is_made_from(warehouse.reports, publication)

    def published_rows(self, warehouse: Warehouse, query: str) -> list[Any]:
        """Ask the published file."""
        with open_database(warehouse.published, read_only=True) as connection:
            return connection.execute(query).fetchall()

    def published_contents(self, warehouse: Warehouse) -> dict[str, str]:
        """Read the sums of the published file."""
        return published_contents(warehouse.published)

    def compute(self, warehouse: Warehouse, run_dbt: RunDbt) -> list[Any]:
        """Build one batch after the other, and merge each into what stands so far.

        Raises:
            GuardError: a batch lost or doubled something.
            merge.HoldingError: what is held as published does not fit what was built.
            merge.IncompleteBuildError: the result does not hold what was landed.
        """
        plan = planned_build(warehouse)
        merge.begin(warehouse, plan.is_everything)
        events: list[Any] = []
        for number in progress(range(len(plan.batches)), "Computing", "batch"):
            without(warehouse.build, warehouse.working)
            take_batch(warehouse, number)
            events = run_dbt(number == len(plan.batches) - 1)
            if broken := tracing.broken_guards(warehouse):
                raise GuardError(broken)
            merge.add_batch(warehouse)
        merge.finish(warehouse)
        return events

    def broken_by_dbt(self, warehouse: Warehouse) -> list[SetAside]:
        """Ask the failed queries again over fewer disclosures."""
        return tracing.broken_in_dbt(warehouse)

    def judge(self, warehouse: Warehouse, changed: Collection[str] | None) -> list[Judgement]:
        """Judge the built file and write its report."""
        return write_report(warehouse, changed)

    def broken_by_judging(self, warehouse: Warehouse, error: Exception) -> list[SetAside]:
        """Write the report again over fewer disclosures."""
        return tracing.broken_by_writing(
            warehouse.build,
            lambda file: write_report(replace(warehouse, folder=file.parent)),
            "the report",
            error,
        )

    def built_rows(self, warehouse: Warehouse, query: str) -> list[Any]:
        """Ask the built file."""
        with open_database(warehouse.build, read_only=True) as connection:
            return connection.execute(query).fetchall()

    def publish(self, warehouse: Warehouse) -> Publication:
        """Put the built file in the place of the published one."""
        return publish(warehouse)

    def confirmed(self, warehouse: Warehouse) -> Path:
        """Return the published file."""
        return warehouse.published

    def place(self, warehouse: Warehouse) -> str:
        """Name the published file."""
        return str(warehouse.published)

    def summary(self, warehouse: Warehouse) -> tuple[str, bool]:
        """Read the published file."""
        return summary(warehouse)
