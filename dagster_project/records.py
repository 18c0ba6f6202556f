"""Dagster's own records: where they are kept, and for how long."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.storage.base_storage import DagsterStorage  # custom storage has no public base
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.pool import StaticPool

from budget_warehouse.settings import Settings

_REMOVED_AT_ONCE = 200  # takes some seconds, and a tick has a minute
_BUSY_SECONDS = 60  # how long one process waits for another to write
_PAGES_LOGGED = 100  # after so many the file changes, by which a browser hears of new events

_in_one_process: ContextVar[bool] = ContextVar("in_one_process", default=False)


class HeldEvents(SqliteEventLogStorage):
    """Events in SQLite, over one connection for each file that stays open.

    Dagster opens and closes the file for each event, and each closing writes its log back.
    Connections do not outlive a fork: this is for a run in one process.
    """

    def __init__(self, base_dir: str) -> None:
        self._held: dict[str, Engine] = {}
        super().__init__(base_dir)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard not in self._held:
                self._held[shard] = self._open(shard)
            with self._held[shard].connect() as connection, connection.begin():
                yield connection

    def _open(self, shard: str) -> Engine:
        engine = create_engine(
            self.conn_string_for_shard(shard),
            poolclass=StaticPool,
            connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        )
        self._initdb(engine)
        with engine.connect() as connection:
            connection.execute(text("pragma synchronous = normal"))
            connection.execute(text(f"pragma wal_autocheckpoint = {_PAGES_LOGGED}"))
        return engine

    def release(self, shard: str) -> None:
        """Close the connection to a run's file, if it is open."""
        with self._db_lock:
            if engine := self._held.pop(shard, None):
                engine.dispose()

    def dispose(self) -> None:
        """Close every connection."""
        for shard in [*self._held]:
            self.release(shard)
        super().dispose()


class HeldRecords(DagsterSqliteStorage):
    """Records in SQLite for a run in one process."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(base_dir, inst_data)
        self._event_log_storage = HeldEvents(self._event_log_storage._base_dir)


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
            storage = HeldRecords if _in_one_process.get() else DagsterSqliteStorage
            return storage.from_local(config_value["base_dir"], inst_data)
        from dagster_postgres import DagsterPostgresStorage

        # dagster-postgres brings psycopg2; SQLAlchemy would look for its successor.
        driven = make_url(url).set(drivername="postgresql+psycopg2")
        return DagsterPostgresStorage(
            driven.render_as_string(hide_password=False), inst_data=inst_data
        )


@contextmanager
def records_of_one_process() -> Iterator[dg.DagsterInstance]:
    """Open the records of DAGSTER_HOME for a run that no other process takes part in."""
    token = _in_one_process.set(True)
    try:
        instance = dg.DagsterInstance.get()
    finally:
        _in_one_process.reset(token)
    with instance:
        yield instance


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
            if isinstance(instance.event_log_storage, HeldEvents):
                instance.event_log_storage.release(run_id)
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
