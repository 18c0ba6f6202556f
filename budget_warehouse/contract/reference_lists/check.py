"""The check of the reference lists: value by value, row against row, list against list."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from budget_warehouse.contract.reference_lists.contract import MAY_BE_EMPTY, reference_lists
from budget_warehouse.contract.reference_lists.disclosures import known_disclosures
from budget_warehouse.contract.reference_lists.fault import Fault
from budget_warehouse.contract.reference_lists.names import Names, known_names
from budget_warehouse.contract.reference_lists.reading import NumberedRow, Rows, read_lists
from budget_warehouse.contract.reference_lists.relations import faults_between
from budget_warehouse.contract.reference_lists.values import faults_of_values
from budget_warehouse.storage.warehouse import ROOT

_MOST = 50  # faults that are said at once


class UnsoundListsError(Exception):
    """Reference lists have faults; the message has a sentence for each."""


def require_sound_lists(folder: Path) -> None:
    """Hold the reference lists in a folder against what defines every name in them.

    Raises:
        UnsoundListsError: a list has a fault.
    """
    faults = list_faults(folder)
    if not faults:
        return
    count = "a fault" if len(faults) == 1 else f"{len(faults):,} faults"
    lines = [f"The reference lists in {folder} have {count}; mend that and build again."]
    lines += map(str, faults[:_MOST])
    if len(faults) > _MOST:
        lines.append(f"and {len(faults) - _MOST:,} more")
    raise UnsoundListsError("\n".join(lines))


def list_faults(folder: Path) -> list[Fault]:
    """Return every fault of the reference lists in a folder, by file and line."""
    declared = reference_lists()
    lists, faults = read_lists(folder, declared)
    names = {**known_names(lists), **_disclosures(lists, folder)}
    sound, _ = _parted(lists, faults)
    for name, rows in lists.items():
        faults += faults_of_values(rows.file, sound[name], declared[name], names)
        if not rows.rows and rows.is_complete and name not in MAY_BE_EMPTY:
            faults.append(Fault(rows.file, None, None, "the list has no rows"))
    faults += faults_between(*_parted(lists, faults), names)
    return _once_each(sorted(faults, key=lambda fault: (fault.file, fault.line or 0)))


def _parted(
    lists: Mapping[str, Rows], faults: Iterable[Fault]
) -> tuple[dict[str, list[NumberedRow]], dict[str, list[NumberedRow]]]:
    """Return the rows of each list without a fault, and those with one."""
    unsound_lines = {(fault.file, fault.line) for fault in faults}
    sound: dict[str, list[NumberedRow]] = {name: [] for name in lists}
    unsound: dict[str, list[NumberedRow]] = {name: [] for name in lists}
    for name, rows in lists.items():
        for line, row in rows.rows:
            part = unsound if (rows.file, line) in unsound_lines else sound
            part[name].append((line, row))
    return sound, unsound


def _once_each(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults with what is wrong in many lines said once, at the first of them."""
    alike: dict[tuple[str, str | None, str], list[Fault]] = {}
    for fault in faults:
        alike.setdefault((fault.file, fault.column, fault.reason), []).append(fault)
    return [replace(first, more_lines=len(others)) for first, *others in alike.values()]


def _disclosures(lists: Mapping[str, Rows], folder: Path) -> Names:
    """Return the disclosures that findings may name: those beside the lists, and the repository's.

    Lists of a user's own mostly begin as a copy of the repository's.
    """
    beside = folder.parent / "disclosures"
    if "known_findings" not in lists or not beside.is_dir():
        return {}
    named = {row["disclosure_id"] for _, row in lists["known_findings"].rows}
    roots = dict.fromkeys([beside, ROOT / "seeds" / "disclosures"])
    return {"disclosures": known_disclosures(named, [*roots])}
