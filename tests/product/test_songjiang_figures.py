"""The figures of the Songjiang 2021 budget, read off the document by a person."""

from decimal import Decimal

import pytest
from warehouses import SONGJIANG, Built


@pytest.mark.parametrize(
    ("query", "amount"),
    [
        ("sum(amount_yuan) from marts.fct_expenditures", "38993676.17"),
        ("sum(amount_yuan) from marts.fct_expenditures where nature = 'basic'", "22430410.17"),
        ("sum(amount_yuan) from marts.fct_expenditures where nature = 'project'", "16563266.00"),
        (
            "sum(amount_yuan) from marts.fct_expenditures where fund = 'general_public_budget'",
            "38993676.17",
        ),
        ("sum(amount_yuan) from marts.fct_revenues", "38993676.17"),
        (
            "sum(amount_yuan) from marts.fct_revenues where source = 'fiscal_appropriation'",
            "38993676.17",
        ),
        ("sum(amount_yuan) from marts.fct_basic_expenditures", "22430410.17"),
        (
            "sum(amount_yuan) from marts.fct_basic_expenditures where component = 'personnel'",
            "21511329.45",
        ),
        (
            "sum(amount_yuan) from marts.fct_basic_expenditures where component = 'public_use'",
            "919080.72",
        ),
        (
            "amount_yuan from marts.fct_basic_expenditures where economic_code = '30107'",
            "6599460.00",
        ),
        ("sum(amount_yuan) from marts.fct_three_public_expenses", "10000.00"),
        (
            "amount_yuan from marts.fct_three_public_expenses"
            " where expense = 'official_hospitality'",
            "10000.00",
        ),
        ("sum(annual_yuan) from marts.fct_projects", "16563266.00"),
        ("sum(annual_yuan) from marts.fct_projects where project_kind = 'recurrent'", "1927780.00"),
        ("sum(annual_yuan) from marts.fct_projects where project_kind = 'one_off'", "14635486.00"),
        (
            "basic_yuan from marts.fct_budget_splits where function_code = '2120199'",
            "19103755.23",
        ),
        (
            "project_yuan from marts.fct_budget_splits where function_code = '2120199'",
            "16563266.00",
        ),
        ("total_yuan from marts.fct_budget_splits where function_code = '208'", "1923848.64"),
        ("total_yuan from marts.fct_budget_splits where function_code = '210'", "841683.78"),
        ("total_yuan from marts.fct_budget_splits where function_code = '212'", "35667021.23"),
        ("total_yuan from marts.fct_budget_splits where function_code = '221'", "561122.52"),
    ],
)
def test_amounts(repository_warehouse: Built, query: str, amount: str) -> None:
    joined = query + (" and " if "where" in query else " where ") + "disclosure_id = ?"
    assert repository_warehouse.value(f"select {joined}", SONGJIANG) == Decimal(amount)


def test_leaves(repository_warehouse: Built) -> None:
    rows = repository_warehouse.rows(
        "select function_code, list(distinct nature order by nature) from marts.fct_expenditures"
        " where disclosure_id = ? group by all order by all",
        SONGJIANG,
    )
    assert rows == [
        ("2080505", ["basic"]),
        ("2080506", ["basic"]),
        ("2101102", ["basic"]),
        ("2120199", ["basic", "project"]),
        ("2210201", ["basic"]),
    ]


def test_classes_have_names_for_newcomers(repository_warehouse: Built) -> None:
    rows = repository_warehouse.rows(
        "select class_name, section_name, item_name, nature, region_name, source_ref"
        " from marts.expenditures where disclosure_id = ? and item_code = '2120199'"
        " order by nature",
        SONGJIANG,
    )
    names = ("城乡社区支出", "城乡社区管理事务", "其他城乡社区管理事务支出")
    assert rows == [
        (*names, "basic", "松江区", "line 810"),
        (*names, "project", "松江区", "line 810"),
    ]


def test_stray_figure_is_kept_and_in_no_sum(repository_warehouse: Built) -> None:
    rows = repository_warehouse.rows(
        "select table_name, row_number, printed_text, amount_yuan"
        " from marts.fct_published_amounts where row_role = 'stray' and disclosure_id = ?",
        SONGJIANG,
    )
    table = "general_public_budget_by_function"
    assert rows == [(table, 14, "1,923,848.64", Decimal("1923848.64"))]


