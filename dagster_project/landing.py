"""Landing: the raw CSVs checked and loaded as text, only what changed, with a ledger of files.

Nothing is interpreted here. A disclosure with a value that cannot be read is rejected whole; what
was accepted of it before stays and is marked stale.
"""

import csv
import hashlib
import os
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.database import open_database
from dagster_project.raw_csv import DISCLOSURE, RAW_TABLES
from dagster_project.raw_file import Reject, UnreadableFileError, rows
from dagster_project.raw_values import unreadable_values
from dagster_project.warehouse import without

_CONTRACT = hashlib.sha256(repr(RAW_TABLES).encode()).hexdigest()

_BATCHES = "landing-"  # what a killed landing leaves behind is known by this name

_LEDGER = """
    create table if not exists contract (sha256 text);
    create table if not exists files (
        folder text, file_name text, size bigint, modified_ns bigint, inode ubigint, sha256 text
    );
    -- What each folder says it holds, readable or not; an identity is one revision of a document.
    create table if not exists declared (
        folder text, disclosure_id text, identity text, content_sha256 text, is_readable boolean,
        row_count bigint
    );
    -- What the landing tables hold.
    create table if not exists landed (
        disclosure_id text, folder text, content_sha256 text, row_count bigint
    );
    create table if not exists rejected_values (
        folder text, disclosure_id text, source_file text, line_number integer, column_name text,
        value text, reason text
    );
    create or replace view conflicts as
        select *, 'disclosure_id' as column_name, disclosure_id as value
        from declared
        where is_readable
        qualify count(distinct content_sha256) over (partition by disclosure_id) > 1
        union by name
        select *, 'revision' as column_name, identity as value
        from declared
        where is_readable
        qualify count(distinct content_sha256) over (partition by identity) > 1;
    create or replace view accepted as
        select *
        from declared
        where is_readable
            and (folder, disclosure_id) not in (select (folder, disclosure_id) from conflicts)
        qualify row_number() over (partition by identity order by folder, disclosure_id) = 1;
    create or replace view stale as
        select landed.*
        from landed
        where landed.disclosure_id not in (select disclosure_id from accepted)
            and (
                landed.disclosure_id in (select disclosure_id from declared)
                or landed.folder in (select folder from rejected_values)
            );
    create or replace view disclosures as
        select landed.*, stale.disclosure_id is not null as is_stale
        from landed left join stale using (disclosure_id);
    create or replace view rejected_rows as
        select disclosure_id, source_file, line_number, column_name, value, reason
        from rejected_values
        union all
        select
            disclosure_id, folder || '/disclosure.csv', null, column_name, value,
            'The same ' || column_name || ' stands in ' || folder || ' and elsewhere with different'
            || ' content; raise the revision of the newer one or take one away'
        from conflicts;
"""


class NothingToLandError(Exception):
    """There is no input at all; the message is one sentence that tells the user what to do."""


@dataclass(frozen=True)
class Landing:
    """How many disclosures a landing found to stand, loaded, withdrew, held stale and rejected."""

    disclosures: int
    loaded: int
    withdrawn: int
    stale: int
    rejected: int


@dataclass
class _Folder:
    """What one folder holds, as far as it could be read."""

    name: str
    files: list[tuple[Any, ...]] = field(default_factory=list)
    identities: dict[str, str] = field(default_factory=dict)
    digests: dict[str, Any] = field(default_factory=dict)
    row_counts: dict[str, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)

    def count(self, table: str, values: list[str]) -> None:
        """Count a row towards its disclosure, and towards the hash of what that disclosure says."""
        disclosure_id = values[0]
        digest = self.digests.setdefault(disclosure_id, hashlib.sha256())
        digest.update("\x1f".join((table, *values[1:], "\x1e")).encode())
        self.row_counts[disclosure_id] = self.row_counts.get(disclosure_id, 0) + 1
        if table == DISCLOSURE:
            row = dict(zip(RAW_TABLES[DISCLOSURE], values, strict=True))
            parts = (
                "region_code",
                "organization_name",
                "fiscal_year",
                "stage",
                "scope",
                "revision",
            )
            self.identities[disclosure_id] = " ".join(row[part].strip() for part in parts)

    def check_declarations(self) -> None:
        """Every row must belong to a disclosure that the folder's disclosure.csv declares."""
        file = f"{self.name}/{DISCLOSURE}.csv"
        if not self.identities and not self.rejects:
            reason = f"{DISCLOSURE}.csv is missing or empty; add a row for each disclosure"
            self.rejects.append(Reject(None, file, None, None, None, reason))
        for disclosure_id in sorted(self.digests.keys() - self.identities.keys()):
            reason = f"{DISCLOSURE}.csv does not declare {disclosure_id!r}, of which there are rows"
            self.rejects.append(
                Reject(disclosure_id, file, None, "disclosure_id", disclosure_id, reason)
            )

    def is_readable(self, disclosure_id: str) -> bool:
        """Whether nothing of the disclosure, nor of the folder as a whole, was rejected."""
        rejected = {reject.disclosure_id for reject in self.rejects}
        return disclosure_id not in rejected and rejected <= self.identities.keys()


