"""Lists of projects, each with its amount and the goal that it is for."""

import re

from budget_warehouse.reader.document import Row
from budget_warehouse.reader.parsing.amounts import is_one_amount
from budget_warehouse.reader.parsing.forms import FormReading
from budget_warehouse.reader.parsing.headers import Column, Header
from budget_warehouse.reader.parsing.record import Fields, Leftover
from budget_warehouse.reader.parsing.sections import Section
from budget_warehouse.reader.parsing.vocabulary import GOAL_HEADS
from budget_warehouse.reader.parsing.wording import is_total, numbers, plain

_UNIT = re.compile(r"\((?:单位:)?(亿元|百万元|万元|千元|元)\)")
_NEEDED = frozenset({"project_name", "annual_total", "goal"})


def goals_header(section: Section) -> Header | None:
    """Return the head of a list of goals, None where a table has other columns, or one more."""
    grid = section.grids[0]
    starts = [start for start, cell in enumerate(grid.rows[0].cells) if cell.strip()]
    words = [plain(grid.rows[0].cells[start]) for start in starts]
    found = [next((name for name, head in GOAL_HEADS if head.match(word)), "") for word in words]
    if not set(found) >= _NEEDED or "" in found or len(set(found)) < len(found):
        return None
    columns = tuple(
        Column((word,), start, end, name, "key", 0)
        for word, start, end, name in zip(
            words, starts, [*starts[1:], grid.width], found, strict=True
        )
    )
    return Header(columns, grid.edges, grid.width)


def read_goals(section: Section, header: Header) -> tuple[list[FormReading], list[Leftover]]:
    """Return the projects of a list of goals, and its numbers that belong to none."""
    units = [_UNIT.search(column.words) for column in header.columns]
    unit = next((found.group(1) for found in units if found), section.unit)
    forms: list[FormReading] = []
    leftovers: list[Leftover] = []
    for row in (row for grid in section.grids for row in header.aligned(grid)):
        fields = _fields(row, header)
        name, amount = fields.get("project_name", ""), fields.get("annual_total", "")
        if is_total(name) or (amount and not is_one_amount(amount)) or (amount and not name):
            leftovers.extend(
                Leftover(row.place, number, "is the amount of no project")
                for number in numbers(amount)
            )
        elif amount:
            forms.append(FormReading(section, fields | {"source_ref": row.place}, unit=unit))
        elif forms:  # the rest of what the page before has cut off
            before = forms[-1].project
            before.update({key: before.get(key, "") + value for key, value in fields.items()})
    return forms, leftovers


def _fields(row: Row, header: Header) -> Fields:
    fields: Fields = {}
    for position, cell in enumerate(row.cells):
        column = header.column_at(position)
        if column is not None and column.field != "number" and cell.strip():
            key = "note" if column.field == "goal" else column.field
            fields[key] = fields.get(key, "") + cell.strip()
    return fields
