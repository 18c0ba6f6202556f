"""Whatever figure of a final account's tables is misprinted, a rule of the tables says so."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

import duckdb
import pytest
from explorer_reader import DESK, Reader
from playwright.sync_api import Browser
from warehouses import REPOSITORY, Built, Row, copied, edit, judged, read_csv

from budget_warehouse.contract.labels import Labels

FINAL_ACCOUNTS = "putuo-planning-2024-final-accounts"
TABLES = (
    "revenue_expenditure_summary",
    "revenue_by_function",
    "expenditure_by_function",
    "fiscal_appropriation_summary",
    "general_public_budget_by_function",
    "basic_expenditure_by_economic",
    "three_public_expenses",
)
_AMOUNT = re.compile(r"[\d,]+\.\d\d")
_EACH = 6  # a misprint of every figure would take minutes


def _misprints() -> Iterator[tuple[str, str, str, str]]:
    """Yield table, row number, measure and what the figure becomes, of every sixth figure."""
    for table in TABLES:
        _, rows = read_csv(REPOSITORY / "seeds" / "disclosures" / FINAL_ACCOUNTS / f"{table}.csv")
        figures = [
            (row["row_number"], column, Decimal(value.replace(",", "")))
            for row in rows
            for column, value in row.items()
            if _AMOUNT.fullmatch(value)
        ]
        for row_number, column, amount in figures[::_EACH]:
            yield table, row_number, column, str(amount + 7)


def _misprint(row: Row, row_number: str, column: str, value: str) -> None:
    if row["row_number"] == row_number:
        row[column] = value


@pytest.fixture(scope="module")
def built(statements: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A warehouse of the final account as it is, and once for each misprint."""
    seeds = tmp_path_factory.mktemp("misprints")
    copied(FINAL_ACCOUNTS, seeds, "as-printed")
    for number, (table, row_number, column, value) in enumerate(_misprints()):
        copy = copied(FINAL_ACCOUNTS, seeds, f"misprint-{number}")
        change = partial(_misprint, row_number=row_number, column=column, value=value)
        edit(copy / f"{table}.csv", change)
    return judged(seeds, seeds / "warehouse", statements)


def test_every_misprint_is_an_error_at_its_table(built: Built) -> None:
    noticed = set(
        built.rows(
            "select distinct disclosure_id, unnest([stated_table_name, computed_table_name])"
            " from marts.fct_reconciliations where outcome = 'fail' and severity = 'error'"
        )
    )
    misprints = list(enumerate(_misprints()))
    assert len(misprints) > 50
    silent = [
        misprint
        for number, misprint in misprints
        if (f"misprint-{number}", misprint[0]) not in noticed
    ]
    assert silent == []


def test_the_tables_as_printed_have_no_error(built: Built) -> None:
    errors = built.rows(
        "select rule_code, subject from marts.fct_reconciliations"
        " where disclosure_id = 'as-printed' and outcome = 'fail' and severity = 'error'"
        " and family in ('within_table', 'across_tables', 'three_public', 'units')"
    )
    assert errors == []
    executed = {
        code
        for (code,) in built.rows(
            "select distinct rule_code from marts.fct_reconciliations"
            " where disclosure_id = 'as-printed' and outcome in ('pass', 'hint')"
        )
    }
    assert executed >= {"WT-26", "WT-29", "WT-30", "CT-23", "CT-24", "CT-25", "CT-26"}


def test_the_explorer_shows_the_budget_beside_the_outturn(
    places_warehouse: Built, browser: Browser
) -> None:
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    reader = Reader(context.new_page(), places_warehouse.warehouse / "site")
    page = reader.open(f"/disclosure/{FINAL_ACCOUNTS}/stages")
    # Page 17 of the document: 公务接待费 预算数 2.85, 决算数 0.39.
    hospitality = next(row for row in reader.rows("main table") if row[0] == "公务接待费")
    assert hospitality[1:5] == ["28,500.00", "3,900.00", "-24,600.00", "13.68%"]
    page.get_by_role("link", name="28,500.00").click()
    assert "2.85" in page.locator("dialog").inner_text()
    assert reader.complaints == []
    context.close()


def test_it_says_which_other_document_is_not_loaded(built: Built) -> None:
    reasons = built.rows(
        "select distinct rule_code, outcome, not_executed_reason, not_executed_reason_zh"
        " from marts.fct_reconciliations where disclosure_id = 'as-printed'"
        " and rule_code in ('CT-18', 'XY-03', 'XY-07') order by rule_code"
    )
    assert reasons == [
        (
            "CT-18",
            "insufficient_data",
            "no document of its units is loaded",
            "未载入所属单位的文件",
        ),
        (
            "XY-03",
            "insufficient_data",
            "the document of 2023 of this organization and stage is not loaded",
            "未载入该单位2023年度同一阶段的文件",
        ),
        (
            "XY-07",
            "insufficient_data",
            "the budget of 2024 of this organization is not loaded",
            "未载入该单位2024年度预算",
        ),
    ]
    of_prose = built.rows(
        "select distinct not_executed_reason from marts.fct_reconciliations"
        " where rule_code = 'XY-08' and outcome = 'insufficient_data'"
    )
    assert of_prose == [("the budget of 2024 of this organization is not loaded",)]


def test_its_tables_have_the_titles_of_final_accounts(
    places_warehouse: Built, browser: Browser
) -> None:
    file = places_warehouse.warehouse / "budget.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        labels = Labels.read(connection)
    report = (places_warehouse.warehouse / "reports" / f"{FINAL_ACCOUNTS}.html").read_text(
        encoding="utf-8"
    )
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    reader = Reader(context.new_page(), places_warehouse.warehouse / "site")
    checks = (
        reader.open(f"/disclosure/{FINAL_ACCOUNTS}/checks").locator("main").text_content() or ""
    )
    context.close()
    for shown in (report, checks):
        assert "《一般公共预算财政拨款支出决算表》每行合计等于" in shown
        titles = [labels.of("table", name) for name in labels.names("final_accounts_table")]
        assert [title for title in titles if f"《{title}》" in shown] == []
