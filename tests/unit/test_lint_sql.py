"""The lint of models finds what sqlfluff finds."""

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


def violations(linter: Linter, text: str) -> list[tuple[str, int, int]]:
    """Lint a text; return the rule, line and place of each violation."""
    results = linter.lint_string(text).get_violations()
    return [(one.rule_code(), one.line_no, one.line_pos) for one in results]


def test_a_shared_sequence_changes_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    linter = Linter(
        config=FluffConfig(
            overrides={"dialect": "duckdb", "templater": "raw", "max_line_length": 80}
        )
    )
    alone = [violations(linter, text) for text in (ONE, OTHER)]
    monkeypatch.setattr(ReflowSequence, "from_root", ReflowSequence.from_root)
    lint_sql.share_sequences()
    assert [violations(linter, text) for text in (ONE, OTHER)] == alone
    codes = {code for file in alone for code, _, _ in file}
    assert {"LT01", "LT02", "LT04", "LT05"} <= codes
