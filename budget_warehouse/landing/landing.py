"""Landing: the raw CSVs checked and loaded as text, only what changed, with a ledger of files.

Nothing is interpreted here. A disclosure with a value that cannot be read is rejected whole; what
was accepted of it before stays and is marked stale. So does what stood before a disclosure that
was landed and then set aside, since a build broke over it.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from budget_warehouse.contract.printed_tables import reference_folder
from budget_warehouse.contract.printed_values import definition
from budget_warehouse.contract.raw_csv import (
    ENUMERATIONS,
    FILES,
    LANDED_TABLES,
    PRINTED_AMOUNTS,
    PRINTED_ROWS,
    Columns,
    Kind,
    raw_tables,
)
from budget_warehouse.landing.judging_day import land_judging_day
from budget_warehouse.landing.ledger import LEDGER, TABLES_OF_ROWS
from budget_warehouse.landing.raw_file import NULL, QUOTE, SEPARATOR
from budget_warehouse.landing.raw_folder import Batch, Folder, read_folders
from budget_warehouse.landing.raw_values import Incoming, unreadable_values
from budget_warehouse.landing.shares import in_shares
from budget_warehouse.settings import Settings
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.scan import Scan, scan
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import without

_FORM = 4  # of the ledger and of the sums in it

_SHARE = 500  # folders: a second of reading; for less a process is not worth its start
_SHOWN = 20  # of the files that are no CSVs, where there is nothing else
_BATCHES = "landing-"  # what a killed landing leaves behind is known by this name
_OF_A_LINE = {"folder": "text", "file_line": "integer"}  # where it was read


class NothingToLandError(Exception):
    """There is no input at all; the message is one sentence that tells the user what to do."""


@dataclass(frozen=True)
class Landing:
    """Counts of disclosures that a landing found standing, loaded, withdrew, held or rejected."""

    disclosures: int
    loaded: int
    withdrawn: int
    stale: int
    rejected: int


def land(
    seeds: Path,
    landing_file: Path,
    scanned: Scan | None = None,
    made_by: str = "",
    is_full: bool = False,
) -> Landing:
    """Bring the landing file up to date with the raw CSVs below `seeds/disclosures`.

    What was set aside is accepted again under other lists or code, and by a full build.

    Args:
        seeds: the folder that holds `disclosures`.
        landing_file: the DuckDB file of the landing tables.
        scanned: a scan of the CSVs that was made just now; without it they are scanned here.
        made_by: one sum over the lists and the code that compute what is landed.
        is_full: whether everything is computed again, changed or not.

    Raises:
        NothingToLandError: no CSV is there, or a folder cannot be read.
    """
    root = seeds / "disclosures"
    on_disk = scanned or _scanned(root)
    landing_file.parent.mkdir(parents=True, exist_ok=True)
    for left_behind in landing_file.parent.glob(f"{_BATCHES}*"):
        shutil.rmtree(left_behind)
    with (
        _opened(landing_file) as connection,
        tempfile.TemporaryDirectory(dir=landing_file.parent, prefix=_BATCHES) as scratch,
    ):
        tables = raw_tables(reference_folder(seeds))
        connection.execute("begin")
        _prepare(connection, tables)
        land_judging_day(connection, Settings.from_environment().judging_day)
        connection.execute("delete from set_aside where made_by <> ? or ?", [made_by, is_full])
        connection.execute("delete from left_aside")
        _append(connection, "left_aside", list(on_disk.left_aside.items()))
        known = dict(connection.execute("from folders").fetchall())
        changed = {name for name, seen in on_disk.items() if known.get(name) != seen}
        folders, batches = _read(connection, root, changed, Path(scratch, "first"), tables)
        _forget(connection, changed | (known.keys() - on_disk.keys()))
        _record(connection, folders, on_disk)
        # A conflict that ended elsewhere can let in a folder that did not change itself.
        waiting = {
            name
            for (name,) in connection.execute(
                "select folder from accepted"
                " anti join landed using (disclosure_id, folder, content_sha256)"
            ).fetchall()
        }
        _, more = _read(connection, root, waiting - changed, Path(scratch, "second"), tables)
        landing = _load(connection, _incoming([*batches, *more], tables))
        connection.execute("commit")
        connection.execute("checkpoint")
    return landing


def _opened(landing_file: Path) -> duckdb.DuckDBPyConnection:
    """Return the landing file; one that is no database any more gives way to an empty one.

    Its tables are read again from the CSVs; only what stood as stale is lost with it.
    """
    try:
        return open_database(landing_file)
    except duckdb.Error as error:
        if "lock" in str(error):
            raise
        without(landing_file)
        return open_database(landing_file)


def _contract(tables: Mapping[str, Columns]) -> str:
    """Return one sum over all that decides what is read from a file, and how."""
    return hashlib.sha256(repr((_FORM, tables, ENUMERATIONS, definition())).encode()).hexdigest()


def _scanned(root: Path) -> Scan:
    """Return the folders that hold CSVs, each with what it looks like from outside."""
    try:
        on_disk = scan(root)
    except OSError as error:
        raise NothingToLandError(
            f"Cannot read {error.filename} ({error.strerror});"
            " point SEEDS at a readable folder that holds disclosures/."
        ) from error
    if not on_disk:
        ignored = [f"\n{path}: {reason}" for path, reason in sorted(on_disk.left_aside.items())]
        raise NothingToLandError(
            f"There is no CSV below {root}; add a disclosure and build again."
            + "".join(ignored[:_SHOWN])
        )
    return on_disk


def _prepare(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Columns]) -> None:
    """Make the ledger and the landing tables; under a changed contract everything is new."""
    ledger = ("contract", "folders", "declared", "landed", "rejected_values", "set_aside")
    connection.execute(LEDGER)
    contract = _contract(tables)
    if connection.execute("select sha256 from contract").fetchall() != [(contract,)]:
        for table in ledger:
            connection.execute(f"delete from {table}")
        for (table,) in connection.execute(TABLES_OF_ROWS).fetchall():
            connection.execute(f'drop table "{table}"')
        connection.execute("drop schema if exists earlier cascade")
        connection.execute("create schema earlier")
        connection.execute("insert into contract values (?)", [contract])
    for table, columns in LANDED_TABLES.items():
        types = dict.fromkeys(columns, "text")
        if table != PRINTED_AMOUNTS:  # whose rows stand in printed_rows
            types |= _OF_A_LINE
        declared = ", ".join(f'"{column}" {type_name}' for column, type_name in types.items())
        connection.execute(f'create table if not exists "{table}" ({declared})')
    for table in ("landed", *LANDED_TABLES):
        connection.execute(
            f'create table if not exists earlier."{table}" as from "{table}" limit 0'
        )


def _read(
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    names: Collection[str],
    scratch: Path,
    tables: Mapping[str, Columns],
) -> tuple[list[Folder], list[Batch]]:
    """Read folders into batches below `scratch`, and check every value."""
    if not names:
        return [], []
    scratch.mkdir()
    shares = list(
        in_shares(
            partial(read_folders, root, scratch, tables), sorted(names), _SHARE, "Landing", "folder"
        )
    )
    folders = {folder.name: folder for share, _ in shares for folder in share}
    batches = [batch for _, written in shares for batch in written]
    for incoming in _incoming(batches, tables):
        for name, reject in unreadable_values(connection, incoming):
            folders[name].rejects.append(reject)
    return list(folders.values()), batches


def _incoming(batches: Sequence[Batch], tables: Mapping[str, Columns]) -> list[Incoming]:
    """Put batches with the same columns together, in the order of the contract's tables."""
    files: dict[str, dict[tuple[tuple[str, ...], bool], list[Path]]] = {}
    for batch in batches:
        of_table = files.setdefault(batch.table, {})
        of_table.setdefault((batch.columns, batch.is_padded), []).append(batch.file)
    return [
        Incoming(
            table,
            {column: tables[table][column] for column in columns},
            is_padded,
            _rows_of(columns, alike),
        )
        for table in tables
        for (columns, is_padded), alike in sorted(files.get(table, {}).items())
    ]


