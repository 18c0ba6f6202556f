"""The rows of a query as dictionaries, by column."""

from collections.abc import Iterator
from typing import Any

import duckdb

Row = dict[str, Any]

_FETCHED = 10_000  # rows in memory at a time


def rows_of(connection: duckdb.DuckDBPyConnection, query: str, *values: Any) -> Iterator[Row]:
    """Yield the rows of a query, which is asked when the first row is."""
    cursor = connection.execute(query, values)
    columns = columns_of(cursor)
    while batch := cursor.fetchmany(_FETCHED):
        for row in batch:
            yield dict(zip(columns, row, strict=True))


def columns_of(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the names of the columns that a query came to."""
    return [column[0] for column in cursor.description or ()]
