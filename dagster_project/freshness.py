"""Age of the published warehouse: looked at every hour, whether or not a build runs."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import dagster as dg

from budget_warehouse.engines import engine
from budget_warehouse.storage.warehouse import Warehouse

PUBLISHED = dg.AssetKey(["published", "budget"])
FRESH = "published_within_36_hours"
FRESH_SECONDS = 36 * 3600  # a night missed is caught up in the morning; two are a fault
ZONE = "Asia/Shanghai"

_CLOCK_SECONDS = 3600  # a clock put right by less is no fault


def freshness(warehouse: Warehouse) -> dg.AssetCheckResult:
    """Return whether the published file was published, or confirmed, within the last 36 hours."""
    file = engine().confirmed(warehouse)
    if not file.exists():
        sentence, passed = f"No warehouse has been published yet: there is no {file}.", False
    else:
        published = file.stat().st_mtime
        age = time.time() - published
        passed = -_CLOCK_SECONDS <= age <= FRESH_SECONDS
        when = f"{datetime.fromtimestamp(published, ZoneInfo(ZONE)):%Y-%m-%d %H:%M} {ZONE}"
        sentence = f"Published or confirmed {when}, {age / 3600:.0f} hours ago."
        if age > FRESH_SECONDS:
            sentence += " The nightly rebuild should have done so since: see its runs."
        elif not passed:
            sentence = f"Published {when}, which is still to come: set this machine's clock right."
    return dg.AssetCheckResult(
        passed=passed, check_name=FRESH, asset_key=PUBLISHED, description=sentence
    )


@dg.asset_check(
    asset=PUBLISHED,
    name=FRESH,
    description="The published warehouse was published or confirmed within the last 36 hours.",
)
def fresh() -> dg.AssetCheckResult:
    return freshness(Warehouse.from_environment())


@dg.sensor(
    name="freshness_watched",
    minimum_interval_seconds=3600,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Looks at the age of the published warehouse, whether or not a rebuild runs.",
)
def freshness_watched() -> dg.SensorResult:
    result = freshness(Warehouse.from_environment())
    evaluation = dg.AssetCheckEvaluation(
        asset_key=PUBLISHED,
        check_name=FRESH,
        passed=result.passed,
        metadata={},
        description=result.description,
    )
    return dg.SensorResult(asset_events=[evaluation])
