"""The comparison group of a draft: what is landed of its organization, department and units."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from budget_warehouse.build.comparison_groups import comparison_groups, landed_standings
from budget_warehouse.contract.printed_values import comparable_name
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.sql import literal

_WAIT_SECONDS, _PAUSE_SECONDS = 20, 0.25  # a build holds its landing file for some seconds only

_COVERS = (
    "select disclosure_id, region_code, organization_name, fiscal_year, stage, scope"
    " from disclosures inner join disclosure using (disclosure_id)"
)

_TABLES = """
    select table_name, bool_or(column_name = 'disclosure_id')
    from duckdb_columns()
    where database_name = 'draft' and schema_name = 'main'
    group by all
"""


class LandingInUseError(Exception):
    """A build is writing to the landing file of the warehouse; the message is one sentence."""


def comparison_group(draft: Path, standing: Path) -> list[str]:
    """Return the disclosures that a draft is judged with.

    Another version of the same document, of the same organization, year, stage and scope, is none:
    the draft takes its place. Where the warehouse was landed under another contract there is none.

    Args:
        draft: the landing file of the draft alone.
        standing: the landing file of the warehouse, which may be missing.

    Raises:
        LandingInUseError: a build holds the file for too long.
    """
    if not standing.exists():
        return []
    with open_database(draft, read_only=True) as own, _waited_for(standing) as others:
        contract = "select sha256 from contract"
        if own.execute(contract).fetchall() != others.execute(contract).fetchall():
            return []
        drafts = {_identity(cover) for cover in own.execute(_COVERS).fetchall()}
        covers = others.execute(_COVERS).fetchall()
        same = {cover[0] for cover in covers if _identity(cover) in drafts}
        drafted = landed_standings(own)
        landed = {
            name: one
            for name, one in landed_standings(others).items()
            if name not in same and name not in drafted
        }
    groups = comparison_groups(drafted, landed)
    return sorted(name for group in groups if group & drafted.keys() for name in group - {*drafted})


def attach(
    connection: duckdb.DuckDBPyConnection, draft: Path, standing: Path, names: list[str]
) -> None:
    """Attach, as `landing`, what was landed of the draft and of its comparison group."""
    connection.execute(f"attach {literal(draft)} as draft (read_only)")
    if names:
        connection.execute(f"attach {literal(standing)} as standing (read_only)")
    connection.execute("attach ':memory:' as landing")
    for table, has_disclosures in connection.execute(_TABLES).fetchall():
        rows = f'from draft."{table}"'
        if names and has_disclosures:
            chosen = ", ".join(map(literal, names))
            rows += f' union all by name from standing."{table}" where disclosure_id in ({chosen})'
        connection.execute(f'create view landing."{table}" as {rows}')
    connection.execute("create table landing.affected as select disclosure_id from landing.landed")


def _identity(cover: tuple[str, ...]) -> tuple[str, ...]:
    _, region_code, organization_name, *period = cover
    return (region_code, comparable_name(organization_name), *period)


@contextmanager
def _waited_for(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a landing file once no build writes to it."""
    end = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            connection = open_database(file, read_only=True)
            break
        except duckdb.IOException as error:
            if time.monotonic() > end:
                raise LandingInUseError(
                    f"A build is writing to {file}; wait until it has finished and check again."
                ) from error
            time.sleep(_PAUSE_SECONDS)
    with connection:
        yield connection