def land(seeds: Path, landing_file: Path) -> Landing:
    """Bring the landing file up to date with the raw CSVs below `seeds/disclosures`.

    Raises:
        NothingToLandError: no CSV is there, or a folder cannot be read.
    """
    root = seeds / "disclosures"
    on_disk = _walk(root)
    landing_file.parent.mkdir(parents=True, exist_ok=True)
    for left_behind in landing_file.parent.glob(f"{_BATCHES}*"):
        shutil.rmtree(left_behind)
    with _opened(landing_file) as connection:
        connection.execute("begin")
        _prepare(connection)
        known = _files(connection)
        changed = {name for name, files in on_disk.items() if known.get(name) != files}
        for folder in _read(connection, root, changed, on_disk, landing_file.parent):
            _forget(connection, folder.name)
            _record(connection, folder)
        for name in known.keys() - on_disk.keys():
            _forget(connection, name)
        # A conflict that ended elsewhere can let in a folder that did not change itself.
        waiting = {
            name
            for (name,) in connection.execute(
                "select folder from accepted"
                " anti join landed using (disclosure_id, folder, content_sha256)"
            ).fetchall()
        }
        _read(connection, root, waiting - changed, on_disk, landing_file.parent)
        landing = _load(connection)
        connection.execute("commit")
        connection.execute("checkpoint")
    return landing


def _opened(landing_file: Path) -> duckdb.DuckDBPyConnection:
    """The landing file; one that is no database any more gives way to an empty one.

    Its tables are read anew from the CSVs; only what stood as stale is lost with it.
    """
    try:
        return open_database(landing_file)
    except duckdb.Error as error:
        if "lock" in str(error):
            raise
        without(landing_file)
        return open_database(landing_file)


