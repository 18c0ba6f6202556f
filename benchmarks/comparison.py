"""Marts compared row by row: of a published warehouse and another, a cluster or SQLMesh."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

# Tables that only the judge reads, or that each publication writes.
_NOT_ON_SPARK = ("content_sums", "rec_judgements", "publications")


def tables(connection: duckdb.DuckDBPyConnection, database: str) -> list[tuple[str, str]]:
    """Return the schemas and names of the tables in an attached warehouse, all but its log."""
    return connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where database_name = ? and table_name <> 'publications' order by all",
        [database],
    ).fetchall()


def differences(one: Path, other: Path) -> dict[str, int]:
    """Return how many rows of each table stand in only one of two published files."""
    with duckdb.connect() as connection:
        for name, warehouse in (("one", one), ("other", other)):
            connection.execute(f"attach '{warehouse / 'budget.duckdb'}' as {name} (read_only)")
        assert tables(connection, "one") == tables(connection, "other")
        assert len(tables(connection, "one")) > 20
        differing = {}
        for schema, table in tables(connection, "one"):
            rows = [f'select * from {name}."{schema}"."{table}"' for name in ("one", "other")]
            (count,) = connection.execute(
                f"select count(*) from (({rows[0]} except all {rows[1]})"
                f" union all ({rows[1]} except all {rows[0]}))"
            ).fetchone() or (0,)
            if count:
                differing[table] = count
        return differing


def differences_of_spark(
    read: Callable[[duckdb.DuckDBPyConnection, str, str], duckdb.DuckDBPyRelation], published: Path
) -> dict[str, Any]:
    """Return what differs between the published schemas of a cluster and those of a published file.

    Args:
        read: gives a published table of the cluster by its schema and name.
        published: the file.

    Returns:
        By table the columns that only one of the two has, or the numbers of such rows: first of the
        file, then of the cluster. Tables that have no `fiscal_year` have one on the cluster.
    """
    differing: dict[str, Any] = {}
    with duckdb.connect(str(published), read_only=True) as connection:
        relations = connection.execute(
            "select table_schema, table_name from information_schema.tables"
            " where table_catalog = current_database()"
            " and table_schema in ('marts', 'reconciliations', 'reference') order by all"
        ).fetchall()
        assert len(relations) > 50
        for schema, table in relations:
            if table in _NOT_ON_SPARK:
                continue
            here, there = connection.table(f"{schema}.{table}"), read(connection, schema, table)
            if set(there.columns) - {"fiscal_year"} != set(here.columns) - {"fiscal_year"}:
                differing[table] = sorted(set(there.columns) ^ set(here.columns))
                continue
            columns = ", ".join(f'"{column}"' for column in here.columns)
            rows = [f"select {columns} from {name}" for name in (f"{schema}.{table}", "there")]
            connection.register("there", there)
            counts = [
                connection.execute(f"select count(*) from ({one} except all {other})").fetchall()
                for one, other in (rows, rows[::-1])
            ]
            if counts != [[(0,)], [(0,)]]:
                differing[table] = [count for ((count,),) in counts]
    return differing


def differences_of_sqlmesh(folder: Path, published: Path) -> dict[str, int]:
    """Return how many rows of each mart stand only in what SQLMesh built or in the warehouse."""
    differing = {}
    with duckdb.connect() as connection:
        connection.execute(f"attach '{published}' as published (read_only)")
        for name in ("build", "working", "landing"):
            connection.execute(f"attach '{folder / name}.duckdb' as {name} (read_only)")
        marts = [table for schema, table in tables(connection, "published") if schema == "marts"]
        assert len(marts) > 20
        for table in marts:
            columns = ", ".join(
                f'"{name}"'
                for name, *_ in connection.execute(f"describe published.marts.{table}").fetchall()
            )
            one, other = (
                f"select {columns} from {name}.marts.{table}" for name in ("build", "published")
            )
            ((count,),) = connection.execute(
                f"select count(*) from (({one} except all {other})"
                f" union all ({other} except all {one}))"
            ).fetchall()
            if count:
                differing[table] = count
    return differing
