"""The marts in a PostgreSQL database, for the tools that speak to one: replaced in one step.

Schema `marts` holds the tables, `marts_zh` a view of each with Chinese names and values.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import duckdb
import psycopg
from psycopg.conninfo import conninfo_to_dict

from budget_warehouse.contract.marts import Column, Mart, labelled, read_marts
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.sql import literal

READER = "budget_reader"  # the role that can only select; grant it to whoever reads
SCHEMAS = ("marts", "marts_zh")

_OLDEST_SERVER = 150_000  # the first with unique constraints under which nulls are not distinct
_TYPES = {
    "BIGINT": "bigint",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "INTEGER": "integer",
    "TIMESTAMP": "timestamp",
    "VARCHAR": "text",
}
_MARK = "The budget warehouse"  # how the comment on a schema of ours begins

# Views and foreign keys of others, which would go with the schemas.
_DEPENDENTS = """
    with dependencies as (
        select pg_rewrite.ev_class as dependent, pg_depend.refobjid as mart
        from pg_depend
        inner join pg_rewrite
            on pg_depend.objid = pg_rewrite.oid and pg_depend.classid = 'pg_rewrite'::regclass
        union
        select conrelid, confrelid
        from pg_constraint
        where contype = 'f'
    )

    select distinct dependents.oid::regclass::text
    from dependencies
    inner join pg_class as marts on dependencies.mart = marts.oid
    inner join pg_class as dependents on dependencies.dependent = dependents.oid
    where
        marts.relnamespace::regnamespace::text = any(%(ours)s)
        and dependents.relnamespace::regnamespace::text <> all(%(ours)s)
    order by 1
