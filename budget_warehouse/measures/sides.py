"""The two sides of a corpus difference: the project's code at a commit, and as it stands."""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from budget_warehouse.settings import ROOT

# Whatever decides how a document is read, and then whatever decides how it is judged.
_READING = (
    "uv.lock",
    "budget_warehouse/settings.py",
    "budget_warehouse/contract/*.py",
    "budget_warehouse/reader/**/*.*",
    "budget_warehouse/storage/**/*.*",
    "dbt_project/macros/printed_values.sql",
    "dbt_project/macros/regular_expressions.sql",
    "seeds/reference/*.csv",
)
_JUDGING = (
    "budget_warehouse/build/**/*.*",
    "budget_warehouse/drafts/**/*.*",
    "budget_warehouse/landing/**/*.*",
    "budget_warehouse/measures/judging.py",
    "dbt_project/*.yml",
    "dbt_project/macros/**/*.*",
    "dbt_project/models/**/*.*",
    "seeds/reference/*.csv",
)
# No reading depends on these: a change of rules alone does not read again.
_OF_NO_READING = {
    "warehouse.py",
    *("reconciliation_rules.csv", "reconciliation_sides.csv", "repeated_totals.csv"),
    *("known_findings.csv", "labels.csv", "phrases.csv"),
    *("cofog.csv", "function_cofog.csv", "classification_changes.csv"),
}


class UnknownCommitError(Exception):
    """There is no such commit; one sentence tells the user what to do."""


@dataclass(frozen=True)
class Side:
    """The project's code in a folder, under the name that a reader knows it by."""

    name: str
    root: Path

    def reading_sum(self) -> str:
        """Return one sum over all that decides how a document is read."""
        return _sum(
            self.root,
            (file for file in _files(self.root, _READING) if file.name not in _OF_NO_READING),
        )

    def judging_sum(self) -> str:
        """Return one sum over all that decides how what was read is judged."""
        return _sum(self.root, _files(self.root, _JUDGING))

    def run(self, arguments: Sequence[str], seeds: Path, warehouse: Path) -> int:
        """Run Python with the code of this side; return the exit status.

        Both sides use the environment of this process. Other folders than these are not written.
        """
        folders = {
            "PYTHONPATH": str(self.root),
            "SEEDS": str(seeds),
            "WAREHOUSE": str(warehouse),
        }
        run = subprocess.run(
            [sys.executable, "-P", *arguments],
            cwd=self.root,
            env=os.environ | folders,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        return run.returncode


@contextmanager
def side_of(commit: str) -> Iterator[Side]:
    """Yield the code of a commit in a folder that is thrown away.

    Raises:
        UnknownCommitError: the repository has no such commit.
    """
    with tempfile.TemporaryDirectory(prefix="budget-commit-") as scratch:
        archive = subprocess.Popen(
            ["git", "archive", "--format=tar", commit], cwd=ROOT, stdout=subprocess.PIPE
        )
        subprocess.run(["tar", "-x", "-C", scratch], stdin=archive.stdout, check=True)
        yield Side(commit, Path(scratch))


def named_commit(name: str) -> str:
    """Return the short name of a commit.

    Without a name it is the one at which this work left `main`, or else the one before.

    Raises:
        UnknownCommitError: the repository has no such commit.
    """
    if name:
        return _git("rev-parse", "--short", "--verify", f"{name}^{{commit}}")
    for branch in ("origin/main", "main"):
        try:
            left = _git("merge-base", "HEAD", branch)
        except UnknownCommitError:
            continue
        if left != _git("rev-parse", "HEAD") or _git("status", "--porcelain"):
            return _git("rev-parse", "--short", left)
        break
    return _git("rev-parse", "--short", "--verify", "HEAD~")


def _git(*arguments: str) -> str:
    run = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        raise UnknownCommitError(
            f"git {' '.join(arguments)} failed ({run.stderr.strip()}); name a commit with AGAINST=."
        )
    return run.stdout.strip()


def _files(root: Path, patterns: Iterable[str]) -> list[Path]:
    return sorted(
        file
        for pattern in patterns
        for file in root.glob(pattern)
        if file.is_file() and file.suffix != ".pyc"
    )


def _sum(root: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(root)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]
