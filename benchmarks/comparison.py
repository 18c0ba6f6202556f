"""Published warehouses compared row by row."""

from pathlib import Path

import duckdb


def tables(connection: duckdb.DuckDBPyConnection, database: str) -> list[tuple[str, str]]:
    """The schemas and names of the tables in an attached warehouse, all but its log."""
    return connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where database_name = ? and table_name <> 'publications' order by all",
        [database],
    ).fetchall()


def differences(one: Path, other: Path) -> dict[str, int]:
    """How many rows of each table stand in only one of two published files."""
    with duckdb.connect() as connection:
        for name, warehouse in (("one", one), ("other", other)):
            connection.execute(f"attach '{warehouse / 'budget.duckdb'}' as {name} (read_only)")
        assert tables(connection, "one") == tables(connection, "other")
        assert len(tables(connection, "one")) > 20
        found = {}
        for schema, table in tables(connection, "one"):
            rows = [f'select * from {name}."{schema}"."{table}"' for name in ("one", "other")]
            (count,) = connection.execute(
                f"select count(*) from (({rows[0]} except all {rows[1]})"
                f" union all ({rows[1]} except all {rows[0]}))"
            ).fetchone() or (0,)
            if count:
                found[table] = count
        return found
