"""Who computes the marts: the product, its dbt part alone, and others that do the same work."""

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.builds import Build, FailedError, build, environment
from benchmarks.comparison import differences_of_pandas, differences_of_sqlmesh
from benchmarks.generator import LAYOUTS, write
from benchmarks.measurement import Measurement, measured, one_after_the_other
from budget_warehouse.build.plan import planned_build, take_batch
from budget_warehouse.storage.warehouse import DBT_PROJECT, ROOT, Warehouse, without
from dagster_project.dbt import linked_project

YEARS = 4
ERRORS = 20  # of 1,000 disclosures
LIMIT = "8GB"  # what a small server has
BATCHES_OF_PORTION = 20  # as many disclosures as the build computes at once

_SQLMESH = ROOT / ".sqlmesh" / "venv" / "bin" / "sqlmesh"
_DBT = Path(sys.executable).with_name("dbt")


class NotExecutedError(Exception):
    """A contestant that is not there; the message says why."""


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
        return self.folder / layout

    @property
    def warehouse(self) -> Warehouse:
        """What the product makes of a folder for each disclosure."""
        return Warehouse(self.seeds("folders"), self.folder / "warehouse")

    @cached_property
    def printed_amounts(self) -> int:
        """How many figures are printed in the disclosures."""
        with duckdb.connect(str(self.warehouse.published), read_only=True) as connection:
            row = connection.execute(
                "select count(amount_yuan) from marts.fct_published_amounts"
            ).fetchone()
        return int(row[0]) if row else 0

    def whole_build(self, settings: Sequence[str] = ()) -> Build:
        """The product as it stands: from nothing the first time, then what changed."""
        return build(self.warehouse, settings)

    def whole_build_in_little_memory(self) -> Measurement:
        """The product from nothing and from batches, DuckDB's memory limited."""
        warehouse = Warehouse(self.seeds("batches"), self.folder / "warehouse-in-little-memory")
        try:
            return build(warehouse, [f"MEMORY_LIMIT={LIMIT}"]).measurement
        finally:
            shutil.rmtree(warehouse.folder, ignore_errors=True)

    def dbt(self) -> tuple[Measurement, Measurement]:
        """The product's own dbt command on the landing tables of its build; parsing by itself.

        Portion after portion, as the build does it; putting them together is not part of it.
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
        portions = []
        for number in range(len(planned_build(alone).batches)):
            without(alone.build, alone.working)
            take_batch(alone, number)
            command = [_DBT, given["which"], *left_out, *options]
            portions.append(_succeeded(command, settings, project))
        return parsed, one_after_the_other(portions)

    def by_hand(self) -> Measurement:
        """One hand-written DuckDB script with nothing around it, on batches.

        Of very many disclosures one portion after the other, like dbt; where two of them meet, the
        years of an organization may fall into both.
        """
        batches = sorted((self.seeds("batches") / "disclosures").iterdir())
        portions = []
        for number, start in enumerate(range(0, len(batches), BATCHES_OF_PORTION)):
            seeds = self.folder / "by-hand" / str(number)
            for batch in batches[start : start + BATCHES_OF_PORTION]:
                copy = seeds / "disclosures" / batch.name
                shutil.copytree(batch, copy, copy_function=os.link)
            portions.append(self._by_hand("--seeds", seeds))
        return one_after_the_other(portions)

    def by_hand_from_landing(self) -> Measurement:
        """The same script on the landing tables of the product, portion after portion like dbt."""
        alone = self._landed_alone("by-hand-from-landing")
        portions = []
        for number in range(len(planned_build(alone).batches)):
            take_batch(alone, number)
            portions.append(self._by_hand("--from-landing", alone.landing))
        return one_after_the_other(portions)

    def by_pandas(self) -> Measurement:
        """The marts in plain pandas, as an analyst would compute them."""
        marts = self.folder / "by_pandas"
        seeds = self.seeds("batches")
        measurement = self._script("by_pandas", "--seeds", seeds, "--into", marts)
        different = differences_of_pandas(marts, self.warehouse.published)
        if different:
            raise FailedError(f"It came to other rows than the warehouse: {different}")
        return measurement

    def by_sqlmesh(self) -> Measurement:
        """SQLMesh running the same models, seeds and tests on the same landing tables."""
        if not _SQLMESH.exists():
            raise NotExecutedError("SQLMesh is not installed: make .sqlmesh/installed")
        built, folder = self.warehouse, self.folder / "sqlmesh"
        project = folder / "project"
        shutil.copytree(DBT_PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
        shutil.copytree(built.reference, project / "reference")
        own = ROOT / "benchmarks" / "sqlmesh"
        shutil.copy(own / "config.py", project)
        shutil.copy(own / "unique_by_in_sample.sql", project / "tests" / "generic")
        shutil.copy(built.landing, folder)
        settings = environment(WAREHOUSE=str(folder), REFERENCE="reference")
        plan: list[str | Path] = [
            *(_SQLMESH, "--paths", project, "--log-file-dir", folder / "logs"),
            *("plan", "--auto-apply", "--no-prompts"),
        ]
        measurement = _succeeded(plan, settings)
        different = differences_of_sqlmesh(folder, built.published)
        if different:
            raise FailedError(f"It came to other rows than the warehouse: {different}")
        return measurement

    def _landed_alone(self, name: str) -> Warehouse:
        """A warehouse of its own that holds what the product landed, and its plan."""
        alone = Warehouse(self.warehouse.seeds, self.folder / name)
        alone.folder.mkdir()
        shutil.copy(self.warehouse.landing, alone.landing)
        return alone

    def _script(self, module: str, *options: str | Path) -> Measurement:
        if not (ROOT / "benchmarks" / f"{module}.py").exists():
            raise NotExecutedError(f"benchmarks/{module}.py is not there")
        for old in self.folder.glob(f"{module}.duckdb*"):
            old.unlink()
        command = [sys.executable, "-m", f"benchmarks.{module}", *options]
        return _succeeded(command, environment())

    def _by_hand(self, *options: str | Path) -> Measurement:
        """The script by hand, DuckDB's memory limited.

        Without a limit it ends for want of memory over 100,000 disclosures on 24 GiB.
        """
        into = self.folder / "by_hand.duckdb"
        return self._script("by_hand", "--into", into, "--memory-limit", LIMIT, *options)


def _succeeded(
    command: list[str | Path], settings: Mapping[str, str], folder: Path | None = None
) -> Measurement:
    measurement = measured(command, settings, folder)
    if measurement.status:
        lines = measurement.output.splitlines()[-30:]
        error = next((line for line in lines if "Error: " in line), f"status {measurement.status}")
        raise FailedError("\n".join([f"failed: {error}", " ".join(map(str, command)), *lines]))
    return measurement
