"""The questions of `docs/questions.md` are answered by the published file as the page says.

Those from the first on final accounts on are asked of all seeds.
"""

import duckdb
import pytest
from warehouses import Built

from benchmarks.questions import PAGE, Question, questions

OF_ALL_SEEDS = PAGE[PAGE.index("## A reader of final accounts") :]


def test_twenty_five_questions_have_an_answer() -> None:
    assert [question.number for question in questions()] == list(range(1, 26))
    assert PAGE.count("\n### ") == PAGE.count("```sql") == 25
    assert OF_ALL_SEEDS.count("\n### ") == 10


@pytest.mark.parametrize(
    "question", [pytest.param(question, id=str(question.number)) for question in questions()]
)
def test_the_answer_is_true(question: Question, request: pytest.FixtureRequest) -> None:
    of_all_seeds = question.query in OF_ALL_SEEDS
    built: Built = request.getfixturevalue(
        "places_warehouse" if of_all_seeds else "repository_warehouse"
    )
    file = built.warehouse / "budget.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        cursor = connection.execute(question.query)
        rows = [[column[0] for column in cursor.description or ()], *cursor.fetchall()]
    table = [
        "| " + " | ".join("" if value is None else str(value) for value in row) + " |"
        for row in rows
    ]
    heading, ruler, *lines = question.answer.splitlines()
    assert [heading, *lines] == table, "the page should say:\n" + "\n".join(table)
    assert set(ruler) <= set("|-:")
    assert lines
