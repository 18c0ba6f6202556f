"""Tables of a database: a version that was published earlier lacks some."""

import duckdb

_HAS_TABLE = """
    select count(*) > 0
    from duckdb_tables()
    where database_name = current_database() and schema_name = ? and table_name = ?
"""


def has_table(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    """Return whether the database of a connection has a table."""
    ((has_it,),) = connection.execute(_HAS_TABLE, [schema, table]).fetchall()
    return bool(has_it)
