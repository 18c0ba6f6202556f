"""The head of a table: which contract column each of its columns belongs to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dagster_project.reader.document import Grid, Row
from dagster_project.reader.vocabulary import HEADS, LABEL, SECTION_CODE_HEADS
from dagster_project.reader.wording import is_amount, is_total, ordinal, plain

_COLUMN_NUMBER = re.compile(r"^(?:栏次|[\d=+]{1,5}|\*+)$")
_YEAR = re.compile(r"(20\d{2})年")
_CHANGE = re.compile(r"^(?:增减|比上年|较上年|与上年|变动|增长)")
_EDGE = 3.0  # points by which a column may be ruled differently on the next page


@dataclass(frozen=True)
class Column:
    """One column as headed: its words from the top down, where it starts, where the next starts.

    `field` is the contract's column, '' when the contract has no place for it; `side` counts the
    label columns up to here, so a table with two sides has its revenue in 0 and the rest in 1.
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

    def column_at(self, position: int) -> Column | None:
        """Return the column that a cell belongs to, None when it is outside every headed one."""
        for column in self.columns:
            if column.start <= position < column.end:
                return column
        return None

    def aligned(self, grid: Grid) -> tuple[Row, ...]:
        """Return a grid's rows in this header's columns, when the grid is ruled differently."""
        if grid.width == self.width:
            return grid.rows
        if grid.edges and self.edges:
            home = [
                max((i for i, edge in enumerate(self.edges) if edge <= left + _EDGE), default=0)
                for left in grid.edges
            ]
        else:
            home = [min(index, self.width - 1) for index in range(grid.width)]
        home.append(self.width)  # right of the ruled columns, as before
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
    sides: list[int] = []
    best: dict[tuple[int, str], tuple[int, int]] = {}
    for index, match in enumerate(matches):
        side = sides[-1] if sides else -1
        sides.append(side + (match is not None and match[1] == LABEL))
        if match is not None:
            rank, field = match
            key = (max(sides[-1], 0), field)
            best[key] = min(best.get(key, (rank, index)), (rank, index))
    chosen = {index: field for (_, field), (_, index) in best.items()}
    ends = [*starts[1:], width if edges else starts[-1] + 1] if starts else []
    columns = tuple(
        Column(path, start, end, chosen.get(index, ""), max(side, 0))
        for index, (path, start, end, side) in enumerate(
            zip(paths, starts, ends, sides, strict=True)
        )
    )
    return Header(columns, edges, width)


def field_of(table_name: str, path: Sequence[str]) -> str:
    """Return the contract column for words from the top of a head down, '' when there is none."""
    match = _match(table_name, path)
    return match[1] if match else ""


def is_column_numbers(row: Row) -> bool:
    """Whether a row only numbers the columns, as `栏次 1 2 3` does."""
    filled = [plain(cell) for cell in row.cells if cell.strip()]
    return "栏次" in filled and all(_COLUMN_NUMBER.match(cell) for cell in filled)


def _years(path: Sequence[str]) -> list[str]:
    return [year for words in path for year in _YEAR.findall(words)]


def _is_of_year(path: Sequence[str], year: str) -> bool:
    """Whether a column is about the budget's own year, not the year before or the change since."""
    years = _years(path)
    return (not years or year in years) and not any(_CHANGE.search(words) for words in path)


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
    above = "/".join(path[:-1])
    for rank, head in enumerate(HEADS.get(table_name, ())):
        fits = head.leaf.search(path[-1]) and head.above.search(above)
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
