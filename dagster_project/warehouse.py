"""Where things are: the seeds, the files of the warehouse, and the dbt project between them."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DBT_PROJECT = ROOT / "dbt_project"


class WarehouseBusyError(Exception):
    """Another build is writing to the warehouse."""


@dataclass(frozen=True)
class Warehouse:
    """The folders of one warehouse: its input and its files."""

    seeds: Path
    folder: Path

    @classmethod
    def from_environment(cls) -> "Warehouse":
        """The warehouse that SEEDS and WAREHOUSE point to, or else the one of the repository."""
        return cls(
            seeds=Path(os.environ.get("SEEDS") or ROOT / "seeds").absolute(),
            folder=Path(os.environ.get("WAREHOUSE") or ROOT / "warehouse").absolute(),
        )

    @property
    def disclosures(self) -> Path:
        """The raw CSVs, a folder for each disclosure or for many."""
        return self.seeds / "disclosures"

    @property
    def inbox(self) -> Path:
        """Where published documents are dropped to be read by the next run."""
        return Path(os.environ.get("INBOX") or self.seeds.parent / "inbox").absolute()

    @property
    def landing(self) -> Path:
        """What was read from the CSVs, as text."""
        return self.folder / "landing.duckdb"

    @property
    def working(self) -> Path:
        """Staging and intermediate models, which readers do not see."""
        return self.folder / "working.duckdb"

    @property
    def build(self) -> Path:
        """The warehouse being built."""
        return self.folder / "build.duckdb"

    @property
    def published(self) -> Path:
        """The warehouse for readers."""
        return self.folder / "budget.duckdb"

    @property
    def exports(self) -> Path:
        """The published marts as files."""
        return self.folder / "exports"

    @property
    def versions(self) -> Path:
        """Earlier published warehouses."""
        return self.folder / "versions"

    @property
    def reports(self) -> Path:
        """The validation report of the published warehouse."""
        return self.folder / "reports"

    @property
    def next_reports(self) -> Path:
        """The validation report of the warehouse being built."""
        return self.folder / "reports.next"

    @property
    def reference(self) -> Path:
        """The reference lists: those beside the disclosures, or else those of the repository."""
        own = self.seeds / "reference"
        return own if own.is_dir() else ROOT / "seeds" / "reference"

    @property
    def target(self) -> Path:
        """What dbt remembers from one build to the next, and its log."""
        return self.folder / "target"

    def dbt_environment(self) -> dict[str, str]:
        """What dbt's profile and project read from the environment."""
        reference = os.path.relpath(self.reference, DBT_PROJECT)
        return {"WAREHOUSE": str(self.folder), "REFERENCE": reference}

    @contextmanager
    def exclusively(self) -> Iterator[None]:
        """Hold the warehouse against every other build; the system lets go when the process ends.

        Raises:
            WarehouseBusyError: another build holds it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise WarehouseBusyError(
                    f"Another build is writing to {self.folder}; wait until it has finished."
                ) from error
            yield


def without(*files: Path) -> None:
    """Remove database files and their write-ahead logs where they exist."""
    for file in files:
        for path in (file, file.with_name(file.name + ".wal")):
            path.unlink(missing_ok=True)
