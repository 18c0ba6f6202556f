"""Everything Dagster knows: the assets, their checks, one job and its schedule."""

import dagster as dg

from dagster_project.assets import (
    dbt,
    documents,
    exports,
    landing,
    models,
    postgres,
    published,
)
from dagster_project.checks import judgements
from dagster_project.resources import WarehouseResource

rebuild_warehouse = dg.define_asset_job(
    "rebuild_warehouse",
    selection=dg.AssetSelection.all(),
    description="Read the inbox, land what changed, build every model, judge every rule, publish.",
    executor_def=dg.in_process_executor,  # a process for each step would start Python four times
)

nightly_rebuild = dg.ScheduleDefinition(
    name="nightly_rebuild",
    job=rebuild_warehouse,
    cron_schedule="0 2 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)

defs = dg.Definitions(
    assets=[documents, landing, models, published, exports, postgres],
    asset_checks=[judgements],
    jobs=[rebuild_warehouse],
    schedules=[nightly_rebuild],
    resources={"dbt": dbt, "warehouse": WarehouseResource()},
)
