"""Outputs that go with the published warehouse: explorer, files, PostgreSQL.

Each is marked with the publication that it was made from. Without them the warehouse stands.
"""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from budget_warehouse.build.publications import is_made_from, last_publication, mark
from budget_warehouse.build.reduction import disclosures_in, reduced
from budget_warehouse.build.tracing import broken_by_writing
from budget_warehouse.outputs.tied_figures import KEPT
from budget_warehouse.settings import Settings
from budget_warehouse.storage.progress import stage
from budget_warehouse.storage.warehouse import (
    Warehouse,
)

if TYPE_CHECKING:
    import duckdb

    from budget_warehouse.outputs.postgres import Publication


class OutputError(Exception):
    """An output could not be written; the message is one sentence that says what to do."""


def write_explorer(warehouse: Warehouse, changed: Collection[str] | None = None) -> Path:
    """Write the explorer, of the changed disclosures or of all, and return its first page.

    Raises:
        OutputError: the chart library is not in the environment, or the explorer could only be
            written without some disclosures.
    """
    from budget_warehouse.outputs.explorer.site import MissingLibraryError, NoSiteError, write_site
    from budget_warehouse.outputs.printed_pages.printed_pages import PageSource

    stage("Writing the explorer")

    source = PageSource.of(warehouse)
    published = last_publication(warehouse.published)
    is_reported = published is not None and is_made_from(warehouse.reports, published)
    ties = warehouse.reports / KEPT if is_reported else None

    def write(file: Path, site: Path, changed: Collection[str] | None = None) -> None:
        try:
            write_site(file, site, changed, source=source, kept_ties=ties)
        except (MissingLibraryError, NoSiteError) as error:
            raise OutputError(str(error)) from error

    _write_whole_or_without(warehouse, "the explorer", write, warehouse.site, changed)
    mark(warehouse.site, warehouse.published)
    return warehouse.site / "index.html"


def write_asked_explorer(
    warehouse: Warehouse, site: Path, organization: str, disclosures: list[str]
) -> Path:
    """Write an explorer of some disclosures alone, beside the other, and return its first page.

    Raises:
        OutputError: nothing such is published, or what stands in the way is no explorer.
    """
    from budget_warehouse.outputs.explorer.site import MissingLibraryError, NoSiteError, write_site
    from budget_warehouse.outputs.printed_pages.printed_pages import PageSource
    from budget_warehouse.outputs.selection import NotPublishedError, select_asked

    def choose(connection: "duckdb.DuckDBPyConnection") -> None:
        select_asked(connection, organization, disclosures)

    stage("Writing the explorer")
    try:
        write_site(warehouse.published, site, choose=choose, source=PageSource.of(warehouse))
    except (MissingLibraryError, NoSiteError, NotPublishedError) as error:
        raise OutputError(str(error)) from error
    return site / "index.html"


def write_files(warehouse: Warehouse, is_whole: bool = False) -> Path:
    """Write the marts as files, the longest only where all are wanted, and return their folder.

    Raises:
        OutputError: something that no publication wrote stands in the way, or the files could
            only be written without some disclosures.
    """
    from budget_warehouse.outputs.files.exports import ExportsInTheWayError, write_exports

    stage("Writing the files")

    def write(file: Path, exports: Path, _: Collection[str] | None = None) -> None:
        try:
            write_exports(file, exports, is_whole)
        except ExportsInTheWayError as error:
            raise OutputError(str(error)) from error

    _write_whole_or_without(warehouse, "the files", write, warehouse.exports)
    mark(warehouse.exports, warehouse.published)
    return warehouse.exports


def _write_whole_or_without(
    warehouse: Warehouse,
    what: str,
    write: Callable[[Path, Path, Collection[str] | None], None],
    place: Path,
    changed: Collection[str] | None = None,
) -> None:
    """Write something from the published warehouse, or without the disclosures it breaks over.

    Raises:
        OutputError: it was written without some disclosures, or not at all.
    """
    try:
        return write(warehouse.published, place, changed)
    except (OutputError, OSError, MemoryError):
        raise
    except Exception as error:
        cause = error
    broken = broken_by_writing(
        warehouse.published, lambda file: write(file, file.parent / place.name, None), what, cause
    )
    if not broken:
        raise OutputError(
            f"{what.capitalize()} could not be written ({type(cause).__name__}: {cause});"
            " report it, with the file of the warehouse."
        ) from cause
    without = {one.disclosure_id for one in broken}
    kept = [name for name in disclosures_in(warehouse.published) if name not in without]
    with reduced(warehouse.published, kept) as file:
        write(file, place, None)
    reasons = "; ".join(map(str, broken))
    raise OutputError(f"Of {what} some disclosures had to be left out: {reasons}.") from cause


def fill_postgres(warehouse: Warehouse) -> "Publication | None":
    """Copy the marts to the database of POSTGRES_URL; nothing is done where that is not set.

    Raises:
        OutputError: the URL, the database or the copy is at fault; names no password.
    """
    url = Settings.from_environment().postgres_url
    if not url:
        return None
    from budget_warehouse.outputs.postgres import PostgresError, publish_to_postgres

    stage("Copying to PostgreSQL")
    try:
        copied = publish_to_postgres(warehouse.published, url)
    except PostgresError as error:
        raise OutputError(str(error)) from None  # the cause may name the password
    warehouse.postgres.mkdir(exist_ok=True)
    mark(warehouse.postgres, warehouse.published)
    return copied


def write_outputs(warehouse: Warehouse, only_missing: bool = False) -> Iterator[str]:
    """Write all of them, or those of an earlier publication, and say why where one cannot be."""
    published = last_publication(warehouse.published)
    for write, folder in (
        (write_explorer, warehouse.site),
        (write_files, warehouse.exports),
        (fill_postgres, warehouse.postgres),
    ):
        if only_missing and published and is_made_from(folder, published):
            continue
        try:
            write(warehouse)
        except (OutputError, OSError) as error:
            yield str(error)
