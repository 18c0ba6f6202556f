"""The assets in the order the data flows: landing tables, dbt models, the published warehouse."""

import json
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import Any

import dagster as dg
from dagster_dbt import dbt_assets
from dagster_dbt.errors import DagsterDbtCliRuntimeError

from budget_warehouse.build.computing import BrokenBuildError, compute
from budget_warehouse.build.dbt import DbtFailedError
from budget_warehouse.build.merge import IncompleteBuildError
from budget_warehouse.build.plan import making_sum, plan_build, planned_build
from budget_warehouse.build.publications import is_made_from, publications
from budget_warehouse.build.publishing import UnfinishedBuildError
from budget_warehouse.build.refusals import refuse_rejected
from budget_warehouse.contract.raw_csv import LANDED_TABLES
from budget_warehouse.contract.reference_lists.check import UnsoundListsError, require_sound_lists
from budget_warehouse.engines import engine
from budget_warehouse.landing.landing import NothingToLandError, land
from budget_warehouse.landing.noted_input import note_input, take_scan
from budget_warehouse.outputs.writing import (
    OutputError,
    fill_postgres,
    write_explorer,
    write_files,
    write_outputs,
)
from budget_warehouse.storage.progress import progress, stage
from budget_warehouse.storage.scan import printable_path
from budget_warehouse.storage.warehouse import DBT_PROJECT, NoRoomError, Warehouse
from dagster_project.dbt import BUILD, VARIABLES, Dbt, dbt_of, linked_project
from dagster_project.resources import WarehouseResource

DOCUMENTS = dg.AssetKey(["inbox", "documents"])
PUBLISHED = dg.AssetKey(["published", "budget"])
_DESCRIPTIONS = {
    "printed_rows": "The raw rows of every printed table, with what each is about, as text.",
    "printed_amounts": "The amounts of the printed rows as text, one row for each cell.",
}
LEDGER = ("affected", "declared", "disclosures", "landed", "rejected_rows")
project = linked_project(Warehouse.from_environment())
dbt = dbt_of(project, Warehouse.from_environment().dbt_environment())


def manifest() -> dict[str, Any]:
    """Return the manifest of the dbt project, as new as its files; parsing takes five seconds."""
    sources = [
        path
        for pattern in ("*.yml", "models/**/*", "macros/**/*", "tests/**/*")
        for path in DBT_PROJECT.glob(pattern)
    ]
    newest = max(path.stat().st_mtime for path in sources)
    parsed = project.manifest_path
    with suppress(FileNotFoundError, ValueError):  # a disk that filled may have cut it short
        if parsed.stat().st_mtime >= newest:
            return dict(json.loads(parsed.read_bytes()))
    try:
        dbt.cli(["--quiet", "parse", *VARIABLES], target_path=parsed.parent).wait()
    except DagsterDbtCliRuntimeError:
        require_sound_lists(Warehouse.from_environment().reference)  # dbt reads them as it parses
        raise
    return dict(json.loads(parsed.read_bytes()))


@dg.asset(key=DOCUMENTS, group_name="landing")
def documents(
    context: dg.AssetExecutionContext, warehouse: WarehouseResource
) -> dg.MaterializeResult:
    """Read the documents in the inbox into raw CSVs; move one that cannot be read aside."""
    from budget_warehouse.reader.intake.inbox import (
        read_inbox,  # PDF libraries: half a second to import
    )

    stage("Reading the inbox")
    folders = warehouse.warehouse
    with warehouse.retried(context):
        reading = read_inbox(folders.inbox, folders.disclosures)
        note_input(folders, besides=reading.left)
    for path, reason in reading.refused.items():
        context.log.error("%s: %s", path.name, reason)
    unknown = sum(not placement.source_url for placement in reading.read.values())
    if unknown:
        context.log.warning(
            "Where they were published is not known of %d documents: drop a file <document>.url"
            " with the address beside each.",
            unknown,
        )
    return dg.MaterializeResult(
        metadata={
            "read": [str(placement.folder) for placement in reading.read.values()],
            "refused": [f"{path}: {reason}" for path, reason in reading.refused.items()],
            "left": [printable_path(str(path)) for path in reading.left],
            "left_aside": [
                f"{printable_path(str(path))}: {reason}"
                for path, reason in reading.left_aside.items()
            ],
        }
    )


