"""The rows of the official tables, as the raw contract wants them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budget_warehouse.contract.raw_csv import RAW_TABLES, Kind
from budget_warehouse.reader.document import Grid, Row
from budget_warehouse.reader.parsing.headers import (
    Column,
    Header,
    field_of,
    is_column_numbers,
    read_header,
    split_head,
)
from budget_warehouse.reader.parsing.record import Fields, Leftover
from budget_warehouse.reader.parsing.sections import Section
from budget_warehouse.reader.parsing.vocabulary import CODE, ENTITY, LABEL, NOTE, SERIAL, YEAR
from budget_warehouse.reader.parsing.wording import is_amount, is_nil, is_total, numbers, plain

SIDES = ("revenue", "expenditure")
TWO_SIDED = frozenset({"revenue_expenditure_summary", "fiscal_appropriation_summary"})
THREE_PUBLIC = "three_public_expenses"
BASIC_BY_ECONOMIC = "basic_expenditure_by_economic"

_CODE = re.compile(r"^\d{1,7}$")
_CODED_NAME = re.compile(r"^[\[【(（]?(\d{3}|\d{5}|\d{7})[\]】)）]?(?=\D)")
_YEAR = re.compile(r"^20\d{2}年?$")
_LIST_MARK = re.compile(r"^(?:其中:|[(（].{1,2}[)）]|\d+[.、])+")
_PARTS = {
    True: (("class_code", 0, 3), ("section_code", 3, 5), ("item_code", 5, 7)),
    False: (("class_code", 0, 3), ("item_code", 3, 5)),
}


@dataclass
class TableReading:
    """One section read: its rows by column of the contract, and the numbers without a place."""

    section: Section
    rows: list[Fields] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    is_recognised: bool = True
    number_count: int = 0


def read_table(section: Section) -> TableReading:
    """Read the grids of one official table, in printed order.

    Rows carry the contract's columns except `disclosure_id`, `row_number` and `unit`. A table whose
    head names none of the contract's columns is not recognised, whatever its title says.
    """
    reading = TableReading(section)
    header: Header | None = None
    for grid in section.grids:
        head, figures = split_head(grid.rows)
        if head and _is_head(section, head, grid):
            header = read_header(section.table_name, head, grid)
            reading.leftovers.extend(_numbers(head, "stands in the table's head"))
            _take_rows(reading, figures, header)
        elif header is None:
            reading.is_recognised = False
            return reading
        elif head and sum(bool(cell.strip()) for cell in head[0].cells) > 1:
            reading.leftovers.extend(_numbers(grid.rows, "stands under heads of another table"))
        else:
            _take_rows(reading, header.aligned(grid), header)
    for stray in section.strays:
        reading.leftovers.append(
            Leftover(stray.place, stray.text.strip(), "stands beside the table, outside its lines")
        )
    if section.table_name == THREE_PUBLIC:
        reading.rows = _of_last_year(reading)
    if header and ENTITY in header.fields and not header.fields & {CODE, "class_code", "name"}:
        reading.rows = _whole_organization(reading)
    if section.table_name == THREE_PUBLIC:
        reading.rows = _turned(reading.rows, header, reading.leftovers)
    amounts = _amount_columns(section.table_name)
    reading.number_count = sum(
        is_amount(row.get(column, "")) for row in reading.rows for column in amounts
    )
    return reading


def _take_rows(reading: TableReading, rows: Sequence[Row], header: Header) -> None:
    """Add the rows of one page; its first may be no row but the rest of the one before it."""
    table_name = reading.section.table_name
    figures: list[Row] = []
    for index, row in enumerate(rows):
        if is_column_numbers(row):
            reading.leftovers.extend(_numbers([row], "numbers the columns"))
        elif not (index == 0 and reading.rows and _carry_on(reading, row, header)):
            figures.append(row)
    if table_name in TWO_SIDED:
        for row in figures:
            reading.rows.extend(_both_sides(table_name, row, header, reading.leftovers))
        return
    sides = range(header.side_count) if header.side_count > 1 else (None,)
    for side in sides:
        for row in figures:
            if fields := _collect(table_name, row, header, reading.leftovers, side):
                reading.rows.append(fields)


def _amount_columns(table_name: str) -> list[str]:
    return [column for column, kind in RAW_TABLES[table_name].items() if kind is Kind.AMOUNT]


def _is_head(section: Section, head: Sequence[Row], grid: Grid) -> bool:
    """Return whether head rows name an amount of the contract, under accounts of its kind."""
    table_name, title = section.table_name, plain(section.title)
    header = read_header(table_name, head, grid)
    words = "".join(plain(cell) for row in head for cell in row.cells)
    is_economic = "经济" in words.replace("政府预算支出经济", "")
    if table_name.endswith("by_function") and is_economic and "功能" not in words:
        return False
    if table_name == BASIC_BY_ECONOMIC and ("功能" in words or "基本" not in title + words):
        return False
    return bool(header.fields & set(_amount_columns(table_name)))


def _numbers(rows: Sequence[Row], reason: str) -> Iterator[Leftover]:
    for row in rows:
        for position, cell in enumerate(row.cells):
            if numbers(cell):
                yield Leftover(row.place_of(position), cell.strip(), reason)


def _both_sides(
    table_name: str, row: Row, header: Header, leftovers: list[Leftover]
) -> Iterator[Fields]:
    for side, name in enumerate(SIDES):
        fields = _collect(table_name, row, header, leftovers, side)
        if fields:
            yield {"side": name} | fields
    for column, position, cell in _cells(row, header):
        if column is not None and column.side >= len(SIDES) and numbers(cell):
            leftovers.append(_without_place(row, position, cell, column))


def _cells(row: Row, header: Header) -> Iterator[tuple[Column | None, int, str]]:
    """Yield each filled cell with the column it belongs to.

    A column that spreads over several of the lattice holds one value; a second one is a stray.
    """
    filled: set[Column] = set()
    for position, cell in enumerate(row.cells):
        if not cell.strip():
            continue
        column = header.column_at(position)
        if column is not None and column.field not in (LABEL, CODE, "name"):
            if column in filled:
                column = None
            else:
                filled.add(column)
        yield column, position, cell.strip()


def _collect(
    table_name: str, row: Row, header: Header, leftovers: list[Leftover], side: int | None
) -> Fields:
    """Return one row's (or one side's) fields, nothing when it prints nothing.

    What stands under no head belongs to the last side.
    """
    fields: Fields = {}
    notes: list[str] = []
    amounts = set(_amount_columns(table_name))
    first: int | None = None
    for column, position, cell in _cells(row, header):
        last_side = min(header.side_count, len(SIDES)) - 1
        if side is not None and (column.side if column else last_side) != side:
            continue
        if column is None or column.field == NOTE:
            notes.append(cell)
        elif column.field in (SERIAL, ""):
            if is_total(cell):
                fields.setdefault("name", cell)
            elif numbers(cell):
                leftovers.append(_without_place(row, position, cell, column))
            continue
        elif column.field in amounts:
            if is_amount(cell) or is_nil(cell):
                fields[column.field] = cell
            else:
                notes.append(cell)
        elif column.field == CODE or column.field.endswith("_code"):
            if _CODE.match(plain(cell)):
                fields[column.field] = fields.get(column.field, "") + plain(cell)
            else:
                fields["name"] = fields.get("name", "") + cell
        else:
            text = "label" if column.field == LABEL else column.field
            fields[text] = fields.get(text, "") + cell
        first = position if first is None else first
    if first is None:
        return {}
    entity = fields.pop(ENTITY, "")
    if entity:
        fields.setdefault("name", entity)
    if table_name not in TWO_SIDED:
        _split_code(fields, table_name)
    if notes:
        fields["note"] = " ".join(notes)
    fields["source_ref"] = row.place_of(first)
    return fields


def _without_place(row: Row, position: int, cell: str, column: Column) -> Leftover:
    return Leftover(row.place_of(position), cell, f"the contract has no column for {column.words}")


def _split_code(fields: Fields, table_name: str) -> None:
    """Cut a code printed in one piece into its parts, also where it opens the account's name.

    Some documents print the whole code in the column of its last part.
    """
    parts = [part for part, _, _ in _PARTS["by_function" in table_name]]
    whole = fields.pop(CODE, "")
    if not whole:
        longest = max((fields.get(part, "") for part in parts), key=len)
        whole = longest if len(longest) > len("201") else ""
    if not whole and "class_code" not in fields:
        coded = _CODED_NAME.match(fields.get("name", ""))
        if coded:
            whole = coded.group(1)
            fields["name"] = fields["name"][coded.end() :].strip()
    for column, start, end in _PARTS["by_function" in table_name]:
        if whole[start:end]:
            fields[column] = whole[start:end]


def _carry_on(reading: TableReading, row: Row, header: Header) -> bool:
    """Join a row broken over two pages; say whether the second page holds nothing but its rest.

    The rest has no code, and no amounts but those that the first part lacks.
    """
    before, table_name = reading.rows[-1], reading.section.table_name
    leftovers: list[Leftover] = []
    rest = _collect(table_name, row, header, leftovers, None)
    amounts = set(_amount_columns(table_name))
    is_whole = amounts & rest.keys() and amounts & before.keys()
    if "class_code" not in before or rest.keys() - amounts - {"name", "source_ref"} or is_whole:
        return False
    if not rest.get("name") or is_total(rest["name"]):
        return False
    reading.leftovers.extend(leftovers)
    before["name"] = before.get("name", "") + rest.pop("name")
    before.update({column: rest[column] for column in amounts & rest.keys()})
    return True


def _whole_organization(reading: TableReading) -> list[Fields]:
    """Keep what the organization as a whole has of a table with units where accounts belong."""
    amounts = _amount_columns(reading.section.table_name)
    totals = [row for row in reading.rows if is_total(row.get("name", ""))] or reading.rows[:1]
    reading.leftovers.extend(
        Leftover(
            row["source_ref"], row[column], "one unit's figure where the contract has accounts"
        )
        for row in reading.rows
        if row not in totals
        for column in amounts
        if numbers(row.get(column, ""))
    )
    return totals


def _of_last_year(reading: TableReading) -> list[Fields]:
    """Keep the latest year's row of a table with a row for each year and one for the change."""
    latest = max((row[YEAR] for row in reading.rows if _YEAR.match(row.get(YEAR, ""))), default="")
    kept = [row for row in reading.rows if row.get(YEAR, "") == latest]
    reading.leftovers.extend(
        Leftover(row["source_ref"], row[column], f"a figure of {row[YEAR]}")
        for row in reading.rows
        if row.get(YEAR, "") != latest
        for column in _amount_columns(THREE_PUBLIC)
        if numbers(row.get(column, ""))
    )
    for row in kept:
        _note(row, row.pop(YEAR, ""))
    return kept


def _note(fields: Fields, text: str) -> None:
    """Put a text before what the row's note already holds."""
    if text:
        fields["note"] = " ".join(filter(None, (text, fields.get("note", ""))))


def _turned(rows: list[Fields], header: Header | None, leftovers: list[Leftover]) -> list[Fields]:
    """Turn a table that lists its expenses in rows into the one row that the contract wants."""
    if header is None or "name" not in header.fields or header.fields - {"name", "total", SERIAL}:
        for row in rows:
            _note(row, row.pop("name", ""))
        return rows
    turned: Fields = {}
    for row in rows:
        label = _LIST_MARK.sub("", plain(row.get("name", "")))
        column = field_of(THREE_PUBLIC, (label,))
        if column in RAW_TABLES[THREE_PUBLIC] and column not in turned:
            turned[column] = row.get("total", "")
            turned.setdefault("source_ref", row["source_ref"])
        elif numbers(row.get("total", "")):
            leftovers.append(
                Leftover(row["source_ref"], row["total"], f"the contract has no column for {label}")
            )
    return [turned] if turned else []
