"""Fifty readers around publications: none fails, and no answer mixes two publications."""

import shutil
import time
from pathlib import Path

from warehouses import SEEDS, Built, build, edit, make

from benchmarks.readers import READERS, failures, mixtures, reading, true_answers
from dagster_project.publishing import versions
from dagster_project.warehouse import Warehouse

SPLIT = "putuo-wanli-2025-budget/expenditure_by_function.csv"


def test_fifty_readers_around_two_publications(repository_warehouse: Built, tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "seeds", tmp_path / "warehouse")
    shutil.copytree(SEEDS, warehouse.seeds)
    shutil.copytree(repository_warehouse.warehouse, warehouse.folder, symlinks=True)
    edit(
        warehouse.disclosures / SPLIT,
        lambda row: row.update(basic=row["project"], project=row["basic"]),
    )
    with reading(warehouse.published, pause=0.5) as answers:
        built = build(warehouse.seeds, warehouse.folder)
        time.sleep(1)
        (first,) = warehouse.versions.glob("budget-*.duckdb")
        back = make("rollback", f"WAREHOUSE={warehouse.folder}", f"VERSION={first.name}")
        time.sleep(1)
    assert built.status in (0, 3), built.output
    assert back.returncode == 0, back.stdout + back.stderr
    true = true_answers(versions(warehouse))
    assert {answer.publication_number for answer in answers} == {1, 2, 3}
    assert {answer.reader for answer in answers} == set(range(READERS))
    assert true[1, "totals"] == true[3, "totals"] != true[2, "totals"]
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
    kept, new = (next(answer for answer in answers if answer.is_held is held) for held in (1, 0))
    older = {(0, question): value for (_, question), value in true.items()}
    later = max(answer.at for answer in answers) + 1
    wrong = new._replace(value="0.01")
    back = new._replace(publication_number=0, at=later)
    moved = kept._replace(publication_number=0, at=later)
    assert mixtures([*answers, wrong, back, moved], true | older) == [wrong, back, moved]
    assert failures([new._replace(error="IO Error")]) == [new._replace(error="IO Error")]
