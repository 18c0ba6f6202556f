"""Printed figures of some disclosures, the executed rules that compared them, and with what.

A build keeps of what passed only how often each rule compared: a row for every figure would double
its costliest step. The view `rec_tied_figures` asks the rules again, here over the few disclosures
that are shown, with those that they are compared with.
"""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

import duckdb

TIED_FIGURES = "reconciliations.rec_tied_figures"
KEPT = "tied_figures.parquet"  # in the folder of reports, of which the explorer reads it again

_FEW = "few"
_OF_THEM = "where disclosure_id in (select disclosure_id from compared_disclosures)"

# A rule compares a disclosure with others of its organization, its department or its units.
_GROUP = """
    create or replace temp table compared_disclosures as
    with organizations as (
        select organizations.organization_id, organizations.parent_organization_id
        from marts.dim_organizations as organizations
        where organizations.organization_id in (
            select organization_id from marts.dim_disclosures
            where disclosure_id in (select unnest(?))
        )
    )

    select disclosures.disclosure_id, disclosures.organization_id
    from marts.dim_disclosures as disclosures
    inner join marts.dim_organizations as others using (organization_id)
    where
        others.organization_id in (
            select organization_id from organizations
            union all
            select parent_organization_id from organizations
        )
        or others.parent_organization_id in (select organization_id from organizations)
"""

_VIEWS = """
    select schema_name || '.' || view_name, sql
    from duckdb_views()
    where database_name = current_database() and schema_name = 'reconciliations'
"""

_TABLES = """
    select
        schema_name || '.' || table_name,
        bool_or(column_name = 'disclosure_id')
    from duckdb_columns()
    where database_name = current_database()
    group by schema_name, table_name
"""

_NAMED = re.compile(r'\b(marts|reference|reconciliations)\."?(\w+)')


def keep_tied_figures(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Write the temporary table `tied_figures` to a file, for who asks of the same publication."""
    connection.table("tied_figures").write_parquet(str(file))


def hold_tied_figures(
    connection: duckdb.DuckDBPyConnection, names: Collection[str], kept: Path | None = None
) -> bool:
    """Make the temporary table `tied_figures` of some disclosures.

    Args:
        connection: a connection to a built or published warehouse.
        names: the disclosures.
        kept: a file of `keep_tied_figures`, of the same publication; it is read where it has
            figures of all of them.

    Returns:
        False, without the table, where the warehouse is of a version without the view.
    """
    if kept and kept.exists() and _is_read(connection, names, kept):
        return True
    views = dict(connection.execute(_VIEWS).fetchall())
    if TIED_FIGURES not in views:
        return False
    ((database,),) = connection.execute("select current_database()").fetchall()
    is_of_disclosures = dict(connection.execute(_TABLES).fetchall())
    connection.execute(_GROUP, [list(names)])
    connection.execute(f"attach ':memory:' as {_FEW} (read_write)")
    try:
        for schema in ("marts", "reference", "reconciliations"):
            connection.execute(f"create schema {_FEW}.{schema}")
        for relation in _in_order(TIED_FIGURES, views):
            if relation in views:
                # An input that several rules read is computed once.
                kind = "view" if ".rec_" in relation else "table"
                connection.execute(f"use {_FEW}")
                connection.execute(views[relation].replace("CREATE VIEW", f"create {kind}", 1))
                connection.execute(f"use {_quoted(database)}")
            else:
                condition = _OF_THEM if is_of_disclosures[relation] else ""
                connection.execute(f"create table {_FEW}.{relation} as from {relation} {condition}")
        connection.execute(
            "create or replace temp table tied_figures as"
            f" from {_FEW}.{TIED_FIGURES} where disclosure_id in (select unnest(?))",
            [list(names)],
        )
    finally:
        connection.execute(f"use {_quoted(database)}")
        connection.execute(f"detach {_FEW}")
    return True


def _is_read(connection: duckdb.DuckDBPyConnection, names: Collection[str], kept: Path) -> bool:
    """Make the table from a file; whether the file has figures of all the disclosures."""
    connection.execute(
        "create or replace temp table tied_figures as"
        " from read_parquet(?) where disclosure_id in (select unnest(?))",
        [str(kept), list(names)],
    )
    ((count,),) = connection.execute(
        "select count(distinct disclosure_id) from tied_figures"
    ).fetchall()
    return bool(count == len(set(names)))


def _in_order(relation: str, views: Mapping[str, str]) -> list[str]:
    """Return what a view reads, and what that reads, each before what reads it; the view last."""
    order: dict[str, None] = {}

    def add(name: str) -> None:
        if name not in order:
            for other in map(".".join, _NAMED.findall(views.get(name, ""))):
                if other != name:
                    add(other)
            order[name] = None

    add(relation)
    return list(order)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