def test_blank_is_not_zero(repository_warehouse: Built) -> None:
    rows = repository_warehouse.rows(
        "select account_code from marts.fct_published_amounts"
        " where table_name = 'basic_expenditure_by_economic' and disclosure_id = ?"
        " group by account_code having count(amount_yuan) = 0 order by all",
        SONGJIANG,
    )
    assert rows == [("30202",), ("30213",), ("30227",), ("30299",)]
    zeros = repository_warehouse.value(
        "select count(*) from marts.fct_published_amounts"
        " where table_name = 'government_funds_by_function' and null_kind = 'zero'"
        " and disclosure_id = ?",
        SONGJIANG,
    )
    assert zeros == 12


def test_claims_that_contradict_each_other_both_stay(repository_warehouse: Built) -> None:
    rows = repository_warehouse.rows(
        "select direction, count(*), min(change_yuan), max(change_yuan)"
        " from marts.fct_narrative_claims"
        " where change_yuan is not null and disclosure_id = ? group by all order by all",
        SONGJIANG,
    )
    change = Decimal("12583800.00")
    assert rows == [("decrease", 2, change, change), ("increase", 2, change, change)]
    basis = repository_warehouse.rows(
        "select basis, change_kind, change_yuan from marts.fct_expenditure_changes"
        " where function_code = 'total' and nature = 'total' and disclosure_id = ?",
        SONGJIANG,
    )
    assert basis == [("stated", "no_basis", None)]


def test_projects_and_targets(repository_warehouse: Built) -> None:
    projects = repository_warehouse.value(
        "select count(*) from marts.fct_projects where disclosure_id = ?", SONGJIANG
    )
    assert projects == 7
    rows = repository_warehouse.rows(
        "select indicator_level_1, indicator_level_2, comparator, target_value, target_unit"
        " from marts.fct_performance_targets where indicator_name = '系统使用人群满意度'"
        " and project_name = '网络信息系统运行与维护' and disclosure_id = ?",
        SONGJIANG,
    )
    assert rows == [("满意度指标", "服务对象满意度指标", ">=", Decimal(85), "%")]


def test_findings_of_the_structural_families(repository_warehouse: Built) -> None:
    rows = repository_warehouse.rows(
        "select rule_code, subject, severity, known_finding_reason is not null"
        " from marts.fct_reconciliations"
        " where outcome in ('fail', 'hint') and disclosure_id = ?"
        " and family in ('within_table', 'across_tables', 'three_public') order by all",
        SONGJIANG,
    )
    assert rows == [
        ("SG-06", "overseas_visits", "info", True),
        ("WT-19", "general_public_budget_by_function total row", "error", True),
        ("WT-22", "basic_expenditure_by_economic", "info", True),
        ("WT-22", "fiscal_appropriation_summary", "info", True),
        ("WT-22", "revenue_by_function", "info", True),
        ("WT-24", "three_public_expenses", "warning", True),
    ]


def test_errors_and_warnings_are_those_a_person_found(repository_warehouse: Built) -> None:
    rows = repository_warehouse.rows(
        "select rule_code, severity, count(*) from marts.fct_reconciliations"
        " where outcome in ('fail', 'hint') and severity in ('error', 'warning')"
        " and disclosure_id = ? group by all order by all",
        SONGJIANG,
    )
    assert rows == [
        ("CC-02", "warning", 1),
        ("DC-20", "warning", 1),
        ("NT-07", "warning", 1),
        ("NT-09", "error", 1),
        ("NT-16", "error", 2),
        ("NT-17", "error", 1),
        ("PJ-10", "warning", 7),
        ("PJ-11", "error", 1),
        ("UC-04", "error", 1),
        ("WT-19", "error", 1),
        ("WT-24", "warning", 1),
        ("XY-05", "warning", 1),
    ]


def test_no_finding_of_the_repository_is_new(repository_warehouse: Built) -> None:
    new = repository_warehouse.rows(
        "select rule_code, disclosure_id, subject from marts.fct_reconciliations"
        " where outcome = 'fail' and known_finding_reason is null"
    )
    assert new == []


def test_money_is_never_a_float(repository_warehouse: Built) -> None:
    rows = repository_warehouse.rows(
        "select table_name, column_name, data_type from information_schema.columns"
        " where data_type in ('DOUBLE', 'FLOAT')"
        " or (column_name like '%\\_yuan' escape '\\' and data_type <> 'DECIMAL(18,2)')"
    )
    assert rows == []


def test_every_table_and_column_is_described(repository_warehouse: Built) -> None:
    undescribed = repository_warehouse.rows(
        "select table_name, column_name from duckdb_columns()"
        " where schema_name = 'marts' and comment is null"
    )
    tables = repository_warehouse.rows(
        "select table_name from duckdb_tables() where schema_name = 'marts' and comment is null"
    )
    assert undescribed == []
    assert tables == []
