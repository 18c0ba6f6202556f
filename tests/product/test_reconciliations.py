"""A document that breaks a structural rule is reported by it; both judges agree on every rule."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from lxml import html
from warehouses import REPOSITORY, SEEDS, SONGJIANG, Built, Row, build, copied, edit

T1, T2, T3, T4 = (
    "revenue_expenditure_summary",
    "revenue_by_function",
    "expenditure_by_function",
    "fiscal_appropriation_summary",
)
T5, T6, T8, T9 = (
    "general_public_budget_by_function",
    "government_funds_by_function",
    "basic_expenditure_by_economic",
    "three_public_expenses",
)


FAMILIES = ("within_table", "across_tables", "three_public")


@dataclass(frozen=True)
class Mutation:
    """One change to the Songjiang 2021 budget, and the rules that must notice it, with the gap."""

    table: str
    row: int | None
    change: dict[str, str]
    rules: dict[str, str | None]
    keep: Callable[[Row], bool] = bool


def total(value: str) -> dict[str, str]:
    return {"total": value}


MUTATIONS = {
    "revenue-line": Mutation(T1, 7, {"amount": "0.01"}, {"WT-01": "-0.01", "CT-03": "0.01"}),
    "appropriation-detail": Mutation(T1, 5, {"amount": "5"}, {"WT-02": "-5.00", "CT-06": "-5.00"}),
    "expenditure-class": Mutation(
        T1, 4, {"amount": "841,683.77"}, {"WT-03": "0.01", "CT-05": "-0.01"}
    ),
    "appropriation": Mutation(
        T1, 1, {"amount": "38,993,676.18"}, {"WT-01": "-0.01", "WT-02": "0.01", "CT-02": "0.01"}
    ),
    "split-of-a-class": Mutation(
        T1, 6, {"personnel": "19,103,755.23", "project": "16,563,266.01"}, {"WT-25": "-0.01"}
    ),
    "total-expenditure": Mutation(
        T1, 12, {"amount": "38,993,676.16"}, {"WT-03": "-0.01", "WT-04": "0.01", "CT-04": "-0.01"}
    ),
    "total-revenue": Mutation(
        T1,
        11,
        {"amount": "38,993,676.18"},
        {"WT-01": "0.01", "WT-04": "0.01", "CT-01": "0.01"},
    ),
    "source-of-an-item": Mutation(
        T2, 7, {"other_revenue": "0.01"}, {"WT-05": "-0.01", "WT-06": "-0.01"}
    ),
    "item-off-by-a-fen": Mutation(
        T3, 3, {"basic": "1,282,565.77"}, {"WT-07": "-0.01", "WT-08": "-0.01", "CT-09": "0.01"}
    ),
    "item-blank": Mutation(
        T3,
        3,
        {"total": "", "basic": ""},
        {"WT-08": "1282565.76", "CT-09": "-1282565.76"},
    ),
    "class-of-appropriation": Mutation(
        T4, 4, {"general_public_budget": "841,683.79"}, {"WT-09": "-0.01", "CT-08": "0.01"}
    ),
    "appropriation-total": Mutation(
        T4,
        8,
        {"total": "38,993,676.18", "general_public_budget": "38,993,676.18"},
        {"WT-09": "0.01", "CT-07": "0.01"},
    ),
    "fund-item": Mutation(
        T5,
        7,
        {"basic": "841,683.77"},
        {"WT-10": "0.01", "WT-11": "0.01", "CT-09": "0.01", "CT-13": "-0.01"},
    ),
    "government-funds": Mutation(T6, 4, {"total": "1.00"}, {"WT-12": "1.00", "CT-07": "-1.00"}),
    "basic-item": Mutation(
        T8, 2, {"personnel": "1,413,840.01"}, {"WT-14": "-0.01", "WT-15": "-0.01"}
    ),
    "basic-total": Mutation(
        T8,
        27,
        total("22,430,410.18"),
        {"WT-14": "0.01", "WT-15": "0.01", "CT-11": "-0.01", "CT-12": "-0.01"},
    ),
    "wages-as-public-use": Mutation(
        T8,
        4,
        {"personnel": "", "public_use": "652,800.00"},
        {"WT-15": "652800.00", "WT-16": None},
    ),
    "three-public-total": Mutation(T9, 1, total("1.05"), {"WT-17": "500.00", "SG-05": "-500.00"}),
    "vehicles": Mutation(
        T9,
        1,
        {"vehicle_operation": "0.50"},
        {"WT-18": "-5000.00", "SG-04": None},
    ),
    "hospitality-below-basic": Mutation(
        T9,
        1,
        {"total": "0.99", "official_hospitality": "0.99"},
        {"SG-01": "-100.00", "SG-05": "100.00"},
    ),
    "change-from-last-year": Mutation(
        T9,
        1,
        {"last_year_total": "2.00", "last_year_official_hospitality": "1.00"},
        {"SG-09": "10000.00"},
    ),
    "agency-expenses-of-an-institution": Mutation(
        T9, 1, {"agency_operating_expenses": "3.00"}, {"SG-07": "-30000.00"}
    ),
    "figure-in-the-margin": Mutation(T3, 14, {"note": "12.00"}, {"WT-19": None}),
    "section-missing": Mutation(
        T3, None, {}, {"WT-20": None, "CT-15": None}, lambda row: row["row_number"] != "9"
    ),
    "negative": Mutation(
        T8, 3, {"total": "(203,376.00)", "personnel": "-203,376.00"}, {"WT-21": None}
    ),
    "separator-in-the-wrong-place": Mutation(T3, 3, total("12,82,565.76"), {"WT-31": None}),
    "title-of-another-year": Mutation(
        "tables", 3, {"title": "2020年部门支出预算总表"}, {"WT-32": None}
    ),
    "title-without-a-year": Mutation("tables", 3, {"title": "部门支出预算总表"}, {"WT-24": None}),
    "account-only-in-revenue": Mutation(
        T2, 14, {}, {"CT-15": None, "CT-10": "-561122.52"}, lambda row: row["item_code"] != "01"
    ),
    "another-name": Mutation(T5, 7, {"name": "行政单位医疗"}, {"CT-16": None}),
    "another-compiling-entity": Mutation(
        "tables", 3, {"compiling_entity": "上海市松江区网格化综合管理中心"}, {"CT-17": None}
    ),
    "overseas-visits-below-basic": Mutation(
        T8, 15, {"item_code": "12", "name": "因公出国（境）费用"}, {"SG-02": "-20000.00"}
    ),
    "vehicle-operation-below-basic": Mutation(
        T8, 15, {"item_code": "31", "name": "公务用车运行维护费"}, {"SG-03": "-20000.00"}
    ),
}


def row_key(row: Row, position: int) -> str:
    return row.get("row_number", str(position))


FINAL_ACCOUNTS = "foshan-rail-2019-final-accounts"
BY_UNIT = "suzhou-audit-2026-budget"
DETAILED = "wuxi-emergency-enforcement-2026-budget"

# In final accounts: table, printed row and what becomes of it, with the rules that must notice.
MUTATIONS_OF_FINAL_ACCOUNTS = {
    "sum-of-the-year": (T1, 45, {"amount": "1768.14"}, {"WT-26", "CT-23"}),
    "appropriation-of-revenue": (T2, 1, {"fiscal_appropriation": "1768.14"}, {"WT-06", "CT-24"}),
    "fund-carried-in": (T4, 49, {"total": "5.00"}, {"WT-27"}),
    "balance-of-an-item": (T6, 4, {"carried_in_total": "5.00"}, {"WT-12", "WT-28"}),
    "balance-of-a-fund": (T6, 1, {"carried_in_total": "5.00"}, {"WT-28", "CT-27"}),
    "sum-of-personnel": (T8, 71, {"personnel": "659.20"}, {"WT-29", "CT-26"}),
    "item-of-a-class": (T8, 2, {"personnel": "311.79"}, {"WT-30"}),
    "total-of-a-fund": (T5, 1, {"total": "1678.14"}, {"WT-11", "CT-25"}),
}


def misprint(row: Row, row_number: str, values: dict[str, str]) -> None:
    if row["row_number"] == row_number:
        row.update(values)


def code_row(number: str, item: str, name: str, row: Row) -> None:
    if row["row_number"] == number:
        row.update(item_code=item, name=name)


@pytest.fixture(scope="module")
def mutants(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One warehouse with a copy of the Songjiang budget for every mutation, and some pairs."""
    seeds = tmp_path_factory.mktemp("mutants")
    copied(SONGJIANG, seeds)
    for name, mutation in MUTATIONS.items():
        folder = copied(SONGJIANG, seeds, name)
        positions = iter(range(1, 1000))

        def change(
            row: Row, mutation: Mutation = mutation, positions: Iterator[int] = positions
        ) -> None:
            if row_key(row, next(positions)) == str(mutation.row):
                row.update(mutation.change)

        edit(folder / f"{mutation.table}.csv", change, mutation.keep)
    copied(FINAL_ACCOUNTS, seeds)
    for name, (table, number, values, _) in MUTATIONS_OF_FINAL_ACCOUNTS.items():
        folder = copied(FINAL_ACCOUNTS, seeds, name)
        edit(folder / f"{table}.csv", partial(misprint, row_number=str(number), values=values))
    copied(BY_UNIT, seeds)
    by_unit = copied(BY_UNIT, seeds, "a-row-of-a-unit")
    edit(
        by_unit / f"{T2}.csv",
        lambda row: row["organization_code"] == "024001" and row.update(total="4,951.67"),
    )
    detailed = copied(DETAILED, seeds, "a-row-below-another")
    edit(
        detailed / "agency_operating_expenses_by_economic.csv",
        lambda row: row["row_number"] == "4" and row.update(total="10.76"),
    )
    empty = copied(SONGJIANG, seeds, "empty-table")
    edit(empty / f"{T3}.csv", lambda row: None, lambda row: False)
    missing = copied(SONGJIANG, seeds, "no-table")
    (missing / f"{T2}.csv").unlink()
    split = copied(SONGJIANG, seeds, "split-expenditure")
    edit(
        split / f"{T1}.csv",
        lambda row: (
            row["label"] == "支出总计"
            and row.update(
                personnel="21,511,329.45", public_use="919,080.71", project="16,563,266.00"
            )
        ),
    )
    edit(
        split / f"{T1}.csv",
        lambda row: row["label"] == "二、卫生健康支出" and row.update(personnel=row["amount"]),
    )
    capital = copied(SONGJIANG, seeds, "state-capital")
    shutil.copy(capital / f"{T5}.csv", capital / "state_capital_by_function.csv")
    edit(
        capital / "state_capital_by_function.csv",
        lambda row: row["item_code"] == "02" and row.update(basic="841,683.77"),
    )
    covered = copied(SONGJIANG, seeds, "covered-by-three-public")
    for row_number, item, name in (
        ("15", "12", "因公出国（境）费用"),
        ("17", "31", "公务用车运行维护费"),
    ):
        edit(covered / f"{T8}.csv", partial(code_row, row_number, item, name))
    edit(
        covered / f"{T9}.csv",
        lambda row: row.update(overseas_visits="2.00", vehicle_operation="1.00"),
    )
    whole = copied(SONGJIANG, seeds, "whole-department")
    edit(whole / "disclosure.csv", lambda row: row.update(scope="department"))
    only = copied(SONGJIANG, seeds, "only-unit")
    edit(
        only / "disclosure.csv",
        lambda row: row.update(supervising_organization_name="whole-department"),
    )
    department = copied(SONGJIANG, seeds, "department")
    edit(department / "disclosure.csv", lambda row: row.update(scope="department"))
    edit(
        department / f"{T3}.csv",
        lambda row: row["item_code"] == "06" and row.update(total="641,282.87", basic="641,282.87"),
    )
    unit = copied(SONGJIANG, seeds, "unit")
    edit(
        unit / "disclosure.csv",
        lambda row: row.update(supervising_organization_name="department"),
    )
    second = copied(SONGJIANG, seeds, "second-unit")
    edit(
        second / "disclosure.csv",
        lambda row: row.update(supervising_organization_name="department"),
    )
    last_year = copied(SONGJIANG, seeds, "last-year")
    (last_year / "projects.csv").unlink()  # a project of last year would settle a known finding
    (last_year / "performance_targets.csv").unlink()
    edit(
        last_year / "disclosure.csv",
        lambda row: row.update(
            organization_name="上海市松江区城市运行管理中心", fiscal_year="2020"
        ),
    )
    edit(
        last_year / f"{T9}.csv",
        lambda row: row.update(total="1.20", official_hospitality="1.20"),
    )
    built = build(seeds, tmp_path_factory.mktemp("mutants-warehouse"))
    assert built.status == 0, built.output
    return built


