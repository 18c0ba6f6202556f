"""Whatever the raw CSVs of some disclosures hold, all others are published as without them."""

import random
import shutil
from pathlib import Path

import pytest
from mutations import DISCLOSURES, mutate
from warehouses import SEEDS, Built, build

MUTANTS = 40

_TABLES = """
    select distinct schema_name || '.' || table_name
    from duckdb_columns()
    where column_name = 'disclosure_id' and schema_name in ('marts', 'reconciliations')
    order by all
"""


def build_with_mutants(folder: Path, seed: int, count: int) -> tuple[Built, list[str]]:
    """Build the disclosures of the repository beside mutants of them, and say what was mutated."""
    chance = random.Random(seed)
    seeds = folder / "seeds"
    shutil.copytree(SEEDS / "disclosures", seeds / "disclosures")
    done = [mutate(seeds, f"mutant-{seed}-{number}", chance) for number in range(count)]
    return build(seeds, folder / "warehouse"), done


def differing_tables(built: Built, alone: Built) -> list[str]:
    """The tables in which a disclosure of the repository is not what it is without others."""
    names = ", ".join(f"'{name}'" for name in DISCLOSURES)
    tables = [table for (table,) in alone.rows(_TABLES)]
    assert len(tables) > 25
    return [
        table
        for table in tables
        if built.rows(query := f"from {table} where disclosure_id in ({names}) order by all")
        != alone.rows(query)
    ]


@pytest.mark.parametrize("seed", [1])
def test_no_mutant_changes_the_others(
    tmp_path: Path, repository_warehouse: Built, seed: int
) -> None:
    built, done = build_with_mutants(tmp_path, seed, MUTANTS)
    assert built.status == 3, "\n".join([*done, built.output])
    assert differing_tables(built, repository_warehouse) == [], done
    loaded = built.value("select count(*) from marts.dim_disclosures where not is_stale")
    assert len(DISCLOSURES) + MUTANTS // 4 < loaded < len(DISCLOSURES) + MUTANTS, built.output
