"""Fixtures that tests share: warehouses built once, and places for Dagster's own records."""

import fcntl
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from explorer_reader import browser as browser
from explorer_reader import reader as reader
from postgres_server import running_server
from synthetic import planted_errors, write_synthetic
from warehouses import REPOSITORY, SEEDS, SONGJIANG, Built, build, compiled, copied

from budget_warehouse.build.compiled import is_complete

# The longest tests start first, so that no core waits for another at the end. A build takes
# 45 CPU seconds, whatever it builds; a number is how many a file makes.
LONGEST_FIRST = (
    "test_publishing",  # 9
    "test_bad_input",  # 5
    "test_setting_aside",  # 2, the second of which is tried part by part
    "test_rule_families",
    "test_years",
    "test_mutations",
    "test_only_what_changed",  # 2
    "test_reconciliations",
    "test_make",  # dbt by hand, with all unit tests
    "test_misprints",
    "test_planted_errors",
    "test_explorer",
    "test_places",
    "test_dropped_documents",
    "test_lists_in_a_build",
    "test_selection",
    "test_exports",
    "test_reference_lists",
    "test_install",
    "test_command",
    "test_sandbox",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; what is not named stays in its order behind them."""
    ranks = {name: rank for rank, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: ranks.get(item.path.stem, len(ranks)))


class Builds:
    """Warehouses that are built once in a session; the first process that needs one builds it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def once(self, name: str, seeds: Path, **settings: str) -> Built:
        """Build the seeds, or take what another process built under this name."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        made = folder / "made.json"
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                if not seeds.exists():
                    copied(SONGJIANG, seeds)
                built = build(seeds, folder / "warehouse", **settings)
                assert built.status == 0, built.output
                made.write_text(json.dumps([built.output, built.seconds]), encoding="utf-8")
        output, seconds = json.loads(made.read_text(encoding="utf-8"))
        return Built(0, output, folder / "warehouse", seconds)

    def compiled(self) -> Path:
        """Compile the project, or take what another process compiled."""
        folder = self.folder / "compiled"
        folder.mkdir(exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return folder if is_complete(folder) else compiled(folder)


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Builds:
    own = tmp_path_factory.getbasetemp()
    return Builds(own if worker_id == "master" else own.parent)


@pytest.fixture(scope="session")
def statements(builds: Builds) -> Path:
    """The folder of the statements that dbt compiled, for what is judged without a build."""
    return builds.compiled()


@pytest.fixture(scope="session")
def repository_warehouse(builds: Builds) -> Built:
    """A warehouse of the repository's seeds."""
    return builds.once("repository", SEEDS)


@pytest.fixture(scope="session")
def places_warehouse(builds: Builds) -> Built:
    """A warehouse of all seeds, those of other places among them."""
    return builds.once("places", REPOSITORY / "seeds")


@pytest.fixture(scope="session")
def songjiang_warehouse(builds: Builds) -> Built:
    """A warehouse of one disclosure: to be copied, and built on."""
    return builds.once("songjiang", builds.folder / "songjiang" / "seeds")


@pytest.fixture(scope="session")
def bounded_warehouse(builds: Builds) -> Built:
    """A warehouse where three disclosures have pages, and long marts no files."""
    return builds.once("bounded", SEEDS, SHOWN_DISCLOSURES="3", EXPORTED_ROWS="150")


@pytest.fixture(scope="session")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up disclosures of 16 organizations and 3 years, most of them with a planted error."""
    folder = tmp_path_factory.mktemp("synthetic")
    write_synthetic(folder)
    return folder


@pytest.fixture(scope="session")
def manifest(synthetic: Path) -> list[dict[str, str]]:
    """The errors planted in the made-up disclosures."""
    return planted_errors(synthetic)


@pytest.fixture(params=["sqlite", "postgres"])
def storage(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The settings that keep Dagster's own records in SQLite and in PostgreSQL."""
    if request.param == "sqlite":
        yield {}
    else:
        with running_server() as server:
            yield {"DAGSTER_POSTGRES_URL": server.url()}
