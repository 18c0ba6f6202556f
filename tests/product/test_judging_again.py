"""A rule is judged again over the published facts after its threshold changed."""

import shutil
from pathlib import Path

from warehouses import SEEDS, Built, edit

from budget_warehouse.measures.judging_again import judge_again, text
from budget_warehouse.storage.warehouse import Warehouse

COMMERCE = "putuo-commerce-2025-budget-unit"


def test_a_threshold_that_changed_is_judged_by_without_a_build(
    repository_warehouse: Built, tmp_path: Path
) -> None:
    """p.13 of 普陀: 293,810,000.00 of 371,514,655.00 stand in 2150899, for the rest; half may."""
    seeds, folder = tmp_path / "seeds", tmp_path / "warehouse"
    shutil.copytree(SEEDS / "reference", seeds / "reference")
    folder.mkdir()
    for name in ("budget.duckdb", "landing.duckdb"):
        (folder / name).symlink_to(repository_warehouse.warehouse / name)
    rules = seeds / "reference" / "reconciliation_rules.csv"
    edit(rules, lambda row: row["rule_code"] == "CC-08" and row.update(threshold="1"))

    judged = judge_again("CC-08", Warehouse(seeds, folder))

    gone = [row for row in judged.changes if row["disclosure_id"] == COMMERCE]
    assert [(row["change"], row["subject"]) for row in gone] == [("gone", "function item 2150899")]
    assert f"gone  {COMMERCE} function item 2150899" in text(judged)
