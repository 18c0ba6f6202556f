"""The place that computes a build, as the build calls it: DuckDB here, or a Spark cluster."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Protocol

from budget_warehouse.build.publications import Publication
from budget_warehouse.build.set_aside import SetAside
from budget_warehouse.storage.warehouse import Warehouse
from budget_warehouse.validation.outcomes import Judgement

# Runs dbt over the batch that is taken and returns its events; is told whether the batch is the
# last, of which events are wanted.
RunDbt = Callable[[bool], list[Any]]


class Engine(Protocol):
    """The steps of a build that depend on where it is computed."""

    name: str  # of the target in dbt's profile
    has_outputs: bool  # whether a DuckDB file is published, which outputs are written from
    dbt_command: tuple[str, ...]

    @property
    def batch_size(self) -> int | None:
        """The number of disclosures that are computed at once; None for all."""

    def target(self, warehouse: Warehouse) -> Path:
        """Return the folder in which dbt remembers one build for the next."""

    def land(self, warehouse: Warehouse) -> None:
        """Bring what was landed to where dbt reads it."""

    def last_publication(self, warehouse: Warehouse) -> Publication | None:
        """Return what is published; None where nothing is, or nothing readable."""

    def has_report_of(self, warehouse: Warehouse, publication: Publication) -> bool:
        """Return whether the report that stands is the one of a publication."""

    def published_rows(self, warehouse: Warehouse, query: str) -> list[Any]:
        """Ask what is published."""

    def published_contents(self, warehouse: Warehouse) -> dict[str, str]:
        """Return what each published disclosure was made from, where it can be held as it is."""

    def compute(self, warehouse: Warehouse, run_dbt: RunDbt) -> list[Any]:
        """Run dbt over what is planned and return the events of its last run."""

    def broken_by_dbt(self, warehouse: Warehouse) -> list[SetAside]:
        """Find the disclosures over which models and tests of the last run failed."""

    def judge(self, warehouse: Warehouse, changed: Collection[str] | None) -> list[Judgement]:
        """Judge what was built and write its report, again only for those that changed."""

    def broken_by_judging(self, warehouse: Warehouse, error: Exception) -> list[SetAside]:
        """Find the disclosures over which the report cannot be written."""

    def built_rows(self, warehouse: Warehouse, query: str) -> list[Any]:
        """Ask what was built, by the names of what will be published."""

    def publish(self, warehouse: Warehouse) -> Publication:
        """Replace what is published by what was built."""

    def confirmed(self, warehouse: Warehouse) -> Path:
        """Return the file whose age is that of the last publication or confirmation."""

    def place(self, warehouse: Warehouse) -> str:
        """Say where readers find what is published."""

    def summary(self, warehouse: Warehouse) -> tuple[str, bool]:
        """Give a short account of what is published, and whether anything was rejected."""
