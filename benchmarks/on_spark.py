"""Measures the same builds on DuckDB and on a Spark cluster of this machine: `make bench-spark`.

What was measured goes to `benchmarks/results/spark.json`, from where its part of the page is made;
sizes that were measured before stay in it.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.builds import build, build_on_spark
from benchmarks.comparison import differences_of_spark
from benchmarks.contestants import Field
from benchmarks.machine import busy_seconds, commit, machine
from benchmarks.measurement import Measurement
from benchmarks.nights import chosen, raise_targets
from benchmarks.results import RESULTS, printed_of_spark, write_page
from benchmarks.spark_cluster import WORKERS, Cluster, running_cluster
from budget_warehouse.build.publications import last_publication
from budget_warehouse.storage.warehouse import Warehouse

LAYOUT = "folders"
CHANGED = 0.01  # of the disclosures, in a night
MEMORY = "3g"  # of each worker and of the driver


def measured_size(field: Field) -> dict[str, Any]:
    """Measure one size: a full build and a night on both engines, then their rows compared."""
    known = {
        "disclosures": field.disclosures,
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "machine": machine() | {"spark": version("pyspark")},
        "cluster": {"workers": WORKERS, "memory": MEMORY},
    }
    _say(f"Generating {field.disclosures:,} disclosures")
    field.generate([LAYOUT])
    on_duckdb = field.warehouse
    on_spark = Warehouse(on_duckdb.seeds, field.folder / "warehouse-spark")
    builds: list[dict[str, Any]] = []
    with running_cluster(field.folder, MEMORY, is_for_few_rows=False) as cluster:
        starting = cluster.cpu_seconds()
        for name in ("from nothing", f"night with {CHANGED:.0%} changed"):
            if builds:
                raise_targets(chosen(sorted(on_duckdb.disclosures.iterdir()), CHANGED, False))
            _say(f"{name}, on DuckDB")
            here = _build_on_duckdb(on_duckdb)
            _say(f"{name}, on Spark")
            there = _build_on_spark(on_spark, cluster)
            publication = last_publication(on_duckdb.published)
            assert publication is not None
            builds.append(
                {
                    "name": name,
                    "computed": publication.computed_count,
                    "amounts": publication.amount_count,
                    "duckdb": here | {"stored_bytes": _stored(on_duckdb.folder)},
                    "spark": there | {"stored_bytes": _stored(on_spark.folder, cluster.warehouse)},
                }
            )
        _say("Comparing the rows")
        different = differences_of_spark(_files(cluster.warehouse), on_duckdb.published)
    return known | {
        "input_bytes": _stored(on_duckdb.disclosures),
        "starting_cpu_seconds": round(starting, 2),
        "builds": builds,
        "different_rows": different,
    }


def _build_on_duckdb(warehouse: Warehouse) -> dict[str, Any]:
    before = busy_seconds()
    built = build(warehouse)
    figures = built.measurement.figures()
    return {
        **figures,
        "others_cpu_seconds": _others(before, built.measurement, 0),
        "steps": [asdict(step) for step in built.steps],
    }


def _build_on_spark(warehouse: Warehouse, cluster: Cluster) -> dict[str, Any]:
    before, cluster_before = busy_seconds(), cluster.cpu_seconds()
    measurement = build_on_spark(warehouse, cluster.remote)
    cluster_used = cluster.cpu_seconds() - cluster_before
    return {
        **measurement.figures(),
        "cluster_cpu_seconds": round(cluster_used, 2),
        "cluster_resident_mebibytes": round(cluster.resident_bytes() / 2**20),
        "others_cpu_seconds": _others(before, measurement, cluster_used),
    }


def _others(busy_before: float, measurement: Measurement, cluster_used: float) -> float:
    """Return what processes that do not belong to the build used of the machine meanwhile."""
    others = busy_seconds() - busy_before - measurement.cpu_seconds - cluster_used
    return round(max(others, 0), 2)


def _stored(*folders: Path) -> int:
    files = (file for folder in folders for file in folder.rglob("*"))
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())


def _files(
    warehouse: Path,
) -> Callable[[duckdb.DuckDBPyConnection, str, str], duckdb.DuckDBPyRelation]:
    """Return a reader of Spark's published tables from their files."""

    def read(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> Any:
        folder = warehouse / f"{schema}.db" / table
        if not any(folder.rglob("*.parquet")):  # a table that is partitioned and empty
            return connection.sql(f'from {schema}."{table}" limit 0')
        return connection.read_parquet(str(folder / "**" / "*.parquet"), hive_partitioning=True)

    return read


def _measured_before(file: Path) -> list[dict[str, Any]]:
    return list(json.loads(file.read_bytes())["sizes"]) if file.exists() else []


def _say(what: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {what}", file=sys.stderr, flush=True)


def main() -> None:
    """Parse the command line, measure, write the results and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.on_spark", description=__doc__)
    parser.add_argument("--disclosures", type=int, nargs="+", default=[100, 1_000])
    parser.add_argument("--scratch", type=Path, required=True, help="a folder to work in")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args()
    file = given.results / "spark.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    sizes = {size["disclosures"]: size for size in _measured_before(file)}
    for disclosures in given.disclosures:
        field = Field(given.scratch.absolute() / f"spark-{disclosures}", disclosures)
        shutil.rmtree(field.folder, ignore_errors=True)
        field.folder.mkdir(parents=True)
        sizes[disclosures] = measured_size(field)
        shutil.rmtree(field.folder)
        results = {"sizes": [sizes[disclosures] for disclosures in sorted(sizes)]}
        text = json.dumps(results, indent=2, ensure_ascii=False) + "\n"
        file.write_text(text, encoding="utf-8")
    write_page(given.results)
    print(printed_of_spark(results["sizes"]))


if __name__ == "__main__":
    main()
