"""The measures of the rules: what tells of a verified error, and shares with their intervals."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from warehouses import REPOSITORY

from budget_warehouse.review.interval import Share
from budget_warehouse.review.matching import ToldFailure, telling
from budget_warehouse.review.measures import measured, write_measures, write_results
from budget_warehouse.review.trust_text import text
from budget_warehouse.review.verified_errors import (
    UnreadableErrorsError,
    VerifiedError,
    numbers_of_place,
    read_errors,
)

HEADER = "disclosure_id,page,kind,stated,computed,rule_code,found_by,note\n"


def failure(**values: Any) -> ToldFailure:
    row: dict[str, Any] = {
        "disclosure_id": "a",
        "rule_code": "NT-10",
        "fingerprint": "f",
        "verdict": None,
        "computed_disclosure_id": None,
    }
    for side in ("stated", "computed"):
        row |= {f"{side}_yuan": None, f"{side}_text": None, f"{side}_source_ref": None}
    return ToldFailure(row | values)


def error(**values: str) -> VerifiedError:
    texts = dict.fromkeys(("page", "stated", "computed", "rule_code", "found_by", "note"), "")
    return VerifiedError(line=2, disclosure="a", kind="defect", **(texts | values))


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ({"stated": "1,258.38"}, {"stated_yuan": Decimal("-12583800.00")}),  # 万元
        ({"computed": "5249000"}, {"computed_yuan": Decimal("5249000.00")}),
        ({"stated": "314.82%"}, {"stated_text": "增加314.82%"}),
        ({"page": "p.7", "rule_code": "NT-10"}, {"stated_source_ref": "p.7 r.12"}),
        ({"page": "lines 27 and 138", "rule_code": "NT-10"}, {"computed_source_ref": "line 138"}),
        ({"page": "p.17-18", "rule_code": "NT-10"}, {"stated_source_ref": "p.18"}),
        ({"page": "p.7", "stated": "11"}, {"stated_text": "11", "stated_source_ref": "p.7"}),
    ],
)
def test_a_finding_tells_of_an_error(listed: dict[str, str], told: dict[str, Any]) -> None:
    assert telling(error(**listed), [failure(**told)])


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ({"stated": "1,258.38"}, {"stated_yuan": Decimal("12583900.00")}),
        ({"page": "p.7", "rule_code": "NT-11"}, {"stated_source_ref": "p.7"}),
        ({"page": "p.7", "rule_code": "NT-10"}, {"stated_source_ref": "p.8 r.7"}),
        ({"page": "p.7"}, {"stated_source_ref": "p.7"}),
        ({"page": "p.7", "stated": "11"}, {"stated_text": "11", "stated_source_ref": "p.8"}),
        ({"stated": "0", "page": "p.7"}, {"stated_yuan": Decimal(0), "stated_source_ref": "p.7"}),
        (  # the page of the other document
            {"page": "p.7", "rule_code": "NT-10"},
            {"computed_source_ref": "p.7", "computed_disclosure_id": "b"},
        ),
    ],
)
def test_a_finding_tells_of_something_else(listed: dict[str, str], told: dict[str, Any]) -> None:
    assert not telling(error(**listed), [failure(**told)])


def test_a_place_names_pages_and_lines_but_no_rows() -> None:
    assert numbers_of_place("p.17-19 and p.3 r.40") == {17, 18, 19, 3}


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (3, 3, "100.0% (43.8% to 100.0%)"),
        (73, 73, "100.0% (95.0% to 100.0%)"),
        (4, 5, "80.0% (37.6% to 96.4%)"),
        (0, 1, "0.0% (0.0% to 79.3%)"),
        (0, 0, "–"),
    ],
)
def test_a_share_has_the_interval_of_wilson(part: int, whole: int, said: str) -> None:
    assert str(Share(1.96, part, whole)) == said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("page,kind,stated,computed\n", "lacks the column disclosure_id"),
        (HEADER + "a,p.1,mistake,1,2,,,\n", "has the kind 'mistake'; write one of defect, clean"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    file = tmp_path / "errors.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableErrorsError, match=sentence):
        read_errors(file)
    with pytest.raises(UnreadableErrorsError, match="cannot be read"):
        read_errors(tmp_path / "none.csv")


def test_the_repository_lists_errors_that_were_read_on_the_pages() -> None:
    errors = read_errors(REPOSITORY / "tests" / "documents" / "verified_errors.csv")
    folders = {path.name for path in (REPOSITORY / "seeds" / "disclosures").iterdir()}
    assert {one.disclosure for one in errors} <= folders
    assert {one.kind for one in errors} == {"defect", "clean", "rounding", "undecidable"}
    assert {one.found_by for one in errors} == {"reading", "finding"}


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A warehouse of two disclosures, with four failures of which two are judged."""
    file = tmp_path / "budget.duckdb"
    with duckdb.connect(str(file)) as connection:
        for schema in ("marts", "reference"):
            connection.execute(f"create schema {schema}")
        connection.execute(
            "create table reference.thresholds as select 'precision_z' as threshold, 1.96 as value"
        )
        connection.execute(
            "create table marts.dim_disclosures as from (values"
            " ('a', 'a.pdf', '11'), ('b', 'b.pdf', '22'))"
            " as rows (disclosure_id, source_document, source_sha256)"
        )
        connection.execute(
            "create table marts.fct_reconciliations as from (values"
            " ('a', 'NT-10', 'f1', 'confirmed', 'fail', 1, 'p.1', '10.01%', 1110000.00),"
            " ('a', 'NT-10', 'f2', null, 'fail', 1, 'p.2', '20.02%', 2220000.00),"
            " ('a', 'NT-10', 'f3', null, 'fail', 1, 'p.3', '30.03%', 3330000.00),"
            " ('a', 'NT-12', 'f4', 'unfounded', 'fail', 1, 'p.4', '40.04%', 4440000.00),"
            " ('a', 'NT-13', null, null, 'pass', 7, null, null, null),"
            " ('a', 'NT-14', null, null, 'insufficient_data', 0, null, null, null))"
            " as rows (disclosure_id, rule_code, fingerprint, verdict, outcome, checked_count,"
            " stated_source_ref, stated_text, stated_yuan)"
        )
        connection.execute(
            "alter table marts.fct_reconciliations add column subject text default 'x'"
        )
        for column in ("computed_text", "computed_source_ref", "computed_disclosure_id"):
            connection.execute(f"alter table marts.fct_reconciliations add column {column} text")
        connection.execute(
            "alter table marts.fct_reconciliations add column computed_yuan decimal(18, 2)"
        )
    return file


