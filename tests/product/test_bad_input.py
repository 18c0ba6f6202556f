"""Bad input is read where it can be, and rejected with its place and a reason where not."""

import os
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from warehouses import SONGJIANG, Built, build, copied, copied_warehouse, edit

T3 = "expenditure_by_function.csv"
T8 = "basic_expenditure_by_economic.csv"
CLAIMS = "narrative_claims.csv"


def change_header(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text.splitlines()[0]
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def change_cell(file: Path, row: str, column: str, value: str) -> None:
    edit(file, lambda cells: cells["row_number"] == row and cells.update({column: value}))


def widened(row: dict[str, str], wide: dict[int, int]) -> dict[str, str]:
    columns = ("revision", "fiscal_year", "region_code", "row_number", "base_year")
    return {column: row[column].translate(wide) for column in columns if column in row}


BROKEN = {
    "column-missing": ("row_number", 1),
    "column-misspelt": ("basicc", 1),
    "column-extra": ("remarks", 1),
    "column-twice": ("basic", 1),
    "not-a-number": ("total", 4),
    "two-amounts": ("total", 4),
    "decimal-comma": ("total", 4),
    "eighteen-digits": ("total", 4),
    "too-large-in-its-unit": ("amount", 2),
    "not-a-year": ("fiscal_year", 2),
    "not-a-date": ("starts_on", 2),
    "day-of-the-engine": ("published_on", 2),
    "not-a-side": ("side", 3),
    "row-twice": ("row_number", 4),
    "row-too-long": (None, 4),
    "quote-open": (None, None),
    "unknown-table": (None, None),
    "unknown-encoding": (None, None),
    "undeclared": ("disclosure_id", None),
    "undeclared-folder": (None, None),
    "huge-value": (None, 16),
}

READABLE = [
    "gb18030",
    "byte-order-mark",
    "windows-line-ends",
    "full-width",
    "separators",
    "dashes",
    "brackets",
    "columns-in-another-order",
    "spaces-between-thousands",
    "full-width-numbers",
    "days-in-other-forms",
    "blank-rows",
    "things-beside",
    "many-digits-in-texts",
]

# Accepted as printed, though no list knows them.
UNKNOWN = ["unknown-code", "unknown-region", "unknown-unit"]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One warehouse from disclosures that are broken or odd, each in one way."""
    seeds = tmp_path_factory.mktemp("mixed")
    copied(SONGJIANG, seeds)
    folders = {name: copied(SONGJIANG, seeds, name) for name in [*BROKEN, *READABLE, *UNKNOWN]}

    change_header(folders["column-missing"] / T3, "row_number,", "")
    change_header(folders["column-misspelt"] / T3, "basic", "basicc")
    change_header(folders["column-extra"] / T3, "note", "note,remarks")
    change_header(folders["column-twice"] / T3, "basic", "basic,basic")
    change_cell(folders["not-a-number"] / T3, "3", "total", "1,282,565.76元整")
    change_cell(folders["two-amounts"] / T3, "3", "total", "100 200")
    change_cell(folders["decimal-comma"] / T3, "3", "total", "1.282.565,76")
    change_cell(folders["eighteen-digits"] / T3, "3", "total", "123456789012345678")
    change_cell(folders["too-large-in-its-unit"] / CLAIMS, "1", "amount", "123456789012.5")
    edit(
        folders["not-a-year"] / "disclosure.csv", lambda row: row.update(fiscal_year="二〇二一年度")
    )
    change_cell(folders["not-a-date"] / "projects.csv", "1", "starts_on", "2021-02-30")
    edit(
        folders["day-of-the-engine"] / "disclosure.csv",
        lambda row: row.update(published_on="epoch"),
    )
    change_cell(
        folders["not-a-side"] / "revenue_expenditure_summary.csv", "2", "side", "expenditures"
    )
    change_cell(folders["row-twice"] / T3, "3", "row_number", "2")
    lines = (folders["row-too-long"] / T3).read_text(encoding="utf-8").splitlines()
    lines[3] += ",1"
    (folders["row-too-long"] / T3).write_text("\n".join(lines), encoding="utf-8")
    with (folders["quote-open"] / T3).open("a", encoding="utf-8") as broken:
        broken.write('quote-open,15,"')
    (folders["unknown-table"] / "expenditures.csv").write_text("a\n1\n", encoding="utf-8")
    (folders["unknown-encoding"] / T3).write_bytes(b"\xff\xfe\x00a\xff\xff")
    edit(folders["undeclared"] / T3, lambda row: row.update(disclosure_id="someone-else"))
    (folders["undeclared-folder"] / "disclosure.csv").unlink()
    with (folders["huge-value"] / T3).open("a", encoding="utf-8") as broken:
        broken.write(f"huge-value,15,{'9' * 10_000_000}\n")

    for file in folders["gb18030"].glob("*.csv"):
        file.write_bytes(file.read_text(encoding="utf-8").encode("gb18030"))
    for file in folders["byte-order-mark"].glob("*.csv"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    for file in folders["windows-line-ends"].glob("*.csv"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    full_width = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
    edit(
        folders["full-width"] / T3,
        lambda row: row.update(
            {
                column: row[column].translate(full_width) + "　"
                for column in ("class_code", "total", "basic")
            }
        ),
    )
    edit(
        folders["separators"] / T3,
        lambda row: row.update(total=row["total"].replace(",", "").replace(".", ",.")),
    )
    edit(folders["dashes"] / T3, lambda row: row.update(project=row["project"] or "—"))
    change_cell(folders["brackets"] / T8, "2", "personnel", "(1,413,840.00)")
    edit(
        folders["spaces-between-thousands"] / T3,
        lambda row: row.update(total="\u202f" + row["total"].replace(",", "\u00a0") + "\t"),
    )
    wide_digits = str.maketrans("0123456789", "０１２３４５６７８９")
    for file in folders["full-width-numbers"].glob("*.csv"):
        edit(file, lambda row: row.update(widened(row, wide_digits)))
    edit(
        folders["days-in-other-forms"] / "disclosure.csv",
        lambda row: row.update(published_on="2021-03-05 10:00:00"),
    )
    edit(
        folders["days-in-other-forms"] / "projects.csv",
        lambda row: row.update(starts_on="2021/1/1", ends_on="２０２１年12月31日\u00a0"),
    )
    for file in folders["blank-rows"].glob("*.csv"):
        with file.open("a", encoding="utf-8") as rows_of_file:
            rows_of_file.write(",,,,\r\n" * 3 + "\u3000,,,\n")
    beside = folders["things-beside"]
    os.mkfifo(beside / "pipe.csv")
    (beside / "dangling.csv").symlink_to("nowhere.csv")
    (beside / ".#tables.csv").symlink_to("somebody@somewhere.123")
    (beside / "linked").symlink_to(seeds, target_is_directory=True)
    (beside / os.fsdecode(b"\xb1\xed.csv")).write_bytes(b"a")
    (beside / "TABLES.CSV").write_bytes(b"a")
    (beside / "budget.xlsx").write_bytes(b"a")
    edit(
        folders["many-digits-in-texts"] / T3,
        lambda row: row.update(note="7" * 40 if row["row_number"] == "2" else row["note"]),
    )
    edit(
        folders["many-digits-in-texts"] / "performance_targets.csv",
        lambda row: row.update(target="≥" + "9" * 40),
    )
    edit(
        folders["many-digits-in-texts"] / "statements.csv",
        lambda row: row.update(value="9" * 40 if row["row_number"] == "5" else row["value"]),
    )
    change_cell(folders["unknown-code"] / T3, "3", "item_code", "O5")
    edit(folders["unknown-region"] / "disclosure.csv", lambda row: row.update(region_code="上海"))
    edit(folders["unknown-unit"] / T3, lambda row: row.update(unit="箱"))
    order = folders["columns-in-another-order"] / "statements.csv"
    rows = [line.split(",", 2) for line in order.read_text(encoding="utf-8").splitlines()]
    order.write_text(
        "\n".join(f"{number},{disclosure},{rest}" for disclosure, number, rest in rows),
        encoding="utf-8",
    )
    return build(seeds, tmp_path_factory.mktemp("mixed-warehouse"))


def test_the_others_go_on(mixed: Built) -> None:
    assert mixed.status == 3, mixed.output
    loaded = {name for (name,) in mixed.rows("select disclosure_id from marts.dim_disclosures")}
    assert loaded == {SONGJIANG, *READABLE, *UNKNOWN}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_disclosure_is_rejected_with_its_place(mixed: Built, name: str) -> None:
    column, line = BROKEN[name]
    rejects = mixed.rows(
        "select column_name, line_number, reason from marts.fct_rejected_rows"
        " where source_file like ? || '/%'",
        name,
    )
    assert rejects
    assert all(reason for *_, reason in rejects)
    if column:
        assert column in {rejected for rejected, *_ in rejects}
    if line:
        assert line in {place for _, place, _ in rejects}
    assert name in mixed.output


def test_a_reason_says_what_was_expected(mixed: Built) -> None:
    (value, reason), *_ = mixed.rows(
        "select value, reason from marts.fct_rejected_rows where source_file like 'not-a-number/%'"
    )
    assert value == "1,282,565.76元整"
    assert "1,234.00" in reason
    missing = mixed.rows(
        "select reason from marts.fct_rejected_rows where source_file like 'column-misspelt/%'"
    )
    assert missing == [
        ("The column 'basicc' is not in the contract; did you mean basic?",),
    ]


@pytest.mark.parametrize("name", READABLE)
def test_an_odd_disclosure_is_read_correctly(mixed: Built, name: str) -> None:
    totals = mixed.rows(
        "select measure, sum(amount_yuan) from marts.fct_published_amounts"
        " where table_name = 'expenditure_by_function' and row_role = 'leaf' and disclosure_id = ?"
        " group by all order by all",
        name,
    )
    assert totals == [
        ("basic", Decimal("22430410.17")),
        ("project", Decimal("16563266.00")),
        ("total", Decimal("38993676.17")),
    ]
    statements = mixed.rows(
        "select count(*) from marts.fct_statements where disclosure_id = ?", name
    )
    assert statements == [(20,)]


def test_numbers_and_days_in_other_forms_are_those_of_the_document(mixed: Built) -> None:
    identity = "organization_id, fiscal_year, revision, published_on"
    (wide,) = mixed.rows(
        f"select {identity} from marts.dim_disclosures where disclosure_id = 'full-width-numbers'"
    )
    assert wide == ("310117-full-width-numbers", 2021, 1, None)
    (published,) = mixed.rows(
        "select published_on from marts.dim_disclosures where disclosure_id = 'days-in-other-forms'"
    )
    assert published == (date(2021, 3, 5),)
    days = mixed.rows(
        "select distinct starts_on, ends_on from marts.fct_projects"
        " where disclosure_id = 'days-in-other-forms'"
    )
    assert days == [(date(2021, 1, 1), date(2021, 12, 31))]


def test_what_lies_beside_the_csvs_is_named(mixed: Built) -> None:
    ignored = [line for line in mixed.output.splitlines() if line.startswith("Ignored")]
    names = ["TABLES.CSV", r"\xb1\xed.csv", "budget.xlsx", "dangling.csv", "linked", "pipe.csv"]
    assert len(ignored) == len(names)
    for line, name in zip(ignored, names, strict=True):
        assert f"things-beside/{name}: " in line


def test_what_no_list_knows_is_accepted_as_printed(mixed: Built) -> None:
    regions = mixed.rows(
        "select region_code from marts.dim_organizations where organization_name = 'unknown-region'"
    )
    assert regions == [("上海",)]
    amounts = mixed.rows(
        "select unit, count(printed_text), count(amount_yuan) from marts.fct_published_amounts"
        " where disclosure_id = 'unknown-unit' and table_name = 'expenditure_by_function'"
        " group by all"
    )
    assert amounts == [("箱", 42, 0)]


def test_texts_of_many_digits_are_no_figures(mixed: Built) -> None:
    targets = mixed.rows(
        "select distinct target_value, target_text from marts.fct_performance_targets"
        " where disclosure_id = 'many-digits-in-texts'"
    )
    assert targets == [(None, "≥" + "9" * 40)]
    statements = mixed.rows(
        "select numeric_value from marts.fct_statements"
        " where disclosure_id = 'many-digits-in-texts' and value_text like '9999%'"
    )
    assert statements == [(None,)]


def test_a_dash_is_a_zero_and_brackets_are_negative(mixed: Built) -> None:
    kinds = mixed.rows(
        "select null_kind, count(*) from marts.fct_published_amounts"
        " where table_name = 'expenditure_by_function' and measure = 'project'"
        " and disclosure_id = 'dashes' group by all order by all"
    )
    assert kinds == [("zero", 10), (None, 4)]
    amount = mixed.value(
        "select amount_yuan from marts.fct_published_amounts where disclosure_id = 'brackets'"
        " and account_code = '30101' and measure = 'personnel'"
    )
    assert amount == Decimal("-1413840.00")


def test_revisions_and_doubles(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    first = copied(SONGJIANG, seeds)
    second = copied(SONGJIANG, seeds, "second-revision")
    edit(
        second / "disclosure.csv",
        lambda row: row.update(organization_name="上海市松江区城市运行管理中心", revision="2"),
    )
    shutil.copytree(first, seeds / "disclosures" / "copy-of-the-first")
    one = copied(SONGJIANG, seeds, "one")
    other = copied(SONGJIANG, seeds, "other")
    edit(other / "disclosure.csv", lambda row: row.update(organization_name="one"))
    change_cell(other / T8, "2", "note", "changed")

    built = build(seeds, tmp_path / "warehouse")
    assert built.status == 3, built.output
    rows = built.rows(
        "select disclosure_id, is_current, is_counted from marts.dim_disclosures order by all"
    )
    assert rows == [("second-revision", True, True), (SONGJIANG, False, False)]
    assert built.value("select sum(amount_yuan) from marts.expenditures") == Decimal("38993676.17")
    rejected = built.rows("select distinct disclosure_id from marts.fct_rejected_rows order by all")
    assert rejected == [("one",), ("other",)]

    shutil.rmtree(other)
    resolved = build(seeds, tmp_path / "warehouse")
    assert resolved.status == 0, resolved.output
    assert one.exists()
    assert resolved.value("select count(*) from marts.dim_disclosures") == 3


def test_a_disclosure_that_breaks_later_stays_and_is_stale(
    songjiang_warehouse: Built, tmp_path: Path
) -> None:
    copied_warehouse(songjiang_warehouse, tmp_path / "warehouse")
    seeds = tmp_path / "seeds"
    folder = copied(SONGJIANG, seeds)
    copied(SONGJIANG, seeds, "another")
    change_cell(folder / T3, "3", "total", "unreadable")
    broken = build(seeds, tmp_path / "warehouse")
    assert broken.status == 3, broken.output
    stale = broken.rows("select disclosure_id, is_stale from marts.dim_disclosures order by all")
    assert stale == [("another", False), (SONGJIANG, True)]
    amount = broken.value(
        "select sum(amount_yuan) from marts.fct_expenditures where disclosure_id = ?", SONGJIANG
    )
    assert amount == Decimal("38993676.17")

    shutil.rmtree(seeds / "disclosures" / "another")
    change_cell(folder / T3, "3", "total", "1,282,565.76")
    mended = build(seeds, tmp_path / "warehouse")
    assert mended.status == 0, mended.output
    assert mended.rows("select disclosure_id, is_stale from marts.dim_disclosures") == [
        (SONGJIANG, False)
    ]


def test_no_input_publishes_nothing(tmp_path: Path) -> None:
    (tmp_path / "seeds" / "disclosures").mkdir(parents=True)
    empty = build(tmp_path / "seeds", tmp_path / "warehouse")
    assert empty.status == 1
    assert "There is no CSV" in empty.output
    absent = build(tmp_path / "nowhere", tmp_path / "warehouse")
    assert absent.status == 1
    assert "Cannot read" in absent.output
    folder = copied(SONGJIANG, tmp_path / "seeds")
    change_cell(folder / T3, "3", "total", "unreadable")
    unreadable = build(tmp_path / "seeds", tmp_path / "warehouse")
    assert unreadable.status == 1
    assert f"{SONGJIANG}/{T3}:4 total" in unreadable.output
    assert not (tmp_path / "warehouse" / "budget.duckdb").exists()
