"""What tests share: a warehouse that is built once, and the places for Dagster's own records."""

from collections.abc import Iterator

import pytest
from nights import postgres
from warehouses import SEEDS, Built, build


@pytest.fixture(scope="session")
def repository_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """What the seeds of the repository come to."""
    built = build(SEEDS, tmp_path_factory.mktemp("repository"))
    assert built.status == 0, built.output
    return built


@pytest.fixture(params=["sqlite", "postgres"])
def storage(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The settings that keep Dagster's own records in SQLite and in PostgreSQL."""
    if request.param == "sqlite":
        yield {}
    else:
        with postgres() as url:
            yield {"DAGSTER_POSTGRES_URL": url}
