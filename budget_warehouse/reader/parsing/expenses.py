"""Tables of expenses that list in rows what others print in columns: turned into one row a unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from budget_warehouse.contract.printed_tables import Heading
from budget_warehouse.reader.parsing.headings import Headings, headings_of, spell
from budget_warehouse.reader.parsing.record import Fields, Leftover
from budget_warehouse.reader.parsing.wording import is_total, numbers, plain

THREE_PUBLIC = "three_public_expenses"
_UNIT = ("organization_code", "organization_name")


@dataclass(frozen=True)
class Turned:
    """The rows of a table after turning, and the numbers that have no column."""

    rows: list[Fields]
    leftovers: list[Leftover]


def turned(rows: Sequence[Fields], year: str) -> Turned:
    """Join the rows of one unit that name expenses, or periods, into one row.

    A row's name means what it would mean as a heading above its columns.
    """
    headings = headings_of(THREE_PUBLIC)
    meanings = _meanings([row.get("name", "") for row in rows], headings, year)
    if not any(meanings.values()):
        return Turned([_noted(row) for row in rows], [])
    joined: list[Fields] = []
    leftovers: list[Leftover] = []
    unit: Fields = {}
    for row in rows:
        name = row.pop("name", "")
        own = {key: row[key] for key in _UNIT if row.get(key)}
        if own or not joined:
            unit = own
            joined.append({"source_ref": row["source_ref"], **unit})
        target = joined[-1]
        is_year = not name or is_total(name) or spell(name, year).spellings[:1] == ("本年",)
        for column, value in row.items():
            if column in _UNIT or column == "source_ref":
                continue
            measure = headings.measures.get(column)
            if measure is None:
                target[column] = " ".join(filter(None, (target.get(column, ""), value)))
                continue
            meaning = meanings.get(name)
            named = headings.joined(meaning, measure) if meaning else measure if is_year else None
            if named is None or named.column_name in target:
                if numbers(value):
                    leftovers.append(
                        Leftover(
                            row["source_ref"],
                            value,
                            f"the contract has no column for {plain(name)}",
                        )
                    )
            else:
                target[named.column_name] = value
    return Turned([row for row in joined if row.keys() - {"source_ref", *_UNIT}], leftovers)


def _meanings(names: Sequence[str], headings: Headings, year: str) -> dict[str, Heading | None]:
    """Return what each name means; of two that mean the same, one takes its next meaning."""
    alternatives = {
        name: headings.all_alone(spell(name, year)) if name and not is_total(name) else []
        for name in dict.fromkeys(names)
    }
    meanings: dict[str, Heading | None] = {}
    taken: set[str] = set()
    for name, found in sorted(alternatives.items(), key=lambda item: len(item[1])):
        free = next((one for one in found if one.column_name not in taken), None)
        meanings[name] = free
        if free is not None:
            taken.add(free.column_name)
    return meanings


def _noted(row: Fields) -> Fields:
    """Put what names a row before what its note already holds."""
    name = row.pop("name", "")
    if name:
        row["note"] = " ".join(filter(None, (name, row.get("note", ""))))
    return row
