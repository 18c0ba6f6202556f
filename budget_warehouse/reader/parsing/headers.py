"""The head of a table: which column of the contract each of its columns is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from budget_warehouse.contract.printed_tables import Heading, printed_tables
from budget_warehouse.reader.document import Box, Grid, Row
from budget_warehouse.reader.parsing.amounts import is_one_amount
from budget_warehouse.reader.parsing.headings import Headings, Words, headings_of, spell
from budget_warehouse.reader.parsing.wording import is_total, ordinal, plain

_COLUMN_NUMBER = re.compile(r"^(?:栏次|[甲乙丙丁]|[\d=+()\-*/—]{1,15}|\*+)$")
_YEAR = re.compile(r"(20\d{2})(?=年|$)")
_EDGE = 3.0  # points by which a column's lines may differ on the next page

LINES = "lines"
_NAMES = {"name": "", "economic_name": "economic_", "government_name": "government_"}
_CODES = ("class_code", "section_code", "item_code")
_NAMING = frozenset({"label", "organization_name", "project_kind", *_NAMES})
_BLOCK = frozenset({"label", "organization_name", *_NAMES, *_CODES})


@dataclass(frozen=True)
class Column:
    """One column as headed: its words from the top down, where it starts, where the next starts.

    `field` is the contract's column, '' when the lists have none for it; `side` counts the
    blocks of labels and amounts up to here, so a table with two sides has its revenue in 0 and the
    rest after it.
    """

    path: tuple[str, ...]
    start: int
    end: int
    field: str
    role: str
    side: int

    @property
    def words(self) -> str:
        """The head's words in one piece, for a reader's eyes."""
        return " / ".join(self.path) or "(no head)"


@dataclass(frozen=True)
class Header:
    """The columns of a table in printed order, and the left edges that they were drawn at."""

    columns: tuple[Column, ...]
    edges: tuple[float, ...]
    width: int

    @property
    def fields(self) -> frozenset[str]:
        """The contract's columns that the table has."""
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def measures(self) -> frozenset[str]:
        """The measures that the table has."""
        return frozenset(column.field for column in self.columns if column.role == "measure")

    @property
    def side_count(self) -> int:
        """Number of blocks of labels and amounts that stand side by side."""
        return max((column.side for column in self.columns), default=0) + 1

    def column_at(self, position: int) -> Column | None:
        """Return the column that a cell belongs to, None when it is outside every headed one."""
        for column in self.columns:
            if column.start <= position < column.end:
                return column
        return None

    def cells_of(self, row: Row) -> Iterator[tuple[Column | None, int, str]]:
        """Yield each filled cell of a row with the column it belongs to and its position.

        A column that spreads over several of the lattice holds one value; a second is a stray.
        """
        filled: set[Column] = set()
        for position, cell in enumerate(row.cells):
            if not cell.strip():
                continue
            column = self.column_at(position)
            if column is not None and column.role != "key":
                if column in filled:
                    column = None
                else:
                    filled.add(column)
            yield column, position, cell.strip()

    def aligned(self, grid: Grid) -> tuple[Row, ...]:
        """Return a grid's rows in this header's columns, when the lines of the grid differ."""
        if grid.width == self.width:
            return grid.rows
        if grid.edges and self.edges:
            home = [
                max((i for i, edge in enumerate(self.edges) if edge <= left + _EDGE), default=0)
                for left in grid.edges
            ]
        else:
            home = [min(index, self.width - 1) for index in range(grid.width)]
        home.append(self.width)  # right of the lattice, as before
        return tuple(_moved(row, home, self.width + 1) for row in grid.rows)


def refined(grid: Grid, edges: Sequence[float]) -> tuple[Row, ...] | None:
    """Return a grid's rows in the columns of finer lines, None where its own lines are not among.

    The head of a table may have fewer columns than what it heads on the next page.
    """
    home = [
        next((index for index, edge in enumerate(edges) if abs(edge - left) <= _EDGE), None)
        for left in grid.edges
    ]
    places = [index for index in home if index is not None]
    if (
        not places
        or len(places) < len(home)
        or any(len(row.cells) > len(home) for row in grid.rows)
    ):
        return None
    return tuple(_moved(row, places, len(edges)) for row in grid.rows)


