"""The command line `budget`: one command for each thing a person asks of the warehouse.

Help answers at once: what a command needs is imported when it runs. Each first looks at what it is
given, and ends with a status: 0 done, 1 nothing done, 3 done in part, 2 a wrong command line.
"""

import os
import sys
from pathlib import Path

import click

from budget_warehouse.commands import look, look_or_exit, version_file
from budget_warehouse.contract.command import check_lists, rule_pages
from budget_warehouse.review.command import review, trust
from budget_warehouse.serving.command import mcp, serve
from budget_warehouse.settings import SettingError, Settings
from budget_warehouse.storage import terminal
from budget_warehouse.storage.progress import show, stage


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Settings are environment variables: docs/operations.md lists them.",
)
def budget() -> None:
    """Build, ask and hand on the warehouse of published budgets."""


for command in (review, trust, serve, mcp, rule_pages, check_lists):
    budget.add_command(command)


@budget.result_callback()
def _end(status: int) -> None:
    sys.exit(status)


@budget.command()
@click.option(
    "--strict", is_flag=True, help="Publish nothing over a new finding of severity error."
)
@click.option("--full", is_flag=True, help="Compute everything again, changed or not.")
def build(strict: bool, full: bool) -> int:
    """Rebuild the warehouse from the seeds and publish it.

    Ends with 0 if it was published or confirmed; with 3 if some disclosures or documents were
    refused, or the explorer, the files or PostgreSQL could not be written; with 1 if nothing was
    published.
    """
    settings = look_or_exit("build")
    show(sys.stderr)
    stage("Starting")
    from dagster_project.job import rebuild

    return rebuild(strict or settings.strict, full or settings.full)


@budget.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--into",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Where each disclosure gets its folder; default: disclosures/ of SEEDS.",
)
@click.option(
    "--id", "disclosure_id", metavar="ID", help="The disclosure's name, in place of the document's."
)
@click.option(
    "--again",
    is_flag=True,
    help="Read every document that is kept; replace only what no person reviewed or changed.",
)
def read(paths: tuple[Path, ...], into: Path | None, disclosure_id: str | None, again: bool) -> int:
    """Read published documents into raw CSVs.

    Documents are PDF, Word, Excel, web pages or text.

    PATH is a document, or a folder whose documents are read, those in its folders included. Ends
    with 0 if all documents were read, 3 if some were refused, 1 if none was.
    """
    from budget_warehouse.reader.command import documents_in, look_at_paths, read_documents

    into = into or Settings.from_environment().seeds / "disclosures"
    if again:
        if paths or disclosure_id is not None:
            raise click.UsageError("--again reads all that is kept: name no PATH and no --id")
        return _read_again(into)
    if not paths:
        raise click.UsageError("name a PATH to read, or --again")
    sentence = look_at_paths(paths, into)
    if sentence:
        sys.stdout.write(f"{sentence}\n")
        return 1
    documents, passed_over = documents_in(paths)
    if disclosure_id is not None and len(documents) != 1:
        raise click.UsageError("--id names one disclosure: name one document with it")
    summary = read_documents(documents, passed_over, into, disclosure_id)
    sys.stdout.write(f"{summary}\n")
    return int(summary.status)


def _read_again(into: Path) -> int:
    from budget_warehouse.commands import look_at_standing_disclosures

    try:
        look_at_standing_disclosures(into)
    except SettingError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    from budget_warehouse.reader.renewals import status, text
    from budget_warehouse.reader.second_reading import read_again

    journal = read_again(into)
    sys.stdout.write(text(journal))
    return int(status(journal))


@budget.command()
@click.argument("document", metavar="DOCUMENT", type=click.Path(path_type=Path))
@click.option(
    "--into",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Where the reports go; default: drafts/ of WAREHOUSE.",
)
def check(document: Path, into: Path | None) -> int:
    """Check a draft before it is published.

    The document is read and judged with what the warehouse holds of its organization: last year,
    the department, the units. Nothing of it enters the seeds or the warehouse.

    Ends with 0 if nothing of severity error was found, 1 if something was, 2 if the document could
    not be read or judged.
    """
    try:
        look("check-document", {"DOCUMENT": str(document)})
    except SettingError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    show(sys.stderr)
    from budget_warehouse.drafts.check import UncheckedError, check_draft
    from budget_warehouse.drafts.text import text
    from budget_warehouse.storage.warehouse import Warehouse

    warehouse = Warehouse.from_environment()
    try:
        checked = check_draft(document, warehouse, into or warehouse.drafts)
    except UncheckedError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(text(checked))
    return 1 if checked.has_errors else 0


@budget.command()
@click.argument("statement", default="")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How rows are written.",
)
def query(statement: str, form: str) -> int:
    """Ask the published marts in SQL.

    Without a STATEMENT there is a prompt; it runs what ends in a semicolon.

    The marts need no schema in front of their names: select * from expenditures limit 5
    """
    settings = look_or_exit("query")
    from budget_warehouse.outputs.query import answer, prompt

    file = settings.warehouse / "budget.duckdb"
    return answer(file, statement, form) if statement.strip() else prompt(file, form)


@budget.command()
def versions() -> int:
    """List the published versions, newest first, and what each changed."""
    look_or_exit("versions")
    from budget_warehouse.build.versions import listed
    from budget_warehouse.storage.warehouse import Warehouse

    sys.stdout.write("".join(f"{line}\n" for line in listed(Warehouse.from_environment())))
    return 0


