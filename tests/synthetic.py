"""Made-up disclosures of 16 organizations and 3 years, most of them with a planted error."""

import csv
from pathlib import Path

from benchmarks.generator import MANIFEST, write


def write_synthetic(folder: Path, seed: int = 7, layout: str = "batches") -> None:
    """Write the 48 disclosures and the list of what was planted in them."""
    assert write(folder, 16, 3, seed=seed, layout=layout, error_share=800) == 48


def planted_errors(folder: Path) -> list[dict[str, str]]:
    """Return what was planted: a disclosure, a rule and perhaps a subject in each row."""
    with (folder / MANIFEST).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
