"""The changes in the disclosures between one build and the next."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path


def chosen(folders: list[Path], share: float, is_spread: bool) -> list[Path]:
    """Return a share of the disclosures: whole departments, or as many over all departments."""
    count = round(len(folders) * share)
    if not is_spread or not count:
        return folders[:count]
    return [folders[place * len(folders) // count] for place in range(count)]


def raise_targets(folders: Iterable[Path]) -> None:
    """Add one more event to every project's targets, which no rule minds.

    Of a disclosure without project forms the document gets another name.
    """
    for folder in folders:
        file = folder / "performance_targets.csv"
        pattern = r"(>=)(\d+)(场)"
        if not file.exists():
            file, pattern = folder / "disclosure.csv", r"(,synthetic)(\d*)(,)"
        before = file.read_text(encoding="utf-8")
        after = re.sub(pattern, _one_more, before)
        assert after != before, f"{file} has nothing to raise"
        file.write_text(after, encoding="utf-8")


def _one_more(number: re.Match[str]) -> str:
    return f"{number[1]}{int(number[2] or 1) + 1}{number[3]}"


def print_both_natures(folders: Iterable[Path]) -> list[Path]:
    """Return the disclosures whose table of expenditure has columns of basic and project."""
    return [
        folder
        for folder in folders
        for header in [_header(folder / "expenditure_by_function.csv")]
        if {"basic", "project"} <= {*header}
    ]


def _header(file: Path) -> list[str]:
    with file.open(encoding="utf-8") as lines:
        return lines.readline().strip().split(",")


def change_places(folders: Iterable[Path]) -> None:
    """Swap basic and project expenditure, so that every answer of readers is another."""
    for folder in folders:
        file = folder / "expenditure_by_function.csv"
        with file.open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        with file.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            for row in rows:
                writer.writerow(row | {"basic": row["project"], "project": row["basic"]})
