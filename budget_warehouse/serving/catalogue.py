"""The tables that programs may ask for, with the descriptions that dbt wrote into the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from budget_warehouse.contract.labels import Labels
from budget_warehouse.contract.marts import Column, read_marts
from budget_warehouse.serving.errors import UnknownNameError

SCHEMAS = {
    "marts": "mart",
    "reconciliations": "view of reconciliations",
    "reference": "reference list",
}

# The other tables of `reconciliations` are steps on the way to these.
_TABLES = """
    select
        columns.schema_name, columns.table_name, columns.column_name, columns.data_type,
        coalesce(columns.comment, ''), coalesce(tables.comment, '')
    from duckdb_columns() as columns
    inner join (
        select database_name, schema_name, table_name, comment from duckdb_tables()
        union all
        select database_name, schema_name, view_name, comment from duckdb_views()
    ) as tables using (database_name, schema_name, table_name)
    where database_name = current_database()
        and (schema_name = 'reconciliations' and table_name like 'rec\\_%' escape '\\'
            or schema_name = 'reference')
    order by schema_name, table_name, columns.column_index
"""


@dataclass(frozen=True)
class Table:
    """A published table: its rows are told apart by `grain`, or else by all columns."""

    schema: str
    name: str
    label: str
    description: str
    columns: tuple[Column, ...]
    grain: tuple[str, ...]

    @property
    def named_columns(self) -> Mapping[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def summary(self) -> str:
        """The first paragraph of the description, on one line."""
        return " ".join(self.description.partition("\n\n")[0].split())

    @property
    def described(self) -> dict[str, Any]:
        """The table and its columns as JSON, with the Chinese label of each value."""
        return {
            "table": self.name,
            "label": self.label,
            "description": self.description,
            "grain": list(self.grain),
            "columns": [
                {
                    "name": column.name,
                    "type": column.type,
                    "label": column.label,
                    "description": column.description,
                    **({"values": column.labels} if column.labels else {}),
                }
                for column in self.columns
            ],
        }

    def column(self, name: str) -> Column:
        """Return a column.

        Raises:
            UnknownNameError: there is none of that name.
        """
        columns = self.named_columns
        if name not in columns:
            raise UnknownNameError(f"column of {self.name} called", name, columns)
        return columns[name]


class Catalogue:
    """Every table of a publication, by schema and name."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read the tables of the database that a connection uses."""
        labels = Labels.read(connection)
        tables = [
            Table("marts", mart.name, mart.label, mart.description, mart.columns, mart.grain)
            for mart in read_marts(connection)
        ]
        columns: dict[tuple[str, str, str], list[Column]] = {}
        for schema, table, *column, description in connection.execute(_TABLES).fetchall():
            name, data_type, comment = column
            columns.setdefault((schema, table, description.strip()), []).append(
                Column(name, data_type, False, comment.strip(), labels.of("column", name), {})
            )
        tables += [
            Table(schema, name, name, description, tuple(of_table), ())
            for (schema, name, description), of_table in columns.items()
        ]
        self.tables = tables

    def of(self, schema: str) -> dict[str, Table]:
        """Return the tables of a schema by name."""
        return {table.name: table for table in self.tables if table.schema == schema}

    def any_table(self, name: str) -> Table:
        """Return the table of a name, in whichever schema it is.

        Raises:
            UnknownNameError: there is none of that name.
        """
        tables = {table.name: table for table in reversed(self.tables)}  # marts come first
        if name not in tables:
            raise UnknownNameError("mart called", name, tables)
        return tables[name]

    def table(self, schema: str, name: str) -> Table:
        """Return a table.

        Raises:
            UnknownNameError: there is none of that name.
        """
        tables = self.of(schema)
        if name not in tables:
            raise UnknownNameError(f"{SCHEMAS[schema]} called", name, tables)
        return tables[name]
