"""The warehouse shows a document's misprints and counts them in no sum that they would falsify.

One run of dbt over made-up documents, random changes of real ones, and the repository's own.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from misprints import T1, T3, T8, printed_totals, read_rows, write_made, write_mutants
from warehouses import DISCLOSURES, SEEDS, Built, environment

from budget_warehouse.build.plan import plan_build
from budget_warehouse.engines.duckdb import DuckDbEngine
from budget_warehouse.landing.landing import land
from budget_warehouse.storage.warehouse import DBT_PROJECT, Warehouse
from dagster_project.dbt import linked_project

MUTANTS = 120

# All that a disclosure goes through before rules are asked: they have their own tests.
_RULES = (
    "int_compared_amounts",
    "int_compared_outcomes",
    "path:models/intermediate/checks",
    "fct_finding_failures",
    "fct_findings",
    "fct_reconciliations",
    "fct_rule_coverage",
    "fct_disclosure_grades",
)
_TESTS_OF_RULES = (
    "every_compared_amount_has_one_outcome",
    "every_rule_is_accounted_for_in_every_disclosure",
    "known_findings_are_still_found",
    "no_finding_hides_another",
)
_MODELS = ("path:models/staging", "path:models/intermediate", "path:models/marts", "rec_integrity")

# T3: class, section, item, name, total, basic, project.
MADE_T3: dict[str, list[tuple[str, ...]]] = {
    # One account stands where an item below it belongs; its class holds it once.
    "account-twice": [
        ("201", "", "", "一般公共服务支出", "100.00", "100.00", ""),
        ("201", "03", "", "办公厅事务", "100.00", "100.00", ""),
        ("201", "03", "01", "行政运行", "100.00", "100.00", ""),
        ("219", "", "", "其他支出", "502.00", "", "502.00"),
        ("219", "99", "", "其他支出", "502.00", "", "502.00"),
        ("219", "99", "", "其他支出", "502.00", "", "502.00"),
        ("", "", "", "合计", "602.00", "100.00", "502.00"),
    ],
    # Two rows of one account and the same amount, of which the class holds both.
    "account-in-two-rows": [
        ("201", "", "", "一般公共服务支出", "200.00", "200.00", ""),
        ("201", "03", "", "办公厅事务", "100.00", "100.00", ""),
        ("201", "03", "", "办公厅事务", "100.00", "100.00", ""),
        ("", "", "", "合计", "200.00", "200.00", ""),
    ],
    "page-twice": [
        ("208", "", "", "社会保障和就业支出", "8.00", "8.00", ""),
        ("208", "05", "05", "养老保险", "8.00", "8.00", ""),
        ("", "", "", "合计", "8.00", "8.00", ""),
    ]
    * 2,
    "section-below-a-blank-class": [
        ("", "", "", "合计", "30.00", "10.00", "20.00"),
        ("204", "", "", "公共安全支出", "30.00", "10.00", "20.00"),
        ("", "02", "", "公安", "30.00", "10.00", "20.00"),
        ("204", "02", "01", "行政运行", "10.00", "10.00", ""),
        ("204", "02", "20", "执法办案", "20.00", "", "20.00"),
    ],
    "own-level-only": [
        ("", "", "", "合 计", "9.00", "4.00", "5.00"),
        ("212", "", "", "城乡社区支出", "9.00", "4.00", "5.00"),
        ("", "08", "", "土地出让支出", "9.00", "4.00", "5.00"),
        ("", "", "03", "城市建设支出", "5.00", "", "5.00"),
        ("", "", "04", "农村建设支出", "4.00", "4.00", ""),
    ],
    # Units with their accounts below them; the organization's own row is the whole.
    "units-above-accounts": [
        ("", "", "", "units-above-accounts局", "12.00", "12.00", ""),
        ("", "", "", "units-above-accounts局（本级）", "7.00", "7.00", ""),
        ("208", "", "", "社会保障和就业支出", "7.00", "7.00", ""),
        ("208", "05", "05", "养老保险", "7.00", "7.00", ""),
        ("", "", "", "某下属中心", "5.00", "5.00", ""),
        ("208", "", "", "社会保障和就业支出", "5.00", "5.00", ""),
        ("208", "05", "05", "养老保险", "5.00", "5.00", ""),
    ],
    # The same with codes, which look like those of classes.
    "unit-codes": [
        ("", "", "", "合计", "12.00", "12.00", ""),
        ("101", "", "", "某局本级", "7.00", "7.00", ""),
        ("208", "05", "05", "养老保险", "7.00", "7.00", ""),
        ("102", "", "", "某下属中心", "5.00", "5.00", ""),
        ("208", "05", "05", "养老保险", "5.00", "5.00", ""),
    ],
    "names-without-codes": [
        ("", "", "", "合计", "26.00", "", "26.00"),
        ("", "", "", "科学技术支出", "26.00", "", "26.00"),
        ("", "", "", "技术研究与开发", "26.00", "", "26.00"),
        ("", "", "", "科技成果转化", "26.00", "", "26.00"),
    ],
    "leaves-miss-the-total": [
        ("208", "", "", "社会保障和就业支出", "7.00", "7.00", ""),
        ("", "", "", "合计", "9.00", "9.00", ""),
    ],
    # Rounded to 万元 one by one: three halves of the last digit are what rounding can do.
    "rounded": [
        ("208", "", "", "社会保障和就业支出", "1.33", "1.33", ""),
        ("210", "", "", "卫生健康支出", "1.33", "1.33", ""),
        ("", "", "", "合计", "2.67", "2.67", ""),
    ],
}
COUNTED = {
    "account-twice": ("6020000.00", False),
    "account-in-two-rows": ("2000000.00", False),
    "page-twice": ("80000.00", False),
    "section-below-a-blank-class": ("300000.00", False),
    "own-level-only": ("90000.00", False),
    "units-above-accounts": ("120000.00", False),
    "unit-codes": ("120000.00", False),
    "names-without-codes": ("0.00", True),
    "leaves-miss-the-total": ("70000.00", True),
    "rounded": ("26600.00", False),
}


@dataclass(frozen=True)
class Models:
    """The models that dbt built of the misprints, and the changes that made each mutant."""

    seeds: Path
    warehouse: Path
    mutants: dict[str, list[str]]
    output: str

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query over the built models."""
        with duckdb.connect(str(self.warehouse / "build.duckdb"), read_only=True) as connection:
            return connection.execute(query, values).fetchall()


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    """One run of dbt over everything here."""
    seeds = tmp_path_factory.mktemp("misprints")
    shutil.copytree(SEEDS / "disclosures", seeds / "disclosures")
    for name, rows in MADE_T3.items():
        write_made(seeds, name, {T3: rows})
    write_made(
        seeds,
        "sub-accounts",
        {
            T8: [
                ("", "", "合计", "959.49", "959.49", ""),
                ("301", "", "工资福利支出", "959.49", "959.49", ""),
                ("301", "02", "津贴补贴", "959.49", "959.49", ""),
                ("301", "3010201", "规范津贴补贴", "904.48", "904.48", ""),
                ("301", "3010202", "其他津贴补贴", "55.01", "55.01", ""),
            ]
        },
    )
    years = [
        ("208", "", "", "社会保障和就业支出", "7.00", "7.00", ""),
        ("", "", "", "合计", "7.00", "7.00", ""),
    ]
    unread = {T1: [("expenditure", "支出总计", "7.00", "", "", "")]}
    organization = {"organization_name": "跨年局", "region_code": "123456"}
    write_made(seeds, "unread-2024", unread, fiscal_year="2024", **organization)
    write_made(
        seeds,
        "unread-2024-final",
        unread,
        fiscal_year="2024",
        stage="final_accounts",
        **organization,
    )
    write_made(seeds, "read-2025", {T3: years}, fiscal_year="2025", **organization)
    mutants = write_mutants(seeds, DISCLOSURES, MUTANTS, seed=16)
    folder = tmp_path_factory.mktemp("misprints-warehouse")
    return Models(seeds, folder, mutants, _built(Warehouse(seeds, folder)))


