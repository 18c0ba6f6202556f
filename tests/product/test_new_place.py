"""A place that no list knows is published by rows of the lists alone: no code names it."""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from warehouses import REPOSITORY, environment, judged

TITLE = "家底花销一览表"
HEADINGS = {"全部花销": "total", "账目": "name", "日常花销": "basic", "专门花销": "project"}
DOCUMENT = f"""
<html><body>
<h1>敦煌市水务局2026年部门预算</h1>
<p>敦煌市水务局{TITLE}</p>
<p>单位：万元</p>
<table>
<tr><td>专门花销</td><td>账目</td><td>全部花销</td><td>科目编码</td><td>日常花销</td></tr>
<tr><td>1.50</td><td>农林水支出</td><td>4.00</td><td>213</td><td>2.50</td></tr>
<tr><td>1.50</td><td>水利</td><td>4.00</td><td>21303</td><td>2.50</td></tr>
<tr><td></td><td>行政运行</td><td>2.50</td><td>2130301</td><td>2.50</td></tr>
<tr><td>1.50</td><td>水利工程建设</td><td>1.50</td><td>2130305</td><td></td></tr>
<tr><td>1.50</td><td>合计</td><td>4.00</td><td></td><td>2.50</td></tr>
</table>
</body></html>
"""


def add_row(file: Path, **values: str) -> None:
    """Add a row to a list, its other columns blank."""
    with file.open(encoding="utf-8", newline="") as lines:
        columns = next(csv.reader(lines))
    with file.open("a", encoding="utf-8", newline="") as lines:
        csv.DictWriter(lines, columns, restval="", lineterminator="\n").writerow(values)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Seeds whose lists have a title and headings that no place of the repository prints."""
    reference = tmp_path / "seeds" / "reference"
    shutil.copytree(REPOSITORY / "seeds" / "reference", reference)
    add_row(
        reference / "raw_tables.csv",
        table_name="expenditure_by_function",
        title=TITLE,
        rows="functions",
    )
    for heading, column in HEADINGS.items():
        row = {"column_name": column, "heading": heading, "role": "measure", "nature": column}
        if column == "name":
            row = {"column_name": column, "heading": heading, "role": "key"}
        elif column != "total":
            row["part_of"] = "total"
        add_row(reference / "raw_columns.csv", **row)
    return reference.parent


def test_a_place_in_other_words_is_published_by_rows_of_the_lists(
    seeds: Path, statements: Path, tmp_path: Path
) -> None:
    document = tmp_path / "dunhuang.html"
    document.write_text(DOCUMENT, encoding="utf-8")
    warehouse = tmp_path / "warehouse"
    read = subprocess.run(
        [
            *(sys.executable, "-m", "budget_warehouse", "read"),
            *("--into", str(seeds / "disclosures"), "--", str(document)),
        ],
        cwd=REPOSITORY,
        env=environment(seeds, warehouse),
        capture_output=True,
        text=True,
        check=False,
    )
    assert read.returncode == 0, read.stdout + read.stderr
    built = judged(seeds, warehouse, statements)
    rows = built.rows(
        "select organization_name, region_name, fiscal_year, function_code, nature,"
        " amount_yuan::text from marts.expenditures order by all"
    )
    assert rows == [
        ("敦煌市水务局", "敦煌市", 2026, "2130301", "basic", "25000.00"),
        ("敦煌市水务局", "敦煌市", 2026, "2130305", "project", "15000.00"),
    ]
    assert not built.value("select has_untied_total from marts.dim_disclosures")
