"""Landing: the raw CSVs checked and loaded as text, only what changed, with a ledger of files.

Nothing is interpreted here. A disclosure with a value that cannot be read is rejected whole; what
was accepted of it before stays and is marked stale.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import astuple, dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any, TextIO

import duckdb

from dagster_project.database import open_database
from dagster_project.raw_csv import DISCLOSURE, RAW_TABLES
from dagster_project.raw_file import (
    NULL,
    QUOTE,
    SEPARATOR,
    Reject,
    UnreadableFileError,
    rows,
    values,
)
from dagster_project.raw_values import unreadable_values
from dagster_project.sql import literal
from dagster_project.walk import csv_names, walk
from dagster_project.warehouse import without

_FORM = 2  # of the ledger and of the sums in it
_CONTRACT = hashlib.sha256(repr((_FORM, RAW_TABLES)).encode()).hexdigest()

_BATCHES = "landing-"  # what a killed landing leaves behind is known by this name
_INCOMING = "incoming_"

_LEDGER = """
    create table if not exists contract (sha256 text);
    -- What each folder looked like from outside when it was read.
    create table if not exists folders (folder text, seen text);
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


_IDENTITY = ("region_code", "organization_name", "fiscal_year", "stage", "scope", "revision")


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
    identities: dict[str, str] = field(default_factory=dict)
    digests: dict[str, Any] = field(default_factory=dict)
    row_counts: dict[str, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)

    def count(self, table: str, texts: list[str]) -> None:
        """Count rows towards their disclosures, and towards the hash of what each of them says."""
        for disclosure_id, said in _by_disclosure(texts).items():
            digest = self.digests.setdefault(disclosure_id, hashlib.sha256())
            digest.update("\n".join((table, *said, "")).encode())
            self.row_counts[disclosure_id] = self.row_counts.get(disclosure_id, 0) + len(said)
        if table == DISCLOSURE:
            for text in texts:
                row = dict(zip(RAW_TABLES[DISCLOSURE], values(text), strict=True))
                self.identities[row["disclosure_id"]] = " ".join(
                    row[part].strip() for part in _IDENTITY
                )

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


def land(seeds: Path, landing_file: Path, walked: dict[str, str] | None = None) -> Landing:
    """Bring the landing file up to date with the raw CSVs below `seeds/disclosures`.

    `walked` is a walk over them that was made just now; without it they are walked here.

    Raises:
        NothingToLandError: no CSV is there, or a folder cannot be read.
    """
    root = seeds / "disclosures"
    on_disk = walked or _walked(root)
    landing_file.parent.mkdir(parents=True, exist_ok=True)
    for left_behind in landing_file.parent.glob(f"{_BATCHES}*"):
        shutil.rmtree(left_behind)
    with (
        _opened(landing_file) as connection,
        tempfile.TemporaryDirectory(dir=landing_file.parent, prefix=_BATCHES) as scratch,
    ):
        connection.execute("begin")
        _prepare(connection)
        known = dict(connection.execute("from folders").fetchall())
        changed = {name for name, seen in on_disk.items() if known.get(name) != seen}
        first = Path(scratch, "first")
        folders = _read(connection, root, changed, first)
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
        second = Path(scratch, "second")
        _read(connection, root, waiting - changed, second)
        landing = _load(connection, [first, second])
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


