"""Lists of projects with their goals and indicators, an indicator to a row."""

import re
from collections.abc import Iterator, Sequence

from budget_warehouse.reader.document import Grid, Paragraph, Row
from budget_warehouse.reader.parsing.amounts import is_one_amount
from budget_warehouse.reader.parsing.forms import FormReading
from budget_warehouse.reader.parsing.headers import Column, Header
from budget_warehouse.reader.parsing.record import Fields, Leftover
from budget_warehouse.reader.parsing.sections import Section
from budget_warehouse.reader.parsing.vocabulary import TARGET_LIST_HEADS
from budget_warehouse.reader.parsing.wording import is_total, numbers, plain, without_unit

_YEAR = re.compile(r"(20\d{2})年")
_NEEDED = frozenset({"project_name", "goal", "indicator_name", "target"})
_AMOUNTS = ("total", "annual_fiscal")
_OF_PROJECT = (*_AMOUNTS, "fiscal_funds", "other_funds", "implementing_organization_name")
_OF_INDICATOR = ("indicator_level_1", "indicator_level_2", "indicator_name")
_OF_NO_FIGURE = "定性"
_OPENING = 4  # rows in which the heads of a list stand


def is_target_list(section: Section) -> bool:
    """Return whether a table lists projects with a row for each indicator, by its heads."""
    return any(_head(grid) is not None for grid in section.grids)


def read_target_list(
    section: Section, before: Sequence[FormReading]
) -> tuple[list[FormReading], list[Leftover]]:
    """Return the projects of a list, and its amounts that belong to none.

    Each page may have a title and heads of its own: the project that the page before ended with,
    the last of `before`, goes on where its name and amount are printed again.
    """
    last = before[-1] if before and is_target_list(before[-1].section) else None
    reader = _Reader(section, last)
    header: Header | None = None
    for grid in section.grids:
        found = _head(grid)
        header, rows = found or (header, grid.rows)
        if header is not None:
            for position, row in enumerate(rows if found else header.aligned(grid)):
                reader.take(_fields(row, header), row, is_first=position == 0)
    return reader.forms, reader.leftovers


class _Reader:
    """Reads a list row by row, and keeps the project that is open."""

    def __init__(self, section: Section, last: FormReading | None) -> None:
        self.forms: list[FormReading] = []
        self.leftovers: list[Leftover] = []
        self._section = section
        self._unit = section.unit or _unit_above(section)
        self._open = last

    def take(self, fields: Fields, row: Row, *, is_first: bool) -> None:
        """Take the project, the goal and the indicator of a row, as far as it has them."""
        name, goal = fields.get("project_name", ""), fields.get("goal", "")
        amount = next((fields[column] for column in _AMOUNTS if fields.get(column)), "")
        indicator = {column: fields[column] for column in _OF_INDICATOR if column in fields}
        if is_total(name) or (amount and not (goal or indicator)):
            self.leftovers.extend(
                Leftover(row.place, number, "is the amount of no project")
                for number in numbers(amount)
            )
            return
        is_again = is_first and self._is_open(name, amount)
        if is_one_amount(amount) and not is_again:
            self._begin(fields, row)
        elif self._open is not None and name and not amount and is_first:
            self._open.project["project_name"] += name  # the page before has cut it off
        if self._open is None:
            return
        if goal and not is_again:
            _add_goal(self._open, goal, row)
        if indicator:
            _add_indicator(self._open, indicator, fields, row)

    def _is_open(self, name: str, amount: str) -> bool:
        """Return whether a row prints the name and the amount of the open project again."""
        project = self._open.project if self._open else {}
        is_named = bool(name and amount) and project.get("project_name") == name
        return is_named and all(project.get(column, amount) == amount for column in _AMOUNTS)

    def _begin(self, fields: Fields, row: Row) -> None:
        """Open a project; one without a name shares the cell of the name above."""
        name = fields.get("project_name") or (
            self._open.project["project_name"] if self._open else ""
        )
        project = {column: fields[column] for column in _OF_PROJECT if column in fields}
        project |= {"project_name": name, "source_ref": row.place}
        year = _YEAR.match(self._section.title)
        if year:
            project["fiscal_year"] = year.group(1)
        self._open = FormReading(self._section, project, unit=self._unit)
        self.forms.append(self._open)


def _add_goal(form: FormReading, goal: str, row: Row) -> None:
    prose = form.prose
    if prose:
        prose[-1] = Paragraph(prose[-1].text + goal, prose[-1].place)
    else:
        prose.append(Paragraph(goal, row.place))


def _add_indicator(form: FormReading, indicator: Fields, fields: Fields, row: Row) -> None:
    comparator = plain(fields.get("comparator", "")).replace(_OF_NO_FIGURE, "")
    parts = (comparator, fields.get("target", ""), fields.get("measured_in", ""))
    notes = (f"分值 {fields['weight']}" if "weight" in fields else "", fields.get("note", ""))
    target = indicator | {"target": "".join(parts) if parts[1] else ""}
    target |= {"note": " ".join(filter(None, notes)), "source_ref": row.place}
    target["project_name"] = form.project["project_name"]
    form.targets.append({name: value for name, value in target.items() if value})


def _unit_above(section: Section) -> str:
    """Return the unit that stands in the lattice above the heads, as on a sheet."""
    cells = (
        cell for grid in section.grids[:1] for row in grid.rows[:_OPENING] for cell in row.cells
    )
    return next((unit for cell in cells if (unit := without_unit(plain(cell))[1])), "")


def _head(grid: Grid) -> tuple[Header, tuple[Row, ...]] | None:
    """Return the heads of a list with the rows below them, None where a table has none."""
    for at, row in enumerate(grid.rows):
        if not any(_column(cell) == "indicator_name" for cell in row.cells):
            continue
        end = at + 1
        below = grid.rows[end : end + 1]
        if below and all(_column(cell) in _OF_PROJECT for cell in below[0].cells if cell.strip()):
            end += 1
        columns = tuple(_columns(grid.rows[max(0, at - 1) : end]))
        is_list = {column.field for column in columns} >= _NEEDED
        return (Header(columns, grid.edges, grid.width), grid.rows[end:]) if is_list else None
    return None


def _columns(heads: Sequence[Row]) -> Iterator[Column]:
    """Yield a column for each lattice column that a head stands above; the rest are notes."""
    named: set[str] = set()
    starts: list[tuple[int, str, str]] = []
    for position in range(max(len(row.cells) for row in heads)):
        words = [row.cells[position] for row in heads if row.cells[position:]]
        filled = [plain(cell) for cell in words if cell.strip()]
        found = [name for word in filled if (name := _column(word)) and name not in named]
        if found:
            named.add(found[-1])
        if filled:
            starts.append((position, filled[-1], found[-1] if found else "note"))
    ends = [start for start, _, _ in starts[1:]]
    for (start, word, name), end in zip(starts, [*ends, len(heads[-1].cells)], strict=True):
        yield Column((word,), start, end, name, "key", 0)


def _column(cell: str) -> str:
    word = plain(cell).removeprefix("其中:")
    return next((name for name, head in TARGET_LIST_HEADS if word and head.match(word)), "")


def _fields(row: Row, header: Header) -> Fields:
    fields: Fields = {}
    for position, cell in enumerate(row.cells):
        column = header.column_at(position)
        if column is not None and column.field != "number" and cell.strip():
            key = column.field
            separator = " " if key == "note" and key in fields else ""
            fields[key] = fields.get(key, "") + separator + cell.strip()
    return fields
