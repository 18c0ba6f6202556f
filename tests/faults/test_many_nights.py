"""Night after night, all kinds of changes: each publishes what a rebuild from nothing would."""

import csv
import shutil
from functools import partial

import duckdb
import pytest
from night_after_night import DEPARTMENT, UNIT, WANLI, Nights, first_night
from warehouses import SONGJIANG, Row, copied, edit, make

from benchmarks.comparison import differences


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    nights = first_night(tmp_path_factory.mktemp("nights"))
    nights.change_one()
    return nights


def rename(before: Row, column: str, row: Row) -> None:
    if row == before:
        row[column] = "改了"


def test_an_added_department_and_a_rejected_year(nights: Nights) -> None:
    """The department takes its unit out of the sums; what was published of 2023 stands, stale."""
    copied(DEPARTMENT, nights.seeds)
    file = nights.seeds / "disclosures" / WANLI[0] / "expenditure_by_function.csv"
    edit(file, lambda row: row["row_number"] == "5" and row.update(total="many"))
    night = nights.night(status=3)
    assert nights.computed() == [4, 2, 4]
    counted = "select is_counted from marts.dim_disclosures where disclosure_id = ?"
    assert not night.value(counted, UNIT)
    stale = "select disclosure_id from marts.dim_disclosures where is_stale"
    assert night.value(stale) == WANLI[0]
    assert differences(nights.warehouse, nights.from_nothing(FULL="1")) == {}


def test_a_revision_and_a_withdrawal(nights: Nights) -> None:
    revision = copied(SONGJIANG, nights.seeds, "revised")
    name = {"organization_name": "上海市松江区城市运行管理中心", "revision": "2"}
    edit(revision / "disclosure.csv", lambda row: row.update(name))
    for disclosure in (DEPARTMENT, *WANLI):
        shutil.rmtree(nights.seeds / "disclosures" / disclosure)
    night = nights.night()
    assert nights.computed()[3:] == [1 + 1 + 2 + 2]
    current = "select disclosure_id from marts.dim_disclosures where is_current order by all"
    assert night.rows(current) == [(UNIT,), ("revised",)]
    assert night.value("select count(*) from marts.fct_rejected_rows") == 0
    assert differences(nights.warehouse, nights.from_nothing()) == {}


def test_changed_lists_change_everything(nights: Nights) -> None:
    """Also in a warehouse that was moved since it was built."""
    nights.warehouse = nights.warehouse.rename(nights.folder / "moved")
    changes = (
        ("reconciliation_rules", "rule_code", "WT-01", "statement_zh", "dim_reconciliation_rules"),
        ("functions", "function_code", "21201", "function_name", "dim_functions"),
    )
    for reference, key, value, column, _ in changes:
        file = nights.seeds / "reference" / f"{reference}.csv"
        with file.open(encoding="utf-8", newline="") as source:
            (before,) = [row for row in csv.DictReader(source) if row[key] == value]
        edit(file, partial(rename, before, column))
    night = nights.night()
    assert nights.computed()[-1] == 3
    for _, key, value, column, mart in changes:
        changed = f"select distinct {column} from marts.{mart} where {key} = ?"
        assert night.rows(changed, value) == [("改了",)]


def test_versions_say_what_changed_and_one_is_brought_back(nights: Nights) -> None:
    """The second publication comes back, and stands as long as nothing changes."""
    setting = f"WAREHOUSE={nights.warehouse}"
    listed = make("versions", setting).stdout
    files = [line.split()[0] for line in listed.splitlines() if not line.startswith(" ")]
    assert files[0] == "budget.duckdb"
    assert len(files) == len(nights.computed())
    assert f"added: {DEPARTMENT}" in listed
    assert f"changed: {WANLI[1]}" in listed
    assert f"gone: {DEPARTMENT}, {WANLI[0]}, {WANLI[1]}" in listed
    assert " findings: " in listed

    second = nights.warehouse / "versions" / files[-2]
    held = "select disclosure_id, amount_yuan from marts.fct_expenditures order by all"
    with duckdb.connect(str(second), read_only=True) as connection:
        before = connection.execute(held).fetchall()
    assert make("rollback", setting, "VERSION=20010101T000000Z").returncode != 0
    run = make("rollback", setting, f"VERSION={second.name}", f"SEEDS={nights.seeds}")
    assert run.returncode == 0, run.stdout + run.stderr
    night = nights.night()
    assert "Unchanged" in night.output
    assert night.rows(held) == before
    log = night.rows(
        "select kind, restored_number from marts.publications order by publication_number"
    )
    assert log == [("rebuild", None)] * (len(files)) + [("rollback", 2)]
    assert f"{WANLI[1]}.html" in {page.name for page in (nights.warehouse / "reports").iterdir()}

    shutil.rmtree(nights.seeds / "disclosures" / "revised")
    assert nights.night().value("select count(*) from marts.dim_disclosures") == 2
