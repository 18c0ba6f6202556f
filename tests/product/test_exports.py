"""The exported files hold what the published warehouse holds, and each program reads them so."""

import csv
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import polars
import pytest
from frictionless import Package
from warehouses import SEEDS, Built, copied_warehouse, environment

from budget_warehouse.outputs.files import workbook
from budget_warehouse.outputs.files.exports import ExportsInTheWayError, write_exports

FINDINGS = {"findings", "findings-sarif"}  # resources beside the marts
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'quoted", "''twice", 'a "b", c\nd', ""]
AWKWARD = ['=HYPERLINK("http://example.invalid")', "a\x0bb", "长" * 40_000]
LARGE = [Decimal("9999999999999999.99"), Decimal("-1234567890123.45"), Decimal("12345678901234.56")]


@pytest.fixture(scope="session")
def exports(repository_warehouse: Built) -> Path:
    """Folder that the publication of the repository's seeds wrote beside the warehouse."""
    return repository_warehouse.warehouse / "exports"


@pytest.fixture(scope="session")
def hostile(
    repository_warehouse: Built, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """A published file with texts and amounts that programs stumble over, and its exports."""
    folder = tmp_path_factory.mktemp("hostile")
    published = folder / "budget.duckdb"
    shutil.copy(repository_warehouse.warehouse / "budget.duckdb", published)
    with duckdb.connect(str(published)) as connection:
        for number, text in enumerate(HOSTILE + AWKWARD):
            connection.execute(
                "insert into marts.fct_rejected_rows (source_file, line_number, value, reason)"
                " values ('hostile.csv', ?, ?, 'because')",
                [number, text],
            )
        for number, amount in enumerate(LARGE):
            connection.execute(
                "insert into marts.fct_revenues by name select * replace"
                " (? as amount_yuan, 'large' || ? as source) from marts.fct_revenues"
                " where is_counted order by all limit 1",
                [amount, str(number)],
            )
    write_exports(published, folder / "exports")
    return published, folder / "exports"


def marts(published: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each mart of a published file with the types of its columns."""
    with duckdb.connect(str(published), read_only=True) as connection:
        names = connection.execute(
            "select distinct table_name from duckdb_columns() where schema_name = 'marts'"
        ).fetchall()
        for (name,) in names:
            described = connection.execute(f"describe marts.{name}").fetchall()
            yield name, {column: data_type for column, data_type, *_ in described}


def difference(published: Path, mart: str, rows: str) -> int:
    """Count the rows that a mart and a query do not share."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{published}' as budget (read_only)")
        ((count,),) = connection.execute(
            f"select count(*) from ((from budget.marts.{mart} except all {rows})"
            f" union all ({rows} except all from budget.marts.{mart}))"
        ).fetchall()
    return count


def cells(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=2, values_only=True))


@pytest.fixture(scope="session", params=["as published", "hostile"])
def written(
    request: pytest.FixtureRequest,
    repository_warehouse: Built,
    exports: Path,
    hostile: tuple[Path, Path],
) -> tuple[Path, Path]:
    """A published file and its exports."""
    if request.param == "hostile":
        return hostile
    return repository_warehouse.warehouse / "budget.duckdb", exports


def test_parquet_holds_every_mart_exactly(written: tuple[Path, Path]) -> None:
    published, exports = written
    checked = 0
    for mart, types in marts(published):
        file = exports / "parquet" / f"{mart}.parquet"
        with duckdb.connect() as connection:
            described = connection.execute(f"describe from '{file}'").fetchall()
        assert {column: data_type for column, data_type, *_ in described} == types
        assert difference(published, mart, f"from '{file}'") == 0, mart
        checked += 1
    assert checked == len(list((exports / "parquet").iterdir())) > 20


