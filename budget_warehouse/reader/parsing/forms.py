"""Project forms (财政项目支出绩效目标填报表): the head of each, and its performance indicators."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from budget_warehouse.reader.document import Grid, Paragraph, Row
from budget_warehouse.reader.parsing.headers import refined
from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.sections import Section
from budget_warehouse.reader.parsing.vocabulary import (
    FORM_LABELS,
    FULL_MARKS,
    FUND_HEADS,
    FUND_WORDS,
    FUNDS_OF_THE_YEAR,
    INDICATOR_HEADS,
    OUTCOME_HEADS,
    SCORE_LIST,
    WHOLE_DEPARTMENT,
)
from budget_warehouse.reader.parsing.wording import numbers, plain

_YEAR = re.compile(r"[(（]?(\d{4})年度?[)）]?$")
_TITLE_YEAR = re.compile(r"(20\d{2})年")
_FUND_LABELS = ("total", "annual_total", "annual_fiscal", "annual_carryover", "fiscal", "other")
_EXECUTION = ("initial_budget", "adjusted_budget", "executed")
_UNIT = re.compile(r"\((万元|元)\)")
_FUND_SIDES = {
    "fiscal": ("fiscal_funds", "annual_fiscal"),
    "other": ("other_funds", "annual_other"),
}


@dataclass
class FormReading:
    """One project form read: the project, its indicators, its prose, its numbers not placed."""

    section: Section
    project: Fields
    targets: list[Fields] = field(default_factory=list)
    prose: list[Paragraph] = field(default_factory=list)
    unit: str = ""


def is_form(section: Section) -> bool:
    """Return whether a table is a project form by what it asks for, whatever its title."""
    rows = [row for grid in section.grids for row in grid.rows]
    names = any(_label(cell) == "project_name" for row in rows for cell in row.cells)
    return (names or _is_of_department(section)) and any(_indicator_heads(row) for row in rows)


def is_score_list(section: Section) -> bool:
    """Return whether a table lists projects with the scores of their self-evaluation."""
    return bool(section.grids) and len(_heads(section.grids[0].rows[0], SCORE_LIST)) == len(
        SCORE_LIST
    )


def read_score_list(section: Section) -> list[FormReading]:
    """Read each row of a list of scores as a project."""
    columns = _heads(section.grids[0].rows[0], SCORE_LIST)
    forms: list[FormReading] = []
    for row in (row for grid in section.grids for row in grid.rows):
        values = _values(row, columns)
        if values.get("project_name") and numbers(values.get("score", "")):
            forms.append(FormReading(section, values | {"source_ref": row.place}))
    return forms


def read_forms(section: Section) -> list[FormReading]:
    """Read the project forms under one title; a form continued on the next page is one form.

    `project` carries the columns of projects.csv, each of `targets` those of
    performance_targets.csv, both without `disclosure_id`, `row_number` and `unit`.
    """
    forms: list[list[Row]] = [[]]
    for row in _rows_in_the_columns_of_their_head(section.grids):
        is_named = any(_label(cell) == "project_name" for cell in row.cells)
        if is_named and any(
            _label(cell) == "project_name" for other in forms[-1] for cell in other.cells
        ):
            forms.append([])
        forms[-1].append(row)
    return [_read_form(section, rows) for rows in forms]


def _rows_in_the_columns_of_their_head(grids: Sequence[Grid]) -> Iterator[Row]:
    """Yield the rows of a form; a page that goes on with it may have drawn fewer lines."""
    head: Grid | None = None
    for grid in grids:
        if any(_indicator_heads(row) for row in grid.rows):
            head = grid
        elif head is not None and head.edges:
            yield from refined(grid, head.edges) or grid.rows
            continue
        yield from grid.rows


def _read_form(section: Section, rows: Sequence[Row]) -> FormReading:
    place = section.place if rows[0] is section.grids[0].rows[0] else rows[0].place
    reading = FormReading(section, {"source_ref": place}, unit=section.unit)
    _take_year(section.subtitle, reading.project)
    if _is_of_department(section):
        name = WHOLE_DEPARTMENT.search(plain(section.title))
        reading.project |= dict.fromkeys(
            ("project_name", "project_kind"), name["name"] if name else ""
        )
    columns: dict[str, int] = {}
    funds: dict[str, int] = {}
    annual_from: int | None = None
    for row in rows:
        heads = _indicator_heads(row)
        if heads:
            columns = heads
        elif columns and "achieved" in columns and _is_full_marks(row):
            _take_full_marks(row, columns, reading)
        elif columns:
            _take_indicator(row, columns, reading)
        elif _fund_heads(row):
            funds = _fund_heads(row)
            _take_unit(row, reading)
        elif funds and _label(_left_of(row, funds)) in ("", *_FUND_LABELS):
            _take_funds(row, funds, reading)
        else:
            funds = {}
            annual_from = _take_head_row(row, reading, annual_from)
    _settle_kind(reading.project)
    year = _TITLE_YEAR.match(section.title)
    if year:
        reading.project.setdefault("fiscal_year", year.group(1))
    for target in reading.targets:
        target["project_name"] = reading.project.get("project_name", "")
    return reading


def _take_year(text: str, project: Fields) -> bool:
    found = _YEAR.match(plain(text))
    if found:
        project.setdefault("fiscal_year", found.group(1))
    return bool(found)


def _indicator_heads(row: Row) -> dict[str, int]:
    """Return the columns of the indicators when the row is their head.

    What a self-evaluation adds is read only where it prints what was achieved.
    """
    heads = _heads(row, INDICATOR_HEADS)
    if not {"indicator_name", "target"} <= set(heads):
        return {}
    outcome = _heads(row, OUTCOME_HEADS)
    return heads | outcome if "achieved" in outcome else heads


def _fund_heads(row: Row) -> dict[str, int]:
    """Return the columns of a self-evaluation's money when the row is their head."""
    heads = _heads(row, FUND_HEADS)
    return heads if {"adjusted_budget", "executed"} <= set(heads) else {}


