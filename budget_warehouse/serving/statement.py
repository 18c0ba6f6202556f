"""A statement of somebody's own, answered by a child process with bounds that nothing passes.

DuckDB cannot stop a function on its way, and what a function returns is not counted against the
memory limit. So the child is killed when its time is over, and the system bounds its memory.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from budget_warehouse.serving.errors import QuestionError, TooLargeError, TooLongError
from budget_warehouse.serving.publication import SECONDS, attach, publication_of, refusal
from budget_warehouse.serving.values import plain
from budget_warehouse.settings import ROOT

MOST_ROWS = 10_000

_MEMORY = "512MB"
_ADDRESS_SPACE = 2 * 1024**3  # bytes; DuckDB with its threads takes 1 GB
_PROCESSOR_SECONDS = 600  # of all cores together
_MOST_CHARACTERS = 20_000_000  # of all values; more than a page of 10,000 rows of any mart
_STARTING_SECONDS = 5.0  # to import DuckDB on a busy machine

_ERRORS = {error.__name__: error for error in (QuestionError, TooLargeError, TooLongError)}


@dataclass(frozen=True)
class Answer:
    """Rows of plain values; `is_cut` where there are more than were asked for."""

    publication: dict[str, Any]
    columns: list[str]
    rows: list[list[Any]]
    is_cut: bool

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The rows by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def ask(file: Path, statement: str, limit: int, seconds: float = SECONDS) -> Answer:
    """Return the first rows of one select over the newest publication.

    Raises:
        QuestionError: it is no select, or cannot be run.
        TooLargeError: it takes too much memory, or its rows are too long.
        TooLongError: it takes longer than `seconds`.
    """
    question = {"file": str(file), "statement": statement, "limit": limit, "seconds": seconds}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    try:
        child = subprocess.run(
            [sys.executable, "-m", "budget_warehouse.serving.statement"],
            input=json.dumps(question).encode(),
            env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
            capture_output=True,
            timeout=seconds + _STARTING_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooLongError(
            f"The answer takes longer than {seconds:g} seconds; ask for fewer rows or columns."
        ) from None
    if child.returncode:
        raise _too_large()
    told = json.loads(child.stdout)
    if "error" in told:
        raise _ERRORS[told["error"]](told["message"])
    return Answer(**told)


def main() -> None:
    """Answer the question on standard input, in the child."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no file behind
        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
        # Should the parent die, the child ends all the same.
        resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))
    question = json.load(sys.stdin)
    try:
        told = _answer(**question)
    except QuestionError as error:
        name = type(error).__name__
        told = {
            "error": name if name in _ERRORS else QuestionError.__name__,
            "message": str(error),
        }
    except MemoryError:
        told = {"error": TooLargeError.__name__, "message": str(_too_large())}
    json.dump(told, sys.stdout, ensure_ascii=False)


def _answer(file: str, statement: str, limit: int, seconds: float) -> dict[str, Any]:
    with attach(Path(file), _MEMORY) as connection:
        _require_select(connection, statement)
        timer = threading.Timer(seconds, connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            cursor = connection.execute(statement)
            columns = [column[0] for column in cursor.description or ()]
            fetched = cursor.fetchmany(limit + 1)
        except duckdb.Error as error:
            raise refusal(error, seconds) from error
        finally:
            timer.cancel()
        rows = [[plain(value) for value in row] for row in fetched[:limit]]
        if sum(len(str(value)) for row in rows for value in row) > _MOST_CHARACTERS:
            raise _too_large()
        return {
            "publication": publication_of(connection).named,
            "columns": _distinct(columns),
            "rows": rows,
            "is_cut": len(fetched) > limit,
        }


def _require_select(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    try:
        statements = connection.extract_statements(text)
    except duckdb.Error as error:
        raise refusal(error, SECONDS) from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise QuestionError("Only one select can be asked: write a single select statement.")


def _distinct(columns: list[str]) -> list[str]:
    """Return names of columns of which none stands twice."""
    names: list[str] = []
    for column in columns:
        name, number = column, 1
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names


def _too_large() -> TooLargeError:
    return TooLargeError("The answer takes too much memory; ask for fewer rows or columns.")


if __name__ == "__main__":
    main()