def test_csv_loses_nothing(written: tuple[Path, Path]) -> None:
    """Read as the data package says: one apostrophe off, quoted blanks are not nulls."""
    published, exports = written
    checked = 0
    for mart, types in marts(published):
        read = (
            f"read_csv('{exports}/csv/{mart}.csv', header = true, auto_detect = false,"
            f" allow_quoted_nulls = false, quote = '\"', escape = '\"', delim = ',',"
            f" new_line = '\\n', max_line_size = 10_000_000, columns = {types})"
        )
        texts = [column for column, data_type in types.items() if data_type == "VARCHAR"]
        plain = ", ".join(f"regexp_replace({column}, '^''', '') as {column}" for column in texts)
        rows = f"select * replace ({plain}) from {read}"
        assert difference(published, mart, rows) == 0, mart
        checked += 1
    assert checked == len(list((exports / "csv").iterdir())) > 20


def test_no_cell_of_a_csv_runs_as_a_formula(written: tuple[Path, Path]) -> None:
    published, exports = written
    escaped = 0
    csv.field_size_limit(1_000_000)
    for mart, types in marts(published):
        with (exports / "csv" / f"{mart}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                for column, value in row.items():
                    if types[column] == "VARCHAR":
                        assert not value.startswith(FORMULAS), (mart, column, value)
                        escaped += value.startswith("'")
                    elif value and types[column].startswith("DECIMAL"):
                        assert Decimal(value) is not None
    assert escaped > 50  # the comparators of performance targets alone


def test_csv_has_a_byte_order_mark_and_its_readers_do_not_see_it(exports: Path) -> None:
    for file in (exports / "csv").iterdir():
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    package = Package.from_descriptor(str(exports / "datapackage.json"))
    resource = package.get_table_resource("expenditures")
    rows = resource.read_rows()
    total = sum(row["amount_yuan"] for row in rows if row["fiscal_year"] == 2021)
    assert total == Decimal("38993676.17")
    assert isinstance(total, Decimal)


def validate(exports: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(sys.executable, "-m", "frictionless", "validate"),
            *("--json", "datapackage.json"),
        ],
        cwd=exports,
        capture_output=True,
        text=True,
        check=False,
    )


def test_frictionless_accepts_the_data_package(written: tuple[Path, Path]) -> None:
    report = validate(written[1])
    assert report.returncode == 0, report.stdout[-2000:]
    tasks = json.loads(report.stdout)["tasks"]
    assert len(tasks) == len(list(marts(written[0]))) + len(FINDINGS)
    assert all(task["valid"] for task in tasks)


@pytest.mark.parametrize(
    ("sound", "broken", "error"),
    [
        ("19103755.23", "19103755.2x", "type-error"),
        ("songjiang-city-operations-2021,310117", "another,310117", "foreign-key"),
        ("fiscal_year,stage", "fiscal_year,phase", "incorrect-label"),
    ],
)
def test_frictionless_would_see_a_fault(
    exports: Path, tmp_path: Path, sound: str, broken: str, error: str
) -> None:
    shutil.copytree(exports, tmp_path / "exports")
    file = tmp_path / "exports" / "csv" / "expenditures.csv"
    text = file.read_text(encoding="utf-8")
    assert sound in text
    file.write_text(text.replace(sound, broken), encoding="utf-8")
    report = validate(tmp_path / "exports")
    assert report.returncode == 1
    assert error in report.stdout


