"""The published versions from the command line: what each changed, and one brought back.

python -m budget_warehouse.build.versions              # list them, newest first
python -m budget_warehouse.build.versions VERSION      # publish that one again
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from budget_warehouse.build.publications import Publication
from budget_warehouse.build.publishing import (
    NoSuchVersionError,
    bring_back,
    publish_again,
    versions,
)
from budget_warehouse.commands import look_or_exit, version_file
from budget_warehouse.outputs.writing import write_companions
from budget_warehouse.storage import terminal
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import (
    UnwritableWarehouseError,
    Warehouse,
    WarehouseBusyError,
)

# What the newer of two versions has, lacks or says differently.
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


def main() -> int:
    """List the versions, or publish one of them again."""
    terminal.prepare()
    parser = argparse.ArgumentParser(
        prog="python -m budget_warehouse.build.versions", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("version", nargs="?", help="a name from the list, or its time")
    arguments = parser.parse_args()
    command = "versions" if arguments.version is None else "rollback"
    look_or_exit(command, {"VERSION": arguments.version or ""})
    warehouse = Warehouse.from_environment()
    if arguments.version is None:
        sys.stdout.write("".join(f"{line}\n" for line in listed(warehouse)))
        return 0
    try:
        with warehouse.exclusively():
            restored = roll_back(warehouse, arguments.version)
            failed = list(write_companions(warehouse))
    except (NoSuchVersionError, UnwritableWarehouseError, WarehouseBusyError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(
        f"Publication {restored.restored_number} is published again, as number"
        f" {restored.publication_number}. It stands until seeds, lists or code change.\n"
        + "".join(f"Failed: {failure}\n" for failure in failed)
    )
    return 3 if failed else 0


def roll_back(warehouse: Warehouse, name: str) -> Publication:
    """Publish an earlier version again, with the report that goes with it.

    Raises:
        NoSuchVersionError: there is no version of that name, or it cannot be read.
    """
    from budget_warehouse.outputs.reports.report import (
        write_report,  # Great Expectations: four seconds
    )

    warehouse.clear()
    bring_back(warehouse, version_file(warehouse.folder, name))
    write_report(warehouse)
    return publish_again(warehouse)


def listed(warehouse: Warehouse) -> Iterator[str]:
    """A few lines for each version: what it holds and what it changed."""
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
    """What one version changed against the one before it."""
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


if __name__ == "__main__":
    sys.exit(main())
