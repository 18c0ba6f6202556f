"""The measures of the rules: digits changed, copies made, failures matched, sides compared."""

import csv
from pathlib import Path

import duckdb
import pytest
from warehouses import SONGJIANG, copied

from budget_warehouse.drafts.comparison_group import attach
from budget_warehouse.landing.landing import land
from budget_warehouse.measures.copies import UNCHANGED, write_copies
from budget_warehouse.measures.difference import FindingChange, compare
from budget_warehouse.measures.difference_text import text as difference_text
from budget_warehouse.measures.failures import Failure, Failures, Place
from budget_warehouse.measures.figures import Figure, figures, with_one_digit_changed
from budget_warehouse.measures.mutation_score import MutationScore
from budget_warehouse.measures.score_text import text as score_text
from budget_warehouse.measures.sides import Side

T3 = "expenditure_by_function"


@pytest.mark.parametrize(
    ("printed", "changed"),
    [
        ("1,258.38", "1,259.38"),
        ("35,667,021.23", "35,667,121.23"),
        ("0", "1"),
        ("0.00", "0.10"),
        ("9", "8"),
        ("99", "90"),
        ("98.5%", "99.5%"),
        ("-5.00", "-5.10"),
        ("１２３", "１３３"),
        ("", None),
        ("-", None),
        ("12台", None),
        ("上缴上级支出0万元，占0%", None),
    ],
)
def test_the_middle_digit_becomes_another(printed: str, changed: str | None) -> None:
    assert with_one_digit_changed(printed) == changed


@pytest.mark.parametrize("number", [*range(1, 121), 999, 1999, 9_999_999])
def test_a_changed_figure_is_another_number_of_as_many_digits(number: int) -> None:
    for printed in (f"{number:,}", f"{number:,}.00", f"{number / 100:.2f}%"):
        changed = with_one_digit_changed(printed)
        assert changed is not None
        assert len(changed) == len(printed)
        assert sum(one != other for one, other in zip(printed, changed, strict=True)) == 1
        if not printed.startswith("0"):
            assert not changed.startswith("0")


def test_one_figure_is_changed_in_each_copy_and_no_copy_has_the_organization_of_another(
    tmp_path: Path,
) -> None:
    copied(SONGJIANG, tmp_path / "seeds")
    landing, copies = tmp_path / "landing.duckdb", tmp_path / "copies.duckdb"
    land(tmp_path / "seeds", landing)
    with duckdb.connect() as connection:
        attach(connection, landing, landing, [])
        printed = list(figures(connection, SONGJIANG))
        total, claimed = (
            next(one for one in printed if one.table_name == table)
            for table in (T3, "narrative_claims")
        )
        write_copies(connection, SONGJIANG, [(1, total), (2, claimed)], copies)
    assert {one.kind for one in printed} == {"tables", "prose", "forms"}
    with duckdb.connect(str(copies), read_only=True) as connection:
        rows = connection.execute(
            "select split_part(disclosure_id, '-', 1), measure, printed_text from printed_amounts"
            f" where table_name = '{T3}' and row_number = '{total.row_number}'"
        ).fetchall()
        values = {copy: text for copy, measure, text in rows if measure == total.column_name}
        assert values == {"00000": total.printed, "00001": total.changed, "00002": total.printed}
        claims = dict(
            connection.execute(
                f"select split_part(disclosure_id, '-', 1), {claimed.column_name}"
                f" from narrative_claims where row_number = '{claimed.row_number}'"
            ).fetchall()
        )
        assert claims == {
            "00000": claimed.printed,
            "00001": claimed.printed,
            "00002": claimed.changed,
        }
        names = connection.execute("select organization_name from disclosure").fetchall()
        assert len(set(names)) == 3
        ((differing,),) = connection.execute(
            "select count(*) from (select * exclude (disclosure_id) from printed_amounts"
            " where disclosure_id like '00001-%' except select * exclude (disclosure_id)"
            " from printed_amounts where disclosure_id like '00000-%')"
        ).fetchall()
        assert differing == 1


def failure(rule_code: str, row_number: int, row_count: int = 1, **more: str) -> Failure:
    place = Place(SONGJIANG, T3, row_number, row_count)
    severity, outcome = more.get("severity", "error"), more.get("outcome", "fail")
    return Failure(
        SONGJIANG, rule_code, f"row {row_number}", severity, outcome, rule_code, (place,)
    )


FIGURE = Figure("tables", T3, "7", "total", "100", "110", "p.3 r.7")


