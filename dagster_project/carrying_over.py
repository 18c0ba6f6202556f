"""Carrying over: a build of what changed is completed by the published rows of all that did not.

dbt builds the affected disclosures as if there were no others. Their rows then take the place of
the published ones in a copy of the published warehouse: deleted by the ledger, never by the new
rows, so that a row that vanished vanishes.
"""

import os
import shutil

import duckdb

from dagster_project.database import open_database
from dagster_project.publications import content_sums, keep_sums, rows_sum
from dagster_project.sql import literal
from dagster_project.warehouse import Warehouse, without

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


class IncompleteBuildError(Exception):
    """The completed build does not hold the disclosures that were landed."""


def carry_over(warehouse: Warehouse) -> None:
    """Make the build of the affected disclosures one of all of them.

    Raises:
        IncompleteBuildError: a disclosure is missing from the result, or one too many stands in it.
    """
    candidate = warehouse.candidate
    without(candidate)
    shutil.copyfile(warehouse.published, candidate)
    with open_database(candidate) as connection:
        connection.execute(f"attach {literal(warehouse.build)} as built (read_only)")
        connection.execute(f"attach {literal(warehouse.landing)} as landing (read_only)")
        connection.execute("set preserve_insertion_order = false")
        sums = content_sums(connection)
        for schema, table, has_disclosures in connection.execute(
            _TABLES, [list(_WHOLE)]
        ).fetchall():
            name = f'"{schema}"."{table}"'
            which = _AFFECTED if has_disclosures else ""
            columns = ", ".join(
                f'"{column}"' for (column, *_) in connection.execute(f"describe {name}").fetchall()
            )
            built = f"(select {columns} from built.{name})"
            counts = zip(
                sums[schema, table],
                rows_sum(connection, name, which),
                rows_sum(connection, built),
                strict=True,
            )
            count, total = (held - gone + come for held, gone, come in counts)
            sums[schema, table] = (count, total)
            connection.execute(f"delete from {name} {which}")
            connection.execute(f"insert into {name} from {built}")
        keep_sums(connection, sums)
        _check(connection)
        connection.execute("detach built")
    without(warehouse.build)
    os.replace(candidate, warehouse.build)


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    """Every landed disclosure stands in the result, and no other."""
    different = connection.execute(
        "select disclosure_id from marts.dim_disclosures full join landing.landed"
        " using (disclosure_id)"
        " where dim_disclosures.disclosure_id is null or landed.disclosure_id is null"
        " order by all limit 5"
    ).fetchall()
    if different:
        names = ", ".join(name for (name,) in different)
        raise IncompleteBuildError(
            f"Carrying over the unchanged disclosures went wrong for {names};"
            " run `make build FULL=1`, and report it."
        )