def _heads(row: Row, wording: Sequence[tuple[str, re.Pattern[str]]]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for position, cell in enumerate(row.cells):
        for column, pattern in wording:
            if pattern.match(plain(cell)):
                heads.setdefault(column, position)
                break
    return heads


def _values(row: Row, columns: Mapping[str, int]) -> Fields:
    """Return the cells of a row by the column that starts at or left of each."""
    starts = sorted(columns.items(), key=lambda item: item[1])
    values: Fields = {}
    for position, cell in enumerate(row.cells):
        named = [name for name, start in starts if start <= position]
        if named and cell.strip():
            values.setdefault(named[-1], cell.strip())
    return values


def _left_of(row: Row, columns: Mapping[str, int]) -> str:
    """Return what a row is called, left of its columns."""
    return next((cell.strip() for cell in row.cells[: min(columns.values())] if cell.strip()), "")


def _is_of_department(section: Section) -> bool:
    """Return whether a table evaluates all that a department spends."""
    return bool(WHOLE_DEPARTMENT.search(plain(section.title)))


def _is_full_marks(row: Row) -> bool:
    return any(FULL_MARKS.match(plain(cell)) for cell in row.cells)


def _take_full_marks(row: Row, columns: dict[str, int], reading: FormReading) -> None:
    """Take the score of the whole project, and how much it could be."""
    values = _values(row, columns)
    score = values.get("score", "")
    if numbers(score):
        reading.project["score"] = score
    if values.get("weight"):
        _note(reading.project, f"总分 {values['weight']}")


def _take_funds(row: Row, columns: dict[str, int], reading: FormReading) -> None:
    """Take the year's money in whole; its parts, and what else its row says, are a note."""
    label = _left_of(row, columns)
    values = {name: value for name, value in _values(row, columns).items() if numbers(value)}
    if FUNDS_OF_THE_YEAR.search(plain(label)) and not any(
        column in reading.project for column in _EXECUTION
    ):
        reading.project |= {name: values.pop(name) for name in _EXECUTION if name in values}
    elif not _label(label):
        for position, cell in enumerate(row.cells):
            if cell.strip():
                reading.prose.append(Paragraph(cell.strip(), row.place_of(position)))
        return
    if values:
        printed = " ".join(f"{FUND_WORDS[name]} {value}" for name, value in values.items())
        _note(reading.project, f"{label} {printed}")


def _take_unit(row: Row, reading: FormReading) -> None:
    for cell in row.cells:
        unit = _UNIT.search(plain(cell))
        if unit:
            reading.unit = unit.group(1)


def _note(fields: Fields, text: str) -> None:
    fields["note"] = "；".join(filter(None, (fields.get("note", ""), text)))


def _take_indicator(row: Row, columns: dict[str, int], reading: FormReading) -> None:
    """Add a row of indicators; what stands left of them is the form's own frame."""
    starts = sorted(columns.items(), key=lambda item: item[1])
    target: Fields = {}
    first: int | None = None
    for position, cell in enumerate(row.cells):
        if not cell.strip() or position < starts[0][1]:
            continue
        column = [name for name, start in starts if start <= position][-1]
        if column == "weight":
            target["note"] = " ".join(
                filter(None, (target.get("note", ""), f"分值 {cell.strip()}"))
            )
        elif column in target:
            target["note"] = " ".join(filter(None, (target.get("note", ""), cell.strip())))
        else:
            target[column] = cell.strip()
        first = position if first is None else first
    if first is None:
        return
    target["source_ref"] = row.place
    reading.targets.append(target)


def _take_head_row(row: Row, reading: FormReading, annual_from: int | None) -> int | None:
    """Take the labels and values of one row; return where the columns of the year's funds start."""
    if any(_take_year(cell, reading.project) for cell in row.cells if cell.strip()):
        return annual_from
    label = ""
    for position, cell in enumerate(row.cells):
        if not cell.strip():
            continue
        found = _label(cell)
        if found:
            label = found
            if label == "annual_total":
                annual_from = position
            if label in _FUND_SIDES:
                is_annual = annual_from is not None and position >= annual_from
                label = _FUND_SIDES[label][is_annual]
            if label == "unit":
                unit = _UNIT.search(plain(cell))
                reading.unit = unit.group(1) if unit else reading.unit
        elif label in ("", "goal", "unit", "department_name") or label in reading.project:
            reading.prose.append(Paragraph(cell.strip(), row.place_of(position)))
        else:
            reading.project[label] = cell.strip()
    return annual_from


def _label(cell: str) -> str:
    for column, pattern in FORM_LABELS:
        if pattern.match(plain(cell)):
            return column
    return ""


def _settle_kind(project: Fields) -> None:
    """Keep the nature of a project, recurrent or one-off, apart from its category."""
    category = project.pop("category", "")
    if not category:
        return
    if project.get("project_kind"):
        _note(project, f"项目类别：{category}")
    else:
        project["project_kind"] = category
