"""DuckDB and Spark: the same steps of a build, each in its own way.

What both do alike does not belong here: that is `build`.
"""

from budget_warehouse.build.engine import Engine
from budget_warehouse.settings import Settings


def engine() -> Engine:
    """Return the engine of this environment: Spark where SPARK_REMOTE is set, else DuckDB."""
    # Each is imported where it is chosen: neither needs the other's libraries.
    if Settings.from_environment().spark_remote:
        from budget_warehouse.engines.spark.engine import SparkEngine

        return SparkEngine()
    from budget_warehouse.engines.duckdb import DuckDbEngine

    return DuckDbEngine()