"""


class PostgresError(Exception):
    """The marts could not be copied, and what the database has stays; names no password."""


@dataclass(frozen=True)
class Publication:
    """The address of the copied marts, without the password, and how many rows each has."""

    place: str
    rows: dict[str, int]


def publish_to_postgres(published: Path, url: str) -> Publication:
    """Replace the marts in the database that a URL names by those of a published warehouse.

    Raises:
        PostgresError: the URL, the database or the copy is at fault.
    """
    if not published.exists():
        raise PostgresError(f"There is no {published} yet; run make build first.")
    try:
        password = conninfo_to_dict(url).get("password")
    except psycopg.ProgrammingError:
        raise PostgresError(
            "POSTGRES_URL cannot be read; write it as postgresql://user@host:port/database,"
            " with % escapes for special characters."
        ) from None
    try:
        with (
            open_database(published, read_only=True) as source,
            psycopg.connect(url) as target,
        ):
            marts = read_marts(source)
            with target.transaction():
                _prepare(target)
                rows = {mart.name: _load(source, target, mart) for mart in marts}
                _relate(target, marts)
                _describe(target, marts)
                _swap(target)
            _drop_previous(target)
            return Publication(f"{target.info.host}:{target.info.port}/{target.info.dbname}", rows)
    except psycopg.Error as error:
        message = str(error).strip()
        for secret in filter(None, (password, quote(str(password or "")))):
            message = message.replace(str(secret), "***")
        raise PostgresError(
            f"PostgreSQL did not take the marts, and those that it has stay: {message}"
        ) from None


def _prepare(target: psycopg.Connection) -> None:
    """Make the role and the empty schemas to load into; refuse where others would lose by it."""
    if target.info.server_version < _OLDEST_SERVER:
        raise PostgresError(
            f"PostgreSQL 15 or newer is needed; this is {target.info.server_version // 10_000}."
        )
    ours = [schema + stage for schema in SCHEMAS for stage in ("", "_next", "_previous")]
    strange = target.execute(
        "select nspname from pg_namespace where nspname = any(%s)"
        " and not starts_with(coalesce(obj_description(oid, 'pg_namespace'), ''), %s)",
        [ours, _MARK],
    ).fetchall()
    if strange:
        raise PostgresError(
            f"The schema {strange[0][0]} of this database is somebody else's;"
            " rename it, or give the marts their own database."
        )
    dependents = [name for (name,) in target.execute(_DEPENDENTS, {"ours": ours})]
    if dependents:
        raise PostgresError(
            f"{', '.join(dependents)} would go when the marts are replaced;"
            " drop it, and keep what it says as a query or a separate table."
        )
    if not target.execute("select from pg_roles where rolname = %s", [READER]).rowcount:
        try:
            target.execute(f"create role {READER} nologin")
        except psycopg.errors.InsufficientPrivilege:
            raise PostgresError(
                f"This user cannot create roles; have an administrator run:"
                f" create role {READER} nologin;"
            ) from None
    for schema in SCHEMAS:
        target.execute(f"drop schema if exists {schema}_previous cascade")
        target.execute(f"create schema {schema}_next")


def _load(source: duckdb.DuckDBPyConnection, target: psycopg.Connection, mart: Mart) -> int:
    """Create a table and fill it; CSV says decimals in full and tells a null from a blank."""
    columns = ", ".join(
        f'"{column.name}" {_type(column)}{" not null" if column.is_required else ""}'
        for column in mart.columns
    )
    target.execute(f"create table marts_next.{mart.name} ({columns})")
    with tempfile.TemporaryDirectory() as folder, target.cursor() as cursor:
        file = Path(folder) / "rows.csv"
        to_csv = f"to {literal(file)} (format csv, header false)"
        source.execute(f"copy (from marts.{mart.name}) {to_csv}")
        from_csv = "from stdin (format csv, encoding 'utf8')"
        with (
            file.open("rb") as rows,
            cursor.copy(f"copy marts_next.{mart.name} {from_csv}") as copy,
        ):
            while block := rows.read(1 << 20):
                copy.write(block)
        return cursor.rowcount


def _type(column: Column) -> str:
    """Return the type that holds the same values exactly."""
    if column.is_decimal:
        return column.type.replace("DECIMAL", "numeric")
    return _TYPES[column.type]


def _relate(target: psycopg.Connection, marts: list[Mart]) -> None:
    """Declare the keys, those that others refer to first."""
    for mart in marts:
        key = f"primary key ({', '.join(mart.primary_key)})"
        if not mart.primary_key:
            key = f"unique nulls not distinct ({', '.join(mart.grain)})"
        target.execute(f"alter table marts_next.{mart.name} add {key}")
    for mart in marts:
        for foreign in mart.foreign_keys:
            target.execute(
                f"alter table marts_next.{mart.name}"
                f" add foreign key ({', '.join(foreign.columns)})"
                f" references marts_next.{foreign.mart} ({', '.join(foreign.referred)})"
            )
        target.execute(f"analyze marts_next.{mart.name}")


def _describe(target: psycopg.Connection, marts: list[Mart]) -> None:
    """Comment on the tables, make the Chinese views, and let the readers in."""
    for mart in marts:
        table, view = f"marts_next.{mart.name}", f'marts_zh_next."{mart.label}"'
        columns = ", ".join(f'{labelled(column)} as "{column.label}"' for column in mart.columns)
        target.execute(f"create view {view} as select {columns} from {table}")
        about = literal(f"{mart.label}: {mart.description}")
        target.execute(f"comment on table {table} is {about}")
        target.execute(f"comment on view {view} is {literal(mart.description)}")
        for column in mart.columns:
            about = literal(f"{column.label}: {column.description}")
            target.execute(f'comment on column {table}."{column.name}" is {about}')
            about = literal(column.description)
            target.execute(f'comment on column {view}."{column.label}" is {about}')
    about = literal(
        f"{_MARK}; replaced as a whole by every publication. Put nothing of yours here."
    )
    for schema in SCHEMAS:
        target.execute(f"comment on schema {schema}_next is {about}")
        target.execute(f"grant usage on schema {schema}_next to {READER}")
        target.execute(f"grant select on all tables in schema {schema}_next to {READER}")


def _swap(target: psycopg.Connection) -> None:
    """Rename the schemas, which waits for no reader; whoever asks next sees the new ones."""
    for schema in SCHEMAS:
        if target.execute("select from pg_namespace where nspname = %s", [schema]).rowcount:
            target.execute(f"alter schema {schema} rename to {schema}_previous")
        target.execute(f"alter schema {schema}_next rename to {schema}")


def _drop_previous(target: psycopg.Connection) -> None:
    """Drop what was replaced; what is still being read goes with the next publication."""
    try:
        with target.transaction():
            target.execute(
                "set local lock_timeout = '500ms'"
            )  # sooner than a deadlock is looked for
            for schema in reversed(SCHEMAS):
                target.execute(f"drop schema if exists {schema}_previous cascade")
    except psycopg.errors.LockNotAvailable:
        pass
