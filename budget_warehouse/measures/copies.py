"""Copies of a landed disclosure, one figure changed in each, with what it is compared with.

Each copy has its own organization, so that all are judged at once and none is compared with
another. The raw CSVs stay as they are: what was landed of them is copied.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from budget_warehouse.contract.raw_csv import FILES, PRINTED_AMOUNTS
from budget_warehouse.measures.figures import Figure
from budget_warehouse.storage.sql import literal

UNCHANGED = 0  # the number of the copy in which no figure is changed

# A cell that is the name of an organization judged here gets the number of the copy.
_NAMED_IN = {
    "organization_name",
    "supervising_organization_name",
    "implementing_organization_name",
    "compiling_entity",
}
_OWN_NAMES = """
    create or replace temp table own_names as
    select distinct
        nullif(unnest([organization_name, supervising_organization_name]), '') as own_name
    from landing.disclosure
"""

_LANDED = """
    select table_name, list(column_name order by column_index)
    from duckdb_columns()
    where database_name = 'landing' and schema_name = 'main'
    group by table_name
"""


def number_and_original(copy: str) -> tuple[int, str]:
    """Return the number of a copy, and the name of the disclosure that it is a copy of."""
    number, _, disclosure_id = copy.partition("-")
    return int(number), disclosure_id


def without_number(text: str, number: int) -> str:
    """Return a text about a copy as it would be about the disclosure."""
    return text.replace(f"第{number:05d}号", "").replace(f"{number:05d}-", "")


def write_copies(
    connection: duckdb.DuckDBPyConnection,
    disclosure_id: str,
    changes: Sequence[tuple[int, Figure]],
    into: Path,
) -> None:
    """Write a landing file with the copies, and an unchanged one among them.

    Args:
        connection: a connection to which the disclosure, and those that it is compared with, are
            attached as `landing`.
        disclosure_id: the disclosure whose figures are changed.
        changes: the number of each copy, and its figure.
        into: the file, which is not there yet.
    """
    connection.execute(f"attach {literal(into)} as copies")
    connection.execute(_OWN_NAMES)
    connection.execute(
        "create or replace temp table changes"
        " (copy integer, table_name text, row_number text, column_name text, changed text)"
    )
    if changes:
        connection.executemany(
            "insert into changes values (?, ?, ?, ?, ?)",
            [
                (number, one.table_name, one.row_number, one.column_name, one.changed)
                for number, one in changes
            ],
        )
    connection.execute(
        f"create or replace temp table numbers as select cast({UNCHANGED} as integer) as copy"
        " union all select copy from changes"
    )
    for table, columns in connection.execute(_LANDED).fetchall():
        rows = (
            _copied_rows(table, columns, disclosure_id)
            if "disclosure_id" in columns
            else f'from landing."{table}"'
        )
        connection.execute(f'create table copies."{table}" as {rows}')
    connection.execute("detach copies")


def _copied_rows(table: str, columns: Sequence[str], disclosure_id: str) -> str:
    """Return the query of a table's rows in every copy."""
    values = ", ".join(f'{_value(table, column)} as "{column}"' for column in columns)
    query = f'select {values} from landing."{table}" as printed cross join numbers'
    conditions = list(_conditions(table, columns))
    if conditions:
        is_changed = f"printed.disclosure_id = {literal(disclosure_id)}"
        query += f" left join changes on {' and '.join([is_changed, *conditions])}"
    return query


def _conditions(table: str, columns: Sequence[str]) -> Iterator[str]:
    """Yield the conditions under which a row has a changed figure; none where none can."""
    if table == PRINTED_AMOUNTS:
        yield "changes.table_name = printed.table_name and changes.column_name = printed.measure"
    elif table in FILES and "row_number" in columns:
        yield f"changes.table_name = {literal(table)}"
    else:
        return
    yield "changes.copy = numbers.copy and changes.row_number = printed.row_number"


def _value(table: str, column: str) -> str:
    """Return what a column of a table says in a copy."""
    value = f'printed."{column}"'
    if column == "disclosure_id":
        return f"format('{{:05d}}-{{}}', numbers.copy, {value})"
    if column in _NAMED_IN:
        named = f"{value} || format('第{{:05d}}号', numbers.copy)"
        is_own = f"{value} in (select own_name from own_names)"
        return f"case when {is_own} then {named} else {value} end"
    if table == PRINTED_AMOUNTS and column == "printed_text":
        return f"coalesce(changes.changed, {value})"
    if table in FILES and "row_number" in FILES[table] and column in FILES[table]:
        return (
            f"case changes.column_name when {literal(column)} then changes.changed else {value} end"
        )
    return value