def test_the_data_package_has_keys_descriptions_and_the_fiscal_mapping(exports: Path) -> None:
    package = json.loads((exports / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    for resource in (one for name, one in resources.items() if name not in FINDINGS):
        assert resource["description"]
        assert resource["title"] != resource["name"], "labels.csv lacks this mart"
        for field in resource["schema"]["fields"]:
            assert field["description"]
            assert field["title"] != field["name"], f"labels.csv lacks the column {field['name']}"
    schema = resources["fct_expenditures"]["schema"]
    assert "primaryKey" not in schema, "rows that are no unit's have none"
    basic = resources["fct_basic_expenditures"]["schema"]
    assert basic["primaryKey"] == ["disclosure_id", "economic_code", "component"]
    assert {
        "fields": ["fiscal_year", "function_code"],
        "reference": {"resource": "dim_functions", "fields": ["fiscal_year", "function_code"]},
    } in schema["foreignKeys"]
    kinds = {
        field["name"]: field["columnType"]
        for field in resources["expenditures"]["schema"]["fields"]
        if "columnType" in field
    }
    assert kinds["amount_yuan"] == "value"
    assert kinds["stage"] == "phase:id"
    assert kinds["fiscal_year"] == "date:fiscal-year"
    assert kinds["class_code"] == "functional-classification:generic:level1:code"
    assert kinds["item_code"] == "functional-classification:generic:level3:code"
    constants = {
        field["columnType"]: field["constant"]
        for field in resources["expenditures"]["schema"]["extraFields"]
    }
    assert constants == {"value-currency:code": "CNY", "direction": "expenditure"}
    kinds = {
        field["name"]: field.get("columnType")
        for field in resources["dim_economic_items"]["schema"]["fields"]
    }
    assert kinds["class_code"] == "economic-classification:generic:level1:code"


def test_the_data_package_says_what_it_is_of(repository_warehouse: Built, exports: Path) -> None:
    package = json.loads((exports / "datapackage.json").read_text(encoding="utf-8"))
    ((number, published_at),) = repository_warehouse.rows(
        "select publication_number, published_at from marts.publications"
    )
    assert package["version"] == f"{number}.0.0"
    assert package["created"] == f"{published_at.isoformat()}Z"
    assert [licence["name"] for licence in package["licenses"]] == ["Apache-2.0"]
    titles = [source["title"] for source in package["sources"]]
    assert len(titles) == 7
    assert any("上海市财政局 2025" in title for title in titles)
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert resources["findings"]["path"] == "findings.csv"
    assert resources["findings"]["schema"]["primaryKey"] == ["fingerprint"]
    assert resources["findings-sarif"]["mediatype"] == "application/sarif+json"
    rows = Package.from_descriptor(str(exports / "datapackage.json"))
    findings = rows.get_table_resource("findings").read_rows()
    (medical,) = [
        row for row in findings if (row["rule_code"], row["fiscal_year"]) == ("CC-02", 2021)
    ]
    assert medical["stands_for_finding"] is True


def test_the_chinese_csv_is_the_same_rows(written: tuple[Path, Path]) -> None:
    published, exports = written
    csv.field_size_limit(1_000_000)
    checked = 0
    for mart, types in marts(published):
        tables = []
        for folder in ("csv", "csv-zh"):
            with (exports / folder / f"{mart}.csv").open(encoding="utf-8-sig", newline="") as file:
                tables.append(list(csv.reader(file)))
        (names, *rows), (labels, *chinese) = tables
        assert len(labels) == len(set(labels)) == len(names)
        assert len(rows) == len(chinese)
        kept = [
            position
            for position, name in enumerate(names)
            if types[name].startswith("DECIMAL") or name.endswith("_ref")
        ]
        for row, translated in zip(rows, chinese, strict=True):
            assert [row[one] for one in kept] == [translated[one] for one in kept], mart
        checked += 1
    assert checked > 20
    with (exports / "csv-zh" / "expenditures.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = [row for row in csv.DictReader(file) if row["预算年度"] == "2021"]
    assert {row["预算阶段"] for row in lines} == {"年初预算"}
    assert {row["支出性质"] for row in lines} == {"基本支出", "项目支出"}
    assert sum(Decimal(row["金额（元）"]) for row in lines) == Decimal("38993676.17")


def test_the_workbook_is_for_people(exports: Path) -> None:
    book = openpyxl.load_workbook(exports / "budget.xlsx")
    assert book.sheetnames[:2] == ["说明", "汇总"]
    assert book.sheetnames[-1] == "列说明"
    sheet = book["支出明细（汇总用）"]
    names = [cell.value for cell in sheet[1]]
    assert names[:5] == ["fiscal_year", "stage", "organization_name", "region_name", "fund"]
    labels = [cell.comment.text.splitlines()[0] for cell in sheet[1]]
    assert labels[:5] == ["预算年度", "预算阶段", "单位名称", "行政区划", "资金性质"]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["C"].width > len("上海市松江区城市运行管理中心") * 2
    rows = [row for row in cells(sheet) if row[0] == 2021]
    assert {row[names.index("stage")] for row in rows} == {"年初预算"}
    amounts = [row[names.index("amount_yuan")] for row in rows]
    assert sum(Decimal(str(amount)) for amount in amounts) == Decimal("38993676.17")
    amount = sheet.cell(2, names.index("amount_yuan") + 1)
    assert (amount.data_type, amount.number_format) == ("n", "#,##0.00")
    # 参公单位 is how a Chinese reader knows a civil_service_law_institution
    units = {row[0]: row for row in cells(book["公开单位"])}
    assert all(row[2] in ("行政单位", "参公单位", "事业单位", None) for row in units.values())
    meanings = {(row[1], row[2]): row for row in cells(book["列说明"])}
    assert meanings["expenditures", "amount_yuan"][3:5] == ("金额（元）", "DECIMAL(18,2)")


def test_a_sheet_is_a_table_that_prints_with_its_headings(exports: Path) -> None:
    book = openpyxl.load_workbook(exports / "budget.xlsx")
    seen = set()
    for sheet in book.worksheets[2:]:
        assert sheet.print_title_rows == "$1:$1"
        for name, table in ((name, sheet.tables[name]) for name in sheet.tables):
            assert sheet.auto_filter.ref is None  # a second filter over a table breaks the file
            headings, *rows = sheet[table.ref]
            assert table.column_names == [cell.value for cell in headings]
            assert len(rows) == sheet.max_row - 1
            seen.add(name)
    assert {"expenditures", "dim_organizations", "column_meanings"} <= seen
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_pandas_takes_a_sheet_and_a_pivot_of_it(exports: Path) -> None:
    frame = pandas.read_excel(
        exports / "budget.xlsx", sheet_name="支出明细（汇总用）", dtype=object
    )
    pivot = frame[frame["fiscal_year"] == 2021].pivot_table(
        index="class_name", columns="nature", values="amount_yuan", aggfunc="sum"
    )
    assert pivot.loc["卫生健康支出", "基本支出"] == 841683.78
    assert pivot.loc["城乡社区支出", "项目支出"] == 16563266


def test_the_summary_sums_up(exports: Path, repository_warehouse: Built) -> None:
    book = openpyxl.load_workbook(exports / "budget.xlsx")
    rows = [row for row in cells(book["汇总"]) if any(row)]
    # The total of 2021 is printed on the first page of its tables, 3,899.37 万元 in its prose.
    assert rows[0] == (2021, "年初预算", 1, 22430410.17, 16563266, 38993676.17)
    findings = repository_warehouse.rows(
        "select severity, count(*) from marts.fct_findings where is_counted group by severity"
    )
    told = {str(row[0]).split()[-1]: row[1] for row in rows if row[0]}
    assert dict(findings).items() <= told.items()


def test_no_cell_of_the_workbook_is_a_formula_or_inexact(hostile: tuple[Path, Path]) -> None:
    _, exports = hostile
    with zipfile.ZipFile(exports / "budget.xlsx") as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in archive.read(name)
    book = openpyxl.load_workbook(exports / "budget.xlsx")
    rejected = book["未能读取的数据"]
    values = [row[3] for row in cells(rejected)]
    assert set(HOSTILE) - {""} <= set(values)
    assert "a�b" in values
    (long,) = [value for value in values if value and value.startswith("长")]
    assert len(long) == 32_767
    assert long.endswith("…（其余见 csv）")
    sheet = book["收入明细"]
    amount = [cell.value for cell in sheet[1]].index("amount_yuan")
    revenues = [row[amount] for row in cells(sheet)]
    # 15 digits are what a double keeps; one more is text
    assert {"9,999,999,999,999,999.99", "12,345,678,901,234.56"} <= set(revenues)
    assert -1234567890123.45 in revenues


def test_a_sheet_is_whole_or_says_where_its_rows_are(
    repository_warehouse: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "WORKBOOK_ROWS", 300)
    published = repository_warehouse.warehouse / "budget.duckdb"
    write_exports(published, tmp_path / "exports")
    book = openpyxl.load_workbook(tmp_path / "exports" / "budget.xlsx")
    count = repository_warehouse.value("select count(*) from marts.expenditures")
    sheet = book["支出明细（汇总用）"]
    assert sheet.max_row == 2
    assert sheet["A2"].value.startswith(f"此表有 {count:,} 行")
    assert "csv/expenditures.csv" in sheet["A2"].value
    assert not sheet.tables
    whole = [sheet for sheet in book.worksheets[2:-1] if "此表有" not in str(sheet["A2"].value)]
    assert 200 < sum(sheet.max_row - 1 for sheet in whole) <= 300
    assert ("支出明细（汇总用） expenditures", count, "csv/expenditures.csv") in [
        row[:3] for row in cells(book["汇总"])
    ]
    organizations = repository_warehouse.value("select count(*) from marts.dim_organizations")
    assert book["公开单位"].max_row == 1 + organizations
    listed = {row[1]: row[2:] for row in book["说明"].iter_rows(min_row=13, values_only=True)}
    assert listed["expenditures"] == (count, "见 csv/expenditures.csv")
    assert listed["dim_organizations"] == (organizations, None)


def test_marts_that_are_too_long_are_left_out_by_name_until_asked_for(
    repository_warehouse: Built, bounded_warehouse: Built, tmp_path: Path
) -> None:
    warehouse = copied_warehouse(bounded_warehouse, tmp_path / "warehouse")
    counts = {
        mart: repository_warehouse.value(f"select count(*) from marts.{mart}")
        for mart, _ in marts(warehouse / "budget.duckdb")
    }
    long = {mart for mart, count in counts.items() if count > 150}
    assert {"dim_functions", "fct_published_amounts"} < long < counts.keys()
    environ = environment(SEEDS, warehouse, EXPORTED_ROWS="150")
    exports = warehouse / "exports"

    for kind in ("csv", "csv-zh", "parquet"):
        written = {file.stem for file in (exports / kind).iterdir()}
        assert written == counts.keys() - long
    package = json.loads((exports / "datapackage.json").read_text(encoding="utf-8"))
    listed = {resource["name"] for resource in package["resources"]} - FINDINGS
    assert listed == counts.keys() - long
    for mart in long:
        assert f"{mart} ({counts[mart]:,} rows)" in package["description"]
    assert validate(exports).returncode == 0
    command = [sys.executable, "-m", "budget_warehouse", "files"]
    output = subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout
    assert output == f"Files: {exports}\n"
    assert {file.stem for file in (exports / "parquet").iterdir()} == counts.keys()
    for mart in long:
        file = exports / "parquet" / f"{mart}.parquet"
        assert difference(warehouse / "budget.duckdb", mart, f"from '{file}'") == 0


def test_dates_and_nulls_stay_what_they_are(hostile: tuple[Path, Path]) -> None:
    _, exports = hostile
    frame = polars.read_parquet(exports / "parquet" / "fct_projects.parquet")
    assert frame.schema["annual_yuan"] == polars.Decimal(18, 2)
    assert frame.schema["starts_on"] == polars.Date
    book = openpyxl.load_workbook(exports / "budget.xlsx")
    sheet = book["项目"]
    starts = [cell.value for cell in sheet[1]].index("starts_on")
    dates = [row[starts] for row in cells(sheet) if row[starts]]
    assert dates
    assert all(day.date() >= date(2000, 1, 1) for day in dates)


def test_each_publication_swaps_the_whole_folder(
    repository_warehouse: Built, tmp_path: Path
) -> None:
    published = tmp_path / "budget.duckdb"
    shutil.copy(repository_warehouse.warehouse / "budget.duckdb", published)
    exports = tmp_path / "exports"
    write_exports(published, exports)
    first = exports.resolve()
    reading = (exports / "csv" / "expenditures.csv").open(encoding="utf-8-sig")
    with duckdb.connect(str(published)) as connection:
        connection.execute("delete from marts.fct_expenditures where fiscal_year = 2021")
    write_exports(published, exports)
    second = exports.resolve()
    with reading:
        assert "2021,initial_budget" in reading.read()
    assert "2021,initial_budget" in (first / "csv" / "expenditures.csv").read_text("utf-8")
    assert "2021,initial_budget" not in (exports / "csv" / "expenditures.csv").read_text("utf-8")
    write_exports(published, exports)
    assert not first.exists()
    assert second.exists()
    assert validate(exports).returncode == 0

    published.unlink()
    third = exports.resolve()
    with pytest.raises(duckdb.IOException):
        write_exports(published, exports)
    assert exports.resolve() == third


def test_a_folder_of_somebody_else_is_left_alone(
    repository_warehouse: Built, tmp_path: Path
) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "mine.txt").write_text("mine")
    with pytest.raises(ExportsInTheWayError, match="move it away"):
        write_exports(repository_warehouse.warehouse / "budget.duckdb", tmp_path / "exports")
    assert (tmp_path / "exports" / "mine.txt").read_text() == "mine"


def test_findings_are_there_for_tools_that_track_issues(
    repository_warehouse: Built, exports: Path
) -> None:
    """Require what the schema of SARIF 2.1.0 does, and what those who read it need."""
    log = json.loads((exports / "findings.sarif").read_text(encoding="utf-8"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    rules, artifacts = driver["rules"], run["artifacts"]
    assert driver["name"] == "budget-warehouse"
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["properties"]["version"] >= 1
    failures = repository_warehouse.rows(
        "select fingerprint, rule_code, severity, disclosure_id from marts.fct_reconciliations"
        " where outcome = 'fail'"
    )
    levels = {"error": "error", "warning": "warning", "info": "note"}
    results = {one["partialFingerprints"]["budgetFinding/v1"]: one for one in run["results"]}
    assert len(results) == len(run["results"]) == len(failures)
    for fingerprint, rule, severity, disclosure in failures:
        result = results[fingerprint]
        assert (result["ruleId"], result["level"]) == (rule, levels[severity])
        assert rules[result["ruleIndex"]]["id"] == rule
        assert result["message"]["text"]
        (location,) = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]
        assert artifacts[uri["index"]]["location"]["uri"] == uri["uri"]
        assert location["logicalLocations"][0]["fullyQualifiedName"].startswith(disclosure)
        assert "suppressions" not in result
    lines = [
        one["locations"][0]["physicalLocation"].get("region", {}).get("startLine")
        for one in run["results"]
        if one["properties"]["disclosure_id"].startswith("songjiang") and one["ruleId"] == "CC-02"
    ]
    assert lines == [1064]


def test_findings_are_there_for_people(repository_warehouse: Built, exports: Path) -> None:
    with (exports / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["fingerprint"] for row in rows} == {
        name
        for (name,) in repository_warehouse.rows(
            "select fingerprint from marts.fct_reconciliations where outcome = 'fail'"
        )
    }
    (medical,) = [
        row for row in rows if (row["rule_code"], row["fiscal_year"]) == ("CC-02", "2021")
    ]
    assert medical["stands_for_finding"] == "True"
    assert medical["reviewer"] == "maintainers"
    assert medical["reason_zh"] == "“职工”误作“职业”"
    assert medical["stated_source_ref"] == "line 1064"


def test_of_too_many_findings_there_is_no_file(bounded_warehouse: Built, exports: Path) -> None:
    ((count,),) = bounded_warehouse.rows("select count(*) from marts.fct_finding_failures")
    folder = bounded_warehouse.warehouse / "exports"
    assert (
        (folder / "findings.csv").exists() is (folder / "findings.sarif").exists() is (count <= 150)
    )
