"""The questions of `docs/questions.md` are answered by the published file as the page says."""

import re

import duckdb
import pytest
from warehouses import REPOSITORY, Built

PAGE = (REPOSITORY / "docs" / "questions.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(
    r"^### (\d+)\..*\n(?:(?!#|```).*\n)*```sql\n((?:(?!```).*\n)+)```\n\n((?:\|.*\n)+)", PAGE, re.M
)


def test_fifteen_questions_have_an_answer() -> None:
    assert [int(number) for number, _, _ in QUESTIONS] == list(range(1, 16))
    assert PAGE.count("\n### ") == PAGE.count("```sql") == 15


@pytest.mark.parametrize(
    ("query", "answer"), [pytest.param(q, a, id=number) for number, q, a in QUESTIONS]
)
def test_the_answer_is_true(query: str, answer: str, repository_warehouse: Built) -> None:
    file = repository_warehouse.warehouse / "budget.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        cursor = connection.execute(query)
        rows = [[column[0] for column in cursor.description or ()], *cursor.fetchall()]
    table = [
        "| " + " | ".join("" if value is None else str(value) for value in row) + " |"
        for row in rows
    ]
    heading, ruler, *lines = answer.splitlines()
    assert [heading, *lines] == table, "the page should say:\n" + "\n".join(table)
    assert set(ruler) <= set("|-:")
    assert lines
