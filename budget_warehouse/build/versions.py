"""The published versions: what each changed, and how one is brought back."""

from collections.abc import Callable, Iterator
from pathlib import Path

from budget_warehouse.build.publications import Publication
from budget_warehouse.build.publishing import (
    bring_back,
    publish_again,
    versions,
)
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import Warehouse

# Disclosures that the newer of two versions has, lacks or changed.
_DISCLOSURES = """
    select
        coalesce(newer.disclosure_id, older.disclosure_id),
        case
            when older.disclosure_id is null then 'added'
            when newer.disclosure_id is null then 'gone'
            else 'changed'
        end
    from newer.marts.dim_disclosures as newer
    full join older.marts.dim_disclosures as older using (disclosure_id)
    where newer.content_sha256 is distinct from older.content_sha256
        or newer.is_stale is distinct from older.is_stale
    order by all
"""

_FINDINGS = """
    select newer.rule_code is not null, count(*)
    from (
        select rule_code, disclosure_id, subject from newer.marts.fct_reconciliations
        where outcome = 'fail'
    ) as newer
    full join (
        select rule_code, disclosure_id, subject from older.marts.fct_reconciliations
        where outcome = 'fail'
    ) as older using (rule_code, disclosure_id, subject)
    where newer.rule_code is null or older.rule_code is null
    group by all
"""

_NAMED = 8


def roll_back(
    warehouse: Warehouse, version: Path, write_report: Callable[[Warehouse], object]
) -> Publication:
    """Publish an earlier version again, with the report that goes with it.

    Raises:
        NoSuchVersionError: there is no version of that name, or it cannot be read.
    """
    warehouse.clear()
    bring_back(warehouse, version)
    write_report(warehouse)
    return publish_again(warehouse)


def listed(warehouse: Warehouse) -> Iterator[str]:
    """Yield a few lines for each version: what it holds and what it changed."""
    files = versions(warehouse)
    if not files:
        yield f"Nothing is published in {warehouse.folder} yet; run make build."
        return
    for (file, publication), older in zip(files.items(), [*list(files)[1:], None], strict=True):
        if publication is None:
            yield f"{file.name}  cannot be read"
            continue
        kind = (
            f"rollback to {publication.restored_number}"
            if publication.restored_number
            else publication.kind
        )
        yield (
            f"{file.name:30}  {publication.published_at} UTC"
            f"  number {publication.publication_number}, {kind}"
        )
        yield (
            f"    {publication.disclosure_count:,} disclosures,"
            f" {publication.expenditure_yuan:,} yuan counted,"
            f" {publication.error_count:,} errors ({publication.new_error_count:,} new)"
        )
        if older is not None and files[older] is not None:
            yield from (f"    {line}" for line in _changes(file, older))


def _changes(newer: Path, older: Path) -> Iterator[str]:
    """Yield what one version changed against the one before it."""
    with open_database() as connection:
        for name, file in (("newer", newer), ("older", older)):
            connection.execute(f"attach {literal(file)} as {name} (read_only)")
        disclosures = connection.execute(_DISCLOSURES).fetchall()
        findings = dict(connection.execute(_FINDINGS).fetchall())
    for kind in ("added", "changed", "gone"):
        names = [name for name, what in disclosures if what == kind]
        if names:
            more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
            yield f"{kind}: {', '.join(names[:_NAMED])}{more}"
    if findings:
        yield f"findings: {findings.get(True, 0):,} new, {findings.get(False, 0):,} gone"
    if not disclosures and not findings:
        yield "the same disclosures and findings as the version before"
