"""Readers of the published file, as many processes at once as BI tools would be.

Each asks again and again, most over a new connection each time, one in five over one that it keeps.
"""

import random
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import duckdb

READERS = 50

# Each has another answer once a budget splits its expenditure otherwise.
ASKED = {
    "projects": "select sum(amount_yuan) from marts.expenditures where nature = 'project'",
    "totals": "select sum(basic_yuan) from marts.fct_budget_splits where function_code = 'total'",
    "changes": (
        "select sum(abs(change_yuan)) from marts.fct_expenditure_changes"
        " where nature = 'basic' and level = 'item'"
    ),
    "findings": "select count(*) from marts.fct_reconciliations where outcome = 'fail'",
}
_NUMBER = "select max(publication_number) from marts.publications"


class Answer(NamedTuple):
    """The reply to one question: an answer of some publication, or an error."""

    reader: int
    is_held: bool
    at: float
    seconds: float
    question: str
    publication_number: int
    value: str
    error: str


def ask(connection: duckdb.DuckDBPyConnection, question: str) -> tuple[int, str]:
    """Return the number of the publication and its answer, by one query."""
    row = connection.execute(f"select ({_NUMBER}), ({ASKED[question]})").fetchone()
    assert row is not None
    return row[0], str(row[1])


def read(file: Path, signs: Path, reader: int, pause: float) -> list[Answer]:
    """Ask until `signs` holds `stop`; tell there of the first answer."""
    chance = random.Random(reader)
    is_held = reader % 5 == 0
    connection = duckdb.connect(str(file), read_only=True) if is_held else None
    answers = []
    while not (signs / "stop").exists():
        question = chance.choice(list(ASKED))
        number, value, error = 0, "", ""
        at, started = time.time(), time.perf_counter()
        try:
            if connection:
                number, value = ask(connection, question)
            else:
                with duckdb.connect(str(file), read_only=True) as new:
                    number, value = ask(new, question)
        except duckdb.Error as failure:
            error = str(failure)
        taken = time.perf_counter() - started
        answers.append(Answer(reader, is_held, at, taken, question, number, value, error))
        (signs / f"reader-{reader}").touch()
        time.sleep(pause * (0.5 + chance.random()))
    if connection:
        connection.close()
    return answers


@contextmanager
def reading(file: Path, pause: float, count: int = READERS) -> Iterator[list[Answer]]:
    """Let readers ask while something else happens; their answers are there when it is over."""
    answers: list[Answer] = []
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(count, mp_context=context) as pool,
    ):
        signs = Path(folder)
        readers = [pool.submit(read, file, signs, number, pause) for number in range(count)]
        try:
            while len(list(signs.glob("reader-*"))) < count and not any(
                reader.done() for reader in readers
            ):
                time.sleep(0.05)
            yield answers
        finally:
            (signs / "stop").touch()
        for reader in readers:
            answers += reader.result()


def true_answers(files: Iterable[Path]) -> dict[tuple[int, str], str]:
    """Return what each publication answers when nobody else is there."""
    answers = {}
    for file in files:
        with duckdb.connect(str(file), read_only=True) as connection:
            for question in ASKED:
                number, value = ask(connection, question)
                answers[number, question] = value
    return answers


def failures(answers: Iterable[Answer]) -> list[Answer]:
    """Return the questions that got an error."""
    return [answer for answer in answers if answer.error]


def mixtures(answers: Iterable[Answer], true: Mapping[tuple[int, str], str]) -> list[Answer]:
    """Return the answers that are not of the publication they name, or go back to an older.

    A connection that is kept stays with the publication that it opened.
    """
    mixed = []
    last: dict[int, int] = {}
    for answer in sorted(answers, key=lambda answer: answer.at):
        if answer.error:
            continue
        number = answer.publication_number
        before = last.setdefault(answer.reader, number)
        last[answer.reader] = number
        is_of_its_publication = true.get((number, answer.question)) == answer.value
        is_in_order = number == before if answer.is_held else number >= before
        if not (is_of_its_publication and is_in_order):
            mixed.append(answer)
    return mixed
