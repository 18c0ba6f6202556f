"""Paths of the seeds, the files of the warehouse, and the dbt project between them."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from budget_warehouse.settings import ROOT, Settings

DBT_PROJECT = ROOT / "dbt_project"

SPILLED = "spilled-"  # begins the names of the folders where DuckDB goes on when memory is short

_ROOM = 32_000_000  # bytes that even a warehouse of one disclosure takes on the way


class WarehouseBusyError(Exception):
    """Another build is writing to the warehouse."""


class UnwritableWarehouseError(Exception):
    """The folder of the warehouse cannot be written to."""


class NoRoomError(Exception):
    """The disk has too little room for a build."""


@dataclass(frozen=True)
class Warehouse:
    """The folders of one warehouse: its input and its files."""

    seeds: Path
    folder: Path

    @classmethod
    def from_environment(cls) -> "Warehouse":
        """Return the warehouse that SEEDS and WAREHOUSE point to, or the one of the repository."""
        settings = Settings.from_environment()
        return cls(seeds=settings.seeds, folder=settings.warehouse)

    @property
    def disclosures(self) -> Path:
        """The raw CSVs, a folder for each disclosure or for many."""
        return self.seeds / "disclosures"

    @property
    def inbox(self) -> Path:
        """Folder where published documents are dropped to be read by the next run."""
        return Settings.from_environment().inbox or (self.seeds.parent / "inbox").absolute()

    @property
    def landing(self) -> Path:
        """File of the values read from the CSVs, as text."""
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
    def candidate(self) -> Path:
        """The copy of the published warehouse in which the changed disclosures are replaced."""
        return self.folder / "candidate.duckdb"

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
    def site(self) -> Path:
        """The explorer of the published warehouse."""
        return self.folder / "site"

    @property
    def pictures(self) -> Path:
        """The pictures of documents' pages, which the explorer links."""
        return self.folder / "pictures"

    @property
    def drafts(self) -> Path:
        """The reports on drafts, and the rules compiled for them."""
        return self.folder / "drafts"

    @property
    def measures(self) -> Path:
        """The measures of the rules, and the readings that a difference compares."""
        return self.folder / "measures"

    @property
    def postgres(self) -> Path:
        """Name of the publication in the PostgreSQL database; its tables are there, not here."""
        return self.folder / "postgres"

    @property
    def reference(self) -> Path:
        """The reference lists: those beside the disclosures, or else those of the repository."""
        own = self.seeds / "reference"
        return own if own.is_dir() else ROOT / "seeds" / "reference"

    @property
    def target(self) -> Path:
        """Folder of dbt's memory from one build to the next, and of its log."""
        return self.folder / "target"

    @property
    def noted_input(self) -> Path:
        """File that notes the input as seen from outside when a build last read it."""
        return self.folder / "input.txt"

    @property
    def scan(self) -> Path:
        """The scan of the raw CSVs, from noting the input to landing it."""
        return self.folder / "scan.json"

    @property
    def told(self) -> Path:
        """The published warehouse that alerts last told of: a link to it."""
        return self.folder / "told.duckdb"

    def dbt_environment(self) -> dict[str, str]:
        """Return what dbt's profile and project read from the environment, in the linked project.

        The same for every warehouse, so that what was parsed for one is good for another.
        """
        return {"WAREHOUSE": "../..", "REFERENCE": "reference"}

    def clear(self) -> None:
        """Remove what a build left behind that did not come to its end."""
        without(self.build, self.candidate)
        for folder in (self.next_reports, *self.folder.glob(f"{SPILLED}*")):
            shutil.rmtree(folder, ignore_errors=True)

    def require_room(self) -> None:
        """Stop before a build that would fill the disk.

        Raises:
            NoRoomError: there is less room than twice what is published and landed.
        """
        files = (self.published, self.landing)
        needed = _ROOM + 2 * sum(file.stat().st_size for file in files if file.exists())
        free = shutil.disk_usage(self.folder).free
        if free < needed:
            raise NoRoomError(
                f"The disk of {self.folder} has {free // 1_000_000:,} MB free and a build may"
                f" need {needed // 1_000_000:,} MB; make room and build again."
            )

    @contextmanager
    def exclusively(self) -> Iterator[None]:
        """Hold the warehouse against every other build; the system lets go when the process ends.

        Raises:
            UnwritableWarehouseError: the folder cannot be written to.
            WarehouseBusyError: another build holds it.
        """
        os.umask(0o022)  # what readers trust, nobody else may write
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / ".lock").open("wb")
        except OSError as error:
            raise UnwritableWarehouseError(
                f"{self.folder} cannot be written to ({error.strerror});"
                " mend that, or point WAREHOUSE to another folder."
            ) from error
        with lock:
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