@pytest.mark.parametrize(
    ("failed", "is_noticed", "is_at_place", "reason"),
    [
        ([failure("WT-07", 7)], True, True, ""),
        ([failure("WT-08", 1, row_count=6)], True, True, ""),
        ([failure("WT-07", 9)], True, False, ""),
        ([], False, False, "no rule compares it"),
        ([failure("WT-09", 3)], False, False, "no rule compares it"),
        (
            [failure("WT-24", 7, severity="warning")],
            False,
            False,
            "a rule of lower severity noticed: WT-24",
        ),
        (
            [failure("UC-02", 7, outcome="hint")],
            False,
            False,
            "within the tolerance of UC-02",
        ),
    ],
)
def test_a_figure_is_noticed_by_an_error_that_the_unchanged_document_does_not_have(
    failed: list[Failure], is_noticed: bool, is_at_place: bool, reason: str
) -> None:
    judged = Failures({UNCHANGED: [failure("WT-09", 3)], 1: [failure("WT-09", 3), *failed]})
    notice = judged.notice(1, FIGURE, SONGJIANG)
    assert (notice.is_noticed, notice.is_at_place) == (is_noticed, is_at_place)
    assert notice.reason == ("" if is_noticed else reason)


def test_a_survivor_says_that_its_table_was_read_in_half_or_fails_already() -> None:
    half = Failures({}, {T3: "half_read"}).notice(1, FIGURE, SONGJIANG)
    assert half.reason == "the table was read in half"
    before = Failures({UNCHANGED: [failure("WT-07", 7)], 1: [failure("WT-07", 7)]})
    notice = before.notice(1, FIGURE, SONGJIANG)
    assert notice.reason == "the unchanged document fails there already: WT-07"
    hint = failure("WT-30", 7, outcome="hint")
    rounded = Failures({UNCHANGED: [hint], 1: [hint]}).notice(1, FIGURE, SONGJIANG)
    assert rounded.reason == "within the tolerance of WT-30"


def test_the_score_counts_by_table_and_names_the_survivors() -> None:
    judged = Failures({1: [failure("WT-07", 7)]})
    notices = [judged.notice(number, FIGURE, SONGJIANG) for number in (1, 2)]
    text = score_text([MutationScore(SONGJIANG, [], notices)])
    assert "50.0%" in text
    assert f"{T3} row 7 total  100 → 110  p.3 r.7: no rule compares it" in text


def written(folder: Path, file: str, rows: list[dict[str, str]]) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as content:
        writer = csv.DictWriter(content, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def finding(rule_code: str, stated: str) -> dict[str, str]:
    return {
        "disclosure_id": "a",
        "rule_code": rule_code,
        "subject": "total",
        "severity": "error",
        "stated_yuan": stated,
        "stated_text": "",
        "stated_source": "T3 p.3",
        "computed_yuan": "1.00",
        "computed_text": "",
        "computed_source": "",
    }


def test_a_difference_tells_findings_that_are_gone_new_and_changed(tmp_path: Path) -> None:
    sides = {
        "before": [finding("WT-01", "2.00"), finding("WT-02", "3.00"), finding("WT-03", "4.00")],
        "after": [finding("WT-02", "5.00"), finding("WT-03", "4.00"), finding("WT-04", "6.00")],
    }
    for name, findings in sides.items():
        written(tmp_path / f"judged-{name}", "findings.csv", findings)
        rule = {"rule_code": "WT-04", "compared": "7", "failed": str(int(name == "after"))}
        written(tmp_path / f"judged-{name}", "rules.csv", [rule])
        placed = {"table_name": T3, "numbers_printed": "4", "numbers_placed": "4"}
        placed |= {"numbers_placed": "3"} if name == "before" else {}
        written(tmp_path / name / "disclosures" / "a", "tables.csv", [placed])
        written(
            tmp_path / name / "disclosures" / "b", "tables.csv", [placed | {"numbers_placed": "4"}]
        )
    compared = compare(
        "main",
        tmp_path / "before",
        tmp_path / "judged-before",
        tmp_path / "after",
        tmp_path / "judged-after",
    )
    (document,) = compared.documents
    assert compared.document_count == 2
    assert (document.placed, document.tables_whole) == ((3, 4), (0, 1))
    assert document.findings == [
        FindingChange("gone", "a", "WT-01", "error", "total", "2.00 (T3 p.3) against 1.00", ""),
        FindingChange(
            *("changed", "a", "WT-02", "error", "total"),
            *("3.00 (T3 p.3) against 1.00", "5.00 (T3 p.3) against 1.00"),
        ),
        FindingChange("new", "a", "WT-04", "error", "total", "", "6.00 (T3 p.3) against 1.00"),
    ]
    text = difference_text(compared, tmp_path / "difference.csv")
    assert "a: 3 → 4 numbers placed, 0 → 1 tables whole" in text
    assert "Findings: 1 new, 1 gone, 1 with other figures" in text
    assert "0 → 1" in text


def test_a_change_of_a_rule_judges_again_and_reads_nothing_again(tmp_path: Path) -> None:
    for name in ("before", "after"):
        lists = tmp_path / name / "seeds" / "reference"
        lists.mkdir(parents=True)
        (lists / "reconciliation_rules.csv").write_text(name)
        (lists / "raw_columns.csv").write_text("same")
    before, after = (Side(name, tmp_path / name) for name in ("before", "after"))
    assert before.reading_sum() == after.reading_sum()
    assert before.judging_sum() != after.judging_sum()
    (after.root / "seeds" / "reference" / "raw_columns.csv").write_text("other")
    assert before.reading_sum() != after.reading_sum()
