"""Whatever the raw CSVs of some disclosures hold, all others are published as without them."""

from pathlib import Path

import pytest
from mutations import DISCLOSURES, build_with_mutants, differing_tables
from warehouses import Built

MUTANTS = 40


@pytest.mark.parametrize("seed", [1])
def test_no_mutant_changes_the_others(
    tmp_path: Path, repository_warehouse: Built, seed: int
) -> None:
    built, done = build_with_mutants(tmp_path, seed, MUTANTS)
    assert built.status == 3, "\n".join([*done, built.output])
    assert differing_tables(built, repository_warehouse) == [], done
    loaded = built.value("select count(*) from marts.dim_disclosures where not is_stale")
    assert len(DISCLOSURES) + MUTANTS // 4 < loaded < len(DISCLOSURES) + MUTANTS, built.output