def findings(built: Built, disclosure: str) -> dict[str, set[Decimal | None]]:
    """The gaps of every rule that a disclosure breaks."""
    gaps: dict[str, set[Decimal | None]] = {}
    for rule, gap in built.rows(
        "select rule_code, gap_yuan from marts.fct_reconciliations"
        " where outcome = 'fail' and disclosure_id = ? and family in"
        f" {FAMILIES}",
        disclosure,
    ):
        gaps.setdefault(rule, set()).add(gap)
    return gaps


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_broken_document_is_reported_by_its_rules(mutants: Built, name: str) -> None:
    codes = findings(mutants, name)
    for rule, gap in MUTATIONS[name].rules.items():
        assert rule in codes, (rule, codes)
        assert (Decimal(gap) if gap else None) in codes[rule], (rule, codes[rule])


@pytest.mark.parametrize("name", MUTATIONS_OF_FINAL_ACCOUNTS)
def test_broken_final_accounts_are_reported_by_their_rules(mutants: Built, name: str) -> None:
    sound = set(findings(mutants, FINAL_ACCOUNTS))
    assert set(findings(mutants, name)) - sound >= MUTATIONS_OF_FINAL_ACCOUNTS[name][3]


def test_a_table_of_another_form_is_judged_by_its_own_columns_and_rows(mutants: Built) -> None:
    assert findings(mutants, BY_UNIT).keys().isdisjoint({"WT-33", "WT-34"})
    new = findings(mutants, "a-row-of-a-unit")
    assert new["WT-33"] == {Decimal("3000000.00")}
    assert new["WT-34"] == {Decimal("-3000000.00")}
    assert findings(mutants, "a-row-below-another")["WT-35"] == {Decimal("-1000.00")}
    assert (
        mutants.value(
            "select outcome from marts.fct_reconciliations"
            " where disclosure_id = ? and rule_code = 'CT-01'",
            BY_UNIT,
        )
        == "pass"
    )


