"""The rows of the official tables, as the raw contract wants them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from budget_warehouse.contract.printed_tables import printed_tables
from budget_warehouse.reader.document import Grid, Row
from budget_warehouse.reader.parsing.amounts import amount_beside_words, amounts_in, is_one_amount
from budget_warehouse.reader.parsing.codes import CODE, split_codes
from budget_warehouse.reader.parsing.expenses import THREE_PUBLIC, turned
from budget_warehouse.reader.parsing.grids import is_foreign, is_repeated, whole_grids
from budget_warehouse.reader.parsing.headers import (
    LINES,
    Column,
    Header,
    is_column_numbers,
    read_header,
    split_head,
)
from budget_warehouse.reader.parsing.levels import set_levels, set_levels_by_own_codes
from budget_warehouse.reader.parsing.nesting import set_levels_by_sums
from budget_warehouse.reader.parsing.record import Fields, Leftover
from budget_warehouse.reader.parsing.sections import Section
from budget_warehouse.reader.parsing.sources import REVENUE, turned_sources
from budget_warehouse.reader.parsing.wording import (
    is_nil,
    is_total,
    numbers,
    ordinal,
    plain,
)

SIDES = ("revenue", "expenditure")

_NAMES = ("name", "label", "economic_name", "government_name", "project_name", "procurement_item")
_TITLES_OF_ROWS = (*_NAMES, "project_kind", "organization_name", "procurement_catalogue")
_OF_EVERY_ROW = frozenset({"note", "source_ref"})
_PATHS = frozenset({"procurement_catalogue", "project_name"})  # a column for each of their levels
_TELLING = ("class_code", "item_code", "procurement_item")  # what tells more than indentation
_LISTS = frozenset({"projects", "procurement_items"})
_LEVELLED = ("name", "project_name", "label")


@dataclass
class TableReading:
    """One section read: its rows by column of the contract, and the numbers without a place.

    `printed` and `placed` count the numbers under headings of amounts, or under none. `taken` are
    the printed rows that the rows were made of, each under its header.
    """

    section: Section
    table_name: str
    rows: list[Fields] = field(default_factory=list)
    indents: list[float] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    columns: dict[str, None] = field(default_factory=dict)
    headers: list[Header] = field(default_factory=list)
    taken: list[tuple[Row, Header]] = field(default_factory=list)
    is_recognised: bool = True
    printed: int = 0
    placed: int = 0

    @cached_property
    def rows_are(self) -> str:
        """The subject of the table's rows."""
        return printed_tables().rows_of(self.table_name)

    @property
    def measures(self) -> frozenset[str]:
        """The measures that the table prints."""
        return frozenset(name for header in self.headers for name in header.measures)


def read_table(section: Section, fiscal_year: str = "") -> TableReading:
    """Read the grids of one official table, in printed order.

    Rows carry the contract's columns except `disclosure_id`, `row_number` and `unit`. A table whose
    head names none of the contract's columns is not recognised, whatever its title says.
    """
    reading = TableReading(section, section.table_name)
    header: Header | None = None
    seen: list[Grid] = []
    for grid in whole_grids(section):
        if is_repeated(grid, seen):
            reading.doubts.append(
                f"p.{grid.page} repeats a page of {reading.table_name}: its rows are taken once"
            )
            continue
        seen.append(grid)
        head, figures = split_head(grid.rows)
        found = _header(reading, head, grid, fiscal_year) if head else None
        if found is not None:
            header = found
            reading.headers.append(header)
            reading.leftovers.extend(_numbers(head, "stands in the table's head"))
            _take_rows(reading, figures, header)
        elif header is None:
            reading.is_recognised = False
            return reading
        elif head and is_foreign(head[0], header):
            foreign = list(_numbers(grid.rows, "stands under heads of another table"))
            reading.leftovers.extend(foreign)
            reading.printed += sum(is_one_amount(one.text) for one in foreign)
        else:
            _take_rows(reading, header.aligned(grid), header)
    for stray in section.strays:
        reading.printed += 1
        reading.leftovers.append(
            Leftover(stray.place, stray.text.strip(), "stands beside the table, outside its lines")
        )
    _settle(reading, fiscal_year)
    return reading


