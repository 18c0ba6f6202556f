"""The lint of models finds what sqlfluff finds."""

from pathlib import Path

import lint_sql
import pytest
from sqlfluff.core import FluffConfig, Linter
from sqlfluff.utils.reflow.sequence import ReflowSequence

ONE = """\
with rows_read as (
      select
        a ,b
    from some_table
)

select a, b, a, b, a, b   from rows_read where a = 'a text that goes on until the line is too long'
"""
OTHER = """\
select
    a
    , b
from some_table
where a = 1 and
    b = 2
"""


@pytest.fixture
def linter() -> Linter:
    return Linter(
        config=FluffConfig(
            overrides={"dialect": "duckdb", "templater": "raw", "max_line_length": 80}
        )
    )


@pytest.fixture
def restored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the rules their own sequences again after a test."""
    monkeypatch.setattr(ReflowSequence, "from_root", ReflowSequence.from_root)


def violations(linter: Linter, text: str) -> list[tuple[str, int, int]]:
    """Lint a text; return the rule, line and place of each violation."""
    results = linter.lint_string(text).get_violations()
    return [(one.rule_code(), one.line_no, one.line_pos) for one in results]


@pytest.mark.usefixtures("restored")
def test_a_shared_sequence_changes_no_finding(linter: Linter) -> None:
    alone = [violations(linter, text) for text in (ONE, OTHER)]
    lint_sql.share_sequences()
    assert [violations(linter, text) for text in (ONE, OTHER)] == alone
    codes = {code for file in alone for code, _, _ in file}
    assert {"LT01", "LT02", "LT04", "LT05"} <= codes


@pytest.mark.usefixtures("restored")
def test_the_rules_share_the_sequence_of_a_file_and_of_no_other(linter: Linter) -> None:
    lint_sql.share_sequences()
    one, other = (linter.parse_string(text).tree for text in (ONE, OTHER))
    assert one is not None
    assert other is not None
    shared = ReflowSequence.from_root(one, linter.config)
    assert ReflowSequence.from_root(one, linter.config) is shared
    assert ReflowSequence.from_root(other, linter.config) is not shared


def test_a_file_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)  # it goes elsewhere: the test comes back
    assert lint_sql.main(["nowhere.sql"]) == 1
    assert "There is no nowhere.sql" in capsys.readouterr().out
