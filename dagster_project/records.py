"""Dagster's own records: where they are kept, and for how long."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.storage.base_storage import DagsterStorage  # custom storage has no public base
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import make_url

from budget_warehouse.settings import Settings

_REMOVED_AT_ONCE = 200  # takes some seconds, and a tick has a minute


class Records(DagsterStorage):
    """Runs, events and schedules, in PostgreSQL where DAGSTER_POSTGRES_URL is set, else SQLite."""

    @classmethod
    def config_type(cls) -> Any:
        return DagsterSqliteStorage.config_type()

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData, config_value: Mapping[str, Any]
    ) -> DagsterStorage:
        """Return the storage that the environment asks for."""
        url = Settings.from_environment().dagster_postgres_url
        if not url:
            return DagsterSqliteStorage.from_local(config_value["base_dir"], inst_data)
        from dagster_postgres import DagsterPostgresStorage

        # dagster-postgres brings psycopg2; SQLAlchemy would look for its successor.
        driven = make_url(url).set(drivername="postgresql+psycopg2")
        return DagsterPostgresStorage(
            driven.render_as_string(hide_password=False), inst_data=inst_data
        )


def days_kept() -> int:
    """Return for how many days a run is remembered."""
    return Settings.from_environment().records_kept_days


def remove_old_runs(instance: dg.DagsterInstance, days: int | None = None) -> int:
    """Remove finished runs older than the days kept, with their events and logs; say how many."""
    before = datetime.now(UTC) - timedelta(days=days_kept() if days is None else days)
    old = instance.get_run_records(
        dg.RunsFilter(
            statuses=[
                dg.DagsterRunStatus.SUCCESS,
                dg.DagsterRunStatus.FAILURE,
                dg.DagsterRunStatus.CANCELED,
            ],
            created_before=before,
        ),
        limit=_REMOVED_AT_ONCE,
        ascending=True,
    )
    for record in old:
        run_id = record.dagster_run.run_id
        instance.compute_log_manager.delete_logs(prefix=[run_id])
        instance.delete_run(run_id)
        if isinstance(instance.event_log_storage, SqliteEventLogStorage):
            # Dagster empties a run's own database and leaves the file.
            Path(instance.event_log_storage.path_for_shard(run_id)).unlink(missing_ok=True)
    return len(old)


@dg.sensor(
    name="old_records",
    minimum_interval_seconds=3600,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Removes the records of runs older than RECORDS_KEPT_DAYS.",
)
def old_records(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    return dg.SkipReason(f"{remove_old_runs(context.instance)} old runs removed.")
