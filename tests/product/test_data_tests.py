"""Every data test that a document can fail names the disclosures behind its failing rows."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from warehouses import SONGJIANG, Built

# Tests that ask only the reference lists and the record of publications, and no disclosure.
OF_NO_DOCUMENT = {
    *("dim_measures", "int_measures", "int_table_kinds"),
    *("dim_reconciliation_rules", "fct_rule_precision", "publications"),
}

Node = dict[str, Any]

# A row that is there twice, or holds what it must not: (the change, a part of the test's name).
FAULTS = {
    "grain of a fact": (
        "insert into build.marts.fct_projects select * from build.marts.fct_projects"
        " where disclosure_id = '{0}' limit 1",
        "unique_by_fct_projects",
    ),
    "grain without the disclosure": (
        "insert into build.marts.fct_expenditure_changes"
        " select * from build.marts.fct_expenditure_changes where disclosure_id = '{0}' limit 1",
        "unique_by_fct_expenditure_changes",
    ),
    "grain by number": (
        "insert into working.intermediate.int_compared_outcomes"
        " select * from working.intermediate.int_compared_outcomes where disclosure_number ="
        " (select count(*) from build.marts.dim_disclosures where disclosure_id <= '{0}') limit 1",
        "unique_by_int_compared_outcomes",
    ),
    "outcomes by number": (
        "insert into working.intermediate.int_compared_outcomes"
        " select * from working.intermediate.int_compared_outcomes where disclosure_number ="
        " (select count(*) from build.marts.dim_disclosures where disclosure_id <= '{0}') limit 1",
        "every_compared_amount_has_one_outcome",
    ),
    "organization": (
        "insert into build.marts.dim_organizations select * from build.marts.dim_organizations"
        " where organization_id in (select organization_id from build.marts.dim_disclosures"
        " where disclosure_id = '{0}')",
        "unique_by_dim_organizations",
    ),
    "function": (
        "insert into build.marts.dim_functions select * from build.marts.dim_functions"
        " where fiscal_year = 2021 and function_code = '2120199'",
        "unique_by_dim_functions",
    ),
    "economic item": (
        "insert into build.marts.dim_economic_items select * from build.marts.dim_economic_items"
        " where fiscal_year = 2021 and economic_code = '30108'",
        "unique_by_dim_economic_items",
    ),
    "value out of a list": (
        "update build.marts.fct_published_amounts set row_role = 'no role'"
        " where disclosure_id = '{0}' and row_number = 1",
        "accepted_values_fct_published_amounts_row_role",
    ),
    "relationship": (
        "delete from build.marts.dim_disclosures where disclosure_id = '{0}'",
        "relationships_fct_projects_disclosure_id",
    ),
    "relationship of several columns": (
        "update build.marts.fct_basic_expenditures set economic_code = '39998'"
        " where disclosure_id = '{0}'",
        "known_in_fct_basic_expenditures",
    ),
    "known finding": (
        "update build.marts.fct_reconciliations set subject = subject || ' no more'"
        " where disclosure_id = '{0}'",
        "known_findings_are_still_found",
    ),
    "rule": (
        "delete from build.marts.fct_reconciliations"
        " where disclosure_id = '{0}' and rule_code = 'WT-01'",
        "every_rule_is_accounted_for",
    ),
}
OF_EVERYONE = {"function", "economic item"}  # accounts that other documents print as well


@pytest.fixture(scope="module")
def data_tests(repository_warehouse: Built) -> dict[str, tuple[Node, str]]:
    """The data tests of the repository's build by name, each with the query that it ran."""
    target = repository_warehouse.warehouse / "target"
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    compiled = {
        path.name: path.read_text(encoding="utf-8")
        for path in (target / "compiled" / "budget").rglob("*.sql")
    }
    return {
        node["name"]: (node, compiled[Path(node["path"]).name])
        for node in nodes.values()
        if node["resource_type"] == "test"
    }


@pytest.fixture
def copy(repository_warehouse: Built, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The repository's warehouse to break, under the names that the tests know."""
    names = {"build": "budget", "working": "working", "landing": "landing"}
    with duckdb.connect() as connection:
        for alias, name in names.items():
            file = tmp_path / f"{name}.duckdb"
            shutil.copy(repository_warehouse.warehouse / file.name, file)
            connection.execute(f"attach '{file}' as {alias}")
        yield connection


def test_each_names_its_disclosures(
    data_tests: dict[str, tuple[Node, str]], copy: duckdb.DuckDBPyConnection
) -> None:
    unnamed = set()
    for name, (node, query) in data_tests.items():
        on = {one.split(".")[-1] for one in node["depends_on"]["nodes"] if one.startswith("model.")}
        columns = {column for column, *_ in copy.execute(query).description or ()}
        if on - OF_NO_DOCUMENT and "disclosure_id" not in columns:
            unnamed.add(name)
    assert len(data_tests) > 150
    assert unnamed == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_what_fails_is_traced(
    data_tests: dict[str, tuple[Node, str]], copy: duckdb.DuckDBPyConnection, fault: str
) -> None:
    change, begin = FAULTS[fault]
    ((_, query),) = [sql for name, sql in data_tests.items() if name.startswith(begin)]
    before = copy.execute(f"select count(*) from ({query})").fetchall()
    assert before == [(0,)]
    copy.execute(change.format(SONGJIANG))
    named = {
        name for (name,) in copy.execute(f"select distinct disclosure_id from ({query})").fetchall()
    }
    assert SONGJIANG in named
    assert fault in OF_EVERYONE or named == {SONGJIANG}


@pytest.mark.parametrize(
    ("verdicts", "is_missed"),
    [
        ("reopened_because = null", True),
        ("reopened_because = 'verdict_expired'", False),
        ("reopened_because = 'rule_changed'", False),
        ("reopened_because = 'document_changed'", False),
        ("verdict = 'unfounded'", False),
    ],
)
def test_only_a_confirmed_finding_whose_verdict_stands_has_to_be_found_again(
    data_tests: dict[str, tuple[Node, str]],
    copy: duckdb.DuckDBPyConnection,
    verdicts: str,
    is_missed: bool,
) -> None:
    _, query = data_tests["known_findings_are_still_found"]
    copy.execute(FAULTS["known finding"][0].format(SONGJIANG))
    copy.execute(f"update working.intermediate.int_verdicts set {verdicts}")
    assert bool(copy.execute(query).fetchall()) is is_missed


def test_no_rule_checks_a_subject_twice(repository_warehouse: Built) -> None:
    """A build counts what passed, and would count it double; a finding is tested by each build."""
    views = repository_warehouse.rows(
        "select view_name from duckdb_views()"
        " where schema_name = 'reconciliations' and sql like '%__dbt__cte__%'"
    )
    assert len(views) >= 10, "one for each family"
    for (view,) in views:
        repeated = repository_warehouse.rows(
            f"select rule_code, disclosure_id, subject from reconciliations.{view}"
            " group by all having count(*) > 1"
        )
        assert repeated == [], view
