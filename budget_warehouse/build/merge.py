"""Merging: the builds of batches become one, with the published rows of all that is unchanged.

dbt builds a batch of the disclosures as if there were no others. Its rows then take the place of
the published ones in a copy of the published warehouse: deleted by the ledger, never by the new
rows, so that a row that vanished vanishes. Where everything is computed again, the first batch's
build stands in the place of that copy.
"""

import os
import shutil

import duckdb

from budget_warehouse.build.publications import content_sums, keep_sums, rows_sum
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import Warehouse, without

# Written whole in every build: the disclosures that its rows name need not be landed.
_WHOLE = ("fct_rejected_rows",)

_TABLES = """
    select
        schema_name, table_name,
        bool_or(column_name = 'disclosure_id' and table_name not in (select unnest(?)))
    from duckdb_columns() inner join duckdb_tables() using (database_name, schema_name, table_name)
    -- The lists in `reference` did not change: if one had, everything would have been built.
    where
        database_name = 'built' and schema_name in ('marts', 'reconciliations')
        and table_name <> 'publications'  -- publishing writes it
    group by all
    order by all
"""

_AFFECTED = "where disclosure_id in (select disclosure_id from landing.affected)"
_HAS_AFFECTED = f"select exists (from marts.dim_disclosures {_AFFECTED})"


class HoldingError(Exception):
    """A disclosure that was set aside as published cannot be held beside the build."""


class IncompleteBuildError(Exception):
    """The completed build does not hold the disclosures that were landed."""


def begin(warehouse: Warehouse, is_everything: bool) -> None:
    """Start from what is published, or from nothing where everything is computed again."""
    without(warehouse.candidate)
    if not is_everything:
        shutil.copyfile(warehouse.published, warehouse.candidate)


def add_batch(warehouse: Warehouse) -> None:
    """Bring the build of a batch into what stands so far."""
    if not warehouse.candidate.exists():
        with open_database(warehouse.build) as connection:
            connection.execute("checkpoint")  # nothing may be left in a log that stays behind
        os.replace(warehouse.build, warehouse.candidate)
        return
    with open_database(warehouse.candidate) as connection:
        connection.execute(f"attach {literal(warehouse.build)} as built (read_only)")
        connection.execute(f"attach {literal(warehouse.landing)} as landing (read_only)")
        connection.execute("set preserve_insertion_order = false")
        sums = content_sums(connection)
        ((has_some_of_them,),) = connection.execute(_HAS_AFFECTED).fetchall()
        for schema, table, has_disclosures in connection.execute(
            _TABLES, [list(_WHOLE)]
        ).fetchall():
            name = f'"{schema}"."{table}"'
            which = _AFFECTED if has_disclosures else ""
            columns = ", ".join(
                f'"{column}"' for (column, *_) in connection.execute(f"describe {name}").fetchall()
            )
            built = f"(select {columns} from built.{name})"
            come = rows_sum(connection, built)
            gone = (0, 0)
            if has_some_of_them or not has_disclosures:
                gone = rows_sum(connection, name, which)
                connection.execute(f"delete from {name} {which}")
            connection.execute(f"insert into {name} from {built}")
            count, total = (
                held - less + more
                for held, less, more in zip(sums[schema, table], gone, come, strict=True)
            )
            sums[schema, table] = (count, total)
        keep_sums(connection, sums)
        connection.execute("detach built")
    without(warehouse.build)


def finish(warehouse: Warehouse) -> None:
    """Make what all batches came to the build, beside what is held as it was published.

    Raises:
        HoldingError: what is to be held does not fit what was built.
        IncompleteBuildError: a disclosure is missing from the result, or one too many stands in it.
    """
    with open_database(warehouse.candidate) as connection:
        connection.execute(f"attach {literal(warehouse.landing)} as landing (read_only)")
        _hold(connection, warehouse)
        _check(connection)
    os.replace(warehouse.candidate, warehouse.build)


def _hold(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
    """Bring in the published rows of the disclosures that are held, marked as stale."""
    if not connection.execute("from landing.held").fetchall():
        return
    if not warehouse.published.exists():
        raise HoldingError("Nothing is published.")
    connection.execute(f"attach {literal(warehouse.published)} as published (read_only)")
    is_held = "where disclosure_id in (select disclosure_id from landing.held)"
    sums = content_sums(connection)
    try:
        for schema, table, has_disclosures in connection.execute(
            _TABLES.replace("'built'", "'published'"), [list(_WHOLE)]
        ).fetchall():
            if not has_disclosures or (schema, table) not in sums:
                continue
            name = f'"{schema}"."{table}"'
            gone = rows_sum(connection, name, is_held)
            connection.execute(f"delete from {name} {is_held}")
            connection.execute(f"insert into {name} by name from published.{name} {is_held}")
            if table == "dim_disclosures":
                connection.execute(f"update {name} set is_stale = true {is_held}")
            come = rows_sum(connection, name, is_held)
            count, total = sums[schema, table]
            sums[schema, table] = (count - gone[0] + come[0], total - gone[1] + come[1])
    except duckdb.Error as error:
        raise HoldingError("What is published does not fit the tables of this build.") from error
    keep_sums(connection, sums)
    connection.execute("detach published")


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse a result in which a landed disclosure is missing, or another one stands."""
    different = connection.execute(
        "select disclosure_id from marts.dim_disclosures full join landing.landed"
        " using (disclosure_id)"
        " where dim_disclosures.disclosure_id is null or landed.disclosure_id is null"
        " order by all limit 5"
    ).fetchall()
    if different:
        names = ", ".join(name for (name,) in different)
        raise IncompleteBuildError(
            f"Putting the disclosures together went wrong for {names};"
            " run `make build FULL=1`, and report it."
        )
