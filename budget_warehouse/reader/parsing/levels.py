"""The levels of rows without codes, by how far their names stand from the edge of the column."""

from collections.abc import Sequence

from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.wording import is_total

_STEP = 3.0  # points within which two indentations are one
_DEEPEST = 6


def set_levels(rows: Sequence[Fields], indents: Sequence[float], name: str) -> None:
    """Write each row's level where names are indented, and nothing where they are centred.

    Centred names of one length start at one place, so that there are as many places as lengths.
    """
    named = [
        (row, indent)
        for row, indent in zip(rows, indents, strict=True)
        if row.get(name) and not is_total(row[name])
    ]
    steps: list[float] = []
    for indent in sorted(indent for _, indent in named):
        if not steps or indent - steps[-1] > _STEP:
            steps.append(indent)
    if not 1 < len(steps) <= _DEEPEST:
        return
    lengths: dict[int, set[int]] = {}
    levels = [
        max(number for number, step in enumerate(steps, start=1) if indent >= step)
        for _, indent in named
    ]
    for level, (row, _) in zip(levels, named, strict=True):
        lengths.setdefault(level, set()).add(len(row[name]))
    if all(len(found) == 1 for found in lengths.values()) and len(named) > len(steps):
        return
    for level, (row, _) in zip(levels, named, strict=True):
        row["level"] = str(level)


def set_levels_by_own_codes(rows: Sequence[Fields]) -> None:
    """Write each row's level where rows print only the last part of their code."""
    parts = ("class_code", "section_code", "item_code")
    is_own = any(
        (row.get("section_code") or row.get("item_code")) and not row.get("class_code")
        for row in rows
    ) and any(row.get("class_code") and not row.get("section_code") for row in rows)
    if not is_own:
        return
    for row in rows:
        printed = [part for part in parts if row.get(part)]
        if printed:
            row["level"] = str(parts.index(printed[-1]) + 1)
