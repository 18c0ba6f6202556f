"""A connection keeps to the memory that it is given, and says so where it cannot read how much."""

from pathlib import Path

import pytest

from budget_warehouse.storage.database import UnreadableMemoryLimitError, open_database
from budget_warehouse.storage.warehouse import Warehouse

MUCH = "create table much as select range as number, hash(range) as hashed from range(20_000_000)"


def test_what_memory_cannot_hold_goes_on_beside_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEMORY_LIMIT", "200MB")
    monkeypatch.setenv("WAREHOUSE", str(tmp_path))
    with open_database() as connection:
        ((limit,),) = connection.execute("select current_setting('memory_limit')").fetchall()
        assert limit == "190.7 MiB"
        connection.execute(MUCH)
        (spilled,) = tmp_path.glob("spilled-*")
        assert sum(file.stat().st_size for file in spilled.iterdir()) > 10_000_000
        ((count,),) = connection.execute("select count(distinct hashed) from much").fetchall()
        assert count == 20_000_000


def test_what_a_killed_process_spilled_is_removed(tmp_path: Path) -> None:
    left = tmp_path / "spilled-build-1"
    left.mkdir()
    (left / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"left")
    (tmp_path / "budget.duckdb").write_bytes(b"published")
    Warehouse(seeds=tmp_path / "seeds", folder=tmp_path).clear()
    assert [path.name for path in tmp_path.iterdir()] == ["budget.duckdb"]


@pytest.mark.parametrize("limit", ["much", "4", "-1GB", "4GB; drop"])
def test_a_limit_that_is_none_is_refused(
    limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEMORY_LIMIT", limit)
    with pytest.raises(UnreadableMemoryLimitError, match="such as 4GB"):
        open_database(tmp_path / "new.duckdb")
    assert not (tmp_path / "new.duckdb").exists()
