"""The dbt project as SQLMesh runs it: copied beside this file, into the folder of WAREHOUSE."""

import os
from pathlib import Path
from typing import Any

from sqlmesh.core.config import DuckDBConnectionConfig, ModelDefaultsConfig
from sqlmesh.dbt import target
from sqlmesh.dbt.loader import sqlmesh_config

WAREHOUSE = os.environ["WAREHOUSE"]


def connection(_: Any, **settings: Any) -> DuckDBConnectionConfig:
    """The three files of the profile: SQLMesh's reader of dbt profiles knows one file alone."""
    names = ("build", "working", "landing")
    return DuckDBConnectionConfig(
        catalogs={name: f"{WAREHOUSE}/{name}.duckdb" for name in names},
        concurrent_tasks=1,
        **settings,
    )


target.DuckDbConfig.to_sqlmesh = connection

config = sqlmesh_config(
    Path(__file__).parent,
    state_connection=DuckDBConnectionConfig(database=f"{WAREHOUSE}/state.duckdb"),
    model_defaults=ModelDefaultsConfig(dialect="duckdb", start="2020-01-01"),
)
