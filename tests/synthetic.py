"""Made-up disclosures of 16 organizations, most of them with a planted error.

Three departments print budgets, each in the form of another place; one of them, and of Shanghai a
fourth, publish final accounts too.
"""

import csv
from pathlib import Path

from benchmarks.generator import MANIFEST, write


def write_synthetic(folder: Path, seed: int = 28, layout: str = "batches") -> None:
    """Write the 48 disclosures and the list of what was planted in them."""
    assert write(folder, 16, 3, seed=seed, layout=layout, error_share=800) == 48


def planted_errors(folder: Path) -> list[dict[str, str]]:
    """Return what was planted: a disclosure, a rule and perhaps a subject in each row."""
    with (folder / MANIFEST).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