def _walked(root: Path) -> dict[str, str]:
    """The folders that hold CSVs, each with what it looks like from outside."""
    try:
        on_disk = walk(root)
    except OSError as error:
        raise NothingToLandError(
            f"Cannot read {error.filename} ({error.strerror});"
            " point SEEDS at a readable folder that holds disclosures/."
        ) from error
    if not on_disk:
        raise NothingToLandError(f"There is no CSV below {root}; add a disclosure and build again.")
    return on_disk


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the ledger and the landing tables; under a changed contract everything is new."""
    tables = ("contract", "folders", "declared", "landed", "rejected_values")
    connection.execute(_LEDGER)
    if connection.execute("select sha256 from contract").fetchall() != [(_CONTRACT,)]:
        for table in tables:
            connection.execute(f"delete from {table}")
        for table in RAW_TABLES:
            connection.execute(f'drop table if exists "{table}"')
        connection.execute("insert into contract values (?)", [_CONTRACT])
    for table, columns in RAW_TABLES.items():
        texts = ", ".join(f'"{column}" text' for column in columns)
        connection.execute(
            f'create table if not exists "{table}" ({texts}, folder text, line_number integer)'
        )


def _read(
    connection: duckdb.DuckDBPyConnection, root: Path, names: Collection[str], batches: Path
) -> list[_Folder]:
    """Read folders into batches, one for each table, and check every value."""
    if not names:
        return []
    batches.mkdir()
    folders = {}
    with ExitStack() as stack:
        files = {
            table: stack.enter_context(Path(batches, table).open("w", encoding="utf-8", newline=""))
            for table in RAW_TABLES
        }
        for name in sorted(names):
            folders[name] = _read_folder(root, name, files)
    _show(connection, [batches])
    for name, reject in unreadable_values(connection, _INCOMING):
        folders[name].rejects.append(reject)
    return list(folders.values())


def _read_folder(root: Path, name: str, batches: Mapping[str, TextIO]) -> _Folder:
    """Read the CSVs of a folder into the batches, or say in its rejects why they cannot be read."""
    folder = _Folder(name)
    quoted = QUOTE + name.replace(QUOTE, QUOTE + QUOTE) + QUOTE
    for file_name in csv_names(root / name):
        table = file_name.removesuffix(".csv")
        with open(f"{root}/{name}/{file_name}", "rb", buffering=0) as file:  # noqa: PTH123 a Path costs as much as the reading
            content = file.read()
        try:
            read = rows(table, f"{name}/{file_name}", content)
        except UnreadableFileError as error:
            folder.rejects.extend(error.rejects)
            continue
        folder.count(table, read.texts)
        end = f"{SEPARATOR}{quoted}{SEPARATOR}"
        batches[table].write(
            "".join(
                [f"{text}{end}{line}\n" for text, line in zip(read.texts, read.lines, strict=True)]
            )
        )
    folder.check_declarations()
    return folder


def _by_disclosure(texts: list[str]) -> dict[str, list[str]]:
    """The rows of each disclosure, without its name."""
    if not texts:
        return {}
    first = texts[0].partition(SEPARATOR)[0]
    start = first + SEPARATOR
    if all(map(str.startswith, texts, repeat(start))):
        return {first.strip(QUOTE): [text[len(start) :] for text in texts]}
    found: dict[str, list[str]] = {}
    for text in texts:
        disclosure_id, _, said = text.partition(SEPARATOR)
        found.setdefault(disclosure_id.strip(QUOTE), []).append(said)
    return found


def _show(connection: duckdb.DuckDBPyConnection, batches: Iterable[Path]) -> None:
    """Show the rows of batches as the incoming tables, read from the files whenever asked for."""
    for table, columns in RAW_TABLES.items():
        types = dict.fromkeys([*columns, "folder"], "text") | {"line_number": "integer"}
        files = ", ".join(literal(folder / table) for folder in batches if folder.exists())
        connection.execute(
            f'create or replace temp view "{_INCOMING}{table}" as select * from read_csv('
            f"[{files}], columns = {types}, header = false, auto_detect = false,"
            f" delim = '{SEPARATOR}', quote = '{QUOTE}', escape = '{QUOTE}', nullstr = '{NULL}',"
            " new_line = '\\n', max_line_size = 16777216)"
        )


def _forget(connection: duckdb.DuckDBPyConnection, names: Collection[str]) -> None:
    """Take folders out of the ledger."""
    for table in ("folders", "declared", "rejected_values"):
        connection.execute(
            f"delete from {table} where folder in (select unnest(cast(? as text[])))", [[*names]]
        )


def _record(
    connection: duckdb.DuckDBPyConnection, folders: list[_Folder], on_disk: dict[str, str]
) -> None:
    """Write what folders hold, and what of it was rejected, into the ledger."""
    _append(connection, "folders", [(folder.name, on_disk[folder.name]) for folder in folders])
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
                folder.digests[disclosure_id].hexdigest(),
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


def _load(connection: duckdb.DuckDBPyConnection, batches: list[Path]) -> Landing:
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
    if any(folder.exists() for folder in batches):
        _show(connection, batches)
        for table in RAW_TABLES:
            connection.execute(
                f'insert into "{table}" from "{_INCOMING}{table}"'
                " semi join loading using (disclosure_id, folder)"
            )
    counts = connection.execute(
        "select (select count(*) from landed), (select count(*) from loading),"
        " (select count(*) from withdrawn), (select count(*) from stale),"
        " (select count(distinct coalesce(disclosure_id, source_file)) from rejected_rows)"
    ).fetchone()
    assert counts is not None
    return Landing(*counts)
