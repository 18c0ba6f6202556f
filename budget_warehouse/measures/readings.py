"""Readings of documents and what was judged of them, kept by the sums of code and documents."""

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from budget_warehouse.measures import judging
from budget_warehouse.measures.sides import Side
from budget_warehouse.storage.progress import stage

_KEPT = 8  # of each: a reading of a hundred documents takes 10 MB
_READ = (0, 1, 3)  # all documents, none, some of them: what cannot be read is a result too


class SideFailedError(Exception):
    """The code of one side could not read or judge; its own words stand above."""


class Readings:
    """A folder of readings and judgements, each made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def seeds(self, side: Side, documents: Sequence[Path]) -> Path:
        """Return the seeds that the code of a side reads from documents.

        Raises:
            SideFailedError: it ended otherwise than with documents read or refused.
        """
        key = _documents_sum(documents)
        kept = self._folder / "readings" / f"{side.reading_sum()}-{key}"
        if not kept.exists():
            stage(f"Reading {len(documents)} documents with {side.name}")
            with self._scratch() as scratch:
                seeds = Path(scratch, "seeds")
                (seeds / "disclosures").mkdir(parents=True)
                arguments = ["-m", "budget_warehouse", "read", "--into", str(seeds / "disclosures")]
                status = side.run(
                    [*arguments, "--", *map(str, documents)], seeds, Path(scratch, "warehouse")
                )
                if status not in _READ:
                    raise SideFailedError(f"{side.name} could not read: exit status {status}.")
                shutil.rmtree(seeds / "documents", ignore_errors=True)
                _keep(seeds, kept)
        return kept

    def judged(self, side: Side, seeds: Path) -> Path:
        """Return the folder with what the code of a side judges of seeds.

        Raises:
            SideFailedError: it could not.
        """
        kept = self._folder / "judged" / f"{side.judging_sum()}-{seeds.name}"
        if not kept.exists():
            stage(f"Judging with {side.name}")
            with self._scratch() as scratch:
                into, warehouse = Path(scratch, "judged"), Path(scratch, "warehouse")
                into.mkdir()
                script = str(Path(judging.__file__).absolute())
                arguments = [script, str(seeds), str(warehouse), str(into)]
                status = side.run(arguments, seeds, warehouse)
                if status:
                    raise SideFailedError(f"{side.name} could not judge: exit status {status}.")
                _keep(into, kept)
        return kept

    def _scratch(self) -> tempfile.TemporaryDirectory[str]:
        self._folder.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(dir=self._folder, prefix="making-")


def _keep(made: Path, kept: Path) -> None:
    """Put a folder where it is kept, in one step, and let the oldest ones go."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    made.rename(kept)
    oldest_last = sorted(
        kept.parent.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True
    )
    for folder in oldest_last[_KEPT:]:
        shutil.rmtree(folder)


def _documents_sum(documents: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for document in documents:
        digest.update(f"{document.name}\0".encode())
        with document.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()[:16]
