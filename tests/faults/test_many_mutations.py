"""A thousand mutants in four builds: none stops the others or changes a row of theirs."""

from pathlib import Path

import pytest
from mutations import build_with_mutants, differing_tables
from warehouses import Built


@pytest.mark.parametrize("seed", [11, 12, 13, 14])
def test_no_mutant_of_many_changes_the_others(
    tmp_path: Path, repository_warehouse: Built, seed: int
) -> None:
    built, done = build_with_mutants(tmp_path, seed, 250)
    assert built.status == 3, "\n".join([*done, built.output])
    assert differing_tables(built, repository_warehouse) == [], done
