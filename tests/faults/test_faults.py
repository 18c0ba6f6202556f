"""Whatever happens at night: what is published stays whole, and the next run needs no hand.

Run by `make test-faults`, as root on Linux: small and read-only disks are mounted for it.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import duckdb
import nights
import pytest
from disks import mounted, remount, resize
from killed_at import POINTS
from warehouses import (
    REPOSITORY,
    SONGJIANG,
    Built,
    build,
    copied,
    edit,
    environment,
    make,
)

from benchmarks.comparison import differences
from benchmarks.waiting import wait_for

FIGURES = ("841,683.78", "841,683.79")  # what row 2101102 of T3 says by turns


class Night:
    """A warehouse whose seeds say the one thing or the other, and what each comes to."""

    def __init__(self, folder: Path, whole: list[Path], turn: int = 0) -> None:
        self.folder = folder
        self.seeds = folder / "seeds"
        self.warehouse = folder / "warehouse"
        self.published = self.warehouse / "budget.duckdb"
        self.turn = turn
        self.whole = whole

    @classmethod
    def first(cls, folder: Path) -> "Night":
        """Two publications of two disclosures, each kept as it must look."""
        night = cls(folder, [folder / "one", folder / "other"])
        copied(SONGJIANG, night.seeds)
        copied("putuo-wanli-2024-budget", night.seeds)
        for turn, whole in enumerate(night.whole):
            if turn:
                night.change()
            night.rebuild()
            whole.mkdir()
            shutil.copy(night.published, whole)
        return night

    def copy(self, folder: Path) -> "Night":
        """The same seeds and warehouse in another folder."""
        for part in (self.seeds, self.warehouse):
            shutil.copytree(part, folder / part.name, symlinks=True)
        return Night(folder, self.whole, self.turn)

    def change(self) -> None:
        """Change a figure in the seeds."""
        self.turn = 1 - self.turn
        file = self.seeds / "disclosures" / SONGJIANG / "expenditure_by_function.csv"
        edit(file, lambda row: row["item_code"] == "02" and row.update(total=FIGURES[self.turn]))

    def rebuild(self, **more: str) -> Built:
        """A run that must succeed, and must publish what the seeds come to."""
        built = build(self.seeds, self.warehouse, **more)
        assert built.status == 0, built.output
        return built

    def is_whole(self) -> bool:
        """Tell whether the published file is one of the two whole versions, row for row."""
        return any(not differences(self.warehouse, whole) for whole in self.whole)

    def recovers(self) -> None:
        """Check that the publication is whole, and that the next run publishes the seeds."""
        assert self.is_whole()
        self.rebuild()
        assert differences(self.warehouse, self.whole[self.turn]) == {}
        left = {path.name for path in self.warehouse.iterdir()}
        left -= {name for name in left if name.startswith(".exports-")}
        assert left <= {
            *(".lock", "input.txt"),
            *("budget.duckdb", "landing.duckdb", "working.duckdb", "told.duckdb"),
            *("reports", "site", "exports", "target", "versions"),
        }


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    return Night.first(tmp_path_factory.mktemp("night"))


@pytest.fixture
def night(first_night: Night, tmp_path: Path) -> Iterator[Night]:
    """A night of the test's own: what other tests broke and published is not in it."""
    yield first_night.copy(tmp_path / "night")
    shutil.rmtree(tmp_path / "night")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a separate disk for the test."""
    with mounted(tmp_path / "disk", "200m") as disk:
        yield disk


@pytest.mark.parametrize("point", POINTS)
def test_killed(night: Night, point: str) -> None:
    night.change()
    killed = subprocess.run(
        [sys.executable, Path(__file__).with_name("killed_at.py"), point],
        env=environment(night.seeds, night.warehouse),
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stdout + killed.stderr
    night.recovers()


def test_a_disk_without_room(night: Night, small_disk: Path) -> None:
    warehouse = moved(night, small_disk)
    resize(small_disk, 1_000_000)
    full = build(night.seeds, warehouse)
    assert full.status == 1
    assert "make room and build again" in full.output
    resize(small_disk, 200_000_000)
    assert_recovered(night, warehouse)


def test_a_disk_that_fills(night: Night, small_disk: Path) -> None:
    """The disk shrinks to what is on it and a little more as soon as dbt works."""
    warehouse = moved(night, small_disk)
    running = subprocess.Popen(
        [sys.executable, "-m", "budget_warehouse", "build"],
        cwd=REPOSITORY,
        env=environment(night.seeds, warehouse),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wait_for(lambda: (warehouse / "build.duckdb").exists() or running.poll() is not None)
    resize(small_disk, 1_000_000)
    output, _ = running.communicate()
    assert running.returncode == 1, output
    assert "make room and build again" in output
    resize(small_disk, 200_000_000)
    assert_recovered(night, warehouse)


def moved(night: Night, disk: Path) -> Path:
    """Change the seeds; a copy of the warehouse on another disk is to follow."""
    night.change()
    return Path(shutil.copytree(night.warehouse, disk / "warehouse", symlinks=True))


def assert_recovered(night: Night, warehouse: Path) -> None:
    """The old publication stands whole; the next run, there and at home, publishes the change."""
    assert differences(warehouse, night.whole[1 - night.turn]) == {}
    after = build(night.seeds, warehouse)
    assert after.status == 0, after.output
    assert differences(warehouse, night.whole[night.turn]) == {}
    night.recovers()


def test_read_only_folder(night: Night, small_disk: Path) -> None:
    warehouse = moved(night, small_disk)
    remount(small_disk, "ro")
    refused = build(night.seeds, warehouse)
    assert refused.status == 1
    assert "cannot be written to" in refused.output
    assert "Traceback" not in refused.output
    remount(small_disk, "rw")
    assert_recovered(night, warehouse)


@pytest.mark.parametrize("file", ["budget", "build", "candidate", "landing", "working"])
def test_corrupt_file(night: Night, file: str) -> None:
    """A file that is no database any more; only the published one is worth keeping aside."""
    night.change()
    broken = night.warehouse / f"{file}.duckdb"
    broken.write_bytes(b"\0" * 4096 + os.urandom(100_000))
    night.rebuild()
    assert differences(night.warehouse, night.whole[night.turn]) == {}
    aside = list((night.warehouse / "versions").glob("unreadable-*.duckdb"))
    assert len(aside) == (1 if file == "budget" else 0)
    for kept in aside:
        kept.unlink()
    night.recovers()


def test_two_builds_at_once(night: Night) -> None:
    night.change()
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "budget_warehouse", "build"],
            cwd=REPOSITORY,
            env=environment(night.seeds, night.warehouse),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]
    endings = {running.communicate()[0]: running.returncode for running in both}
    assert sorted(endings.values()) == [0, 1]
    assert any("Another build is writing" in output for output in endings)
    night.recovers()


def test_readers_through_twenty_publications(night: Night) -> None:
    """Readers that opened the file before, and new ones, each see one whole version."""
    night.change()
    night.rebuild()
    held = duckdb.connect(str(night.published), read_only=True)
    question = "select sum(amount_yuan) from marts.fct_published_amounts"
    before = held.execute(question).fetchone()
    sums = set()
    for whole in night.whole:
        with duckdb.connect(str(whole / "budget.duckdb"), read_only=True) as connection:
            sums.add(connection.execute(question).fetchone())
    versions = sorted((night.warehouse / "versions").glob("budget-*.duckdb"))
    for publication in range(20):
        newcomer = duckdb.connect(str(night.published), read_only=True)
        run = make(
            "rollback",
            f"SEEDS={night.seeds}",
            f"WAREHOUSE={night.warehouse}",
            f"VERSION={versions[-1 - publication % 2].name}",
        )
        assert run.returncode == 0, run.stdout + run.stderr
        assert newcomer.execute(question).fetchone() in sums
        newcomer.close()
        assert held.execute(question).fetchone() == before
        versions = sorted((night.warehouse / "versions").glob("budget-*.duckdb"))
    held.close()
    assert len(versions) == 7
    night.change()
    night.recovers()


def test_clock_set_back(night: Night) -> None:
    """Publications keep their order by number, and no version is lost to one of the same time."""
    script = (
        "import budget_warehouse.build.publishing as publishing, runpy, sys;"
        "from datetime import datetime;"
        "publishing.now = lambda: datetime(2020, 1, 1);"
        "sys.argv = ['budget', 'build'];"
        "runpy.run_module('budget_warehouse', run_name='__main__')"
    )
    for _ in range(3):
        night.change()
        run = subprocess.run(
            [sys.executable, "-c", script],
            cwd=REPOSITORY,
            env=environment(night.seeds, night.warehouse),
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
    listed = make("versions", f"WAREHOUSE={night.warehouse}").stdout
    numbers = [
        int(line.split("number ")[1].split(",")[0])
        for line in listed.splitlines()
        if " number " in line
    ]
    assert len(numbers) == min(8, numbers[0]) >= 5, "the published one and seven versions"
    assert numbers == list(range(numbers[0], numbers[0] - len(numbers), -1))
    night.recovers()


def test_daemon_killed_in_mid_run(night: Night) -> None:
    """A power cut while the daemon's run builds; once it is back, the daemon builds again."""
    daemon = nights.Night(night.seeds.parent, {"REBUILD_QUIET_SECONDS": "1"})
    daemon.prepare()
    night.change()
    with daemon.daemon(), daemon.instance() as instance:
        wait_for((night.warehouse / "build.duckdb").exists)
        (cut_off,) = instance.get_runs()
    assert night.is_whole()
    with daemon.daemon(), daemon.instance() as instance:
        succeeded = dg.RunsFilter(statuses=[dg.DagsterRunStatus.SUCCESS])
        (again,) = wait_for(lambda: instance.get_runs(succeeded))
        assert again.run_id != cut_off.run_id
    assert differences(night.warehouse, night.whole[night.turn]) == {}
    night.change()
    night.recovers()