def split_head(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Split a grid's rows into the head, which may be empty, and the rows of figures."""
    for index, row in enumerate(rows):
        if _is_figures(row):
            return tuple(rows[:index]), tuple(rows[index:])
    return tuple(rows), ()


def read_header(table_name: str, head: Sequence[Row], grid: Grid, fiscal_year: str = "") -> Header:
    """Work out the columns of a table from its head rows.

    A head cell reaches right as far as the next cell of its row, or of a row above, begins.
    """
    head = [row for row in head if not is_column_numbers(row)]
    edges, width = grid.edges, grid.width
    starts = sorted(
        {position for row in head for position, cell in enumerate(row.cells) if cell.strip()}
    )
    paths = [_path(head, start) for start in starts]
    year = year_of(paths, fiscal_year)
    headings = headings_of(table_name)
    spelled = [tuple(spell(words, year) for words in path) for path in paths]
    meanings = [headings.meanings(path) for path in spelled]
    keys = _classified(table_name, headings, spelled, meanings)
    sides = _sides(table_name, keys)
    chosen = _chosen(meanings, keys, sides)
    ends = [*starts[1:], width if edges else starts[-1] + 1] if starts else []
    columns = tuple(
        Column(path, start, end, field, role, side)
        for path, start, end, (field, role), side in zip(
            paths, starts, ends, chosen, sides, strict=True
        )
    )
    return Header(columns, edges, width)


def year_of(paths: Iterable[Sequence[str]], fiscal_year: str) -> str:
    """Return the year that a head is about: of two that it names the later, else the document's."""
    years = {year for path in paths for words in path for year in _YEAR.findall(words)}
    return max(years) if len(years) > 1 or (years and not fiscal_year) else fiscal_year


def is_column_numbers(row: Row) -> bool:
    """Return whether a row only numbers the columns: `栏次 1 2 3`, `** ** 1 2`, or `1 2 3`."""
    filled = [plain(cell) for cell in row.cells if cell.strip()]
    counted = [cell for cell in filled if cell.isdigit()]
    is_marked = bool({"栏次", "甲", "*", "**"} & set(filled)) or len(filled) == len(counted) > 2
    is_run = counted == [str(number) for number in range(1, len(counted) + 1)]
    is_number = all(_COLUMN_NUMBER.match(cell) for cell in filled)
    return is_number and ("栏次" in filled or (is_marked and is_run))


def _classified(
    table_name: str,
    headings: Headings,
    paths: Sequence[tuple[Words, ...]],
    meanings: Sequence[list[Heading]],
) -> list[str]:
    """Return the key of each column, '' where it is none, accounts by their classification.

    A code without its own classification has that of the words above it, or of the name that it
    stands before. Where the only accounts are economic they are the table's own.
    """
    keys = [found[0].column_name if found and found[0].role == "key" else "" for found in meanings]
    for index, key in enumerate(keys):
        if key in _CODES or key == "name":
            keys[index] = _prefixed(key, _prefix_above(headings, paths[index]))
    for index, key in enumerate(keys):
        if key in _CODES:
            name = next((other for other in keys[index:] if other not in _CODES), "")
            keys[index] = _prefixed(key, _NAMES.get(name, ""))
        elif key == "name" and index and _prefix_of(keys[index - 1]):
            keys[index] = _prefix_of(keys[index - 1]) + "name"
    rows = printed_tables().rows_of(table_name)
    if rows == LINES:
        return [
            "label" if not found and _is_measure(meanings[index + 1 : index + 2]) else key
            for index, (key, found) in enumerate(zip(keys, meanings, strict=True))
        ]
    if rows in ("economic_items", "kinds"):
        if not {"name", *_CODES} & set(keys):
            keys = [key.removeprefix("economic_") for key in keys]
        if "section_code" in keys and "item_code" not in keys:
            keys = ["item_code" if key == "section_code" else key for key in keys]
    return keys


def _is_measure(meanings: Sequence[list[Heading]]) -> bool:
    return any(found and found[0].role == "measure" for found in meanings)


def _prefix_above(headings: Headings, path: Sequence[Words]) -> str:
    for words in reversed(path[:-1]):
        for heading in headings.meanings((words,)):
            if prefix := _NAMES.get(heading.column_name):
                return prefix
    return ""


def _prefix_of(key: str) -> str:
    return next((prefix for prefix in _NAMES.values() if prefix and key.startswith(prefix)), "")


def _prefixed(key: str, prefix: str) -> str:
    """Return a key of another classification; one by economy has no section."""
    return prefix + (key.replace("section", "item") if prefix else key)


def _sides(table_name: str, keys: Sequence[str]) -> list[int]:
    """Number the blocks that stand side by side: names begin one after amounts."""
    is_lines = printed_tables().rows_of(table_name) == LINES
    naming = _NAMING if is_lines else _BLOCK
    sides: list[int] = []
    side = 0
    seen: set[str] = set()
    for key in keys:
        is_named = naming & seen if is_lines else key in seen
        ends_block = "" in seen or (key == "label" and key in seen)
        if key in naming and is_named and ends_block:
            side += 1
            seen.clear()
        seen.add(key)
        sides.append(side)
    return sides


def _chosen(
    meanings: Sequence[list[Heading]], keys: Sequence[str], sides: Sequence[int]
) -> list[tuple[str, str]]:
    """Give each column its meaning; of two that claim one, the column with no other has it.

    The other is of another period where its words allow one: 预算数 beside 决算数.
    """
    chosen: list[tuple[str, str]] = [(key, "key" if key else "") for key in keys]
    taken: set[tuple[int, str]] = set()
    codes: set[tuple[int, str]] = set()
    for index, key in enumerate(keys):
        claim = (sides[index], key)
        if key.endswith("_code") and claim in codes:
            chosen[index] = ("", "neutral")  # of another account, whose name is not understood
        codes.add(claim)
    for index in sorted(range(len(keys)), key=lambda index: (len(meanings[index]), index)):
        if keys[index]:
            continue
        first, others = meanings[index][:1], meanings[index][1:]
        for heading in (*first, *sorted(others, key=lambda other: not other.period)):
            claim = (sides[index], heading.column_name)
            if heading.role == "key":
                break
            if heading.role != "measure" or claim not in taken:
                taken.add(claim)
                chosen[index] = (heading.column_name, heading.role)
                break
    return chosen


def _path(head: Sequence[Row], position: int) -> tuple[str, ...]:
    words: list[str] = []
    for index, row in enumerate(head):
        for start in range(position, -1, -1):
            if row.cells[start].strip():
                words.append(plain(row.cells[start]))
                break
            # A cell above that begins here ends the reach of the cells to its left.
            if any(above.cells[start].strip() for above in head[:index]):
                break
    return tuple(words)


def _is_figures(row: Row) -> bool:
    if is_column_numbers(row):
        return False
    filled = [cell for cell in row.cells if cell.strip()]
    if any(is_one_amount(cell) for cell in filled):
        return True
    if not filled:
        return False
    return (
        bool(ordinal(plain(filled[0])))
        or (len(filled) == 1 and is_total(filled[0]))
        or all(is_total(cell) and plain(cell) not in {"合计", "总计"} for cell in filled)
    )


def _moved(row: Row, home: Sequence[int], width: int) -> Row:
    cells, places, indents = [""] * width, [row.place] * width, [0.0] * width
    boxes: list[Box | None] = [None] * width
    for position, cell in enumerate(row.cells):
        if cell.strip():
            # The joined text of two cells has no box: it is printed nowhere.
            boxes[home[position]] = None if cells[home[position]] else row.box_of(position)
            cells[home[position]] += cell
            places[home[position]] = row.place_of(position)
            indents[home[position]] = row.indents[position] if row.indents else 0.0
    return replace(
        row,
        cells=tuple(cells),
        places=tuple(places),
        indents=tuple(indents),
        boxes=tuple(boxes),
    )