def test_recall_and_precision_of_a_list(published: Path, tmp_path: Path) -> None:
    errors = tmp_path / "errors.csv"
    errors.write_text(
        HEADER
        + "a,p.1,defect,111.00,,NT-10,reading,found by its figure\n"
        + "a.pdf,p.2,defect,,,NT-10,finding,found by page and rule\n"
        + "a,p.9,defect,999.99,,NT-13,reading,missed\n"
        + "a,p.9,defect,888.88,,NT-14,reading,the rule lacks data\n"
        + "gone,p.9,defect,777.77,,,reading,not loaded\n"
        + "22,p.1,clean,111.00,111.00,,,another document\n"
        + "a,p.3,clean,30.03%,30.03%,,,accused\n"
        + "a,p.4,rounding,444.00,,,,judged unfounded already\n"
        + "gone,p.4,undecidable,444.00,,,,not loaded\n",
        encoding="utf-8",
    )
    trust = measured(published, read_errors(errors))
    assert [one.result for one in trust.results] == [
        *("found", "found", "missed", "not judged", "not judged"),
        *("silent", "accused", "silent", "not judged"),
    ]
    recalls = {
        (one.kind, one.rule_code): (one.share.part, one.share.whole, one.not_judged)
        for one in trust.measures
        if one.measure == "recall"
    }
    assert recalls == {
        ("defect", ""): (2, 5, 2),
        ("defect found by reading", ""): (1, 4, 2),
        ("defect found by finding", ""): (1, 1, 0),
        ("defect", "NT-10"): (2, 2, 0),
        ("defect", "NT-13"): (0, 1, 0),
        ("defect", "NT-14"): (0, 1, 1),
        ("defect", "no rule named"): (0, 1, 1),
    }
    assert [(one.kind, str(one.share), one.not_judged) for one in trust.of("silence")] == [
        ("clean", "50.0% (9.5% to 90.5%)", 0),
        ("rounding", "100.0% (20.7% to 100.0%)", 0),
        ("undecidable", "–", 1),
    ]
    precisions = {
        one.rule_code: (one.share.part, one.share.whole, one.not_judged)
        for one in trust.measures
        if one.measure == "precision"
    }
    # f1 was confirmed, f2 is on the list, f3 is said to be clean, f4 was found unfounded.
    assert precisions == {"": (2, 4, 0), "NT-10": (2, 3, 0), "NT-12": (0, 1, 0)}
    files = (tmp_path / "errors.trust.csv", tmp_path / "errors.results.csv")
    write_measures(trust, files[0])
    write_results(trust, files[1])
    shown = text(trust, files)
    assert "Recall        defect: 2 of 5 found, 40.0% (11.8% to 76.9%); 2 not judged" in shown
    assert "Missed: 1\n  a, p.9, NT-13, 999.99, missed\n" in shown
    assert "Accused: 1\n  a, p.3, 30.03% against 30.03%, accused, NT-10\n" in shown
    with files[0].open(encoding="utf-8") as file:
        first, *_ = csv.DictReader(file)
    assert (first["measure"], first["ratio"], first["not_judged"]) == ("recall", "0.400000", "2")
    with files[1].open(encoding="utf-8") as file:
        assert [row["fingerprints"] for row in csv.DictReader(file)][:3] == ["f1", "f2", ""]
