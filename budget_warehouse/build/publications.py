"""The log of publications, kept in the warehouse: what each was made from and what it holds."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.rows import rows_of

HOLDS = """
    select
        (select count(*) from marts.dim_disclosures) as disclosure_count,
        (select count(amount_yuan) from marts.fct_published_amounts) as amount_count,
        (select coalesce(sum(amount_yuan), 0) from marts.expenditures) as expenditure_yuan,
        count(*) as error_count,
        count(*) filter (where not is_reviewed) as new_error_count
    from marts.fct_findings
    where severity = 'error' and is_counted
"""

_MARK = ".publication"

_SUMS = "reconciliations.content_sums"

Sums = dict[tuple[str, str], tuple[int, int]]


@dataclass(frozen=True)
class Publication:
    """One publication, as `marts.publications` describes it."""

    publication_number: int
    published_at: datetime
    kind: str
    restored_number: int | None
    fingerprint: str
    input_sha256: str
    reference_sha256: str
    code_sha256: str
    computed_count: int
    disclosure_count: int
    amount_count: int
    expenditure_yuan: Decimal
    error_count: int
    new_error_count: int
    content_checksum: str


_COLUMNS = ", ".join(field.name for field in fields(Publication))


def publications(file: Path) -> list[Publication]:
    """Return the log in a warehouse, oldest first; empty without a file that can be read."""
    if not file.exists():
        return []
    try:
        with open_database(file, read_only=True) as connection:
            rows = connection.execute(
                f"select {_COLUMNS} from marts.publications order by publication_number"
            ).fetchall()
    except duckdb.Error:
        return []
    return [Publication(*row) for row in rows]


def last_publication(file: Path) -> Publication | None:
    """Return the publication that a warehouse is, or none where the file cannot be read."""
    return next(reversed(publications(file)), None)


def published_contents(file: Path) -> dict[str, str]:
    """Return the sum of what each disclosure was made from; empty if nothing readable is there."""
    if last_publication(file) is None:
        return {}
    with open_database(file, read_only=True) as connection:
        rows = connection.execute(
            "select disclosure_id, content_sha256 from marts.dim_disclosures"
        ).fetchall()
    return dict(rows)


def publication(connection: duckdb.DuckDBPyConnection, **known: Any) -> Publication:
    """Return the publication that an open warehouse would be, from what is known of its origin."""
    (held,) = rows_of(connection, HOLDS)
    return Publication(
        **known, **held, content_checksum=content_checksum(content_sums(connection).items())
    )


def write_log(connection: duckdb.DuckDBPyConnection, log: list[Publication]) -> None:
    """Write the log into a warehouse that is about to be published."""
    places = ", ".join("?" for _ in fields(Publication))
    connection.execute("delete from marts.publications")
    connection.executemany(
        f"insert into marts.publications ({_COLUMNS}) values ({places})",
        [list(astuple(row)) for row in log],
    )


def mark(folder: Path, file: Path) -> None:
    """Note in a folder that what it holds was made from the publication in a file."""
    publication = last_publication(file)
    if publication:
        (folder / _MARK).write_text(str(publication.publication_number), encoding="utf-8")


def is_made_from(folder: Path, publication: Publication) -> bool:
    """Return whether a folder's content was made from a publication, and not from an older one."""
    file = folder / _MARK
    number = str(publication.publication_number)
    return file.exists() and file.read_text(encoding="utf-8") == number


def now() -> datetime:
    """Return the time in UTC to the second, as the log writes it."""
    return datetime.now(UTC).replace(microsecond=0, tzinfo=None)


def content_sums(connection: duckdb.DuckDBPyConnection) -> Sums:
    """Return how many rows each table but the log holds, and the sum of their hashes.

    Hashes add up, whatever the order of rows. A build that merged rows has kept account of
    what it took away and put in; any other is read from its first row to its last.
    """
    if connection.execute(
        "from duckdb_tables()"
        " where database_name = current_database() and table_name = 'content_sums'"
    ).fetchall():
        rows = connection.execute(f"from {_SUMS}").fetchall()
        return {(schema, table): (count, total) for schema, table, count, total in rows}
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where database_name = current_database() and table_name <> 'publications'"
    ).fetchall()
    return {
        (schema, table): rows_sum(connection, f'"{schema}"."{table}"') for schema, table in tables
    }


def rows_sum(connection: duckdb.DuckDBPyConnection, table: str, which: str = "") -> tuple[int, int]:
    """Return how many rows of a table meet a condition, and the sum of their hashes."""
    ((count, total),) = connection.execute(
        "select count(*), coalesce(sum(cast(hash(rows_of_table) as hugeint)), 0)"
        f" from {table} as rows_of_table {which}"
    ).fetchall()
    return count, total


def keep_sums(connection: duckdb.DuckDBPyConnection, sums: Sums) -> None:
    """Write the sums into the warehouse that they are of."""
    connection.execute(
        f"create or replace table {_SUMS}"
        " (schema_name text, table_name text, row_count bigint, row_sum hugeint)"
    )
    connection.execute(
        f"comment on table {_SUMS} is 'The rows of each table and the sum of their hashes.'"
    )
    connection.executemany(
        f"insert into {_SUMS} values (?, ?, ?, ?)",
        [[*name, *held] for name, held in sorted(sums.items())],
    )


def content_checksum(sums: Iterable[tuple[Any, ...]]) -> str:
    """Return one sum over those of the tables, the same for the same rows in any order."""
    return sha256(repr(sorted(sums)).encode()).hexdigest()
