"""The dbt project as SQLMesh runs it: copied beside this file, into the folder of WAREHOUSE."""

import os
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from sqlmesh.core.config import DuckDBConnectionConfig, ModelDefaultsConfig
from sqlmesh.core.renderer import QueryRenderer
from sqlmesh.dbt import target
from sqlmesh.dbt.loader import sqlmesh_config

WAREHOUSE = os.environ["WAREHOUSE"]


def connection(_: Any, **settings: Any) -> DuckDBConnectionConfig:
    """Return the three files of the profile: SQLMesh's reader of profiles knows one file."""
    names = ("build", "working", "landing")
    return DuckDBConnectionConfig(
        catalogs={name: f"{WAREHOUSE}/{name}.duckdb" for name in names},
        concurrent_tasks=1,
        **settings,
    )


target.DuckDbConfig.to_sqlmesh = connection

# It would optimize every query of a dbt project, whatever `optimize_query` says, and make concat_ws
# null with the first of its parts that is.
QueryRenderer._optimize_query = lambda _, query, __: query

# Its reader of seeds would take a code for a number, and 30104 for 30104.0 where another is blank.
pd.read_csv = partial(pd.read_csv, dtype=str)

config = sqlmesh_config(
    Path(__file__).parent,
    state_connection=DuckDBConnectionConfig(database=f"{WAREHOUSE}/state.duckdb"),
    model_defaults=ModelDefaultsConfig(dialect="duckdb", start="2020-01-01"),
)
