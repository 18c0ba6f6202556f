"""Publishing: the built warehouse takes the place of the published one in a single step.

Readers that hold the old file keep it; new ones get the new. Nothing here decides whether a
warehouse may be published: that is what the blocking checks are for.
"""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dagster_project.warehouse import Warehouse

VERSIONS_KEPT = 7  # a week of nights


class UnfinishedBuildError(Exception):
    """The built file is not fit to be published."""


def publish(warehouse: Warehouse) -> Path:
    """Replace the published warehouse by the built one, and its report; keep the old as a version.

    Raises:
        UnfinishedBuildError: the built file has changes that are not in it yet.
    """
    with duckdb.connect(str(warehouse.build)) as connection:
        connection.execute("checkpoint")
    log = warehouse.build.with_name(warehouse.build.name + ".wal")
    if log.exists():
        raise UnfinishedBuildError(
            f"{warehouse.build} still has a write-ahead log;"
            " close whatever has it open and build again."
        )
    warehouse.build.chmod(0o644)
    _sync(warehouse.build)
    _keep_version(warehouse)
    os.replace(warehouse.build, warehouse.published)
    _sync(warehouse.folder)
    _replace_reports(warehouse)
    return warehouse.published


def _keep_version(warehouse: Warehouse) -> None:
    """Link the published file into the versions under its time; drop the oldest."""
    warehouse.versions.mkdir(exist_ok=True)
    if warehouse.published.exists():
        changed = datetime.fromtimestamp(warehouse.published.stat().st_mtime, UTC)
        version = warehouse.versions / f"budget-{changed:%Y%m%dT%H%M%SZ}.duckdb"
        if not version.exists():
            os.link(warehouse.published, version)
    for old in sorted(warehouse.versions.glob("budget-*.duckdb"))[:-VERSIONS_KEPT]:
        old.unlink()


def _replace_reports(warehouse: Warehouse) -> None:
    """Put the new report in the old one's place; a report is a folder, so this is two steps."""
    old = warehouse.reports.with_name("reports.old")
    shutil.rmtree(old, ignore_errors=True)
    if warehouse.next_reports.exists():
        if warehouse.reports.exists():
            warehouse.reports.rename(old)
        warehouse.next_reports.rename(warehouse.reports)
        shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    """Have the system write a file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
