"""The newest publication, opened so that nothing can be written and nothing else be read.

DuckDB gives a new connection to a path the file that the process has open there, even where
another has replaced it. So each publication is attached, read-only, to a database in memory, and a
file with another inode, time or size is attached to the next one.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from budget_warehouse.serving.catalogue import Catalogue
from budget_warehouse.serving.errors import (
    BusyError,
    QuestionError,
    TooLargeError,
    TooLongError,
    UnpublishedError,
)
from budget_warehouse.serving.values import plain
from budget_warehouse.storage.rows import columns_of
from budget_warehouse.storage.sql import literal

DATABASE = "budget"
SECONDS = 20.0  # a page of the longest mart of a country takes a tenth of this
AT_ONCE = 4  # more questions would only wait for the processor
DEFAULT_MEMORY = "1GB"

_ATTEMPTS = 5  # a file may be replaced while it is being opened

_SETTINGS = (
    f"use {DATABASE}",
    f"set search_path = '{DATABASE}.marts,{DATABASE}.reference,{DATABASE}.reconciliations'",
    "set python_enable_replacements = false",  # no name of a table is one of our variables
    "set enable_external_access = false",
    "set lock_configuration = true",
)
_NEWEST = f"""
    select publication_number, published_at
    from {DATABASE}.marts.publications
    order by publication_number desc
    limit 1
"""

Rows = list[tuple[Any, ...]]
Identity = tuple[int, int, int]


@dataclass(frozen=True)
class Publication:
    """The number of a publication, and its time in UTC."""

    number: int
    published_at: datetime

    @property
    def time(self) -> str:
        """The time as ISO 8601."""
        return f"{self.published_at.isoformat()}Z"

    @property
    def named(self) -> dict[str, Any]:
        """The publication as every answer names it."""
        return {"number": self.number, "published_at": self.time}


def attach(file: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """Return a locked connection to a published file, which may take so much memory.

    Raises:
        UnpublishedError: there is no such file, or it cannot be opened.
    """
    if not file.is_file():
        raise UnpublishedError(f"There is no {file} yet; run make build first.")
    # Without a folder to spill into, a question that takes more memory ends.
    connection = duckdb.connect(
        ":memory:", config={"memory_limit": memory or DEFAULT_MEMORY, "temp_directory": ""}
    )
    try:
        connection.execute(f"attach {literal(file)} as {DATABASE} (read_only)")
        for setting in _SETTINGS:
            connection.execute(setting)
    except duckdb.Error as error:
        connection.close()
        raise UnpublishedError(f"{file} cannot be opened; run make build again.") from error
    return connection


def publication_of(connection: duckdb.DuckDBPyConnection) -> Publication:
    """Return which publication a connection has attached."""
    ((number, published_at),) = connection.execute(_NEWEST).fetchall()
    return Publication(number, published_at)


class OpenedPublication:
    """One publication: its tables, and its rows within bounds of time and memory."""

    def __init__(
        self, file: Path, memory: str, identity: Identity, turns: threading.Semaphore
    ) -> None:
        """Attach the file and read its catalogue."""
        self.identity = identity
        self._turns = turns
        self._connection = attach(file, memory)
        self.publication = publication_of(self._connection)
        self.catalogue = Catalogue(self._connection)

    def objects(self, statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the rows of a statement of ours by column, as JSON holds them.

        Raises:
            QuestionError: as `rows`.
        """
        columns, rows = self._fetched(statement, values, SECONDS)
        return [dict(zip(columns, map(plain, row), strict=True)) for row in rows]

    def rows(self, statement: str, values: Sequence[Any] = (), seconds: float = SECONDS) -> Rows:
        """Return the rows of a statement of ours.

        Raises:
            BusyError: others are being answered for as long.
            QuestionError: it cannot be run.
            TooLargeError: it takes too much memory.
            TooLongError: it takes longer than `seconds`.
        """
        return self._fetched(statement, list(values), seconds)[1]

    def _fetched(
        self, statement: str, values: list[Any] | dict[str, Any], seconds: float
    ) -> tuple[list[str], Rows]:
        with self._turn(seconds), self._connection.cursor() as cursor:
            timer = threading.Timer(seconds, cursor.interrupt)
            timer.start()
            try:
                cursor.execute(statement, values)
                return columns_of(cursor), cursor.fetchall()
            except duckdb.Error as error:
                raise refusal(error, seconds) from error
            finally:
                timer.cancel()

    @contextmanager
    def _turn(self, seconds: float) -> Iterator[None]:
        if not self._turns.acquire(timeout=seconds):
            raise BusyError("Too many questions are being answered; ask again in a minute.")
        try:
            yield
        finally:
            self._turns.release()


class PublishedFile:
    """The published file of a warehouse, opened again whenever a publication replaces it."""

    def __init__(self, file: Path, memory: str = "") -> None:
        """Take the file, and how much memory the answers to all questions may take."""
        self.file = file
        self.memory = memory
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._opened: OpenedPublication | None = None

    def newest(self) -> OpenedPublication:
        """Return the newest publication; who still has the one before keeps it.

        Raises:
            UnpublishedError: there is none, or it cannot be opened.
        """
        with self._lock:
            for _ in range(_ATTEMPTS):
                identity = self._identity()
                if self._opened is not None and self._opened.identity == identity:
                    return self._opened
                opened = OpenedPublication(self.file, self.memory, identity, self._turns)
                if self._identity() == identity:
                    self._opened = opened
                    return opened
        raise UnpublishedError(f"{self.file} is being replaced all the time; ask again.")

    def _identity(self) -> Identity:
        try:
            status = self.file.stat()
        except OSError as error:
            raise UnpublishedError(f"There is no {self.file} yet; run make build first.") from error
        return status.st_ino, status.st_mtime_ns, status.st_size


def refusal(error: duckdb.Error, seconds: float) -> QuestionError:
    """Return the error of a statement as one sentence, without the picture of the statement."""
    if isinstance(error, duckdb.InterruptException):
        return TooLongError(
            f"The answer takes longer than {seconds:g} seconds; ask for fewer rows or columns."
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return TooLargeError("The answer takes too much memory; ask for fewer rows or columns.")
    return QuestionError(" ".join(str(error).partition("\nLINE ")[0].split()))
