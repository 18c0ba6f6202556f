"""The steps of a build on a Spark cluster, whose catalog holds what is published."""

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from budget_warehouse.build.engine import RunDbt
from budget_warehouse.build.publications import Publication
from budget_warehouse.build.set_aside import SetAside
from budget_warehouse.engines.spark import spark
from budget_warehouse.settings import Settings
from budget_warehouse.storage.warehouse import Warehouse
from budget_warehouse.validation.outcomes import Judgement, sound


class SparkEngine:
    """The steps of a build in the catalog of a cluster, which computes everything at once."""

    name = "spark"
    has_outputs = False
    dbt_command: tuple[str, ...] = (
        sys.executable,
        "-P",
        str(Path(__file__).with_name("dbt_on_spark.py")),
    )
    batch_size: int | None = None

    def target(self, warehouse: Warehouse) -> Path:
        """Return the folder `target-spark`."""
        return warehouse.folder / "target-spark"

    def land(self, warehouse: Warehouse) -> None:
        """Bring the schema `landing` of the cluster up to date."""
        spark.land(warehouse)

    def last_publication(self, warehouse: Warehouse) -> Publication | None:
        """Read the log of the cluster."""
        return next(reversed(spark.publications()), None)

    def has_report_of(self, warehouse: Warehouse, publication: Publication) -> bool:
        """Take the report as it is: on a cluster it is not marked."""
        return True

    def published_rows(self, warehouse: Warehouse, query: str) -> list[Any]:
        """Ask the published tables; none where nothing whole is published."""
        return spark.published_rows(query)

    def published_contents(self, warehouse: Warehouse) -> dict[str, str]:
        """Hold nothing: a cluster replaces whole years."""
        return {}

    def compute(self, warehouse: Warehouse, run_dbt: RunDbt) -> list[Any]:
        """Run dbt once."""
        return run_dbt(True)

    def broken_by_dbt(self, warehouse: Warehouse) -> list[SetAside]:
        """Ask the failed queries again over fewer disclosures."""
        from budget_warehouse.engines.spark.tracing import broken_on_spark  # needs the extra

        return broken_on_spark(self.target(warehouse), spark.session())

    def judge(self, warehouse: Warehouse, changed: Collection[str] | None) -> list[Judgement]:
        """Judge the built tables, and write the judge's own pages."""
        return sound(spark.judge(warehouse.next_reports))

    def broken_by_judging(self, warehouse: Warehouse, error: Exception) -> list[SetAside]:
        """Name nobody: on a cluster no pages of disclosures are written."""
        return []

    def built_rows(self, warehouse: Warehouse, query: str) -> list[Any]:
        """Ask the built tables."""
        return spark.built_rows(query)

    def publish(self, warehouse: Warehouse) -> Publication:
        """Put what was built into the published tables."""
        publication = spark.publish(warehouse)
        self.confirmed(warehouse).touch()
        return publication

    def confirmed(self, warehouse: Warehouse) -> Path:
        """Return an empty file: the tables are elsewhere."""
        return warehouse.folder / "published-on-spark"

    def place(self, warehouse: Warehouse) -> str:
        """Name the cluster."""
        return Settings.from_environment().spark_remote

    def summary(self, warehouse: Warehouse) -> tuple[str, bool]:
        """Read the published tables."""
        return spark.summary(warehouse)