@budget.command()
@click.argument("version", default="")
def rollback(version: str) -> int:
    """Publish an earlier version again.

    VERSION is a name from `budget versions`, or its time.
    """
    settings = look_or_exit("rollback", {"VERSION": version})
    from budget_warehouse.build.publishing import NoSuchVersionError
    from budget_warehouse.build.versions import roll_back
    from budget_warehouse.outputs.reports.report import write_report
    from budget_warehouse.outputs.writing import write_outputs
    from budget_warehouse.storage.warehouse import (
        UnwritableWarehouseError,
        Warehouse,
        WarehouseBusyError,
    )

    warehouse = Warehouse.from_environment()
    try:
        with warehouse.exclusively():
            file = version_file(settings.warehouse, version)
            restored = roll_back(warehouse, file, write_report)
            failed = list(write_outputs(warehouse))
    except (NoSuchVersionError, UnwritableWarehouseError, WarehouseBusyError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(
        f"Publication {restored.restored_number} is published again, as number"
        f" {restored.publication_number}. It stands until seeds, lists or code change.\n"
        + "".join(f"Failed: {failure}\n" for failure in failed)
    )
    return 3 if failed else 0


@budget.command()
@click.option("--organization", envvar="ORGANIZATION", default="", help="A part of a name.")
@click.option("--disclosures", envvar="DISCLOSURES", default="", help="Names, with commas between.")
@click.option("--into", envvar="INTO", default="", help="The folder of an explorer of these alone.")
def explore(organization: str, disclosures: str, into: str) -> int:
    """Write the explorer, of all or of some.

    Without a choice it is the one of the published warehouse; with one it goes to --into.
    """
    settings = look_or_exit("explore")
    show(sys.stderr)
    from budget_warehouse.outputs.writing import OutputError, write_asked_explorer, write_explorer
    from budget_warehouse.storage.warehouse import Warehouse

    warehouse = Warehouse.from_environment()
    names = [name.strip() for name in disclosures.split(",") if name.strip()]
    folder = Path(into or settings.warehouse / "site-asked").absolute()
    try:
        if organization.strip() or names:
            page = write_asked_explorer(warehouse, folder, organization.strip(), names)
        else:
            page = write_explorer(warehouse)
    except OutputError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"Explorer: {page}\n")
    return 0


@budget.command()
def files() -> int:
    """Write every mart as Parquet, however long."""
    look_or_exit("files")
    show(sys.stderr)
    from budget_warehouse.outputs.writing import OutputError, write_files
    from budget_warehouse.storage.warehouse import (
        UnwritableWarehouseError,
        Warehouse,
        WarehouseBusyError,
    )

    warehouse = Warehouse.from_environment()
    try:
        with warehouse.exclusively():
            folder = write_files(warehouse, is_whole=True)
    except (OutputError, UnwritableWarehouseError, WarehouseBusyError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"Files: {folder}\n")
    return 0


@budget.command("publish-postgres")
def publish_postgres() -> int:
    """Copy the published marts to POSTGRES_URL."""
    settings = look_or_exit("publish-postgres")
    show(sys.stderr)
    stage("Copying to PostgreSQL")
    from budget_warehouse.outputs.postgres import (
        READER,
        SCHEMAS,
        PostgresError,
        publish_to_postgres,
    )
    from budget_warehouse.storage.warehouse import Warehouse

    try:
        copied = publish_to_postgres(Warehouse.from_environment().published, settings.postgres_url)
    except PostgresError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(
        f"PostgreSQL    {copied.place}: {len(copied.rows)} marts,"
        f" {sum(copied.rows.values()):,} rows, in the schemas {' and '.join(SCHEMAS)};"
        f" the role {READER} reads them\n"
    )
    return 0


@budget.command()
def alert() -> int:
    """Send a trial alert to every channel that is set."""
    look_or_exit("alert")
    from budget_warehouse.notifications import Alert, channels, send

    to = channels()
    wrong = send([Alert("trial", "This is a trial: alerts arrive here.")], to)
    for name in to:
        sys.stdout.write(f"{name}: {wrong.get(name, 'sent')}\n")
    if not to:
        sys.stdout.write("No channel is set; docs/operations.md lists the variables.\n")
    return 1 if wrong or not to else 0


@budget.command()
def docs() -> int:
    """Write the data dictionary on one page.

    It is what dbt documents: the lineage, every model and every column.
    """
    look_or_exit("docs")
    from budget_warehouse.outputs.reports.documentation import write_documentation
    from budget_warehouse.storage.warehouse import Warehouse

    page = write_documentation(Warehouse.from_environment())
    if page is None:
        return 1
    sys.stdout.write(f"Documentation: {page}\n")
    return 0


@budget.command("fetch-charts", hidden=True)
def fetch_charts() -> int:
    """Fetch the chart library of the explorer unless it is there; `make install` does."""
    from budget_warehouse.outputs.explorer.echarts import LIBRARY, LibraryError, fetch, registry

    if LIBRARY.exists():
        return 0
    try:
        fetch(registry())
    except LibraryError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def main() -> None:
    """Prepare the terminal, and run the command that the command line names."""
    terminal.prepare()
    for name, value in (("DO_NOT_TRACK", "1"), ("GX_ANALYTICS_ENABLED", "false")):
        os.environ.setdefault(name, value)  # nothing here reports on its users
    budget(prog_name="budget")
