"""Nights of random change on one warehouse: make soak NIGHTS=200.

Each night documents are added, revised, broken, mended and withdrawn, or a list is edited; some
builds are killed, some find the disk full, and the next must publish all the same. Every fifth
night the file is compared with a build from nothing, row by row, and each night a reader asks it
every two seconds. `nights.csv` in the folder has a row for each night as soon as it has passed; a
folder that has one is gone on with. As root on Linux: the warehouse has its own disk.
"""

import argparse
import csv
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from disks import mounted, remount, resize
from killed_at import POINTS
from mutations import change
from warehouses import DISCLOSURES, REPOSITORY, SEEDS, copied, edit, environment

from benchmarks.comparison import differences

_SIZE = "3g"  # of the disk
_MOST = 12  # disclosures at once
_FEWEST = 3
_LISTS = (
    ("reconciliation_rules", "rule_code", "statement_zh"),
    ("functions", "function_code", "function_name"),
)
_PENNIES = re.compile(r"\d\.\d\d$")
_QUESTION = """
    select
        (select max(publication_number) from marts.publications),
        (select count(*) from marts.dim_disclosures),
        (select sum(amount_yuan) from marts.fct_expenditures)
"""


class Soak:
    """The seeds, the warehouse on its disk, and what is drawn."""

    def __init__(self, folder: Path, seed: int, first: int) -> None:
        self.folder = folder
        self.disk = folder / "disk"
        self.seeds = folder / "seeds"
        self.warehouse = self.disk / "warehouse"
        self.chance = random.Random(f"{seed}-{first}")

    def prepare(self) -> None:
        """Begin with three disclosures and its own lists, unless there are seeds already."""
        if not self.seeds.exists():
            shutil.copytree(SEEDS / "reference", self.seeds / "reference")
            for disclosure in DISCLOSURES[:_FEWEST]:
                copied(disclosure, self.seeds)

    def present(self) -> list[Path]:
        return sorted((self.seeds / "disclosures").iterdir())

    def add(self, night: int) -> str:
        """Add a disclosure of the repository that is not there, or one more under a new name."""
        source = self.chance.choice(DISCLOSURES)
        is_there = (self.seeds / "disclosures" / source).exists()
        folder = copied(source, self.seeds, f"{source}-{night}" if is_there else None)
        return f"added {folder.name}"

    def withdraw(self, _: int) -> str:
        folder = self.chance.choice(self.present())
        shutil.rmtree(folder)
        return f"withdrew {folder.name}"

    def revise(self, _: int) -> str:
        """Change the last digit of an amount; nothing else of the document."""
        folder = self.chance.choice(self.present())
        files = sorted(set(folder.glob("*.csv")) - {folder / "boxes.csv"})  # which is not landed
        for file in self.chance.sample(files, k=min(3, len(files))):
            text = file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
            rows = [row.split(",") for row in text.splitlines()]
            cells = [
                (line, column)
                for line, row in enumerate(rows)
                for column, cell in enumerate(row)
                if _PENNIES.search(cell)
            ]
            if cells:
                line, column = self.chance.choice(cells)
                cell = rows[line][column]
                rows[line][column] = f"{cell[:-1]}{(int(cell[-1]) + 1) % 10}"
                file.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
                return f"revised {folder.name}/{file.name}"
        return f"revised nothing of {folder.name}"

    def damage(self, _: int) -> str:
        """Change anything of a document: some are refused for it, and stand as they were."""
        folder = self.chance.choice(self.present())
        if not any(file.is_file() for file in folder.glob("*.csv")):
            return f"nothing left of {folder.name}"
        return f"damaged {folder.name}: {change(folder, self.chance)}"

    def mend(self, _: int) -> str:
        """Write a document as the repository has it."""
        folder = self.chance.choice(self.present())
        (source,) = [name for name in DISCLOSURES if re.fullmatch(rf"{name}(-\d+)?", folder.name)]
        shutil.rmtree(folder)
        copied(source, self.seeds, None if source == folder.name else folder.name)
        return f"mended {folder.name}"

    def edit_list(self, night: int) -> str:
        name, key, column = self.chance.choice(_LISTS)
        file = self.seeds / "reference" / f"{name}.csv"
        with file.open(encoding="utf-8", newline="") as source:
            value = self.chance.choice([row[key] for row in csv.DictReader(source)])
        edit(file, lambda row: row[key] == value and row.update({column: f"第{night}夜改"}))
        return f"edited {name} {value}"

    def changes(self, night: int) -> list[str]:
        """Change nothing, or one to three things."""
        kinds: list[Callable[[int], str]] = [
            *(3 * [self.add, self.revise]),
            *(2 * [self.withdraw, self.damage, self.mend]),
            self.edit_list,
        ]
        done = []
        for _ in range(self.chance.choice((0, 1, 1, 2, 3))):
            kind = self.chance.choice(kinds)
            count = len(self.present())
            if count >= _MOST:
                kind = self.withdraw
            elif count <= _FEWEST and kind == self.withdraw:
                kind = self.add
            done.append(kind(night))
        return done

    def end(self) -> str:
        """End most nights as they should, some by a kill, some by a full disk before they pass."""
        kind = self.chance.choice((*(7 * ["passed"]), *(2 * ["killed"]), "full disk"))
        if kind == "killed":
            point = self.chance.choice(sorted(POINTS))
            status, _, output = run(
                [sys.executable, str(Path(__file__).with_name("killed_at.py")), point],
                self.environment(),
            )
            assert status in (-signal.SIGKILL, 0, 3), output
            kind = f"killed {point}" if status == -signal.SIGKILL else "passed"
        elif kind == "full disk":
            resize(self.disk, 1_000_000)
            status, _, output = run(_BUILD, self.environment())
            assert status in (1, 0, 3), output
            remount(self.disk, f"size={_SIZE}")
            kind = "full disk" if status == 1 else "passed"
        return kind

    def environment(self) -> dict[str, str]:
        return environment(self.seeds, self.warehouse)

    def is_stale(self) -> bool:
        """Tell whether documents that are refused today stand as they were published before."""
        with duckdb.connect(str(self.warehouse / "budget.duckdb"), read_only=True) as connection:
            query = "select count(*) from marts.dim_disclosures where is_stale"
            return connection.execute(query).fetchall() != [(0,)]

    def differing(self) -> dict[str, int]:
        """Compare the file with a build from nothing; a stale document is in the landing only."""
        other = self.folder / "from-nothing"
        shutil.rmtree(other, ignore_errors=True)
        other.mkdir()
        if self.is_stale():
            shutil.copy(self.warehouse / "landing.duckdb", other)
        status, _, output = run(_BUILD, environment(self.seeds, other, FULL="1"))
        assert status in (0, 3), output
        return differences(self.warehouse, other)


