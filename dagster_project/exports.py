"""The marts as files for those without a database: Parquet, CSV, a workbook and a data package."""

import os
import shutil
import tempfile
from pathlib import Path

import duckdb

from dagster_project.data_package import write_data_package
from dagster_project.database import open_database
from dagster_project.marts import Mart, read_marts
from dagster_project.sql import literal
from dagster_project.workbook import write_workbook

# A text that begins so runs as a formula in a spreadsheet; the apostrophe in front of it, and of
# one that is there already, makes it text again and can be taken off without loss.
_FORMULA = "^[=+@\\t\\r＝＋－＠'-]"


class ExportsInTheWayError(Exception):
    """Something that no publication wrote stands where the exports go."""


def write_exports(published: Path, exports: Path) -> None:
    """Write every mart of a published warehouse into a new folder, then point `exports` to it.

    `exports` is a symbolic link, so that readers see all files of one publication or of the other;
    the folder before stays until the next publication, for those who are still reading it.

    Raises:
        ExportsInTheWayError: `exports` is a file or a folder of somebody else's.
    """
    if exports.exists() and not exports.is_symlink():
        raise ExportsInTheWayError(
            f"{exports} is not the link that a publication makes; move it away and build again."
        )
    exports.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{exports.name}-"
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=exports.parent))
    folder.chmod(0o755)
    with open_database(published, read_only=True) as connection:
        marts = read_marts(connection)
        for name in ("parquet", "csv"):
            (folder / name).mkdir()
        for mart in marts:
            _write_parquet(connection, mart, folder / "parquet" / f"{mart.name}.parquet")
            _write_csv(connection, mart, folder / "csv" / f"{mart.name}.csv")
        write_workbook(connection, marts, folder / "budget.xlsx")
    write_data_package(marts, folder)
    before = exports.resolve()
    link = folder / "link"  # says where the folder is as seen from beside it, where the link goes
    link.symlink_to(folder.name)
    os.replace(link, exports)
    for old in exports.parent.glob(f"{prefix}*"):
        if old not in (folder, before):
            shutil.rmtree(old)


def _write_parquet(connection: duckdb.DuckDBPyConnection, mart: Mart, file: Path) -> None:
    connection.execute(
        f"copy (from marts.{mart.name} order by {', '.join(mart.grain)})"
        f" to {literal(file)} (format parquet, compression zstd)"
    )


def _write_csv(connection: duckdb.DuckDBPyConnection, mart: Mart, file: Path) -> None:
    """Write a mart as UTF-8 with a byte-order mark, which is part of the first column's name."""
    columns = []
    for position, column in enumerate(mart.columns):
        mark = "" if position else "\ufeff"
        value = f'"{column.name}"'
        if column.type == "VARCHAR":
            value = f"regexp_replace({value}, {literal(_FORMULA)}, '''\\0')"
        columns.append(f'{value} as "{mark}{column.name}"')
    connection.execute(
        f"copy (select {', '.join(columns)} from marts.{mart.name}"
        f" order by {', '.join(f'{mart.name}.{name}' for name in mart.grain)})"
        f" to {literal(file)} (format csv, header)"
    )
