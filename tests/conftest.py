"""The warehouse of the repository's seeds, built once for all tests."""

import pytest
from warehouses import SEEDS, Built, build


@pytest.fixture(scope="session")
def repository_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """What the seeds of the repository come to."""
    built = build(SEEDS, tmp_path_factory.mktemp("repository"))
    assert built.status == 0, built.output
    return built
