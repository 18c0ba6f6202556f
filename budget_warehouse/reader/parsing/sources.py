"""Tables of revenue that list in rows the sources that others print in columns."""

from collections.abc import Sequence

from budget_warehouse.contract.printed_tables import Heading
from budget_warehouse.reader.parsing.expenses import Turned
from budget_warehouse.reader.parsing.headings import Headings, headings_of, spell
from budget_warehouse.reader.parsing.record import Fields, Leftover
from budget_warehouse.reader.parsing.wording import is_total, numbers, plain

REVENUE = "revenue_by_function"
_SUBTOTAL = "小计"
_OF_A_SOURCE = frozenset({"name", "level", "note", "source_ref"})
_FEWEST = 2  # sources named in rows, below which a table is not one of them


def turned_sources(rows: Sequence[Fields], year: str) -> Turned | None:
    """Join rows that name nothing but sources of revenue into one, None where they name accounts.

    A name with 小计 behind it opens a group: the names below it are of that source.
    """
    headings = headings_of(REVENUE)
    if any(row.keys() - _OF_A_SOURCE - headings.measures.keys() for row in rows):
        return None
    meanings = list(_meanings([row.get("name", "") for row in rows], headings, year))
    sources = {found.column_name for found in meanings if found is not None}
    if len(sources) < _FEWEST or not any(is_total(row.get("name", "")) for row in rows):
        return None
    turned: Fields = {"name": next(row["name"] for row in rows if is_total(row.get("name", "")))}
    turned["source_ref"] = rows[0]["source_ref"]
    leftovers: list[Leftover] = []
    for row, meaning in zip(rows, meanings, strict=True):
        for column, value in row.items():
            measure = headings.measures.get(column)
            if measure is None:
                continue
            named = measure if is_total(row.get("name", "")) else None
            if meaning is not None:
                named = headings.joined(meaning, measure)
            if named is not None and named.column_name not in turned:
                turned[named.column_name] = value
            elif numbers(value):
                name = plain(row.get("name", ""))
                leftovers.append(
                    Leftover(row["source_ref"], value, f"the contract has no column for {name}")
                )
    return Turned([turned], leftovers)


def _meanings(names: Sequence[str], headings: Headings, year: str) -> list[Heading | None]:
    """Return the source that each name means, under the group that it stands in."""
    found: list[Heading | None] = []
    group = ""
    for name in map(plain, names):
        own = name.removesuffix(_SUBTOTAL)
        if not own or is_total(name):
            found.append(_source(headings.all_alone(spell(group, year))) if not own else None)
            continue
        path = (spell(group, year), spell(own, year))
        below = headings.meanings(path) if group and own == name else []
        if not below:
            below = headings.all_alone(spell(own, year))
            group = own if below or own != name else group
        found.append(_source(below))
    return found


def _source(meanings: Sequence[Heading]) -> Heading | None:
    return next((one for one in meanings if one.source), None)
