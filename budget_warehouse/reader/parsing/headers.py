"""The head of a table: which contract column each of its columns belongs to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from budget_warehouse.reader.document import Grid, Row
from budget_warehouse.reader.parsing.vocabulary import CODE, HEADS, LABEL, SECTION_CODE_HEADS
from budget_warehouse.reader.parsing.wording import is_amount, is_total, ordinal, plain

_COLUMN_NUMBER = re.compile(r"^(?:栏次|[甲乙丙丁]|[\d=+()-]{1,15}|\*+)$")
_YEAR = re.compile(r"(20\d{2})年")
_CHANGE = re.compile(r"^(?:增减|较上年|与上年|变动|增长)|比(?:上年|20\d{2}年)")
_LAST_YEAR = re.compile(r"^(?:上一?年|去年)度?(?!.*结转|.*结余)")
_ACCOUNTS = frozenset({CODE, "class_code", "name"})
_UNIT_NOTE = re.compile(r"\((?:单位:)?(?:人民币)?万?元\)$")
_EDGE = 3.0  # points by which a column's lines may differ on the next page


@dataclass(frozen=True)
class Column:
    """One column as headed: its words from the top down, where it starts, where the next starts.

    `field` is the contract's column, '' when the contract has no place for it; `side` counts the
    blocks of labels and amounts up to here, so a table with two sides has its revenue in 0 and the
    rest in 1.
    """

    path: tuple[str, ...]
    start: int
    end: int
    field: str
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
        """The contract columns that the table has."""
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def side_count(self) -> int:
        """How many blocks of labels and amounts stand side by side."""
        return max((column.side for column in self.columns), default=0) + 1

    def column_at(self, position: int) -> Column | None:
        """Return the column that a cell belongs to, None when it is outside every headed one."""
        for column in self.columns:
            if column.start <= position < column.end:
                return column
        return None

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


def split_head(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Split a grid's rows into the head, which may be empty, and the rows of figures."""
    for index, row in enumerate(rows):
        if _is_figures(row):
            return tuple(rows[:index]), tuple(rows[index:])
    return tuple(rows), ()


def read_header(table_name: str, head: Sequence[Row], grid: Grid) -> Header:
    """Work out the columns of a table from its head rows.

    A head cell reaches right as far as the next cell of its row, or of a row above, begins.
    """
    head = [row for row in head if not is_column_numbers(row)]
    edges, width = grid.edges, grid.width
    starts = sorted(
        {position for row in head for position, cell in enumerate(row.cells) if cell.strip()}
    )
    paths = [_path(head, start) for start in starts]
    year = max((found for path in paths for found in _years(path)), default="")
    matches = [_match(table_name, path) if _is_of_year(path, year) else None for path in paths]
    sides = _sides([match[1] if match else "" for match in matches])
    best: dict[tuple[int, str], tuple[int, int]] = {}
    for index, match in enumerate(matches):
        if match is not None:
            rank, field = match
            key = (sides[index], field)
            best[key] = min(best.get(key, (rank, index)), (rank, index))
    chosen = {index: field for (_, field), (_, index) in best.items()}
    ends = [*starts[1:], width if edges else starts[-1] + 1] if starts else []
    columns = tuple(
        Column(path, start, end, chosen.get(index, ""), side)
        for index, (path, start, end, side) in enumerate(
            zip(paths, starts, ends, sides, strict=True)
        )
    )
    return Header(columns, edges, width)


def _sides(fields: Sequence[str]) -> list[int]:
    """Number the blocks that stand side by side: a label begins one, and accounts after amounts."""
    sides: list[int] = []
    side = 0
    seen: set[str] = set()
    for field in fields:
        begins = field == LABEL or (field in _ACCOUNTS and bool(seen - _ACCOUNTS))
        if begins and field in seen:
            side += 1
            seen.clear()
        if field:
            seen.add(field)
        sides.append(side)
    return sides


def field_of(table_name: str, path: Sequence[str]) -> str:
    """Return the contract column for words from the top of a head down, '' when there is none."""
    match = _match(table_name, path)
    return match[1] if match else ""


def is_column_numbers(row: Row) -> bool:
    """Return whether a row only numbers the columns: `栏次 1 2 3`, `** ** 1 2`, or `1 2 3`."""
    filled = [plain(cell) for cell in row.cells if cell.strip()]
    counted = [cell for cell in filled if cell.isdigit()]
    is_marked = bool({"栏次", "甲", "*", "**"} & set(filled)) or len(filled) == len(counted) > 2
    is_run = counted == [str(number) for number in range(1, len(counted) + 1)]
    is_number = all(_COLUMN_NUMBER.match(cell) for cell in filled)
    return is_number and ("栏次" in filled or (is_marked and is_run))


def _years(path: Sequence[str]) -> list[str]:
    return [year for words in path for year in _YEAR.findall(words)]


def _is_of_year(path: Sequence[str], year: str) -> bool:
    """Return whether a column is about the budget's own year, not the last or the change since."""
    years = _years(path)
    return (not years or year in years) and not any(
        _CHANGE.search(words) or _LAST_YEAR.match(words) for words in path
    )


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


def _match(table_name: str, path: Sequence[str]) -> tuple[int, str] | None:
    """Return the contract column that the words stand for, and how far down the vocabulary.

    Of two columns that claim the same one, the earlier wording of the vocabulary is the better.
    """
    if not path:
        return None
    above, leaf = "/".join(path[:-1]), _UNIT_NOTE.sub("", path[-1])
    for rank, head in enumerate(HEADS.get(table_name, ())):
        fits = head.leaf.search(leaf) and head.above.search(above)
        if fits and not head.not_above.search(above):
            return rank, SECTION_CODE_HEADS.get(table_name, {}).get(head.column, head.column)
    return None


def _is_figures(row: Row) -> bool:
    if is_column_numbers(row):
        return False
    filled = [cell for cell in row.cells if cell.strip()]
    if any(is_amount(cell) for cell in filled):
        return True
    if not filled:
        return False
    return (
        bool(ordinal(plain(filled[0])))
        or (len(filled) == 1 and is_total(filled[0]))
        or all(is_total(cell) and plain(cell) not in {"合计", "总计"} for cell in filled)
    )


def _moved(row: Row, home: Sequence[int], width: int) -> Row:
    cells, places = [""] * width, [row.place] * width
    for position, cell in enumerate(row.cells):
        if cell.strip():
            cells[home[position]] += cell
            places[home[position]] = row.place_of(position)
    return Row(tuple(cells), row.place, tuple(places))
