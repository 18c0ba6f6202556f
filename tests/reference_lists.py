"""Reference lists that tests mistype, and leave as spreadsheets and editors leave them."""

import shutil
from pathlib import Path

from warehouses import SEEDS, edit

REGIONS = "regions"


def mistakable(seeds: Path) -> Path:
    """Copy the reference lists of the repository, and link its disclosures beside them."""
    shutil.copytree(SEEDS / "reference", seeds / "reference")
    (seeds / "disclosures").symlink_to(SEEDS / "disclosures")
    return seeds / "reference"


def typed(folder: Path, name: str, row_begins: str, values: dict[str, str]) -> int:
    """Type values into the first row that begins so; the line on which it stands."""
    file = folder / f"{name}.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    line = next(line for line, text in enumerate(lines, 1) if text.startswith(row_begins))
    numbers = iter(range(2, len(lines) + 1))
    edit(file, lambda row: row.update(values if next(numbers) == line else {}))
    return line


def untidy(folder: Path) -> None:
    """Leave in the lists what spreadsheets and editors leave, and what is no fault."""
    regions = folder / f"{REGIONS}.csv"
    first, *others = regions.read_bytes().splitlines()
    columns = first.count(b",")
    blank = b"," * columns
    regions.write_bytes(
        b"\xef\xbb\xbf"
        + b"\r\n".join([first, *others[:9]])
        + b"\r\n"
        + b"\n".join(others[9:])
        + b"\n"
        + b"\r\n".join([b"", blank, b"", b",", blank, b""])
    )
    (folder / ".#regions.csv").symlink_to("clerk@desk.1")
    (folder / "~$regions.csv").write_bytes(b"\x00")
    (folder / "._labels.csv").write_bytes(b"\x00\x05\xff")
    (folder / "README.md").write_text("Ours.")
    (folder / "old").mkdir()
    (folder / "old" / "labels.csv").write_text("kind\n")
