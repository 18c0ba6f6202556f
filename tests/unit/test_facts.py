"""The findings of a page: facts by gravity and amount, and the words that a document prints."""

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from budget_warehouse.contract.labels import Labels
from budget_warehouse.outputs.findings import hold_findings
from budget_warehouse.outputs.reports.audit import Audit, Rule
from budget_warehouse.outputs.reports.audit_page import grouped
from budget_warehouse.outputs.reports.facts import facts_of
from budget_warehouse.outputs.reports.quotes import (
    in_unit,
    is_same_figure,
    quote_of_claim,
    quote_of_row,
)
from budget_warehouse.outputs.reports.reading import Reading

LABELS = Labels(
    [("measure", "total", "合计"), ("measure", "basic", "基本支出"), ("measure", "revenue", "收入")]
)


def failure(rule: str, finding: str | None, rank: int = 1, **values: Any) -> dict[str, Any]:
    return {
        "rule_code": rule,
        "subject": "x",
        "outcome": "fail",
        "severity": "error",
        "finding_id": finding,
        "rank_in_finding": rank,
        "amount_yuan": Decimal(0),
        "known_finding_reason": None,
        "known_finding_reason_zh": None,
    } | values


def test_the_gravest_comes_first_and_of_those_what_has_most_at_stake() -> None:
    facts = facts_of(
        [
            failure("A", "info", severity="info", amount_yuan=Decimal(900)),
            failure("B", "small", amount_yuan=Decimal(1)),
            failure("C", "warning", severity="warning", amount_yuan=Decimal(800)),
            failure("D", "large", amount_yuan=Decimal(20)),
        ]
    )
    assert [fact.first["rule_code"] for fact in facts] == ["D", "B", "C", "A"]


def test_all_that_follows_from_a_fact_stands_under_it() -> None:
    (fact,) = facts_of(
        [
            failure("A", "one", 2, severity="warning", known_finding_reason="seen"),
            failure("B", "one", 1),
            failure("C", "one", outcome="hint"),
        ]
    )
    assert fact.first["rule_code"] == "B"
    assert [row["rule_code"] for row in fact.following] == ["A"]
    assert (fact.severity, fact.is_reviewed) == ("error", False)
    assert fact.known_reasons == ["经人工核实属实：seen"]


def test_a_fact_says_who_decided_what_and_what_is_open_again() -> None:
    unfounded: dict[str, Any] = {
        "severity": "info",
        "verdict": "unfounded",
        "known_finding_reason": "no",
    }
    by: dict[str, Any] = {"reviewer": "Li", "reviewed_on": date(2026, 1, 31)}
    facts = facts_of(
        [
            failure("A", "one", **unfounded, **by),
            failure("B", "one", 2, **unfounded, **by),
            failure("C", "two", 1, **unfounded),
            failure("D", "two", 2, severity="info"),
            failure("E", "three", reopened_because="rule_changed", **by),
        ]
    )
    again, judged, half = facts
    assert judged.known_reasons == ["经人工核实不成立（Li，2026-01-31）：no"]
    assert [fact.is_unfounded for fact in facts] == [False, True, False]
    assert [fact.is_reviewed for fact in facts] == [False, True, False]
    assert (again.reopened_because, again.known_reasons) == ("rule_changed", [])
    assert half.known_reasons == ["经人工核实不成立：no"]


def test_a_rule_that_fails_only_where_it_is_unfounded_passes() -> None:
    unfounded = failure("A", "one", verdict="unfounded", known_finding_reason="no", family="f")
    audit = Audit([Rule([unfounded]), Rule([failure("B", "two", family="f")])], LABELS)
    assert [rule.worst_outcome for rule in audit.rules] == ["pass", "fail"]
    assert [fact.first["rule_code"] for fact in audit.facts] == ["B"]
    assert [fact.first["rule_code"] for fact in audit.unfounded] == ["A"]


def test_a_failure_of_no_finding_is_a_fact_alone() -> None:
    assert len(facts_of([failure("A", None), failure("B", None)])) == 2