@dg.multi_asset(
    name="landing",
    group_name="landing",
    specs=[
        dg.AssetSpec(
            ["landing", table],
            deps=[DOCUMENTS],
            description=_DESCRIPTIONS.get(table, f"The raw rows of {table}.csv, as text."),
            skippable=True,  # where nothing changed, nothing after it runs
        )
        for table in (*LANDED_TABLES, *LEDGER)
    ],
)
def landing(
    context: dg.AssetExecutionContext, warehouse: WarehouseResource
) -> Iterator[dg.MaterializeResult]:
    """Land the raw CSVs as text: what is new or changed is read and checked, the rest stands.

    Where what was landed, the lists and the code are what the published warehouse was made from,
    the run ends here, once what goes with that warehouse is written where it was not.
    """
    stage("Landing the raw CSVs")
    folders, chosen = warehouse.warehouse, engine()
    try:
        require_sound_lists(folders.reference)
        folders.require_room()
        with warehouse.retried(context):
            landed = land(
                folders.seeds,
                folders.landing,
                take_scan(folders),
                making_sum(folders),
                warehouse.full,
            )
            refuse_rejected(folders)
    except (NoRoomError, NothingToLandError, UnsoundListsError) as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    if not landed.disclosures:
        raise dg.Failure(
            f"No disclosure below {folders.seeds} could be read"
            f" ({landed.rejected} rejected); mend the first one and build again.\n"
            + "\n".join(warehouse.rejects()),
            allow_retries=False,
        )
    plan = plan_build(folders, chosen, is_full=warehouse.full, is_strict=warehouse.strict)
    context.log.info(
        "%s; %s disclosures to compute again, in %s batches",
        landed,
        len(plan.affected),
        len(plan.batches),
    )
    if plan.is_unchanged:
        chosen.confirmed(folders).touch()
        context.log_event(
            dg.AssetObservation(PUBLISHED, description="Nothing changed since it was published.")
        )
        failed = list(write_outputs(folders, only_missing=True)) if chosen.has_outputs else []
        if failed:
            raise dg.Failure("\n".join(failed), allow_retries=False)
        return
    with warehouse.retried(context):
        chosen.land(folders)
    for key in context.selected_asset_keys:
        yield dg.MaterializeResult(key)


@dbt_assets(manifest=manifest(), project=project)
def models(
    context: dg.AssetExecutionContext, dbt: Dbt, warehouse: WarehouseResource
) -> Iterator[Any]:
    """Build every dbt model and seed for what changed; merge the rest as published."""
    folders = warehouse.warehouse
    # While dbt works in its own process this one is idle: time to import Great Expectations.
    Thread(target=import_module, args=["budget_warehouse.validation.judge"], daemon=True).start()

    def run_dbt(has_events: bool) -> list[Any]:
        """Run dbt; of each model a run can have the events of one batch only."""
        building = dbt.cli(BUILD, context=context, target_path=project.target_path)
        try:
            if has_events:
                nodes = len(context.selected_asset_keys) + len(context.selected_asset_check_keys)
                return list(progress(building.stream(), "dbt", "node", nodes))
            building.wait()
            return []
        except DagsterDbtCliRuntimeError as error:
            raise DbtFailedError(str(error)) from error
        finally:
            building.process.kill()  # one that did not hear the interrupt of a run that was ended

    with warehouse.retried(context):
        try:
            yield from compute(folders, engine(), run_dbt, warehouse.full, warehouse.strict)
        except (BrokenBuildError, IncompleteBuildError) as error:
            raise dg.Failure(str(error), allow_retries=False) from error


@dg.asset(
    key=PUBLISHED,
    group_name="published",
    deps=[
        *(key for key in models.keys if key.path[0] in ("marts", "reconciliations", "reference")),
    ],
)
def published(
    context: dg.AssetExecutionContext, warehouse: WarehouseResource
) -> dg.MaterializeResult:
    """Replace the warehouse for readers in one step once nothing blocks it."""
    stage("Publishing")
    folders = warehouse.warehouse
    try:
        with warehouse.retried(context):
            publication = engine().publish(folders)
    except UnfinishedBuildError as error:
        raise dg.Failure(str(error)) from error
    return dg.MaterializeResult(
        metadata={
            "place": engine().place(folders),
            "report": dg.MetadataValue.path(str(folders.reports / "index.html")),
            "publication": publication.publication_number,
            "content_checksum": publication.content_checksum,
        }
    )


@dg.asset(
    key=["published", "site"], group_name="published", deps=[published], output_required=False
)
def site(
    context: dg.AssetExecutionContext, warehouse: WarehouseResource
) -> Iterator[dg.MaterializeResult]:
    """Write the explorer from the published warehouse; not executed on a cluster."""
    if not engine().has_outputs:
        return
    folders = warehouse.warehouse
    plan = planned_build(folders)
    *_, before, _ = [None, *publications(folders.published)]
    is_whole = plan.is_everything or not before or not is_made_from(folders.site, before)
    try:
        with warehouse.retried(context):
            page = write_explorer(folders, None if is_whole else plan.affected)
    except OutputError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    yield dg.MaterializeResult(metadata={"page": dg.MetadataValue.path(str(page))})


@dg.asset(
    key=["published", "exports"], group_name="published", deps=[published], output_required=False
)
def exports(
    context: dg.AssetExecutionContext, warehouse: WarehouseResource
) -> Iterator[dg.MaterializeResult]:
    """Write the marts as Parquet, CSV, a workbook and a data package; not executed on a cluster."""
    if not engine().has_outputs:
        return
    try:
        with warehouse.retried(context):
            folder = write_files(warehouse.warehouse)
    except OutputError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    yield dg.MaterializeResult(metadata={"folder": dg.MetadataValue.path(str(folder))})


@dg.asset(
    key=["published", "postgres"], group_name="published", deps=[published], output_required=False
)
def postgres(warehouse: WarehouseResource) -> Iterator[dg.MaterializeResult]:
    """Copy the marts to the PostgreSQL database of POSTGRES_URL; not executed where it is not set.

    Nor on a cluster.
    """
    if not engine().has_outputs:
        return
    try:
        copied = fill_postgres(warehouse.warehouse)
    except OutputError as error:
        raise dg.Failure(str(error), allow_retries=False) from None
    if copied:
        yield dg.MaterializeResult(
            metadata={"place": copied.place, "rows": dg.MetadataValue.json(copied.rows)}
        )
