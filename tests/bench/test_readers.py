"""Fifty readers around publications: none fails, and no answer mixes two publications."""

import shutil
import time
from pathlib import Path

import duckdb
from warehouses import SEEDS, Built

from benchmarks.readers import ASKED, READERS, failures, mixtures, reading, true_answers
from budget_warehouse.build.publishing import bring_back, publish_again
from budget_warehouse.storage.warehouse import Warehouse

PUBLICATIONS = 6

# A change that makes every answer of the readers another.
OTHERWISE = """
    update marts.fct_expenditures set amount_yuan = amount_yuan + 1;
    update marts.fct_budget_splits set basic_yuan = basic_yuan + 1;
    update marts.fct_expenditure_changes set change_yuan = change_yuan + 1;
    update marts.fct_reconciliations set outcome = 'fail' where outcome = 'hint';
"""


def test_fifty_readers_around_publications(repository_warehouse: Built, tmp_path: Path) -> None:
    """Two files of which every answer differs are published by turns."""
    warehouse = Warehouse(SEEDS, tmp_path)
    turns = [tmp_path / "one.duckdb", tmp_path / "other.duckdb"]
    for file in (*turns, warehouse.published):
        shutil.copy(repository_warehouse.warehouse / "budget.duckdb", file)
    with duckdb.connect(str(turns[1])) as connection:
        connection.execute(OTHERWISE)
    true = true_answers([warehouse.published])
    with reading(warehouse.published, pause=3) as answers:
        for publication in range(PUBLICATIONS):
            time.sleep(1)
            bring_back(warehouse, turns[1 - publication % 2])
            warehouse.next_reports.mkdir()  # as the judge does
            publish_again(warehouse)
            true |= true_answers([warehouse.published])
        time.sleep(1)
    numbers = {number for number, _ in true}
    assert len(numbers) == 1 + PUBLICATIONS
    for question in ASKED:
        assert len({true[number, question] for number in numbers}) == 2
    assert {answer.reader for answer in answers} == set(range(READERS))
    assert len({answer.publication_number for answer in answers}) > PUBLICATIONS // 2
    assert failures(answers) == []
    assert mixtures(answers, true) == []


def test_a_mixture_would_be_seen(repository_warehouse: Built) -> None:
    """An answer of another publication, one that goes back, and a kept connection that moves."""
    file = repository_warehouse.warehouse / "budget.duckdb"
    with reading(file, pause=0.1, count=2) as answers:
        time.sleep(0.5)
    true = true_answers([file])
    assert len(answers) > 4
    assert mixtures(answers, true) == []
    kept, new = (
        next(answer for answer in answers if answer.is_held is held) for held in (True, False)
    )
    older = {(0, question): value for (_, question), value in true.items()}
    later = max(answer.at for answer in answers) + 1
    wrong = new._replace(value="0.01")
    back = new._replace(publication_number=0, at=later)
    moved = kept._replace(publication_number=0, at=later)
    assert mixtures([*answers, wrong, back, moved], true | older) == [wrong, back, moved]
    assert failures([new._replace(error="IO Error")]) == [new._replace(error="IO Error")]