def _settle(reading: TableReading, fiscal_year: str) -> None:
    """Turn and complete the rows once all of them are read."""
    if reading.table_name == THREE_PUBLIC:
        result = turned(reading.rows, fiscal_year)
        reading.rows = result.rows
        reading.leftovers.extend(result.leftovers)
    elif reading.rows_are == LINES:
        for side in SIDES:
            own = [index for index, row in enumerate(reading.rows) if row["side"] == side]
            lines = [reading.rows[index] for index in own]
            numbered = sum(bool(ordinal(plain(row.get("label", "")))) for row in lines)
            blank = sum("line_number" in row and "label" not in row for row in lines)
            if 2 * numbered < len(lines) - blank:  # the numbers of a list tell its levels better
                set_levels(lines, [reading.indents[index] for index in own], "label")
    elif reading.table_name == REVENUE and (sources := turned_sources(reading.rows, fiscal_year)):
        reading.rows = sources.rows
        reading.leftovers.extend(sources.leftovers)
    elif not any(row.get(key) for row in reading.rows for key in _TELLING):
        for name in _LEVELLED:
            set_levels(reading.rows, reading.indents, name)
    set_levels_by_own_codes(reading.rows)
    if reading.rows_are in _LISTS:
        set_levels_by_sums(reading.rows)
    measures = _measures(reading.table_name)
    reading.placed = sum(
        is_one_amount(value)
        for row in reading.rows
        for key, value in row.items()
        if key in measures
    )
    reading.columns = dict.fromkeys(key for row in reading.rows for key in row)
    reading.columns |= dict.fromkeys(reading.measures)


def _header(
    reading: TableReading, head: Sequence[Row], grid: Grid, fiscal_year: str
) -> Header | None:
    """Return the header if head rows name an amount of the contract.

    A table whose title says accounts by function and whose head says by economy is the latter.
    """
    header = read_header(reading.table_name, head, grid, fiscal_year)
    other = _other_accounts(reading.table_name, header)
    if other and not reading.rows:
        reading.table_name = other
        vars(reading).pop("rows_are", None)
        header = read_header(other, head, grid, fiscal_year)
    if reading.headers and not _is_again(header, reading.headers[0]):
        return None
    return header if header.measures else None


def _is_again(header: Header, first: Header) -> bool:
    """Return whether the head of a further page is that of the table, and not rows of words."""
    return 2 * len(header.fields & first.fields) >= len(first.fields)


def _other_accounts(table_name: str, header: Header) -> str:
    names = printed_tables().names
    words = "".join(word for column in header.columns for word in column.path)
    keys = {column.field for column in header.columns if column.role == "key"}
    is_function = any("功能" in word for column in header.columns for word in column.path)
    other = ""
    if table_name.endswith("_by_function") and "经济" in words and not is_function:
        if not keys & {"organization_name"}:
            other = table_name.replace("_by_function", "_by_economic")
    elif table_name.endswith("_by_economic") and is_function and "经济" not in words:
        other = table_name.replace("_by_economic", "_by_function")
    return other if other in names else ""


def _take_rows(reading: TableReading, rows: Sequence[Row], header: Header) -> None:
    """Add the rows of one page; its first may be no row but the rest of the one before it."""
    reading.taken.extend((row, header) for row in rows)
    figures: list[Row] = []
    for index, row in enumerate(rows):
        if is_column_numbers(row):
            reading.leftovers.extend(_numbers([row], "numbers the columns"))
        elif not (index == 0 and reading.rows and _carry_on(reading, row, header)):
            figures.append(row)
    if reading.rows_are == LINES:
        for row in figures:
            _take_sides(reading, row, header)
        return
    sides = range(header.side_count) if header.side_count > 1 else (None,)
    for side in sides:
        for row in figures:
            _take(reading, row, header, side)


def _take_sides(reading: TableReading, row: Row, header: Header) -> None:
    """Add what a printed row says of revenue, and of expenditure in each of its blocks."""
    amounts = _measures(reading.table_name)
    before: Fields = {}
    for side in range(max(header.side_count, len(SIDES))):
        fields = _collect(reading, row, header, side)
        if not fields:
            continue
        name = SIDES[min(side, len(SIDES) - 1)]
        is_rest = before.get("side") == name and not fields.keys() - amounts - _OF_EVERY_ROW
        if is_rest and amounts & fields.keys() and not amounts & before.keys():
            # The label is one cell over several blocks, its amount stands under the last of them.
            kept = {"source_ref": before["source_ref"]}
            if "note" in before:
                kept["note"] = " ".join(filter(None, (before["note"], fields.get("note"))))
            before.update(fields | kept)
            continue
        before = {"side": name} | fields
        reading.rows.append(before)
        reading.indents.append(_indent(row, header, side))


def _take(reading: TableReading, row: Row, header: Header, side: int | None) -> None:
    fields = _collect(reading, row, header, side)
    if fields:
        reading.rows.append(fields)
        reading.indents.append(_indent(row, header, side))


def _indent(row: Row, header: Header, side: int | None) -> float:
    for column in header.columns:
        if column.field in _LEVELLED and side in (None, column.side):
            return row.indents[column.start] if row.indents else 0.0
    return 0.0


def _numbers(rows: Sequence[Row], reason: str) -> Iterator[Leftover]:
    for row in rows:
        for position, cell in enumerate(row.cells):
            if numbers(cell):
                yield Leftover(row.place_of(position), cell.strip(), reason)


