"""One warehouse that is rebuilt night after night, as seeds change."""

import shutil
from pathlib import Path

import duckdb
from warehouses import SEEDS, SONGJIANG, Built, build, copied, edit

UNIT = "putuo-commerce-2025-budget-unit"
DEPARTMENT = "putuo-commerce-2025-budget-department"
WANLI = ("putuo-wanli-2023-budget", "putuo-wanli-2024-budget")


class Nights:
    """One warehouse that is rebuilt night after night, beside others rebuilt from nothing."""

    def __init__(self, folder: Path) -> None:
        self.seeds = folder / "seeds"
        self.warehouse = folder / "nightly"
        self.folder = folder

    def night(self, status: int = 0) -> Built:
        built = build(self.seeds, self.warehouse)
        assert built.status == status, built.output
        return built

    def from_nothing(self, **more: str) -> Path:
        """Build the same seeds without any memory but dbt's parse, and in two batches."""
        folder = self.folder / "from-nothing"
        folder.mkdir(exist_ok=True)
        for file in folder.glob("*.duckdb"):
            file.unlink()
        if more:
            shutil.copy(self.warehouse / "landing.duckdb", folder)
        assert build(self.seeds, folder, PORTION="3", **more).status in (0, 3)
        return folder

    def change_one(self) -> None:
        """Change a total of 万里 2024, and let a night pass."""
        file = self.seeds / "disclosures" / WANLI[1] / "expenditure_by_function.csv"
        edit(file, lambda row: row["row_number"] == "5" and row.update(total="1.23"))
        self.night()

    def computed(self) -> list[int]:
        """Return how many disclosures each publication computed again."""
        with duckdb.connect(str(self.warehouse / "budget.duckdb"), read_only=True) as connection:
            rows = connection.execute(
                "select computed_count from marts.publications order by publication_number"
            ).fetchall()
        return [count for (count,) in rows]


def first_night(folder: Path) -> Nights:
    """Four disclosures of three comparison groups, with their own reference lists, built once."""
    nights = Nights(folder)
    shutil.copytree(SEEDS / "reference", nights.seeds / "reference")
    for disclosure in (SONGJIANG, UNIT, *WANLI):
        copied(disclosure, nights.seeds)
    nights.night()
    return nights
