"""The warehouse as a Dagster resource: held against other builds for as long as a run lasts."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import duckdb

from dagster_project.warehouse import UnwritableWarehouseError, Warehouse, WarehouseBusyError


class WarehouseResource(dg.ConfigurableResource):
    """The folders that SEEDS and WAREHOUSE point to when the run starts."""

    strict: bool = False  # publish nothing over a new finding of severity error
    full: bool = False  # compute everything anew, changed or not

    @property
    def warehouse(self) -> Warehouse:
        """The warehouse of this run."""
        return Warehouse.from_environment()

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["WarehouseResource"]:
        """Hold the warehouse while the run lasts."""
        try:
            with self.warehouse.exclusively():
                self.warehouse.clear()
                yield self
        except (UnwritableWarehouseError, WarehouseBusyError) as error:
            raise dg.Failure(str(error)) from error

    def rejects(self) -> list[str]:
        """What landing refused, a line each."""
        with duckdb.connect(str(self.warehouse.landing), read_only=True) as connection:
            rows = connection.execute(
                "select source_file, line_number, column_name, reason from rejected_rows"
                " order by all"
            ).fetchall()
        return [
            f"{file}{f':{line}' if line else ''}{f' {column}' if column else ''}: {reason}"
            for file, line, column, reason in rows
        ]