def test_a_correct_document_is_reported_by_none_of_them(mutants: Built) -> None:
    expected = {"SG-06", "WT-19", "WT-22", "WT-24"}
    codes = set(findings(mutants, SONGJIANG)) - {"SG-08"}
    assert codes == expected


def test_each_rule_fails_somewhere_and_passes_somewhere(mutants: Built) -> None:
    outcomes: dict[str, set[str]] = {}
    for rule, outcome in mutants.rows(
        "select distinct rule_code, outcome from marts.fct_reconciliations"
        f" where family in {FAMILIES}"
    ):
        outcomes.setdefault(rule, set()).add(outcome)
    assert len(outcomes) == 69
    broken_elsewhere = {"WT-36", "WT-37"}  # in test_rule_families
    assert {rule for rule, seen in outcomes.items() if "fail" not in seen} <= broken_elsewhere
    assert {rule for rule, seen in outcomes.items() if "pass" not in seen} == set()


def test_a_table_that_is_empty_or_missing_is_not_passed(mutants: Built) -> None:
    rows = dict(
        mutants.rows(
            "select rule_code, outcome from marts.fct_reconciliations"
            " where disclosure_id = 'empty-table' and rule_code in ('WT-07', 'WT-08', 'CT-04')"
        )
    )
    assert rows == {
        "WT-07": "not_applicable",
        "WT-08": "not_applicable",
        "CT-04": "insufficient_data",
    }
    rows = dict(
        mutants.rows(
            "select rule_code, outcome from marts.fct_reconciliations"
            " where disclosure_id = 'no-table' and rule_code in ('WT-05', 'CT-01', 'CT-10')"
            " group by all"
        )
    )
    assert rows == {
        "WT-05": "not_applicable",
        "CT-01": "insufficient_data",
        "CT-10": "insufficient_data",
    }


