"""The grids of one table: what belongs together though a page comes between, and what not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from budget_warehouse.reader.document import Grid, Row
from budget_warehouse.reader.parsing.amounts import is_one_amount
from budget_warehouse.reader.parsing.codes import CODE
from budget_warehouse.reader.parsing.headers import Header, refined, split_head
from budget_warehouse.reader.parsing.sections import Section
from budget_warehouse.reader.parsing.wording import plain

_INITIAL_BUDGET = re.compile(r"预算数[为是指][^,。;]{0,16}年初预算")
_CODE_LIKE = re.compile(r"^\d{1,7}$")


def whole_grids(section: Section) -> Iterator[Grid]:
    """Yield the grids of a table, a head that the end of a page cut off joined with its rows."""
    yield from _joined(_in_full(section))


def is_repeated(grid: Grid, seen: Sequence[Grid]) -> bool:
    """Return whether a page prints again, with figures, what another has printed."""
    if (
        not any(is_one_amount(cell) for row in grid.rows for cell in row.cells)
        or len(grid.rows) < 3
    ):
        return False
    cells = [row.cells for row in grid.rows]
    return any(cells == [row.cells for row in other.rows] for other in seen)


def is_foreign(first: Row, header: Header) -> bool:
    """Return whether rows without a figure are the head of another table, not rows of this one."""
    filled = [cell for cell in first.cells if cell.strip()]
    return (
        len(filled) > 1
        and not any(CODE.match(plain(cell)) for cell in filled)
        and len(filled) > len(header.columns) // 2
    )


def printed_amounts(grids: Sequence[Grid]) -> int:
    """Return how many cells hold an amount, codes and numbers of rows apart."""
    return sum(
        is_one_amount(cell) and not _CODE_LIKE.match(plain(cell))
        for grid in grids
        for row in grid.rows
        for cell in row.cells
    )


def _in_full(section: Section) -> Sequence[Grid]:
    """Return the grids with 预算数 in full where the remark below the table says which it is."""
    if not any(_INITIAL_BUDGET.search(plain(remark)) for remark in section.remarks):
        return section.grids
    return [
        replace(
            grid,
            rows=tuple(
                replace(
                    row,
                    cells=tuple(
                        "年初预算数" if plain(cell) == "预算数" else cell for cell in row.cells
                    ),
                )
                for row in grid.rows
            ),
        )
        for grid in section.grids
    ]


def _joined(grids: Sequence[Grid]) -> Iterator[Grid]:
    """Yield the grids, a head that the end of a page has cut off joined with what it heads."""
    waiting: Grid | None = None
    for grid in grids:
        if waiting is not None:
            head = waiting.rows if waiting.width == grid.width else refined(waiting, grid.edges)
            if head is None:
                yield waiting
            elif grid.rows[0].cells != head[0].cells:
                grid = Grid((*head, *grid.rows), grid.page, grid.edges)
        waiting = None
        if split_head(grid.rows)[1]:
            yield grid
        else:
            waiting = grid
    if waiting is not None:
        yield waiting