def test_a_row_is_quoted_in_the_order_of_its_headings() -> None:
    cells = [
        {"account_code": "208", "name": "社会保障", "unit": "万元", "measure": measure}
        | {"printed_text": text, "amount_yuan": Decimal(yuan)}
        for measure, text, yuan in (("basic", "0.50", 5000), ("total", "1.25", 12500))
    ]
    quote = quote_of_row(cells, LABELS, "支出预算表")
    assert quote.words == "208 社会保障，合计 1.25，基本支出 0.50"
    assert quote.printed(Decimal("-12500.00")) == "1.25 万元"
    assert quote.printed(Decimal(3)) is None
    assert quote.printed(None) is None


def test_a_claim_is_quoted_in_its_own_figures() -> None:
    claim: dict[str, Any] = {
        "measure": "revenue",
        "account_name": None,
        "unit": "万元",
        "amount_text": "3,215.02",
        "amount_yuan": Decimal(32150200),
        "base_amount_text": "2277",
        "base_amount_yuan": Decimal(22770000),
        "direction_text": "增加",
        "change_text": None,
        "change_yuan": None,
        "change_percent_text": "4",
        "completion_percent_text": "141.2%",
    }
    quote = quote_of_claim(claim, LABELS)
    assert quote.words == "收入 3,215.02 万元，基数 2277 万元，增加，增减 4%，完成 141.2%"
    assert quote.printed(Decimal(22770000)) == "2277 万元"


@pytest.mark.parametrize(
    ("amount", "units", "expected"),
    [
        ("12500.00", ["元", "万元"], "1.25 万元"),
        ("13788400.00", ["万元"], "1,378.84 万元"),
        ("30000000.00", ["万元"], "3,000 万元"),
        ("-30000000.00", ["亿元"], "-0.3 亿元"),
        ("12500.00", ["元", None], None),
        ("12500.00", [], None),
    ],
)
def test_an_amount_is_said_in_the_unit_of_the_page(
    amount: str, units: list[str | None], expected: str | None
) -> None:
    assert in_unit(Decimal(amount), units) == expected


def test_one_figure_is_told_from_another_whatever_separates_it() -> None:
    assert is_same_figure("3,215.02万元", "3215.02 万元")
    assert not is_same_figure("3,215.02万元", "3,215.20 万元")
    assert not is_same_figure("3,215.02万元", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5352.90，基数为63393.90，变动-15.57%", "5,352.90 元，基数为63,393.90 元，变动-15.57%"),
        ("养老保险缴费为13268100.00元", "养老保险缴费为13,268,100.00 元"),
        ("增加 1,326.81万元", "增加 1,326.81万元"),
        ("2024年，1000%", "2024年，1000%"),
        (None, ""),
    ],
)
def test_amounts_in_words_are_grouped_and_years_are_not(text: str | None, expected: str) -> None:
    assert grouped(text) == expected


def test_a_reading_says_which_tables_are_whole() -> None:
    tables = [
        {"title": title, "numbers_printed": printed, "numbers_placed": placed}
        for title, printed, placed in (("a", 10, 9), ("b", 20, 21), ("c", None, None), ("d", 30, 0))
    ]
    reading = Reading("by_program", tables)
    assert [row["title"] for row in reading.partly_read] == ["d", "a"]
    assert (reading.numbers_printed, reading.numbers_placed, reading.whole_count) == (60, 29, 1)
    assert not reading.is_reviewed
    assert Reading("reviewed", []).is_reviewed


def test_a_version_without_facts_counts_its_failures() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_reconciliations as from (values"
            " ('a', 'error', 'fail', -2.5, 'seen'), ('a', 'info', 'fail', null, null),"
            " ('a', 'error', 'pass', 0, null))"
            " as t (disclosure_id, severity, outcome, gap_yuan, known_finding_reason)"
        )
        hold_findings(connection)
        assert connection.execute("from findings order by severity").fetchall() == [
            ("a", "error", Decimal("2.5"), True),
            ("a", "info", None, False),
        ]
        connection.execute(
            "create table marts.fct_findings as select 'a' as disclosure_id, 'error' as severity,"
            " 2.5 as amount_yuan, false as is_reviewed"
        )
        hold_findings(connection)
        assert connection.execute("from findings").fetchall() == [
            ("a", "error", Decimal("2.5"), False)
        ]
        connection.execute("alter table marts.fct_findings add column verdict text")
        connection.execute(
            "insert into marts.fct_findings values ('a', 'info', 1, true, 'unfounded')"
        )
        hold_findings(connection)
        assert connection.execute("select count(*) from findings").fetchall() == [(1,)]
