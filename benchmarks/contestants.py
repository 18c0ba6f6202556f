"""The contestants: the product, its dbt part, the same SQL without dbt, and others."""

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.builds import Build, FailedError, build, environment
from benchmarks.comparison import differences_of_sqlmesh
from benchmarks.compiled import COSTS
from benchmarks.generator import LAYOUTS, write
from benchmarks.measurement import Measurement, measured, one_after_the_other
from benchmarks.same import differences
from benchmarks.scratch import batches
from budget_warehouse.build.plan import take_batch
from budget_warehouse.storage.warehouse import DBT_PROJECT, ROOT, Warehouse, without
from dagster_project.dbt import linked_project

YEARS = 4
ERRORS = 20  # of 1,000 disclosures
LIMIT = "8GB"  # what a small server has
PATIENCE = 600  # seconds for a contestant beside the product

_SQLMESH = ROOT / ".sqlmesh" / "venv" / "bin" / "sqlmesh"
_DBT = Path(sys.executable).with_name("dbt")


class NotExecutedError(Exception):
    """A contestant that is not there; the message says why."""


@dataclass(frozen=True)
class Contest:
    """A contestant's use of the machine, and what else was measured of it."""

    measurement: Measurement
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass
class Field:
    """The folders in which contestants meet over the same disclosures."""

    folder: Path
    disclosures: int

    def generate(self, layouts: Sequence[str] = LAYOUTS) -> None:
        """Write the disclosures, the same in each layout."""
        for layout in layouts:
            write(self.seeds(layout), self.disclosures // YEARS, YEARS, 1, layout, ERRORS)

    def seeds(self, layout: str) -> Path:
        """Return the folder of the disclosures in a layout."""
        return self.folder / layout

    @property
    def warehouse(self) -> Warehouse:
        """The warehouse that the product makes of a folder for each disclosure."""
        return Warehouse(self.seeds("folders"), self.folder / "warehouse")

    @cached_property
    def printed_amounts(self) -> int:
        """The number of figures that the disclosures print."""
        with duckdb.connect(str(self.warehouse.published), read_only=True) as connection:
            row = connection.execute(
                "select count(amount_yuan) from marts.fct_published_amounts"
            ).fetchone()
        return int(row[0]) if row else 0

    def whole_build(self, settings: Sequence[str] = ()) -> Build:
        """Run the product as it stands: from nothing the first time, then what changed."""
        return build(self.warehouse, settings)

    def whole_build_in_little_memory(self) -> Contest:
        """Run the product from nothing and from batches, DuckDB's memory limited."""
        warehouse = Warehouse(self.seeds("batches"), self.folder / "warehouse-in-little-memory")
        try:
            return Contest(build(warehouse, [f"MEMORY_LIMIT={LIMIT}"]).measurement)
        finally:
            shutil.rmtree(warehouse.folder, ignore_errors=True)

    def dbt(self) -> Contest:
        """Run the product's dbt command on the landing tables of its build; parsing apart.

        Batch after batch, as the build does it; merging them is not part of it.
        """
        alone = self._landed_alone("dbt")
        results = json.loads((self.warehouse.target / "run_results.json").read_bytes())
        given: Mapping[str, Any] = results["args"]
        project = linked_project(alone).project_dir
        options: list[str | Path] = [
            *("--profiles-dir", DBT_PROJECT),
            *("--target-path", alone.target, "--log-path", alone.target),
            *("--vars", json.dumps(given["vars"])),
        ]
        left_out = [
            part
            for kind in given["exclude_resource_types"]
            for part in ("--exclude-resource-type", kind)
        ]
        settings = environment(**alone.dbt_environment())
        parsed = _succeeded([_DBT, "parse", *options], settings, project)
        measurements = []
        for number in range(len(batches(alone))):
            without(alone.build, alone.working)
            take_batch(alone, number)
            command = [_DBT, given["which"], *left_out, *options]
            measurements.append(_succeeded(command, settings, project))
        return Contest(
            one_after_the_other(measurements),
            {"parsing_cpu_seconds": round(parsed.cpu_seconds, 2)},
        )

    def compiled(self) -> Contest:
        """Run the SQL that dbt compiled for the build, without dbt, batch after batch."""
        folder = self.folder / "compiled"
        measurements, of_hot_path = [], 0.0
        for number, batch in enumerate(batches(self.warehouse)):
            measurements.append(self._batch("compiled", number, folder))
            of_hot_path += json.loads((folder / COSTS).read_bytes())["hot_path_cpu_seconds"]
            built = folder / self.warehouse.build.name
            if different := differences(self.warehouse.published, built, batch):
                raise FailedError(f"It came to other rows than the warehouse: {different}")
        shutil.rmtree(folder)
        return Contest(
            one_after_the_other(measurements), {"hot_path_cpu_seconds": round(of_hot_path, 2)}
        )

    def by_hand(self) -> Contest:
        """Run the hot path by hand, batch after batch."""
        folder = self.folder / "by-hand"
        measurements = [
            self._batch("by_hand", number, folder) for number in range(len(batches(self.warehouse)))
        ]
        shutil.rmtree(folder)
        return Contest(one_after_the_other(measurements))

    def by_sqlmesh(self) -> Contest:
        """Run the same models, seeds and tests on the same landing tables with SQLMesh."""
        if not _SQLMESH.exists():
            raise NotExecutedError("SQLMesh is not installed: make .sqlmesh/installed")
        built, folder = self.warehouse, self.folder / "sqlmesh"
        project = folder / "project"
        shutil.copytree(DBT_PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
        shutil.copytree(built.reference, project / "reference")
        own = ROOT / "benchmarks" / "sqlmesh"
        shutil.copy(own / "config.py", project)
        shutil.copy(built.landing, folder)
        settings = environment(WAREHOUSE=str(folder), REFERENCE="reference")
        plan: list[str | Path] = [
            *(_SQLMESH, "--paths", project, "--log-file-dir", folder / "logs"),
            *("plan", "--auto-apply", "--no-prompts"),
        ]
        measurement = _succeeded(plan, settings, limit=PATIENCE)
        different = differences_of_sqlmesh(folder, built.published)
        if different:
            raise FailedError(f"It came to other rows than the warehouse: {different}")
        return Contest(measurement)

    def _landed_alone(self, name: str) -> Warehouse:
        """Return a separate warehouse that holds what the product landed, and its plan."""
        alone = Warehouse(self.warehouse.seeds, self.folder / name)
        alone.folder.mkdir()
        shutil.copy(self.warehouse.landing, alone.landing)
        return alone

    def _batch(self, module: str, number: int, folder: Path) -> Measurement:
        """Run one batch of what the product landed, by a script in this package."""
        warehouse = self.warehouse.folder
        return self._script(
            module, "--warehouse", warehouse, "--into", folder, "--batch", str(number)
        )

    def _script(self, module: str, *options: str | Path) -> Measurement:
        """Run a script in this package."""
        return _succeeded([sys.executable, "-m", f"benchmarks.{module}", *options], environment())


def _succeeded(
    command: list[str | Path],
    settings: Mapping[str, str],
    folder: Path | None = None,
    limit: float | None = None,
) -> Measurement:
    measurement = measured(command, settings, folder, limit)
    if limit and measurement.wall_seconds >= limit:
        raise FailedError(f"ended after {limit / 60:.0f} minutes")
    if measurement.status:
        lines = measurement.output.splitlines()[-30:]
        error = next((line for line in lines if "Error: " in line), f"status {measurement.status}")
        raise FailedError("\n".join([f"failed: {error}", " ".join(map(str, command)), *lines]))
    return measurement
