"""The mutation score of a disclosure: which of its figures the rules would notice."""

from pathlib import Path

import pytest
from warehouses import SEEDS, SONGJIANG, copied, edit

from budget_warehouse.measures.failures import Notice
from budget_warehouse.measures.mutation_score import UnmeasuredError, score_disclosure
from budget_warehouse.storage.warehouse import Warehouse

T3, T9 = "expenditure_by_function", "three_public_expenses"
KEPT = {"disclosure", "tables", T3, T9}


@pytest.fixture(scope="module")
def notices(statements: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Notice]:
    """Score every figure of T3 and T9, all that is left of a document, and a column more."""
    folder = tmp_path_factory.mktemp("score")
    seeds = folder / "seeds"
    for file in copied(SONGJIANG, seeds).iterdir():
        if file.stem not in KEPT:
            file.unlink()
    edit(
        seeds / "disclosures" / SONGJIANG / "tables.csv",
        lambda row: None,
        lambda row: row["table_name"] in KEPT,
    )
    edit(seeds / "disclosures" / SONGJIANG / f"{T9}.csv", lambda row: row.update(meetings="0.50"))
    score = score_disclosure(SONGJIANG, Warehouse(seeds, folder / "warehouse"), statements)
    assert not (folder / "warehouse").exists()
    return list(score.notices)


def test_every_figure_of_expenditure_is_noticed_in_its_row_or_in_the_sum_of_it(
    notices: list[Notice],
) -> None:
    of_t3 = [one for one in notices if one.figure.table_name == T3]
    assert len(of_t3) == 32
    assert all(one.is_at_place for one in of_t3)
    assert {code for one in of_t3 for code in one.rules.split()} >= {"WT-07", "WT-08"}


def test_an_expense_that_nothing_in_the_document_repeats_survives(notices: list[Notice]) -> None:
    survivors = {
        (one.figure.table_name, one.figure.column_name): one.reason
        for one in notices
        if not one.is_noticed
    }
    assert survivors == {(T9, "meetings"): "no rule compares it"}


def test_a_disclosure_that_is_not_there_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(UnmeasuredError, match="There is no"):
        score_disclosure("nowhere", Warehouse(SEEDS, tmp_path))