def _rows_of(columns: Sequence[str], files: Sequence[Path]) -> str:
    """Return the SQL that reads the rows of batches from their files, whenever it is asked for."""
    types = dict.fromkeys(columns, "text") | _OF_A_LINE
    return (
        f"read_csv([{', '.join(map(literal, files))}], columns = {types}, header = false,"
        f" auto_detect = false, delim = '{SEPARATOR}', quote = '{QUOTE}', escape = '{QUOTE}',"
        f" nullstr = '{NULL}', new_line = '\\n', max_line_size = 16777216)"
    )


def _forget(connection: duckdb.DuckDBPyConnection, names: Collection[str]) -> None:
    """Take folders out of the ledger."""
    for table in ("folders", "declared", "rejected_values"):
        connection.execute(
            f"delete from {table} where folder in (select unnest(cast(? as text[])))", [[*names]]
        )


def _record(connection: duckdb.DuckDBPyConnection, folders: list[Folder], on_disk: Scan) -> None:
    """Write what folders hold, and what of it was rejected, into the ledger."""
    _append(
        connection,
        "folders",
        # A folder that was closed to us is read again even if it looks the same.
        [(folder.name, "" if folder.is_closed else on_disk[folder.name]) for folder in folders],
    )
    _append(
        connection,
        "rejected_values",
        [(folder.name, *astuple(reject)) for folder in folders for reject in folder.rejects],
    )
    _append(
        connection,
        "declared",
        [
            (
                folder.name,
                disclosure_id,
                identity,
                folder.content_sha256[disclosure_id],
                folder.is_readable(disclosure_id),
                folder.row_counts[disclosure_id],
            )
            for folder in folders
            for disclosure_id, identity in folder.identities.items()
        ],
    )


