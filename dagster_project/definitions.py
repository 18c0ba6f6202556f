"""Everything Dagster knows: the assets, their checks, the job, and what starts and watches it."""

import dagster as dg

from budget_warehouse.settings import Settings
from dagster_project.assets import (
    dbt,
    documents,
    exports,
    landing,
    models,
    postgres,
    published,
    site,
)
from dagster_project.checks import judgements
from dagster_project.freshness import ZONE, fresh, freshness_watched
from dagster_project.records import old_records
from dagster_project.resources import WarehouseResource
from dagster_project.sensors.changed_input import changed_input
from dagster_project.sensors.lost_runs import lost_runs
from dagster_project.sensors.news import alerts

SETTINGS = Settings.from_environment()

rebuild_warehouse = dg.define_asset_job(
    "rebuild_warehouse",
    selection=dg.AssetSelection.all(),
    description="Read the inbox, land what changed, build every model, judge every rule, publish,"
    " write what goes with it.",
    executor_def=dg.in_process_executor,  # a process for each step would start Python four times
    tags={"dagster/retry_strategy": "ALL_STEPS"},  # the warehouse was let go in between
)

nightly_rebuild = dg.ScheduleDefinition(
    name="nightly_rebuild",
    job=rebuild_warehouse,
    cron_schedule=SETTINGS.rebuild_cron,
    execution_timezone=ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)

defs = dg.Definitions(
    assets=[documents, landing, models, published, site, exports, postgres],
    asset_checks=[judgements, fresh],
    jobs=[rebuild_warehouse],
    schedules=[nightly_rebuild],
    sensors=[changed_input, freshness_watched, alerts, lost_runs, old_records],
    resources={"dbt": dbt, "warehouse": WarehouseResource(strict=SETTINGS.strict)},
)
