"""Two readings beside each other: what was added, changed and removed."""

from pathlib import Path

import pytest

from budget_warehouse.reader.differences import TableDifference, numbers_placed, table_differences

HEADER = "disclosure_id,row_number,item_code,name,total,project"
BEFORE = [
    "one,1,,合计,30,",
    "one,2,01,行政运行,10,",
    "one,3,02,一般行政管理事务,20,",
]


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return _written(tmp_path / "before", BEFORE)


def _written(folder: Path, lines: list[str], header: str = HEADER, name: str = "table") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return folder


def test_the_same_rows_differ_in_nothing(tmp_path: Path, before: Path) -> None:
    assert table_differences(before, _written(tmp_path / "after", BEFORE)) == []


def test_a_row_in_between_moves_the_others_and_changes_none(tmp_path: Path, before: Path) -> None:
    after = [
        BEFORE[0],
        "one,2,99,其他,5,5",
        "one,3,01,行政运行,10,",
        "one,4,02,一般行政管理事务,20,",
    ]
    difference = TableDifference("table", rows_added=1, values_added=4)
    assert table_differences(before, _written(tmp_path / "after", after)) == [difference]


def test_a_row_is_compared_with_the_one_of_its_name(tmp_path: Path, before: Path) -> None:
    after = [BEFORE[0], "one,2,99,其他,5,", "one,3,01,行政运行,11,4"]
    difference = TableDifference(
        "table",
        rows_added=1,
        rows_changed=1,
        rows_removed=1,
        values_added=4,
        values_changed=1,
        values_removed=3,
    )
    assert table_differences(before, _written(tmp_path / "after", after)) == [difference]


def test_a_name_that_reads_otherwise_is_a_change(tmp_path: Path, before: Path) -> None:
    after = [*BEFORE[:2], "one,3,02,一般行政管理,20,"]
    difference = TableDifference("table", rows_changed=1, values_changed=1)
    assert table_differences(before, _written(tmp_path / "after", after)) == [difference]


def test_a_column_without_values_is_no_difference(tmp_path: Path, before: Path) -> None:
    after = [f"{line}," for line in BEFORE]
    assert table_differences(before, _written(tmp_path / "after", after, f"{HEADER},basic")) == []


def test_tables_of_one_reading_alone_are_added_or_removed(tmp_path: Path, before: Path) -> None:
    after = _written(tmp_path / "after", ["one,1,,合计,30,"], name="another")
    assert [
        (one.table_name, one.rows_added, one.rows_removed)
        for one in table_differences(before, after)
    ] == [
        ("another", 1, 0),
        ("table", 0, 3),
    ]


def test_numbers_placed_are_known_where_the_folder_counts_them(tmp_path: Path) -> None:
    folder = _written(tmp_path / "counted", ["a,3", "b,4"], "table_name,numbers_placed", "tables")
    assert numbers_placed(folder) == 7
    assert numbers_placed(_written(tmp_path / "plain", ["a"], "table_name", "tables")) is None
    assert numbers_placed(tmp_path) is None