def _append(
    connection: duckdb.DuckDBPyConnection, table: str, records: list[tuple[Any, ...]]
) -> None:
    """Insert records all at once: one by one each would cost a fifth of a millisecond."""
    if records:
        columns = [list(column) for column in zip(*records, strict=True)]
        places = ", ".join(["unnest(?)"] * len(columns))
        connection.execute(f"insert into {table} select {places}", columns)


def _load(connection: duckdb.DuckDBPyConnection, loaded: Sequence[Incoming]) -> Landing:
    """Bring the landing tables in line with what the ledger accepts, deleting by the ledger."""
    connection.execute(
        "create or replace temp table loading as select * from accepted"
        " anti join landed using (disclosure_id, folder, content_sha256)"
    )
    connection.execute(
        "create or replace temp table withdrawn as select disclosure_id from landed"
        " where disclosure_id not in (select disclosure_id from accepted)"
        " and disclosure_id not in (select disclosure_id from stale)"
    )
    for table in (*LANDED_TABLES, "landed"):
        connection.execute(
            f'insert into earlier."{table}" from "{table}" where disclosure_id in'
            " (select disclosure_id from loading)"
            " and disclosure_id not in (select disclosure_id from earlier.landed)"
        )
    for table in ("landed", *LANDED_TABLES):
        connection.execute(
            f'delete from "{table}" where disclosure_id in'
            " (select disclosure_id from loading union select disclosure_id from withdrawn)"
        )
    connection.execute(
        "insert into landed select disclosure_id, folder, content_sha256, row_count from loading"
    )
    # One statement for each table: DuckDB compresses while it inserts, and not when it commits.
    queries: dict[str, list[str]] = {}
    for incoming in loaded:
        for table, query in _landed_rows(incoming):
            queries.setdefault(table, []).append(query)
    for table, of_table in queries.items():
        connection.execute(f'insert into "{table}" by name {" union all ".join(of_table)}')
    counts = connection.execute(
        "select (select count(*) from landed), (select count(*) from loading),"
        " (select count(*) from withdrawn), (select count(*) from stale),"
        " (select count(distinct coalesce(disclosure_id, source_file)) from rejected_rows)"
    ).fetchone()
    assert counts is not None
    return Landing(*counts)


def _landed_rows(incoming: Incoming) -> Iterator[tuple[str, str]]:
    """Yield the landing tables that incoming rows go to, each with the query of its rows.

    A column that a file does not have is blank. Of a printed table every amount is a row, those
    whose cell is blank too: not to print a column says something else.
    """
    table, columns = incoming.table, incoming.columns
    accepted = f"{incoming.rows} semi join loading using (disclosure_id, folder)"
    is_file = table in FILES
    landed = table if is_file else PRINTED_ROWS
    said = {column: "''" for column in LANDED_TABLES[landed]}
    if not is_file:
        said["table_name"] = literal(table)
    for column in columns.keys() & said.keys():
        said[column] = f"coalesce(\"{column}\", '')" if incoming.is_padded else f'"{column}"'
    selected = ", ".join(f'{value} as "{column}"' for column, value in said.items())
    yield landed, f"select {selected}, {', '.join(_OF_A_LINE)} from {accepted}"
    measures = [column for column, kind in columns.items() if kind is Kind.AMOUNT]
    if measures and not is_file:
        names = ", ".join(map(literal, measures))
        cells = ", ".join(f'"{measure}"' for measure in measures)
        amounts = (
            f"select disclosure_id, {literal(table)} as table_name, row_number,"
            f" unnest([{names}]) as measure, unnest([{cells}]) as printed_text, unit"
            f" from {accepted}"
        )
        if incoming.is_padded:
            amounts = f"select * from ({amounts}) where printed_text is not null"
        yield PRINTED_AMOUNTS, amounts
