"""A scratch database for computing what a build landed, and what each statement costs."""

import os
import resource
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from budget_warehouse.build.plan import planned_build
from budget_warehouse.settings import read_memory_limit
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import DBT_PROJECT, Warehouse, without


@dataclass(frozen=True)
class Cost:
    """The seconds that one statement took, or several that belong together."""

    name: str
    cpu_seconds: float
    wall_seconds: float


def open_scratch(file: Path) -> duckdb.DuckDBPyConnection:
    """Create a database within MEMORY_LIMIT and in the format of the product's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    without(file)
    config: dict[str, Any] = {
        "preserve_insertion_order": False,
        "temp_directory": str(file.with_name("spilled")),
    }
    if limit := read_memory_limit("MEMORY_LIMIT", os.environ.get("MEMORY_LIMIT", "")):
        config["memory_limit"] = limit
    profiles = yaml.safe_load((DBT_PROJECT / "profiles.yml").read_text(encoding="utf-8"))
    options = profiles["budget"]["outputs"]["duckdb"]["config_options"]
    config["storage_compatibility_version"] = options["storage_compatibility_version"]
    return duckdb.connect(str(file), config=config)


def attach_landing(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    disclosures: Collection[str],
    only_these: bool = False,
) -> None:
    """Attach what a warehouse landed as `landing`, with these disclosures as the ones to compute.

    The tables are views, so that the warehouse stays as it is; with `only_these` they leave out all
    other disclosures.
    """
    connection.execute(f"attach {literal(warehouse.landing)} as landed (read_only)")
    connection.execute("attach ':memory:' as landing")
    connection.execute(
        "create table landing.affected as select unnest(?::text[]) as disclosure_id",
        [sorted(disclosures)],
    )
    tables = connection.execute(
        "select table_name, bool_or(column_name = 'disclosure_id') from duckdb_columns()"
        " where database_name = 'landed' and table_name <> 'affected' group by all"
    ).fetchall()
    which = "where disclosure_id in (select disclosure_id from landing.affected)"
    for table, has_disclosures in tables:
        filtered = which if only_these and has_disclosures else ""
        connection.execute(f'create view landing."{table}" as from landed."{table}" {filtered}')


def batches(warehouse: Warehouse) -> tuple[frozenset[str], ...]:
    """Return the disclosures that the last build computed at once, batch after batch."""
    return planned_build(warehouse).batches


def reference_lists(warehouse: Warehouse) -> Path:
    """Return the lists that the last build read."""
    return warehouse.target / "project" / "reference"


def executed(connection: duckdb.DuckDBPyConnection, name: str, statement: str) -> Cost:
    """Execute a statement and say what it cost."""
    cpu_seconds, wall_seconds = _cpu_seconds(), time.monotonic()
    connection.execute(statement)
    return Cost(name, _cpu_seconds() - cpu_seconds, time.monotonic() - wall_seconds)


def summed(costs: Iterable[Cost]) -> list[Cost]:
    """Return the costs of several batches by name, the highest first."""
    sums: dict[str, Cost] = {}
    for cost in costs:
        other = sums.get(cost.name, Cost(cost.name, 0, 0))
        sums[cost.name] = Cost(
            cost.name,
            other.cpu_seconds + cost.cpu_seconds,
            other.wall_seconds + cost.wall_seconds,
        )
    return sorted(sums.values(), key=lambda cost: -cost.cpu_seconds)


def total(name: str, costs: Iterable[Cost]) -> Cost:
    """Return all costs as one."""
    costs = list(costs)
    return Cost(
        name, sum(cost.cpu_seconds for cost in costs), sum(cost.wall_seconds for cost in costs)
    )


def print_costs(costs: Iterable[Cost]) -> None:
    """Print one line per cost that shows."""
    for cost in costs:
        if cost.wall_seconds >= 0.005:
            print(f"{cost.cpu_seconds:9.2f} CPU s {cost.wall_seconds:9.2f} s  {cost.name}")


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
