"""Publishing: a warehouse that was built takes the place of the published one in a single step.

Readers that hold the old file keep it; new ones get the new. Nothing here decides whether a
warehouse may be published: that is what the blocking checks are for.
"""

import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from budget_warehouse.build.plan import planned_build
from budget_warehouse.build.publications import (
    Publication,
    content_sums,
    keep_sums,
    last_publication,
    mark,
    now,
    publication,
    publications,
    write_log,
)
from budget_warehouse.build.set_aside import forget_earlier
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.folders import replace_folder
from budget_warehouse.storage.warehouse import Warehouse

VERSIONS_KEPT = 7  # a week of nights

_STAMP = "%Y%m%dT%H%M%SZ"


class UnfinishedBuildError(Exception):
    """The built file is not fit to be published."""


class NoSuchVersionError(Exception):
    """There is no such earlier version to bring back."""


def publish(warehouse: Warehouse) -> Publication:
    """Replace the published warehouse by the built one, and its report; keep the old as a version.

    Raises:
        UnfinishedBuildError: the built file has changes that are not in it yet.
    """
    plan = planned_build(warehouse)
    log = _log(warehouse)
    with open_database(warehouse.build) as connection:
        keep_sums(connection, content_sums(connection))
        built = publication(
            connection,
            publication_number=_next_number(log),
            published_at=now(),
            kind="rebuild",
            restored_number=None,
            fingerprint=plan.fingerprint,
            input_sha256=plan.input_sha256,
            reference_sha256=plan.reference_sha256,
            code_sha256=plan.code_sha256,
            computed_count=len(plan.affected),
        )
    forget_earlier(warehouse.landing)
    _replace_published(warehouse, [*log, built])
    return built


def bring_back(warehouse: Warehouse, version: Path) -> None:
    """Put a copy of an earlier version where a build stands, to be judged and published again.

    Raises:
        NoSuchVersionError: the file is not there, or is not a published warehouse.
    """
    if last_publication(version) is None:
        raise NoSuchVersionError(
            f"{version} is not a published warehouse; `make versions` lists those that are."
        )
    shutil.copyfile(version, warehouse.build)


def publish_again(warehouse: Warehouse) -> Publication:
    """Publish the version that was brought back; it stands until input, lists or code change.

    Raises:
        UnfinishedBuildError: the file has changes that are not in it yet.
    """
    restored = last_publication(warehouse.build)
    assert restored is not None, "bring_back has seen to it"
    log = _log(warehouse)
    again = replace(
        restored,
        publication_number=_next_number(log),
        published_at=now(),
        kind="rollback",
        restored_number=restored.restored_number or restored.publication_number,
        fingerprint=log[-1].fingerprint,
        computed_count=0,
    )
    _replace_published(warehouse, [*log, again])
    return again


def versions(warehouse: Warehouse) -> dict[Path, Publication | None]:
    """Return the published warehouse and earlier versions, newest first; None if unreadable."""
    files = [warehouse.published, *warehouse.versions.glob("budget-*.duckdb")]
    known = {file: last_publication(file) for file in files if file.exists()}
    order = {file: row.publication_number if row else 0 for file, row in known.items()}
    return {file: known[file] for file in sorted(known, key=lambda file: -order[file])}


def _log(warehouse: Warehouse) -> list[Publication]:
    """Return the log of the published warehouse, or of its newest version that can be read."""
    newest = next((file for file, row in versions(warehouse).items() if row), warehouse.published)
    return publications(newest)


def _next_number(log: list[Publication]) -> int:
    return log[-1].publication_number + 1 if log else 1


def _replace_published(warehouse: Warehouse, log: list[Publication]) -> None:
    """Write the log into the built file and put it, whole and on disk, in the published place."""
    with open_database(warehouse.build) as connection:
        write_log(connection, log)
        connection.execute("checkpoint")
    if warehouse.build.with_name(warehouse.build.name + ".wal").exists():
        raise UnfinishedBuildError(
            f"{warehouse.build} still has a write-ahead log;"
            " close whatever has it open and build again."
        )
    mark(warehouse.next_reports, warehouse.build)
    warehouse.build.chmod(0o644)
    _sync(warehouse.build)
    _keep_version(warehouse)
    os.replace(warehouse.build, warehouse.published)
    _sync(warehouse.folder)
    replace_reports(warehouse)


def _keep_version(warehouse: Warehouse) -> None:
    """Link the published file into the versions under its time; drop the oldest."""
    warehouse.versions.mkdir(exist_ok=True)
    if warehouse.published.exists():
        last = last_publication(warehouse.published)
        if last:
            published_at = last.published_at
            while (version := _version(warehouse, published_at)).exists():
                if version.samefile(warehouse.published):
                    break  # a build that was killed between linking and replacing
                published_at += timedelta(seconds=1)  # the clock was set back
            else:
                os.link(warehouse.published, version)
        else:
            _set_aside(warehouse)
    kept = [file for file in versions(warehouse) if file != warehouse.published]
    for old in kept[VERSIONS_KEPT:]:
        old.unlink()


def _version(warehouse: Warehouse, published_at: datetime) -> Path:
    return warehouse.versions / f"budget-{published_at.strftime(_STAMP)}.duckdb"


def _set_aside(warehouse: Warehouse) -> None:
    """Keep a published file that cannot be read, the last one only, for who asks why."""
    for older in warehouse.versions.glob("unreadable-*.duckdb"):
        older.unlink()
    changed = datetime.fromtimestamp(warehouse.published.stat().st_mtime, UTC)
    os.link(
        warehouse.published, warehouse.versions / f"unreadable-{changed.strftime(_STAMP)}.duckdb"
    )


def replace_reports(warehouse: Warehouse) -> None:
    """Put the new report, where one was written, in the old one's place."""
    if warehouse.next_reports.exists():
        replace_folder(warehouse.reports, warehouse.next_reports)


def _sync(path: Path) -> None:
    """Have the system write a file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
