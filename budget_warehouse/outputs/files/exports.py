"""The marts as files for those without a database: Parquet, CSV, a workbook and a data package."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from budget_warehouse.contract.marts import Column, Mart, labelled, read_marts
from budget_warehouse.outputs.files.data_package import write_data_package
from budget_warehouse.outputs.files.edition import Edition
from budget_warehouse.outputs.files.findings import write_findings
from budget_warehouse.outputs.files.workbook import write_workbook
from budget_warehouse.outputs.printable import FORMULA
from budget_warehouse.settings import Settings
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.progress import progress
from budget_warehouse.storage.sql import literal

# Rows below the header of a spreadsheet. Files of longer marts would cost every night more than
# all else that a night does, and few read them: `make files` writes them when they are wanted.
_EXPORTED_ROWS = 1_048_575


class ExportsInTheWayError(Exception):
    """Something that no publication wrote stands where the exports go."""


def exported_rows() -> int:
    """Return the most rows of a mart that each publication writes as files."""
    return Settings.from_environment().exported_rows


def write_exports(published: Path, exports: Path, is_whole: bool = False) -> None:
    """Write the marts of a published warehouse into a new folder, then point `exports` to it.

    Marts of more than `exported_rows` are left out, which the data package and the workbook say;
    with `is_whole` they are there as Parquet, in no order. Of more findings than that there is
    neither `findings.csv` nor `findings.sarif`.

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
        counts = {mart.name: _count(connection, mart) for mart in marts}
        for name in ("parquet", "csv", "csv-zh"):
            (folder / name).mkdir()
        for mart in progress(marts, "Files", "mart"):
            parquet = folder / "parquet" / f"{mart.name}.parquet"
            if counts[mart.name] <= exported_rows():
                _write_parquet(connection, f"{mart.rows} order by {', '.join(mart.grain)}", parquet)
                for name, told in (("csv", _plain), ("csv-zh", _in_chinese)):
                    _write_csv(connection, mart, parquet, folder / name / f"{mart.name}.csv", told)
            elif is_whole:
                _write_parquet(connection, mart.rows, parquet)
        left_out = {name: count for name, count in counts.items() if count > exported_rows()}
        write_workbook(connection, marts, folder / "budget.xlsx", left_out)
        findings = write_findings(connection, folder, exported_rows(), FORMULA)
        edition = Edition.read(connection)
    write_data_package(marts, folder, left_out, findings, edition)
    before = exports.resolve()
    link = folder / "link"  # says where the folder is as seen from beside it, where the link goes
    link.symlink_to(folder.name)
    os.replace(link, exports)
    for old in exports.parent.glob(f"{prefix}*"):
        if old not in (folder, before):
            shutil.rmtree(old)


def _count(connection: duckdb.DuckDBPyConnection, mart: Mart) -> int:
    ((count,),) = connection.execute(f"select count(*) {mart.rows}").fetchall()
    return int(count)


def _write_parquet(connection: duckdb.DuckDBPyConnection, rows: str, file: Path) -> None:
    connection.execute(f"copy ({rows}) to {literal(file)} (format parquet, compression zstd)")


def _write_csv(
    connection: duckdb.DuckDBPyConnection,
    mart: Mart,
    parquet: Path,
    file: Path,
    told: Callable[[Column], tuple[str, str]],
) -> None:
    """Write the rows of a Parquet, in its order, as UTF-8 with a byte-order mark.

    The mark is part of the first column's name. `told` returns the SQL of a column and its heading.
    """
    columns = []
    for position, column in enumerate(mart.columns):
        mark = "" if position else "\ufeff"
        value, heading = told(column)
        if column.type == "VARCHAR":
            value = f"regexp_replace({value}, {literal(FORMULA)}, '''\\0')"
        columns.append(f'{value} as "{mark}{heading}"')
    connection.execute(
        f"copy (select {', '.join(columns)} from read_parquet({literal(parquet)}))"
        f" to {literal(file)} (format csv, header)"
    )


def _plain(column: Column) -> tuple[str, str]:
    """Return a column as it is, under its name."""
    return f'"{column.name}"', column.name


def _in_chinese(column: Column) -> tuple[str, str]:
    """Return a column with Chinese labels for its values, under its Chinese label."""
    if column.type == "BOOLEAN":
        return f"""case when "{column.name}" then '是' when not "{column.name}" then '否' end""", (
            column.label
        )
    return labelled(column), column.label
