"""The values of the reference lists, one by one: badly written, names of nothing, doubled."""

import re
from collections.abc import Collection, Iterator

from budget_warehouse.contract.reference_lists.contract import (
    ANY_TABLE,
    Column,
    ReferenceList,
)
from budget_warehouse.contract.reference_lists.fault import Fault, narrow, shown, unknown
from budget_warehouse.contract.reference_lists.names import Names
from budget_warehouse.contract.reference_lists.reading import NumberedRow, Row


def faults_of_values(
    file: str, rows: Collection[NumberedRow], reference_list: ReferenceList, names: Names
) -> Iterator[Fault]:
    """Yield what is wrong with the values of one list."""
    unsound = set()
    for column_name, column in reference_list.columns.items():
        for line, row in rows:
            for fault in _value_faults(file, line, column_name, row, column, names):
                unsound.add(line)
                yield fault
    sound = [(line, row) for line, row in rows if line not in unsound]
    yield from _doubled_rows(file, sound, reference_list.key)


def _value_faults(
    file: str, line: int, name: str, row: Row, column: Column, names: Names
) -> Iterator[Fault]:
    """Yield why a value cannot stand in its column."""
    value = row[name]
    if not value:
        if column.is_required:
            yield Fault(file, line, name, "must not be blank")
        return
    if column.is_prose:
        return
    if value != value.strip():
        yield Fault(file, line, name, f"{shown(value)} has a space before or after it; take it out")
        return
    noun = column.noun.format_map(row)
    if column.form and not re.fullmatch(column.form, value):
        yield Fault(file, line, name, f"{shown(value)} is no {noun}")
        return
    known = _known(column, row, names)
    if column.has_several:
        several = value.split(" ")
        if "" in several or len(set(several)) < len(several):
            yield Fault(
                file, line, name, f"{shown(value)} names a table twice or has two spaces together"
            )
        elif ANY_TABLE in several and len(several) > 1:
            yield Fault(file, line, name, f"{ANY_TABLE!r} stands alone, not in {shown(value)}")
    else:
        several = [value]
    for one in several:
        if one and known is not None and one not in known:
            yield unknown(file, line, name, one, noun, known)


def _known(column: Column, row: Row, names: Names) -> Collection[str] | None:
    """Return what a value of a column is to be one of; None where anything is."""
    if not column.names:
        return column.words or None
    known = names.get(column.names.format_map(row))
    if known is None or not column.words:
        return known
    return {*known, *column.words}


def _doubled_rows(
    file: str, rows: Collection[NumberedRow], key: tuple[str, ...]
) -> Iterator[Fault]:
    """Yield rows with the key of an earlier one, or with one that looks the same."""
    seen: dict[tuple[str, ...], tuple[int, tuple[str, ...]]] = {}
    for line, row in rows:
        values = tuple(row[column] for column in key)
        first_line, first = seen.setdefault(tuple(map(narrow, values)), (line, values))
        if first_line != line:
            said = ", ".join(shown(value) for value in values if value)
            reason = (
                f"{said} stands on line {first_line} too"
                if first == values
                else f"{said} differs from line {first_line} in spaces or width only"
            )
            yield Fault(file, line, " ".join(key) if len(key) < 4 else None, reason)
