"""Landing reads what changed and nothing else, and what vanished vanishes."""

import csv
import multiprocessing.context
import os
import shutil
from pathlib import Path

import duckdb
import pytest
from warehouses import SEEDS, SONGJIANG, copied, edit

from budget_warehouse.landing.landing import Landing, NothingToLandError, land
from budget_warehouse.landing.noted_input import note_input, take_scan
from budget_warehouse.storage.scan import scan
from budget_warehouse.storage.warehouse import Warehouse

CLAIMS = "narrative_claims.csv"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    copied(SONGJIANG, tmp_path / "seeds")
    copied(SONGJIANG, tmp_path / "seeds", "another")
    return tmp_path / "seeds"


def count(landing_file: Path, table: str, disclosure: str) -> int:
    with duckdb.connect(str(landing_file), read_only=True) as connection:
        query = f"select count(*) from {table} where disclosure_id = ?"
        ((rows,),) = connection.execute(query, [disclosure]).fetchall()
    return rows


def test_only_what_changed_is_loaded(seeds: Path, tmp_path: Path) -> None:
    file = tmp_path / "landing.duckdb"
    first = land(seeds, file)
    assert first == Landing(disclosures=2, loaded=2, withdrawn=0, stale=0, rejected=0)
    assert land(seeds, file).loaded == 0

    edit(
        seeds / "disclosures" / "another" / CLAIMS,
        lambda row: None,
        lambda row: row["measure"] != "function_item",
    )
    assert land(seeds, file).loaded == 1
    assert count(file, "narrative_claims", "another") == 17
    assert count(file, "narrative_claims", SONGJIANG) == 22

    (seeds / "disclosures" / "another" / CLAIMS).unlink()
    assert land(seeds, file).loaded == 1
    assert count(file, "narrative_claims", "another") == 0

    shutil.rmtree(seeds / "disclosures" / "another")
    assert land(seeds, file) == Landing(1, loaded=0, withdrawn=1, stale=0, rejected=0)
    assert count(file, "printed_rows", "another") == 0
    assert count(file, "printed_amounts", "another") == 0


def test_one_folder_may_hold_many_disclosures(seeds: Path, tmp_path: Path) -> None:
    folders = [seeds / "disclosures" / name for name in (SONGJIANG, "another")]
    for file in folders[1].glob("*.csv"):
        rows = file.read_text(encoding="utf-8").splitlines()[1:]
        with (folders[0] / file.name).open("a", encoding="utf-8") as target:
            target.write("\n".join([*rows, ""]))
    shutil.rmtree(folders[1])
    landed = land(seeds, tmp_path / "landing.duckdb")
    assert landed == Landing(2, loaded=2, withdrawn=0, stale=0, rejected=0)

    edit(
        folders[0] / CLAIMS,
        lambda row: row["disclosure_id"] == "another" and row.update(amount="?"),
    )
    broken = land(seeds, tmp_path / "landing.duckdb")
    assert broken == Landing(2, loaded=0, withdrawn=0, stale=1, rejected=1)


def test_a_folder_moved_is_the_same_disclosure(seeds: Path, tmp_path: Path) -> None:
    land(seeds, tmp_path / "landing.duckdb")
    folder = seeds / "disclosures" / "another"
    folder.rename(folder.with_name("moved"))
    landed = land(seeds, tmp_path / "landing.duckdb")
    assert (landed.disclosures, landed.withdrawn, landed.rejected) == (2, 0, 0)
    assert count(tmp_path / "landing.duckdb", "statements", "another") == 20


def test_the_walk_that_noted_the_input_is_landed_once(seeds: Path, tmp_path: Path) -> None:
    paths = Warehouse(seeds, tmp_path / "warehouse")
    note_input(paths)
    scanned = take_scan(paths)
    assert scanned == scan(paths.disclosures)
    assert scanned.keys() == {SONGJIANG, "another"}
    assert take_scan(paths) is None
    assert land(seeds, paths.landing, scanned).loaded == 2
    assert land(seeds, paths.landing).loaded == 0


def test_folders_are_read_alike_by_one_process_and_by_several(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(seeds / "disclosures" / "another" / CLAIMS, lambda row: row.update(amount="?"))
    copied(SONGJIANG, seeds, "third")
    landed = land(seeds, tmp_path / "alone.duckdb")
    assert (landed.disclosures, landed.rejected) == (2, 1)

    readers = set()
    start = multiprocessing.context.SpawnProcess.start

    def noted_start(process: multiprocessing.context.SpawnProcess) -> None:
        start(process)
        readers.add(process.pid)

    monkeypatch.setattr(multiprocessing.context.SpawnProcess, "start", noted_start)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.setattr("budget_warehouse.landing.landing._SHARE", 1)
    assert land(seeds, tmp_path / "shared.duckdb") == landed
    assert len(readers) == 3
    with duckdb.connect() as connection:
        for name in ("alone", "shared"):
            connection.execute(f"attach '{tmp_path / name}.duckdb' as {name} (read_only)")
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'alone'"
        ).fetchall()
        assert len(tables) > 13
        for (table,) in tables:
            alone, shared = (
                connection.execute(f'from {name}.main."{table}" order by all').fetchall()
                for name in ("alone", "shared")
            )
            assert alone == shared, table


def test_an_unreadable_folder_stops_the_landing(tmp_path: Path) -> None:
    with pytest.raises(NothingToLandError, match="SEEDS"):
        land(tmp_path / "nowhere", tmp_path / "landing.duckdb")


def written(folder: Path, table: str, header: str, *rows: str) -> Path:
    """Write a raw CSV of the folder's one disclosure; rows begin after its name."""
    file = folder / f"{table}.csv"
    lines = [f"{folder.name},{row}" for row in rows]
    file.write_text("\n".join([f"disclosure_id,{header}", *lines, ""]), encoding="utf-8")
    return file


