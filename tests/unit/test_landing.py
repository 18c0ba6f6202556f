"""Landing reads what changed and nothing else, and what vanished vanishes."""

import multiprocessing.context
import os
import shutil
from pathlib import Path

import duckdb
import pytest
from warehouses import SONGJIANG, copied, edit

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
    assert count(tmp_path / "landing.duckdb", "statements", "another") == 12


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