def test_a_split_total_is_compared_where_it_is_printed(mutants: Built) -> None:
    assert findings(mutants, "split-expenditure")["CT-21"] == {Decimal("-0.01")}


def test_departments_and_units_are_held_against_each_other_and_counted_once(mutants: Built) -> None:
    assert Decimal("0.01") in findings(mutants, "unit")["CT-22"]
    assert findings(mutants, "department")["CT-18"] == {Decimal("-38993676.17")}
    counted = mutants.rows(
        "select disclosure_id, is_counted from marts.dim_disclosures"
        " where disclosure_id in ('department', 'unit', 'second-unit') order by all"
    )
    assert counted == [("department", True), ("second-unit", False), ("unit", False)]


def test_last_year_is_held_against_what_was_published(mutants: Built) -> None:
    # 持平 is claimed for the total and for hospitality, 1.20 万元 was published the year before.
    assert findings(mutants, SONGJIANG)["SG-08"] == {Decimal("2000.00")}


def test_great_expectations_and_dbt_agree_on_every_rule(mutants: Built) -> None:
    judged, outcomes = mutants.judged_outcomes(), mutants.outcomes()
    assert len(outcomes) > 40
    assert {rule: judged[rule] for rule in outcomes} == outcomes


def test_the_summary_names_what_is_covered_least(mutants: Built) -> None:
    assert " rules executed, " in mutants.output
    assert "more, better covered" in mutants.output