def asked(landing_file: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(landing_file), read_only=True) as connection:
        return connection.execute(query).fetchall()


AMOUNTS_OF_T3 = """
    select row_number, measure, printed_text, unit from printed_amounts
    where disclosure_id = 'another' and table_name = 'expenditure_by_function' order by all
"""
HEADER = "row_number,name,total,project,unit,note,source_ref"


@pytest.mark.parametrize("much", [0, 10**9], ids=["its own batch", "a padded batch"])
def test_a_file_has_the_columns_that_its_document_prints(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, much: int
) -> None:
    """A blank cell is printed blank; a column that the file does not have is not printed at all."""
    monkeypatch.setattr("budget_warehouse.landing.raw_folder._MUCH", much)
    folder, file = seeds / "disclosures" / "another", tmp_path / "landing.duckdb"
    land(seeds, file)
    rows = ('1,合计,"1,234.00",,万元,,p.1', "2,一般公共服务支出,—,7,万元,,p.1")
    written(folder, "expenditure_by_function", HEADER, *rows)
    assert land(seeds, file) == Landing(2, loaded=1, withdrawn=0, stale=0, rejected=0)
    amounts = [
        ("1", "project", "", "万元"),
        ("1", "total", "1,234.00", "万元"),
        ("2", "project", "7", "万元"),
        ("2", "total", "—", "万元"),
    ]
    assert asked(file, AMOUNTS_OF_T3) == amounts
    keys = asked(
        file,
        "select row_number, name, class_code, quantity, source_ref, file_line from printed_rows"
        " where disclosure_id = 'another' and table_name = 'expenditure_by_function' order by all",
    )
    assert keys == [
        ("1", "合计", "", "", "p.1", 2),
        ("2", "一般公共服务支出", "", "", "p.1", 3),
    ]

    more = HEADER.replace("total,", "total,basic,")
    wider = [rows[0].replace('"1,234.00",', '"1,234.00",,'), rows[1].replace("—,", "—,,")]
    written(folder, "expenditure_by_function", more, *wider)
    assert land(seeds, file).loaded == 1, "a column more is another content, blank or not"
    assert len(asked(file, AMOUNTS_OF_T3)) == 6

    broken = [wider[0].replace("1,234.00", "1,23"), wider[1].replace("—", "七")]
    written(folder, "expenditure_by_function", more, *broken)
    assert land(seeds, file) == Landing(2, loaded=0, withdrawn=0, stale=1, rejected=1)
    rejected = asked(
        file,
        "select source_file, line_number, column_name, value, left(reason, 22)"
        " from rejected_rows order by all",
    )
    assert rejected == [
        ("another/expenditure_by_function.csv", 2, "total", "1,23", "'1,23' may have a deci"),
        ("another/expenditure_by_function.csv", 3, "total", "七", "'七' is not an amount; "),
    ]


def test_a_row_number_stands_once_in_a_table(seeds: Path, tmp_path: Path) -> None:
    folder, file = seeds / "disclosures" / "another", tmp_path / "landing.duckdb"
    written(folder, "expenditure_by_function", HEADER, "1,合计,1,,元,,", "1,合计,2,,元,,")
    assert land(seeds, file).rejected == 1
    ((reason,),) = asked(file, "select reason from rejected_rows")
    assert str(reason).startswith("'1' stands twice as row_number")


@pytest.mark.parametrize(
    ("header", "column", "said"),
    [
        ("row_number,name,totl,unit,note,source_ref", "totl", "did you mean total?"),
        ("row_number,名,total,unit,note,source_ref", "名", "expected disclosure_id, row_number, "),
        ("name,total,unit,note,source_ref", "row_number", "is missing; expected disclosure_id, "),
        ("row_number,name,name,unit,note,source_ref", "name", "stands twice; keep one of them"),
    ],
)
def test_a_header_is_held_against_the_lists(
    seeds: Path, tmp_path: Path, header: str, column: str, said: str
) -> None:
    folder, file = seeds / "disclosures" / "another", tmp_path / "landing.duckdb"
    written(folder, "expenditure_by_function", header)
    assert land(seeds, file).rejected == 1
    ((name, reason),) = asked(file, "select column_name, reason from rejected_rows")
    assert name == column
    assert said in str(reason)


def test_a_table_that_rows_of_the_lists_describe_is_landed(seeds: Path, tmp_path: Path) -> None:
    """No code knows it; a list that is edited is read again."""
    folder, file = seeds / "disclosures" / "another", tmp_path / "landing.duckdb"
    header = "row_number,side,planted,unit,note,source_ref"
    written(folder, "street_trees", header, "1,,12.5,万元,,p.9")
    land(seeds, file)
    ((reason,),) = asked(file, "select reason from rejected_rows")
    assert "street_trees.csv is not a table" in str(reason)

    shutil.copytree(SEEDS / "reference", seeds / "reference")
    for name, row in (
        ("raw_tables.csv", {"table_name": "street_trees", "title": "行道树", "rows": "trees"}),
        ("raw_columns.csv", {"column_name": "planted", "heading": "种植", "role": "measure"}),
    ):
        with (seeds / "reference" / name).open("r+", encoding="utf-8", newline="") as lines:
            columns = next(csv.reader(lines))
            lines.seek(0, os.SEEK_END)
            csv.DictWriter(lines, columns, restval="", lineterminator="\n").writerow(row)
    assert land(seeds, file) == Landing(2, loaded=2, withdrawn=0, stale=0, rejected=0)
    assert asked(
        file, "select measure, printed_text from printed_amounts where table_name = 'street_trees'"
    ) == [("planted", "12.5")]