def _collect(reading: TableReading, row: Row, header: Header, side: int | None) -> Fields:
    """Return one row's (or one side's) fields, nothing when it prints nothing.

    What stands under no head belongs to the last side.
    """
    fields: Fields = {}
    notes: list[str] = []
    title = _title_of_rows(header, side)
    first: int | None = None
    last: Column | None = None
    for column, position, cell in header.cells_of(row):
        if side is not None and (column.side if column else header.side_count - 1) != side:
            continue
        if column is None or column.role == "text":
            notes.append(cell)
            reading.printed += column is None and is_one_amount(cell)
        elif column.role == "neutral" or not column.field:
            if is_total(cell):
                fields.setdefault(title, cell)
            elif numbers(cell) and column.role != "neutral":
                reading.leftovers.append(_without_place(row, position, cell, column))
                reading.printed += is_one_amount(cell)
            continue
        elif column.role == "measure":
            reading.printed += is_one_amount(cell)
            if is_one_amount(cell) or is_nil(cell):
                fields[column.field] = cell
            else:
                notes.append(cell)
                reading.printed += amounts_in(cell)
                if amounts_in(cell):
                    reading.leftovers.append(
                        Leftover(row.place_of(position), cell, "is not one amount")
                    )
        elif column.field.endswith("_code") and column.field not in (
            "organization_code",
            "project_code",
        ):
            _take_code(fields, column.field, cell, title)
        elif column.field == "organization_code" and is_total(cell):
            fields.setdefault(title, cell)
        else:
            other = fields.get(column.field, "")
            is_apart = bool(other) and column.field in _PATHS and column is not last
            fields[column.field] = other + (" / " if is_apart else "") + cell
            last = column
            if column.field == "label" and (found := amount_beside_words(cell)):
                reading.printed += 1
                reading.leftovers.append(
                    Leftover(row.place_of(position), found, "runs into the words beside it")
                )
        first = position if first is None else first
    if first is None:
        return {}
    if reading.rows_are != LINES:
        is_one_column = not header.fields & {"class_code", "section_code"}
        split_codes(fields, reading.rows_are, is_one_column)
    if notes:
        fields["note"] = " ".join(notes)
    fields["source_ref"] = row.place_of(first)
    return fields


def _take_code(fields: Fields, column: str, cell: str, title: str) -> None:
    """Take a code; words in its column are a name, of the same account where there is one."""
    if CODE.match(plain(cell)):
        fields[column] = fields.get(column, "") + plain(cell)
        return
    prefix = column.partition("_")[0] + "_" if column.count("_") > 1 else ""
    name = prefix + "name" if prefix else title
    if is_total(cell):
        name = title
    fields[name] = fields.get(name, "") + cell


def _title_of_rows(header: Header, side: int | None) -> str:
    """Return the key under which a row without an account says what it is, as a total does."""
    keys = {
        column.field
        for column in header.columns
        if column.role == "key" and (side is None or column.side == side)
    }
    return next((key for key in _TITLES_OF_ROWS if key in keys), "name")


def _without_place(row: Row, position: int, cell: str, column: Column) -> Leftover:
    return Leftover(row.place_of(position), cell, f"the contract has no column for {column.words}")


def _carry_on(reading: TableReading, row: Row, header: Header) -> bool:
    """Join a row broken over two pages; say whether the second page holds nothing but its rest.

    The rest has no code, and no amounts but those that the first part lacks.
    """
    before = reading.rows[-1]
    trial = TableReading(reading.section, reading.table_name)
    rest = _collect(trial, row, header, None)
    amounts = _measures(reading.table_name)
    is_whole = amounts & rest.keys() and amounts & before.keys()
    if _is_rest_of_names(reading, before, rest, amounts):
        reading.leftovers.extend(trial.leftovers)
        for key in rest.keys() - _OF_EVERY_ROW:
            before[key] += rest[key]
        return True
    if "class_code" not in before or rest.keys() - amounts - {"name", "source_ref"} or is_whole:
        return False
    if not rest.get("name") or is_total(rest["name"]):
        return False
    reading.leftovers.extend(trial.leftovers)
    reading.printed += trial.printed
    before["name"] = before.get("name", "") + rest.pop("name")
    before.update({column: rest[column] for column in amounts & rest.keys()})
    return True


def _is_rest_of_names(
    reading: TableReading, before: Fields, rest: Fields, amounts: frozenset[str]
) -> bool:
    """Return whether a row of a list holds only the ends of some names of the row before it.

    It has no amounts, as no other row of the list.
    """
    keys = rest.keys() - _OF_EVERY_ROW
    names = {name for name in _TITLES_OF_ROWS if before.get(name)}
    return (
        reading.rows_are in _LISTS
        and bool(keys)
        and keys < names
        and not any(is_total(rest[key]) for key in keys)
        and all(amounts & row.keys() for row in reading.rows)
    )


def _measures(table_name: str) -> frozenset[str]:
    return frozenset(printed_tables().measures(table_name))