def _built(warehouse: Warehouse) -> str:
    """Land the seeds and have dbt build and test the models; what it said where one failed."""
    land(warehouse.seeds, warehouse.landing)
    plan_build(warehouse, DuckDbEngine(), is_full=True)
    project = linked_project(warehouse)
    command = [str(Path(sys.executable).with_name("dbt")), "--quiet", "--no-use-colors", "build"]
    command += ["--vars", "only_affected: true"]  # as the job has it: what it parsed is good here
    command += ["--exclude-resource-type", "unit_test", "--select", "resource_type:seed", *_MODELS]
    rules = (file.stem for file in DBT_PROJECT.glob("models/reconciliations/rec_*.sql"))
    command += ["--exclude", *_RULES, *_TESTS_OF_RULES, *(r for r in rules if r not in _MODELS)]
    command += ["--project-dir", str(project.project_dir), "--profiles-dir", str(DBT_PROJECT)]
    command += ["--target-path", str(warehouse.target)]
    log = subprocess.run(
        command,
        cwd=project.project_dir,
        env=environment(warehouse.seeds, warehouse.folder) | warehouse.dbt_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return log.stdout if log.returncode else ""


def test_no_model_fails_and_every_test_holds(models: Models) -> None:
    assert models.output == ""


def test_every_guard_holds(models: Models) -> None:
    off = models.rows(
        "select guard, disclosure_id, subject, expected, actual from reconciliations.rec_integrity"
        " where expected <> actual or disclosure_id is null"
    )
    assert off == []
    guarded = models.rows("select count(distinct disclosure_id) from reconciliations.rec_integrity")
    assert guarded == models.rows("select count(*) from marts.dim_disclosures")


@pytest.mark.parametrize("name", COUNTED)
def test_what_is_counted_of_a_misprint(models: Models, name: str) -> None:
    amount, is_untied = COUNTED[name]
    ((printed),) = printed_totals(read_rows(models.seeds / "disclosures" / name / f"{T3}.csv")) or {
        Decimal(120000)
    }
    counted = models.rows(
        "select coalesce(sum(amount_yuan), 0) from marts.expenditures where disclosure_id = ?",
        name,
    )
    assert counted == [(Decimal(amount),)]
    marked = models.rows(
        "select has_untied_total, counted_spending_yuan, printed_spending_yuan"
        " from marts.dim_disclosures where disclosure_id = ?",
        name,
    )
    assert marked == [(is_untied, Decimal(amount), printed)]


def test_every_row_is_shown_as_printed(models: Models) -> None:
    for name, rows in MADE_T3.items():
        shown = models.rows(
            "select count(distinct row_number) from marts.fct_published_amounts"
            " where disclosure_id = ?",
            name,
        )
        assert shown == [(len(rows),)]


def test_a_class_holds_an_account_printed_twice_once(models: Models) -> None:
    rows = models.rows(
        "select class_code, sum(amount_yuan) from marts.expenditures"
        " where disclosure_id = 'account-twice' group by all order by all"
    )
    assert rows == [("201", Decimal(1_000_000)), ("219", Decimal(5_020_000))]
    roles = models.rows(
        "select row_number, row_role from marts.fct_published_amounts"
        " where disclosure_id = 'account-twice' and account_code = '21999' and measure = 'total'"
        " order by all"
    )
    assert roles == [(5, "leaf"), (6, "repeat")]


def test_codes_of_one_level_are_placed_by_the_rows_above(models: Models) -> None:
    rows = models.rows(
        "select item_code, amount_yuan from marts.expenditures"
        " where disclosure_id = 'own-level-only' and section_name is not null order by all"
    )
    assert rows == [("2120803", Decimal(50_000)), ("2120804", Decimal(40_000))]


def test_sub_accounts_stand_below_their_item(models: Models) -> None:
    rows = models.rows(
        "select row_number, account_code, level, row_role, parent_row_key"
        " from marts.fct_published_amounts"
        " where disclosure_id = 'sub-accounts' and measure = 'total' order by all"
    )
    assert rows == [
        (1, None, "total", "total", None),
        (2, "301", "class", "subtotal", "total row"),
        (3, "30102", "item", "subtotal", "301"),
        (4, "3010201", "sub_item", "leaf", "30102"),
        (5, "3010202", "sub_item", "leaf", "30102"),
    ]
    counted = models.rows(
        "select economic_code, amount_yuan, has_untied_total from marts.fct_basic_expenditures"
        " where disclosure_id = 'sub-accounts' order by all"
    )
    assert counted == [
        ("3010201", Decimal("9044800.00"), False),
        ("3010202", Decimal("550100.00"), False),
    ]


def test_what_was_not_read_is_no_base(models: Models) -> None:
    between_years = models.rows(
        "select disclosure_id, amount_yuan, last_year_amount_yuan, change_yuan, change_kind, basis,"
        " last_year_disclosure_id from marts.fct_expenditure_changes"
        " where organization_id = '123456-跨年局' and function_code = 'total' and nature = 'total'"
    )
    amount = Decimal("70000.00")
    assert between_years == [("read-2025", amount, None, None, "no_basis", "none", None)]
    between_stages = models.rows(
        "select disclosure_id, base_disclosure_id, amount_yuan, base_yuan, change_yuan,"
        " change_kind from marts.fct_stage_changes"
        " where organization_id = '123456-跨年局' and function_code = 'total' and nature = 'total'"
    )
    assert between_stages == [
        ("read-2025", "unread-2024-final", amount, None, None, "no_basis"),
    ]
    marked = models.rows(
        "select disclosure_id, has_untied_total, counted_spending_yuan, printed_spending_yuan"
        " from marts.dim_disclosures where disclosure_id like 'unread-%' order by all"
    )
    assert marked == [
        ("unread-2024", True, Decimal(0), amount),
        ("unread-2024-final", True, Decimal(0), amount),
    ]


def test_a_place_that_no_list_knows_has_no_name(models: Models) -> None:
    rows = models.rows(
        "select distinct region_name from marts.expenditures where disclosure_id = 'read-2025'"
    )
    assert rows == [(None,)]


def test_the_untouched_are_what_they_were(models: Models, repository_warehouse: Built) -> None:
    with duckdb.connect(str(repository_warehouse.warehouse / "budget.duckdb")) as connection:
        built = str(models.warehouse / "build.duckdb").replace("'", "''")
        connection.execute(f"attach '{built}' as mutated (read_only)")
        marts = connection.execute(
            "select table_name from duckdb_columns() where database_name = 'mutated'"
            " and schema_name = 'marts' and column_name = 'disclosure_id'"
            " and table_name <> 'fct_rejected_rows' order by all"
        ).fetchall()
        assert len(marts) > 15
        for (mart,) in marts:
            untouched = f"marts.{mart} where disclosure_id in (select unnest(?))"
            different = connection.execute(
                f"(from {untouched} except all from mutated.{untouched})"
                f" union all (from mutated.{untouched} except all from {untouched})",
                [list(DISCLOSURES)] * 4,
            ).fetchall()
            assert different == [], mart


def test_the_sum_of_a_mutant_is_its_printed_total_or_is_marked(models: Models) -> None:
    """Nothing is asked of those that landing refuses."""
    counted = {
        name: (amount, is_untied)
        for name, amount, is_untied in models.rows(
            "select disclosure_id, coalesce(sum(amount_yuan), 0), any_value(d.has_untied_total)"
            " from marts.dim_disclosures as d left join marts.fct_expenditures using"
            " (disclosure_id) group by all"
        )
        if name in models.mutants
    }
    assert len(counted) > MUTANTS / 2
    marked = 0
    for name, (amount, is_untied) in counted.items():
        totals = printed_totals(read_rows(models.seeds / "disclosures" / name / f"{T3}.csv"))
        marked += is_untied is not False
        if is_untied is False and totals:
            near = min(abs(amount - total) for total in totals)
            assert near < 1, (name, models.mutants[name], amount, totals)
    assert 0 < marked < len(counted)


def test_a_mutant_that_repeats_or_completes_is_counted_right(models: Models) -> None:
    """Changes after which a document still says what it said, where they are the only ones."""
    harmless = {"only the own level's code", "whole codes", "the table twice", "a row twice"}
    ids = [
        name
        for name, changes in models.mutants.items()
        if all(change.split(" in ")[0] in harmless for change in changes)
    ]
    assert len(ids) > 5
    wrong = models.rows(
        "select disclosure_id from marts.dim_disclosures"
        " where disclosure_id in (select unnest(?)) and has_untied_total is distinct from false",
        ids,
    )
    assert wrong == [], [(name, models.mutants[name]) for (name,) in wrong]
