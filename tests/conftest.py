"""What tests share: a warehouse that is built once, and the places for Dagster's own records."""

import fcntl
from collections.abc import Iterator

import pytest
from postgres_server import running_server
from warehouses import SEEDS, Built, build


@pytest.fixture(scope="session")
def repository_warehouse(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Built:
    """What the seeds of the repository come to; the first process that needs it builds it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "repository"
    folder.mkdir(exist_ok=True)
    said = folder / "said.txt"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            built = build(SEEDS, folder / "warehouse")
            assert built.status == 0, built.output
            said.write_text(built.output, encoding="utf-8")
    return Built(0, said.read_text(encoding="utf-8"), folder / "warehouse")


@pytest.fixture(params=["sqlite", "postgres"])
def storage(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The settings that keep Dagster's own records in SQLite and in PostgreSQL."""
    if request.param == "sqlite":
        yield {}
    else:
        with running_server() as server:
            yield {"DAGSTER_POSTGRES_URL": server.url()}
