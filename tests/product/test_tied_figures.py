"""Tick marks: which printed figures an executed rule compared, looked up on the pages."""

from typing import Any

import duckdb
import pytest
from explorer_reader import DESK, Reader
from playwright.sync_api import Browser, expect
from warehouses import Built

WANLI = "putuo-wanli-2025-budget"


@pytest.fixture(scope="module")
def figures(repository_warehouse: Built) -> dict[tuple[str, int, str], list[dict[str, Any]]]:
    """The figures of one disclosure, each with its ties."""
    published = repository_warehouse.warehouse / "budget.duckdb"
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute(
            "from reconciliations.rec_tied_figures where disclosure_id = ?", [WANLI]
        )
        columns = [column[0] for column in rows.description]
        of_figures: dict[tuple[str, int, str], list[dict[str, Any]]] = {}
        for row in rows.fetchall():
            one = dict(zip(columns, row, strict=True))
            key = (one["table_name"], one["row_number"], one["measure"])
            of_figures.setdefault(key, []).append(one)
    return of_figures


def test_a_figure_of_the_prose_is_tied_to_the_table_that_prints_it(figures: Any) -> None:
    """p.6: 财政拨款收入 18,976.76 万元; line 1 of the summary prints 189,767,551 yuan."""
    ties = [tie for tie in figures["narrative_claims", 2, "amount_yuan"] if tie["rule_code"]]
    assert any(
        tie["other_table_name"] == "revenue_expenditure_summary"
        and tie["other_row_number"] == 1
        and tie["other_yuan"] == 189_767_551
        for tie in ties
    )


def test_a_figure_that_no_rule_compares_is_not_tied(figures: Any) -> None:
    """p.30: 价值 57.43 万元 of general equipment; no table and no other sentence has it."""
    untied = {
        tie["printed_text"] for ties in figures.values() for tie in ties if not tie["rule_code"]
    }
    assert "57.43" in untied


def test_almost_every_figure_of_the_tables_is_tied(figures: Any) -> None:
    of_tables = [ties for ties in figures.values() if ties[0]["kind"] == "tables"]
    assert len(of_tables) == 875
    assert sum(1 for ties in of_tables if ties[0]["rule_code"]) / len(of_tables) >= 0.98


def test_the_report_says_it_in_both_languages(repository_warehouse: Built) -> None:
    reports = repository_warehouse.warehouse / "reports"
    assert "核对标记：957 个数中" in (reports / f"{WANLI}.html").read_text(encoding="utf-8")
    assert "of 957 figures" in (reports / f"{WANLI}.en.html").read_text(encoding="utf-8")


def test_the_explorer_opens_what_a_figure_was_compared_with(
    browser: Browser, repository_warehouse: Built
) -> None:
    context = browser.new_context(viewport=DESK)
    reader = Reader(context.new_page(), repository_warehouse.warehouse / "site")
    page = reader.open(f"/disclosure/{WANLI}/prose?figure=claim:2")
    expect(page.locator("dialog .ties")).to_contain_text("NT-08")
    expect(page.locator("dialog .ties .tick").first).to_have_attribute("aria-label", "已与他处核对")
    page = reader.open(f"/disclosure/{WANLI}/ties")
    expect(page.locator("main")).to_contain_text("57.43")
    context.close()
