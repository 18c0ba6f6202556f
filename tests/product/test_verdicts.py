"""People's verdicts from the list to the published rows, and from the command into the list."""

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from warehouses import (
    REPOSITORY,
    SEEDS,
    SONGJIANG,
    Built,
    copied,
    edit,
    environment,
    judged,
    read_csv,
)

from budget_warehouse.review.measures import measured
from budget_warehouse.review.trust_text import text
from budget_warehouse.review.verified_errors import read_errors

FINDINGS = (
    "select rule_code, severity, lowered_because, verdict, reopened_because"
    " from marts.fct_reconciliations where outcome = 'fail' and rule_code in ('PJ-10', 'WT-19')"
    " group by all order by all"
)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """One disclosure, with own lists in which a person found WT-19 unfounded until a day."""
    copied(SONGJIANG, tmp_path / "seeds")
    shutil.copytree(SEEDS / "reference", tmp_path / "seeds" / "reference")
    edit(
        tmp_path / "seeds" / "reference" / "known_findings.csv",
        lambda row: (
            row["rule_code"] == "WT-19"
            and row.update(verdict="unfounded", reviewed_on="2026-01-01", until="2026-01-31")
        ),
    )
    return tmp_path / "seeds"


def test_an_unfounded_finding_is_no_error_while_its_verdict_stands(
    seeds: Path, statements: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUDGING_DAY", "2026-01-31")
    stands = judged(seeds, tmp_path / "stands", statements)
    assert stands.rows(FINDINGS) == [
        ("PJ-10", "warning", None, "confirmed", None),
        ("WT-19", "info", "judged_unfounded", "unfounded", None),
    ]
    precision = (
        "select severity, confirmed_count, unfounded_count, is_doubted, spoken_severity"
        " from marts.fct_rule_precision where rule_code = 'WT-19'"
    )
    assert stands.rows(precision) == [("error", 0, 1, True, "info")]
    counted = "select executed_count - passed_count - failed_count, doubted_count"
    counted += " from marts.fct_rule_coverage where family = 'within_table'"
    # WT-22 is contradicted too, by a verdict of the repository's own list.
    assert stands.rows(counted) == [(0, 2)]
    monkeypatch.setenv("JUDGING_DAY", "2026-02-01")
    passed = judged(seeds, tmp_path / "passed", statements)
    assert passed.rows(FINDINGS)[1:] == [("WT-19", "error", None, None, "verdict_expired")]
    assert passed.rows(precision) == [("error", 0, 0, False, "error")]
    names = "select fingerprint from marts.fct_findings order by all"
    assert passed.rows(names) == stands.rows(names)


def review(
    seeds: Path, warehouse: Path, *arguments: str, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "budget_warehouse", "review", *arguments],
        cwd=REPOSITORY,
        env=environment(seeds, warehouse, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def forgetful(seeds: Path) -> Path:
    """The same lists without the verdict: the published warehouse holds one, they do not."""
    file = seeds / "reference" / "known_findings.csv"
    edit(file, lambda row: None, lambda row: row["rule_code"] != "WT-19")
    return file


def test_a_verdict_is_written_once_and_published_by_the_next_build(
    forgetful: Path, repository_warehouse: Built
) -> None:
    seeds, warehouse = forgetful.parent.parent, repository_warehouse.warehouse
    before = forgetful.read_text(encoding="utf-8")
    listed = review(seeds, warehouse, SONGJIANG)
    assert listed.returncode == 0
    assert listed.stdout.startswith(f"{SONGJIANG}: 0 findings wait for a verdict")
    half = review(seeds, warehouse, SONGJIANG, "--rule", "WT-19", "--verdict", "unfounded")
    assert (half.returncode, forgetful.read_text(encoding="utf-8")) == (2, before)
    assert "say also --reason, --page, --reviewer" in half.stderr
    whole = ("--rule", "WT-19", "--verdict", "unfounded", "--reason", "It repeats, so", "--page")
    given = review(seeds, warehouse, SONGJIANG, *whole, "line 854", REVIEWER="Li")
    assert given.returncode == 0, given.stderr
    assert "Written to" in given.stdout
    assert "the next build publishes it" in given.stdout
    text = forgetful.read_text(encoding="utf-8")
    assert text.startswith(before)
    row = read_csv(forgetful)[1][-1]
    assert (row["reason"], row["reason_zh"], row["reviewer"]) == ("It repeats, so",) * 2 + ("Li",)
    again = review(seeds, warehouse, SONGJIANG, *whole, "line 854", REVIEWER="Li")
    assert again.returncode == 1
    assert "is judged already: unfounded by Li" in again.stderr
    unknown = review(seeds, warehouse, "songjiang-city-operation-2021")
    assert unknown.returncode == 1
    assert f"did you mean '{SONGJIANG}'?" in unknown.stderr


def test_a_terminal_is_asked_for_what_is_missing(
    forgetful: Path, repository_warehouse: Built
) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "budget_warehouse", "review", SONGJIANG, "--rule", "WT-19"],
        cwd=REPOSITORY,
        env=environment(forgetful.parent.parent, repository_warehouse.warehouse, TERM="dumb"),
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.STDOUT,
    ) as run:
        os.close(theirs)
        os.write(ours, "confirmed\nIt repeats 208\n重复 208\nline 854\nLi\n".encode())
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # it has ended
            pass
        assert run.wait() == 0, shown.decode()
    row = read_csv(forgetful)[1][-1]
    assert (row["verdict"], row["reason_zh"], row["source_ref"]) == (
        "confirmed",
        "重复 208",
        "line 854",
    )


def test_the_documentation_has_the_recall_of_this_version(places_warehouse: Built) -> None:
    errors = read_errors(REPOSITORY / "tests" / "documents" / "verified_errors.csv")
    trust = measured(places_warehouse.warehouse / "budget.duckdb", errors)
    shown = text(trust, (Path(), Path())).partition("\nPrecision")[0]  # which every verdict moves
    page = (REPOSITORY / "docs" / "trust.md").read_text(encoding="utf-8")
    assert "\n".join(f"    {line}" for line in shown.splitlines()) in page