_BUILD = [sys.executable, "-m", "budget_warehouse", "build"]


def run(command: list[str], settings: dict[str, str]) -> tuple[int, float, str]:
    """Run a command; return its exit status, the CPU seconds of its tree, and what it says."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(
        command, cwd=REPOSITORY, env=settings, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return ended.returncode, seconds, ended.stdout + ended.stderr


@contextmanager
def reader(published: Path, answers: Path) -> Iterator[None]:
    """Ask the published file every two seconds, in a separate process."""
    command = [sys.executable, __file__, "--reader", str(published)]
    with answers.open("a", encoding="utf-8") as target:
        process = subprocess.Popen(command, stdout=target, stderr=subprocess.STDOUT)
        try:
            yield
            assert process.poll() is None, "the reader found no file, or half of one"
        finally:
            process.kill()
            process.wait()


def ask(published: Path) -> None:
    """Print what the file answers, for ever; an answer that cannot be had ends it."""
    while True:
        with duckdb.connect(str(published), read_only=True) as connection:
            print(*connection.execute(_QUESTION).fetchall()[0], flush=True)
        time.sleep(2)


def check_answers(answers: Path) -> int:
    """Refuse two answers of one publication; return how many answers there were."""
    lines = answers.read_text(encoding="utf-8").splitlines()
    by_publication: dict[str, str] = {}
    for line in lines:
        number, _, answer = line.partition(" ")
        assert by_publication.setdefault(number, answer) == answer, line
    return len(lines)


def size(folder: Path) -> int:
    """Count the bytes of a folder; a file of several names counts once."""
    sizes = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        sizes[status.st_ino] = status.st_blocks * 512
    return sum(sizes.values())


def note(table: Path, row: dict[str, object]) -> None:
    """Add the row of a night to the table, with the heads where it is the first."""
    is_new = not table.exists()
    with table.open("a", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, row, lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(row)


def keep(warehouse: Path, kept: Path) -> None:
    """Copy the warehouse off its disk, for another run; the copy before stands until then."""
    copy = kept.with_name("kept-next")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(warehouse, copy, symlinks=True)
    shutil.rmtree(kept, ignore_errors=True)
    copy.rename(kept)


def soak(folder: Path, nights: int, every: int, seed: int) -> None:
    """Let the nights pass, and note each."""
    folder.mkdir(parents=True, exist_ok=True)
    table, answers = folder / "nights.csv", folder / "answers.txt"
    passed = len(table.read_text(encoding="utf-8").splitlines()) - 1 if table.exists() else 0
    soaked = Soak(folder, seed, passed)
    soaked.prepare()
    published = soaked.warehouse / "budget.duckdb"
    with mounted(soaked.disk, _SIZE):
        kept = folder / "kept"
        if kept.exists():
            shutil.copytree(kept, soaked.warehouse, symlinks=True)
        try:
            for night in range(passed + 1, passed + nights + 1):
                changes = soaked.changes(night) if published.exists() else ["first night"]
                end = "passed"
                if published.exists():
                    with reader(published, answers):
                        end = soaked.end()
                        status, seconds, output = run(_BUILD, soaked.environment())
                else:
                    status, seconds, output = run(_BUILD, soaked.environment())
                assert status in (0, 3), (night, changes, end, output)
                is_compared = night % every == 0 or night == passed + nights
                differing = soaked.differing() if is_compared else {}
                row = {
                    "night": night,
                    "changes": "; ".join(changes),
                    "end": end,
                    "disclosures": len(soaked.present()),
                    "cpu_seconds": f"{seconds:.1f}",
                    "published_mb": f"{published.stat().st_size / 1e6:.1f}",
                    "folder_mb": f"{size(soaked.warehouse) / 1e6:.0f}",
                    "differing_rows": sum(differing.values()) if is_compared else "",
                }
                note(table, row)
                print(*row.values(), flush=True)
                assert not differing, (night, changes, end, differing)
                if answers.exists():
                    check_answers(answers)
        finally:
            if soaked.warehouse.exists():
                keep(soaked.warehouse, kept)


def main() -> None:
    """Read the arguments, and soak."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nights", type=int, default=200)
    parser.add_argument("--compare-every", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--reader", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.reader:
        ask(given.reader)
    if not given.into:
        parser.error("say where the nights are to pass: --into FOLDER")
    soak(given.into.resolve(), given.nights, given.compare_every, given.seed)


if __name__ == "__main__":
    os.umask(0o022)
    main()