def test_the_report_names_both_figures_and_the_place(mutants: Built) -> None:
    (page,) = (mutants.warehouse / "reports" / "validations" / "within_table").rglob("*.html")
    text = html.parse(page).getroot().text_content()
    for expected in ("item-off-by-a-fen", "1282565.76", "1282565.77", "-0.01"):
        assert expected in text


def test_the_report_asks_nothing_of_other_hosts(mutants: Built) -> None:
    pages = list((mutants.warehouse / "reports").rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        root = html.parse(page).getroot()
        assert root.xpath("//script") == []
        assert [link for link in root.xpath("//@href | //@src") if link.startswith("http")] == []


def test_an_exception_in_the_judge_fails_no_rule(tmp_path: Path) -> None:
    from budget_warehouse.validation.judge import judge_rows

    rows = pd.DataFrame(
        [
            ("within_table", "WT-01", "error", "passes", 0, 0, 0),
            ("within_table", "WT-02", "error", "fails", 1, 3, 0),
            ("within_table", "WT-03", "error", "cannot be compared", "one fen", 0, 0),
            ("within_table", "WT-04", "error", "has one side only", None, 0, 1),
        ],
        columns=[
            *("suite", "rule", "severity", "statement"),
            *("excess_fen", "failed_count", "one_sided_count"),
        ],
        dtype=object,
    )
    (judgement,) = judge_rows(rows, tmp_path / "reports", places={})
    outcomes = {one.rule: one for one in judgement.outcomes if one.rule[0] == "W"}
    assert outcomes["WT-01"].passes
    assert not outcomes["WT-01"].error
    assert not outcomes["WT-02"].passes
    assert not outcomes["WT-02"].error
    assert outcomes["WT-02"].failed_count == 3
    assert outcomes["WT-03"].error
    assert not outcomes["WT-03"].failed_count
    sides = next(one for one in judgement.outcomes if not one.passes and not one.error)
    assert sides.failed_count == 1


def test_known_findings_name_rules_and_disclosures_of_the_repository(
    repository_warehouse: Built,
) -> None:
    known = repository_warehouse.rows("select distinct disclosure_id from reference.known_findings")
    folders = {folder.name for folder in (REPOSITORY / "seeds" / "disclosures").iterdir()}
    assert {disclosure_id for (disclosure_id,) in known} <= folders
    assert (SEEDS / "reference" / "known_findings.csv").exists()


def test_spending_that_does_not_tie_is_said_wherever_it_is_shown(mutants: Built) -> None:
    query = (
        "select disclosure_id, counted_spending_yuan, printed_spending_yuan"
        " from marts.dim_disclosures where has_untied_total is {} true and is_counted"
    )
    untied = mutants.rows(query.format(""))
    assert untied
    assert f" of {len(untied)} disclosures do not add up to the printed totals" in mutants.output
    sentence = "支出明细与所印合计不符"
    index = next((mutants.warehouse / "site").rglob("index*.js")).read_text(encoding="utf-8")
    assert "has_untied_total" in index
    for name, counted, printed in untied:
        page = (mutants.warehouse / "reports" / f"{name}.html").read_text(encoding="utf-8")
        assert sentence in page
        assert f"{counted:,.2f}" in page
        assert f"{printed:,.2f}" in page
    for name, *_ in mutants.rows(query.format("not"))[:3]:
        page = (mutants.warehouse / "reports" / f"{name}.html").read_text(encoding="utf-8")
        assert sentence not in page
