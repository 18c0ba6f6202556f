"""What a database holds: a version that was published earlier lacks some tables."""

import duckdb

_TABLES = """
    select count(*) > 0
    from duckdb_tables()
    where database_name = current_database() and schema_name = ? and table_name = ?
"""


def has_table(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    """Return whether the database of a connection has a table."""
    ((has_it,),) = connection.execute(_TABLES, [schema, table]).fetchall()
    return bool(has_it)
