"""The command line: help at once, and SQL on what is published."""

import csv
import json
import os
import pty
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from warehouses import REPOSITORY, Built, environment, make

COMMANDS = (
    *("build", "read", "check", "query", "versions", "rollback", "explore", "files"),
    *("publish-postgres", "alert", "docs", "review", "trust", "serve", "mcp"),
)
STATEMENT = (
    "select organization_name, fund, amount_yuan from expenditures"
    " where amount_yuan > 0 order by all limit 3"
)


def budget(
    *arguments: str, warehouse: Path, typed: str | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "budget_warehouse", *arguments],
        cwd=REPOSITORY,
        env=environment(REPOSITORY / "seeds", warehouse),
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_help_names_every_command_and_imports_nothing_that_takes_long(tmp_path: Path) -> None:
    run = budget("--help", warehouse=tmp_path)
    assert run.returncode == 0, run.stderr
    for name in COMMANDS:
        assert f"\n  {name} " in run.stdout
    script = (
        "import sys; from budget_warehouse.cli import main; sys.argv = ['budget', '--help']\n"
        "try:\n    main()\nfinally:\n"
        "    late = {'dagster', 'dbt', 'duckdb', 'fastapi', 'jinja2', 'lxml', 'mcp', 'uvicorn'}\n"
        "    assert not late & sys.modules.keys()\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, check=True)
    begun = time.process_time()
    children = os.times().children_user
    budget("--help", warehouse=tmp_path)
    assert time.process_time() - begun + os.times().children_user - children < 1


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help(name: str, tmp_path: Path) -> None:
    run = budget(name, "--help", warehouse=tmp_path)
    assert run.returncode == 0
    assert f"Usage: budget {name}" in run.stdout


def test_a_wrong_command_line_ends_with_2(tmp_path: Path) -> None:
    assert budget("buld", warehouse=tmp_path).returncode == 2
    assert budget("query", "--format", "xml", warehouse=tmp_path).returncode == 2


def test_the_executable_runs_from_any_folder(tmp_path: Path) -> None:
    executable = REPOSITORY / ".venv" / "bin" / "budget"
    run = subprocess.run(
        [executable, "--help"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "publish-postgres" in run.stdout


def test_a_query_is_answered_as_a_table(repository_warehouse: Built) -> None:
    run = budget("query", STATEMENT, warehouse=repository_warehouse.warehouse)
    assert run.returncode == 0, run.stderr
    head, line, *rows, count = run.stdout.splitlines()
    assert head.split() == ["organization_name", "fund", "amount_yuan"]
    assert set(line) == {"-", " "}
    assert count == "(3 rows)"
    expected = repository_warehouse.rows(STATEMENT.replace("from ", "from marts."))
    assert [row.split()[-1] for row in rows] == [str(amount) for *_, amount in expected]
    # A Chinese character takes two places: amounts end in one column.
    wide = [len(row.encode("gb18030")) for row in rows]
    assert len(set(wide)) == 1


def test_a_query_is_answered_as_csv_and_json_exactly(repository_warehouse: Built) -> None:
    expected = repository_warehouse.rows(STATEMENT.replace("from ", "from marts."))
    warehouse = repository_warehouse.warehouse
    table = budget("query", "--format", "csv", STATEMENT, warehouse=warehouse)
    head, *rows = csv.reader(table.stdout.splitlines())
    assert head == ["organization_name", "fund", "amount_yuan"]
    assert [(name, fund, Decimal(amount)) for name, fund, amount in rows] == expected
    objects = json.loads(budget("query", "--format", "json", STATEMENT, warehouse=warehouse).stdout)
    assert [Decimal(row["amount_yuan"]) for row in objects] == [row[2] for row in expected]
    assert isinstance(objects[0]["amount_yuan"], str)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("select * form expenditures", "syntax error"),
        ("select * from expenditure", 'Did you mean "expenditures"'),
        ("create table mine as select 1", "read-only"),
        ("copy (select 1) to '/tmp/out.csv'", "disabled"),
        ("from read_csv('/etc/passwd')", "disabled"),
        ("set enable_external_access = true", "locked|while database is running"),
        ("select * from connection", "does not exist"),
    ],
)
def test_a_query_that_cannot_be_run_is_one_sentence(
    statement: str, words: str, repository_warehouse: Built
) -> None:
    run = budget("query", statement, warehouse=repository_warehouse.warehouse)
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert any(part in run.stderr for part in words.split("|")), run.stderr


def test_a_query_of_nothing_says_to_build(tmp_path: Path) -> None:
    run = budget("query", "select 1", warehouse=tmp_path)
    assert run.returncode == 1
    assert run.stderr == f"There is no {tmp_path}/budget.duckdb yet; run make build first.\n"


def test_statements_may_come_through_a_pipe(repository_warehouse: Built) -> None:
    typed = "select 1 as one,\n 2 as two;\n.tables\nselect nothing;\nselect 3 as three"
    run = budget("query", warehouse=repository_warehouse.warehouse, typed=typed)
    assert run.returncode == 1
    assert "one  two" in run.stdout
    assert "fct_expenditures" in run.stdout
    assert "three" in run.stdout
    assert "nothing" in run.stderr


def test_the_prompt_waits_for_a_semicolon(repository_warehouse: Built) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "budget_warehouse", "query"],
        cwd=REPOSITORY,
        env=environment(REPOSITORY / "seeds", repository_warehouse.warehouse, TERM="dumb"),
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.STDOUT,
    ) as prompt:
        os.close(theirs)
        os.write(ours, b"select count(*) as counted\nfrom expenditures;\n.quit\n")
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # the prompt has ended
            pass
        assert prompt.wait() == 0
    text = shown.decode()
    for words in (".quit leaves", "budget> ", "   ...> ", "counted", "(1 row)"):
        assert words in text


def test_make_passes_a_statement_on(repository_warehouse: Built) -> None:
    run = make(
        "query",
        f"WAREHOUSE={repository_warehouse.warehouse}",
        "SQL=select 'it''s' as said",
        "FORMAT=csv",
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.endswith("said\nit's\n")
