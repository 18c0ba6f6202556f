"""The rules find exactly the errors that the generator planted in made-up disclosures."""

from collections import defaultdict
from pathlib import Path

import pytest
from warehouses import Built, judged

from benchmarks.planted_errors import PLANTED_ERRORS


@pytest.fixture(scope="module")
def built(synthetic: Path, statements: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Their warehouse."""
    return judged(synthetic, tmp_path_factory.mktemp("warehouse"), statements)


def test_exactly_the_planted_errors_are_found(built: Built, manifest: list[dict[str, str]]) -> None:
    reported = defaultdict(set)
    for disclosure_id, rule_code, subject in built.rows(
        "select disclosure_id, rule_code, subject from marts.fct_reconciliations"
        " where outcome = 'fail'"
    ):
        reported[disclosure_id, rule_code].add(subject)
    planted = {(row["disclosure_id"], row["rule_code"]): row["subject"] for row in manifest}
    assert set(reported) == set(planted)
    for key, subject in planted.items():
        assert not subject or subject in reported[key], key
    assert {rule_code for _, rule_code in planted} >= {error.rule_code for error in PLANTED_ERRORS}


def test_the_rules_that_need_several_disclosures_are_executed(built: Built) -> None:
    checked = dict(
        built.rows(
            "select rule_code, sum(checked_count) from marts.fct_reconciliations"
            " where outcome = 'pass' group by rule_code"
        )
    )
    # A department is the sum of its units; changes and bases are those of the year before.
    assert checked["CT-18"] == 12
    for rule_code in ("CT-22", "SG-08", "XY-01", "XY-02", "XY-03"):
        assert checked[rule_code] > 32, rule_code


def test_a_disclosure_is_as_large_as_a_real_one(built: Built) -> None:
    amounts, rejected = built.rows(
        "select (select count(*) from marts.fct_published_amounts),"
        " (select count(*) from marts.fct_rejected_rows)"
    )[0]
    assert 750 < amounts / 48 < 950
    assert rejected == 0
