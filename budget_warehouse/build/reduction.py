"""A warehouse of fewer disclosures: a copy of its file without the rows of all others."""

import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.warehouse import SPILLED

_TABLES = """
    select distinct schema_name, table_name
    from duckdb_columns() inner join duckdb_tables() using (database_name, schema_name, table_name)
    where database_name = current_database() and column_name = 'disclosure_id'
"""

_UNKNOWN = """
    delete from marts.dim_organizations
    where organization_id not in (select organization_id from marts.dim_disclosures)
        and organization_id not in (select department_id from marts.dim_disclosures)
"""


@contextmanager
def reduced(file: Path, disclosures: Collection[str]) -> Iterator[Path]:
    """Lend a copy of a warehouse that holds some disclosures alone, under the file's own name."""
    with tempfile.TemporaryDirectory(prefix=f"{SPILLED}reduced-", dir=file.parent) as folder:
        copy = Path(folder, file.name)
        shutil.copyfile(file, copy)
        with open_database(copy) as connection:
            connection.execute(
                "create temp table kept as select unnest(cast(? as text[])) as name",
                [[*disclosures]],
            )
            for schema, table in connection.execute(_TABLES).fetchall():
                connection.execute(
                    f'delete from "{schema}"."{table}" where disclosure_id not in (from kept)'
                )
            connection.execute(_UNKNOWN)
            connection.execute("checkpoint")
        yield copy


def disclosures_in(file: Path) -> list[str]:
    """List the disclosures of a warehouse."""
    with open_database(file, read_only=True) as connection:
        rows = connection.execute(
            "select disclosure_id from marts.dim_disclosures order by disclosure_id"
        ).fetchall()
    return [name for (name,) in rows]
