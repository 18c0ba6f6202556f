"""The notebook of the documentation runs on a published file, and its tables are true."""

import json
from decimal import Decimal
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import pytest
from warehouses import REPOSITORY, Built

NOTEBOOK = json.loads((REPOSITORY / "docs" / "notebook.ipynb").read_text(encoding="utf-8"))
CELLS = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


def test_the_notebook_is_without_outputs() -> None:
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in NOTEBOOK["cells"]]
    assert len(names) == len(set(names))
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in CELLS)


def test_three_questions_have_a_table_and_a_chart(
    repository_warehouse: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAREHOUSE", str(repository_warehouse.warehouse))
    monkeypatch.chdir(REPOSITORY / "docs")
    backend = matplotlib.get_backend()
    plt.switch_backend("Agg")
    names: dict[str, Any] = {}
    try:
        for cell in CELLS:
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
        heights = [patch.get_height() for patch in names["changes_chart"].axes[0].patches]
        widths = [patch.get_width() for patch in names["spending_chart"].axes[0].patches]
        counts = [patch.get_width() for patch in names["findings_chart"].axes[0].patches]
    finally:
        plt.close("all")
        plt.switch_backend(backend)
    spending, changes = names["spending"], names["changes"]
    songjiang = spending[spending["fiscal_year"] == 2021].iloc[0]
    assert songjiang["basic_yuan"] + songjiang["project_yuan"] == Decimal("38993676.17")
    assert sum(widths) == pytest.approx(109_338.081417)  # in 万元, of all budgets
    assert changes["class_name"].iloc[0] == "城乡社区支出"
    assert changes["change_yuan"].sum() == Decimal("33556428.00")
    assert heights[0] == pytest.approx(3498.4023)
    errors = "select count(*) from marts.fct_findings where is_counted and severity = 'error'"
    assert names["table"]["error"].sum() == repository_warehouse.value(errors)
    assert sum(counts) == names["findings"]["findings"].sum()
