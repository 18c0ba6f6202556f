"""Opening a DuckDB file: every connection keeps to MEMORY_LIMIT and spills into the warehouse.

Where DuckDB runs out of that memory it goes on in files beside the database; those of a killed
process are removed by the next build.
"""

import os
from pathlib import Path

import duckdb

from budget_warehouse.settings import Settings, UnreadableMemoryLimitError
from budget_warehouse.storage.warehouse import SPILLED, Warehouse

__all__ = ["UnreadableMemoryLimitError", "open_database"]


def open_database(file: Path | None = None, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Connect to a database file, or to a database in memory to attach files to.

    Raises:
        UnreadableMemoryLimitError: MEMORY_LIMIT is not an amount of memory.
    """
    folder = file.parent if file else Warehouse.from_environment().folder
    name = file.stem if file else "memory"
    # Two databases may not share a folder to spill into: they would overwrite each other's files.
    config: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(folder / f"{SPILLED}{name}-{os.getpid()}"),
        # It plans a family of rules for longer than the family takes; no answer depends on it.
        "disabled_optimizers": "projection_pullup",
    }
    if limit := Settings.from_environment().memory_limit:
        config["memory_limit"] = limit
    return duckdb.connect(str(file) if file else ":memory:", read_only=read_only, config=config)