def _walk(root: Path) -> dict[str, set[tuple[Any, ...]]]:
    """The CSV files below the root by folder, each as its name, size, time of change and inode."""

    def refuse(error: OSError) -> None:
        raise NothingToLandError(
            f"Cannot read {error.filename} ({error.strerror});"
            " point SEEDS at a readable folder that holds disclosures/."
        ) from error

    on_disk: dict[str, set[tuple[Any, ...]]] = {}
    for path, folders, names in os.walk(root, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith(".csv"):
                status = Path(path, name).stat()
                entry = (name, status.st_size, status.st_mtime_ns, status.st_ino)
                on_disk.setdefault(str(Path(path).relative_to(root)), set()).add(entry)
    if not on_disk:
        raise NothingToLandError(f"There is no CSV below {root}; add a disclosure and build again.")
    return on_disk


def _files(connection: duckdb.DuckDBPyConnection) -> dict[str, set[tuple[Any, ...]]]:
    """The files of the ledger, in the shape of `_walk`."""
    known: dict[str, set[tuple[Any, ...]]] = {}
    for folder, *entry in connection.execute(
        "select folder, file_name, size, modified_ns, inode from files"
    ).fetchall():
        known.setdefault(folder, set()).add(tuple(entry))
    return known


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the ledger and the landing tables; under a changed contract everything is new."""
    tables = ("contract", "files", "declared", "landed", "rejected_values")
    connection.execute(_LEDGER)
    if connection.execute("select sha256 from contract").fetchall() != [(_CONTRACT,)]:
        for table in tables:
            connection.execute(f"delete from {table}")
        for table in RAW_TABLES:
            connection.execute(f'drop table if exists "{table}"')
        connection.execute("insert into contract values (?)", [_CONTRACT])
    for table, columns in RAW_TABLES.items():
        texts = ", ".join(f'"{column}" text' for column in columns)
        definition = f"({texts}, folder text, line_number integer)"
        connection.execute(f'create table if not exists "{table}" {definition}')
        connection.execute(f'create or replace temp table "incoming_{table}" {definition}')


def _read(
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    names: set[str],
    on_disk: dict[str, set[tuple[Any, ...]]],
    scratch: Path,
) -> list[_Folder]:
    """Read folders into the incoming tables, one batch per table, and check every value."""
    folders: dict[str, _Folder] = {}
    with tempfile.TemporaryDirectory(dir=scratch, prefix=_BATCHES) as batches:
        with ExitStack() as stack:
            writers = {
                table: csv.writer(
                    stack.enter_context(
                        Path(batches, table).open("w", encoding="utf-8", newline="")
                    ),
                    quoting=csv.QUOTE_ALL,
                )
                for table in (RAW_TABLES if names else ())
            }
            for name in sorted(names):
                folder = folders[name] = _Folder(name)
                for entry in sorted(on_disk[name]):
                    _read_file(root, folder, entry, writers)
                folder.check_declarations()
        for table in writers:
            types = dict.fromkeys([*RAW_TABLES[table], "folder"], "text") | {
                "line_number": "integer"
            }
            connection.execute(
                f'insert into "incoming_{table}" select * from read_csv(?, columns = ?,'
                " header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"',"
                " nullstr = '\\N', max_line_size = 16777216)",
                [str(Path(batches, table)), types],
            )
    if folders:
        for name, reject in unreadable_values(connection, "incoming_"):
            folders[name].rejects.append(reject)
    return list(folders.values())


def _read_file(
    root: Path, folder: _Folder, entry: tuple[Any, ...], writers: dict[str, Any]
) -> None:
    """Read one CSV into its table's batch, or say in the folder's rejects why it cannot be read."""
    file_name = entry[0]
    table = file_name.removesuffix(".csv")
    content = Path(root, folder.name, file_name).read_bytes()
    folder.files.append((*entry, hashlib.sha256(content).hexdigest()))
    try:
        for line, values in rows(table, f"{folder.name}/{file_name}", content):
            folder.count(table, values)
            writers[table].writerow([*values, folder.name, line])
    except UnreadableFileError as error:
        folder.rejects.extend(error.rejects)


def _forget(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Take a folder out of the ledger."""
    for table in ("files", "declared", "rejected_values"):
        connection.execute(f"delete from {table} where folder = ?", [name])


def _record(connection: duckdb.DuckDBPyConnection, folder: _Folder) -> None:
    """Write what a folder holds, and what of it was rejected, into the ledger."""
    for entry in folder.files:
        connection.execute("insert into files values (?, ?, ?, ?, ?, ?)", [folder.name, *entry])
    for reject in folder.rejects:
        connection.execute(
            "insert into rejected_values values (?, ?, ?, ?, ?, ?, ?)",
            [
                folder.name,
                reject.disclosure_id,
                reject.source_file,
                reject.line_number,
                reject.column_name,
                reject.value,
                reject.reason,
            ],
        )
    for disclosure_id, identity in folder.identities.items():
        connection.execute(
            "insert into declared values (?, ?, ?, ?, ?, ?)",
            [
                folder.name,
                disclosure_id,
                identity,
                folder.digests[disclosure_id].hexdigest(),
                folder.is_readable(disclosure_id),
                folder.row_counts[disclosure_id],
            ],
        )


def _load(connection: duckdb.DuckDBPyConnection) -> Landing:
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
    for table in ("landed", *RAW_TABLES):
        connection.execute(
            f'delete from "{table}" where disclosure_id in'
            " (select disclosure_id from loading union select disclosure_id from withdrawn)"
        )
    connection.execute(
        "insert into landed select disclosure_id, folder, content_sha256, row_count from loading"
    )
    for table in RAW_TABLES:
        connection.execute(
            f'insert into "{table}" select incoming.* from "incoming_{table}" as incoming'
            " semi join loading using (disclosure_id, folder)"
        )
    counts = connection.execute(
        "select (select count(*) from landed), (select count(*) from loading),"
        " (select count(*) from withdrawn), (select count(*) from stale),"
        " (select count(distinct coalesce(disclosure_id, source_file)) from rejected_rows)"
    ).fetchone()
    assert counts is not None
    return Landing(*counts)
