"""The questions of `docs/questions.md`, and how long the published file takes to answer them."""

import re
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

import duckdb

from budget_warehouse.storage.warehouse import ROOT

PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")

_RUNS = 5


class Question(NamedTuple):
    """A question with its SQL and the table that the page gives as its answer."""

    number: int
    question: str
    query: str
    answer: str


def questions() -> list[Question]:
    """Return the questions in the order of the page."""
    return [
        Question(int(number), *rest)
        for number, *rest in re.findall(
            r"^### (\d+)\. (.*)\n(?:(?!#|```).*\n)*```sql\n((?:(?!```).*\n)+)```\n\n((?:\|.*\n)+)",
            PAGE,
            re.M,
        )
    ]


def seconds(query: str, file: Path) -> float:
    """Return the median of five runs, each on a new connection, until the last row has arrived."""
    taken = []
    for _ in range(_RUNS):
        started = time.perf_counter()
        with duckdb.connect(str(file), read_only=True) as connection:
            connection.execute(query).fetchall()
        taken.append(time.perf_counter() - started)
    return median(taken)
