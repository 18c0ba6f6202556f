"""Conditions that tell readable raw values: the contract's kinds, asked of whole tables.

The conditions stand in the dbt macros beside the casts; nothing is converted here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import duckdb

from budget_warehouse.contract.printed_values import rendered
from budget_warehouse.contract.raw_csv import ENUMERATIONS, Columns, Kind
from budget_warehouse.contract.reasons import quoted, reason, shortened
from budget_warehouse.landing.raw_file import Reject
from budget_warehouse.storage.sql import literal

_CONDITIONS: dict[Kind, str] = {
    Kind.PERCENT: "is_readable_percent",
    Kind.ROW_NUMBER: "is_readable_row_number",
    Kind.YEAR: "is_readable_year",
    Kind.REQUIRED_YEAR: "is_readable_year",
    Kind.DATE: "is_readable_date",
    Kind.REVISION: "is_readable_revision",
    Kind.COUNT: "is_readable_count",
}
_REQUIRED = {Kind.REQUIRED_TEXT, Kind.REQUIRED_YEAR, Kind.REQUIRED_CODE}

_FETCHED = 1_000  # characters of a value: enough to say what is wrong with it


@dataclass(frozen=True)
class Incoming:
    """Whole files of one table that have the same columns, with the SQL that reads their rows.

    Beside their columns the rows have a `folder` and a `file_line`. Padded ones are of files that
    do not have them all: what a file does not have is null.
    """

    table: str
    columns: Columns
    is_padded: bool
    rows: str


def unreadable_values(
    connection: duckdb.DuckDBPyConnection, incoming: Incoming
) -> Iterator[tuple[str, Reject]]:
    """Yield the incoming values that staging could not read, each with its folder."""
    table, columns = incoming.table, incoming.columns
    if not _has_suspects(connection, incoming):
        return
    amounts = _amounts(incoming)
    if amounts:
        yield from _rejected_amounts(connection, table, amounts)
    for column, kind in columns.items():
        condition = "" if column in amounts else _condition(column, kind)
        if condition:
            yield from _rejects(connection, table, column, condition, partial(reason, kind))
    key = _key(columns)
    condition = (
        f"row_number() over (partition by folder, disclosure_id, {_key_as_read(key)}"
        " order by file_line) = 1"
    )
    yield from _rejects(connection, table, key, condition, partial(_stands_twice, key))


def _rejects(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    column: str,
    condition: str,
    said_of: Callable[[str], str],
) -> Iterator[tuple[str, Reject]]:
    """Yield the values of a column among the suspects that do not meet a condition."""
    found = connection.execute(
        f'select folder, disclosure_id, file_line, left("{column}", {_FETCHED})'
        f" from (select *, {condition} as is_readable from suspects)"
        " where not is_readable order by all"
    ).fetchall()
    for folder, disclosure_id, line, value in found:
        file = f"{folder}/{table}.csv"
        yield (
            folder,
            Reject(shortened(disclosure_id), file, line, column, shortened(value), said_of(value)),
        )


def _rejected_amounts(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]
) -> Iterator[tuple[str, Reject]]:
    """Yield the amounts among the suspects that cannot be read."""
    names = ", ".join(map(literal, columns))
    found = connection.execute(
        f"select folder, disclosure_id, file_line, name, left(amount, {_FETCHED})"
        f" from (select folder, disclosure_id, file_line, unit, unnest([{names}]) as name,"
        f" unnest([{_listed(columns)}]) as amount from suspects)"
        f" where not {_readable_amount()} order by all"
    ).fetchall()
    for folder, disclosure_id, line, column, value in found:
        file = f"{folder}/{table}.csv"
        said = reason(Kind.AMOUNT, value)
        yield folder, Reject(shortened(disclosure_id), file, line, column, shortened(value), said)


def _stands_twice(key: str, value: str) -> str:
    return f"{quoted(value)} stands twice as {key}; every row needs its own"


def _has_suspects(connection: duckdb.DuckDBPyConnection, incoming: Incoming) -> bool:
    """Leave in `suspects` the rows of disclosures in which a value may be unreadable, if any.

    One pass over the rows. Rows numbered as their lines are have unique numbers.
    """
    columns = incoming.columns
    amounts = _amounts(incoming)
    conditions = [
        _condition(column, kind) for column, kind in columns.items() if column not in amounts
    ]
    if amounts:
        conditions.append(
            f"len(list_filter([{_listed(amounts)}], lambda amount: not {_readable_amount()})) = 0"
        )
    unreadable = " ".join(
        f"when not ({condition}) then true" for condition in conditions if condition
    )
    key = _key(columns)
    if key == "row_number":
        offset = 'try_cast("row_number" as integer) - file_line'
        are_own = f"count({offset}) = count(*) and min({offset}) = max({offset})"
    else:
        are_own = f"count(distinct {_key_as_read(key)}) = count(*)"
    connection.execute(
        f"create or replace temp table suspects as select * from {incoming.rows}"
        f" where (folder, disclosure_id) in (select (folder, disclosure_id) from {incoming.rows}"
        " group by folder, disclosure_id"
        f" having bool_or(case {unreadable} else false end) or not ({are_own}))"
    )
    return bool(connection.execute("select exists (from suspects)").fetchall()[0][0])


def _amounts(incoming: Incoming) -> list[str]:
    """Return the columns with amounts that are asked about together, those of padded rows.

    To ask about each is faster where there is much to read, but of hundreds of columns it would
    have DuckDB compile the same long patterns hundreds of times.
    """
    if not incoming.is_padded:
        return []
    return [column for column, kind in incoming.columns.items() if kind is Kind.AMOUNT]


def _readable_amount() -> str:
    """Return the condition of an `amount`, which is null where a file does not have the column."""
    return f"(amount is null or {_condition('amount', Kind.AMOUNT)})"


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _condition(column: str, kind: Kind) -> str:
    """Return the condition that a readable value of a column meets; empty where every one is."""
    value = f'"{column}"'
    if kind in ENUMERATIONS:
        return rendered("is_listed", value, ENUMERATIONS[kind])
    if kind is Kind.AMOUNT:
        return rendered("is_readable_amount", value, '"unit"')
    conditions = [rendered(_CONDITIONS[kind], value)] if kind in _CONDITIONS else []
    if kind in _REQUIRED:
        conditions.append(rendered("is_printed", value))
    return " and ".join(f"({condition})" for condition in conditions)


def _key(columns: Columns) -> str:
    """Return the column that tells the rows of one disclosure in one table apart."""
    return next(key for key in ("row_number", "table_name", "disclosure_id") if key in columns)


def _key_as_read(key: str) -> str:
    """Return what staging will read a key as; unreadable row numbers are told apart as text."""
    if key == "disclosure_id":
        return f'"{key}"'
    if key == "table_name":
        return rendered("text_or_null", f'"{key}"')
    digits = rendered("whole_digits", f'"{key}"')
    return f"coalesce(cast(try_cast({digits} as integer) as text), {digits})"
