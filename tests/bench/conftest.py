"""The made-up disclosures that tests of the benchmarks share, most with a planted error."""

from pathlib import Path

import pytest
from warehouses import Built, build

from benchmarks.generator import write


@pytest.fixture(scope="session")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw CSVs of 12 organizations and 3 years."""
    folder = tmp_path_factory.mktemp("synthetic")
    assert write(folder, 12, 3, seed=11, layout="batches", error_share=800) == 36
    return folder


@pytest.fixture(scope="session")
def built(synthetic: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Their warehouse, computed in two batches."""
    built = build(synthetic, tmp_path_factory.mktemp("warehouse"), PORTION="24")
    assert built.status == 0, built.output
    return built
