"""Verdicts: how one is written into the list of known findings, and when it is refused."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from warehouses import SEEDS, edit, read_csv

from budget_warehouse.build.plan import making_sum
from budget_warehouse.contract.reference_lists.check import list_faults
from budget_warehouse.contract.reference_lists.known_findings import passed_verdicts
from budget_warehouse.review.findings import Finding, ReviewError
from budget_warehouse.review.text import text
from budget_warehouse.review.verdicts import Verdict, chosen, record
from budget_warehouse.storage.warehouse import Warehouse

DAY = date(2026, 1, 31)
FINDING = Finding(
    fingerprint="ab12cd34ab12cd34",
    finding_id="one",
    is_first=True,
    severity="error",
    rule_code="WT-07",
    rule_version=1,
    statement="Total is basic and project",
    disclosure_id="songjiang-city-operations-2021",
    document_hash="0" * 64,
    subject='a "quoted", subject',
    stated="5.00",
    computed="6.00",
    verdict=None,
    reopened_because=None,
)
OTHER = replace(FINDING, fingerprint="ff" * 8, subject="x", is_first=False)
VERDICT = Verdict("unfounded", "The unit, too", "单位", "p.3", "Li", DAY)


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """The reference lists of the repository, to be written to."""
    return Path(shutil.copytree(SEEDS / "reference", tmp_path / "reference"))


def test_a_verdict_is_the_last_row_and_all_others_stay_as_they_are_written(lists: Path) -> None:
    file = lists / "known_findings.csv"
    before = file.read_bytes()
    record(lists, [FINDING, OTHER], VERDICT)
    added = file.read_bytes().removeprefix(before)
    assert len(added) < len(file.read_bytes())
    assert added.count(b"\n") == 2
    *_, row, other = read_csv(file)[1]
    assert row == {
        "rule_code": "WT-07",
        "disclosure_id": "songjiang-city-operations-2021",
        "subject": 'a "quoted", subject',
        "reason": "The unit, too",
        "reason_zh": "单位",
        "source_ref": "p.3",
        "verdict": "unfounded",
        "reviewer": "Li",
        "reviewed_on": "2026-01-31",
        "until": "",
        "rule_version": "1",
        "document_hash": "0" * 64,
    }
    assert other["subject"] == "x"
    assert list_faults(lists) == []
    assert [path.name for path in lists.glob(".known*")] == []


def test_a_list_of_a_spreadsheet_keeps_its_mark_and_its_line_ends(lists: Path) -> None:
    file = lists / "known_findings.csv"
    before = b"\xef\xbb\xbf" + file.read_bytes().strip().replace(b"\n", b"\r\n")
    file.write_bytes(before)
    record(lists, [FINDING], VERDICT)
    assert file.read_bytes().startswith(before + b"\r\nWT-07,")
    assert file.read_bytes().endswith(b"\r\n")
    assert list_faults(lists) == []


def test_a_verdict_that_stands_is_not_given_twice(lists: Path) -> None:
    record(lists, [FINDING], VERDICT)
    with pytest.raises(ReviewError, match="judged already: unfounded by Li on 2026-01-31"):
        record(lists, [FINDING], replace(VERDICT, verdict="confirmed"))
    with pytest.raises(ReviewError, match="judged already"):
        record(lists, [OTHER, FINDING], VERDICT)
    assert read_csv(lists / "known_findings.csv")[1][-1]["subject"] == FINDING.subject


@pytest.mark.parametrize(
    "change",
    [
        {"until": "2026-01-30", "reviewed_on": "2025-12-31"},
        {"document_hash": "1" * 64},
    ],
)
def test_a_verdict_that_stands_no_more_gives_way(lists: Path, change: dict[str, str]) -> None:
    file = lists / "known_findings.csv"
    record(lists, [FINDING], VERDICT)
    record(lists, [OTHER], VERDICT)
    count = len(read_csv(file)[1])
    edit(file, lambda row: row["subject"] == FINDING.subject and row.update(change))
    record(lists, [FINDING], replace(VERDICT, verdict="confirmed"))
    *_, row, other = read_csv(file)[1]
    assert (row["verdict"], row["reviewed_on"], other["subject"]) == (
        "confirmed",
        "2026-01-31",
        "x",
    )
    assert len(read_csv(file)[1]) == count


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        ({"reason": ""}, "The reason must not be blank"),
        ({"reason": "one\ntwo"}, "The reason has a line break"),
        ({"verdict": "perhaps"}, "'perhaps' is none of confirmed and unfounded"),
        ({"until": date(2026, 1, 30)}, "until 2026-01-30 is before 2026-01-31"),
    ],
)
def test_what_the_list_cannot_hold_is_refused(
    lists: Path, verdict: dict[str, str], sentence: str
) -> None:
    before = (lists / "known_findings.csv").read_bytes()
    with pytest.raises(ReviewError, match=sentence):
        record(lists, [FINDING], replace(VERDICT, **verdict))  # type: ignore[arg-type]
    assert (lists / "known_findings.csv").read_bytes() == before


def test_a_finding_of_an_older_rule_waits_for_a_build(lists: Path) -> None:
    edit(
        lists / "reconciliation_rules.csv",
        lambda row: row["rule_code"] == "WT-07" and row.update(version="2"),
    )
    with pytest.raises(ReviewError, match="WT-07 has version 2 by now, and the finding is one of"):
        record(lists, [FINDING], VERDICT)


def test_a_finding_is_named_by_fingerprint_or_by_rule_and_subject() -> None:
    findings = [FINDING, OTHER, replace(FINDING, rule_code="WT-08", fingerprint="ab99" * 4)]
    assert chosen(findings, "AB12") == FINDING
    assert chosen(findings, rule_code="wt-08").fingerprint == "ab99" * 4
    assert chosen(findings, rule_code="WT-07", subject="x") == OTHER
    with pytest.raises(ReviewError, match="2 findings are meant by WT-07"):
        chosen(findings, rule_code="WT-07")
    with pytest.raises(ReviewError, match="2 findings are meant by fingerprint ab"):
        chosen(findings, "ab")
    with pytest.raises(ReviewError, match="no finding WT-07 y"):
        chosen(findings, rule_code="WT-07", subject="y")


def test_findings_that_wait_are_listed_with_why_they_are_open_again() -> None:
    judged = replace(OTHER, verdict="unfounded", subject="judged")
    again = replace(OTHER, reopened_because="rule_changed")
    shown = text("a", [FINDING, judged, again])
    assert shown.startswith("a: 2 findings wait for a verdict, 0 are confirmed, 1 unfounded.\n")
    assert "ab12cd34ab12cd34  error  WT-07  Total is basic and project" in shown
    assert "again     rule changed" in shown
    assert "judged\n" not in shown


def test_a_verdict_passes_after_its_last_day_and_asks_for_a_build(
    lists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(lists, [FINDING], replace(VERDICT, until=date(2026, 2, 1)))
    assert list(passed_verdicts(lists, date(2026, 2, 1))) == []
    assert len(list(passed_verdicts(lists, date(2026, 2, 2)))) == 1
    warehouse = Warehouse(lists.parent, lists.parent / "warehouse")
    sums = []
    for day in ("2026-01-31", "2026-02-01", "2026-02-02", "2026-02-03"):
        monkeypatch.setenv("JUDGING_DAY", day)
        sums.append(making_sum(warehouse))
    assert sums[0] == sums[1] != sums[2] == sums[3]
