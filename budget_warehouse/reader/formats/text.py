"""Text dumps of a document: prose in plain lines, each table row a block of tab-led cell lines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from budget_warehouse.reader.document import Grid, Paragraph, Row, UnreadableDocumentError
from budget_warehouse.reader.parsing.amounts import is_one_amount
from budget_warehouse.reader.parsing.wording import is_nil, is_total, plain

_ENCODINGS = ("utf-8-sig", "gb18030")
_LABEL_HEAD = re.compile(r"(?:项目|名称|编码|代码|科目|类|款|项)$")
_APART = 2  # blank lines between two tables; the rows of one are one blank line apart

_BLANK, _WORDS, _AMOUNT = "blank", "words", "amount"
_IMPOSSIBLE = float("inf")


@dataclass
class _Block:
    """The cells between two blank lines, each with the number of its line."""

    cells: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    blank_before: int = 0

    @property
    def begins_blank(self) -> bool:
        return not self.cells[0]

    @property
    def ends_blank(self) -> bool:
        return not self.cells[-1]


def read_text(path: Path) -> tuple[Paragraph | Grid, ...]:
    """Return the prose and the tables of a text dump, placed by line.

    A row that prints fewer cells than its table has columns holds merged cells; it is spread over
    the columns so that words stand under words and amounts under amounts. Raises
    UnreadableDocumentError when the file is not text.
    """
    content = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UnreadableDocumentError(
            f"{path.name} is not a text file: save the document as PDF or plain text (UTF-8)."
        )
    return tuple(_blocks(text.replace("\r\n", "\n").split("\n")))


def _blocks(lines: Sequence[str]) -> Iterator[Paragraph | Grid]:
    rows: list[_Block] = []
    block = _Block()
    blank = 0
    page = 1
    for number, line in enumerate([*lines, ""], start=1):
        if line.startswith("\t"):
            if not block.cells:
                block.blank_before = blank
            block.cells.append(line.strip())
            block.lines.append(number)
            blank = 0
        elif not line.strip():
            if block.cells:
                rows.append(block)
                block = _Block()
            blank += 1
        elif block.cells:
            block.cells[-1] += line.strip()
        else:
            yield from _grids(rows, page)
            page += bool(rows)
            rows = []
            blank = 0
            yield Paragraph(line.strip(), f"line {number}")
    yield from _grids(rows, page)


def _grids(blocks: Sequence[_Block], page: int) -> Iterator[Grid]:
    """Yield one grid for each run of rows that no wider gap parts."""
    run: list[_Block] = []
    for block in _mended(blocks):
        if run and block.blank_before >= _APART:
            yield from _grid(run, page)
            run = []
        run.append(block)
    yield from _grid(run, page)


def _mended(blocks: Sequence[_Block]) -> Iterator[_Block]:
    """Put rows together again that a blank line inside a cell has broken.

    Only tables whose rows begin and end with a blank cell, their frame, show where a row broke.
    """
    index = 0
    while index < len(blocks):
        block = blocks[index]
        end = index + 1
        if block.begins_blank and not block.ends_blank:
            while end < len(blocks) and not (blocks[end].begins_blank or blocks[end].ends_blank):
                end += 1
            is_broken = end < len(blocks) and blocks[end].ends_blank
            is_broken = is_broken and (len(blocks[end].cells) == 1 or not blocks[end].begins_blank)
            end = end + 1 if is_broken else index + 1
        rest = blocks[index + 1 : end]
        yield _Block(
            block.cells + [cell for piece in rest for cell in piece.cells],
            block.lines + [line for piece in rest for line in piece.lines],
            block.blank_before,
        )
        index = end


def _grid(blocks: Sequence[_Block], page: int) -> Iterator[Grid]:
    if not any(cell for block in blocks for cell in block.cells):
        return
    width = max(len(block.cells) for block in blocks)
    kinds = _column_kinds([block for block in blocks if len(block.cells) == width])
    rows: list[Row] = []
    below: Sequence[bool] | None = None
    for block in reversed(blocks):
        spread = _spread(block, width, kinds, below)
        cells, places = [""] * width, [f"line {line}" for line in spread.lines]
        for cell, position in zip(block.cells, spread.starts, strict=True):
            cells[position] = cell
        filled = [line for line, cell in zip(block.lines, block.cells, strict=True) if cell]
        place = f"line {filled[0] if filled else block.lines[0]}"
        rows.append(Row(tuple(cells), place, tuple(places)))
        below = spread.covered if _is_head(block) else None
    yield Grid(tuple(reversed(rows)), page)


@dataclass(frozen=True)
class _Spread:
    """The start of each cell of a row, and for each column the line and the text that cover it."""

    starts: tuple[int, ...]
    lines: tuple[int, ...]
    covered: tuple[bool, ...]


def _spread(
    block: _Block, width: int, kinds: Sequence[str], below: Sequence[bool] | None
) -> _Spread:
    """Lay a row's cells over the table's columns at the least cost."""
    cells = block.cells
    is_head = _is_head(block)

    def cost(index: int, start: int, end: int) -> float:
        return _cost(cells[index], range(start, end), kinds, below, is_head)

    @cache
    def best(index: int, start: int) -> tuple[float, tuple[int, ...]]:
        if index == len(cells):
            return (0.0 if start == width else _IMPOSSIBLE), ()
        choices = (
            (cost(index, start, end) + best(index + 1, end)[0], (start, *best(index + 1, end)[1]))
            for end in range(start + 1, width - (len(cells) - index - 1) + 1)
        )
        return min(choices, default=(_IMPOSSIBLE, ()))

    starts = best(0, 0)[1] if len(cells) < width else tuple(range(width))
    ends = (*starts[1:], width)
    lines, covered = list[int](), list[bool]()
    for line, cell, start, end in zip(block.lines, cells, starts, ends, strict=True):
        lines += [line] * (end - start)
        covered += [bool(cell)] * (end - start)
    return _Spread(starts, tuple(lines), tuple(covered))


def _is_head(block: _Block) -> bool:
    """Return whether a row has own words, and is neither figures nor their total."""
    words = [cell for cell in block.cells if _kind(cell) == _WORDS]
    return bool(words) and not all(map(is_total, words)) and _AMOUNT not in map(_kind, block.cells)


def _cost(
    cell: str,
    columns: range,
    kinds: Sequence[str],
    below: Sequence[bool] | None,
    is_head: bool,
) -> float:
    """Return what it costs in likelihood that a cell covers these columns."""
    kind = _kind(cell)
    extra = len(columns) - 1
    if kind == _AMOUNT:
        return 3.0 * extra + sum(3.0 for column in columns if kinds[column] != _AMOUNT)
    if kind == _BLANK:
        over_words = below is not None and below[columns[0]]
        return 1.5 * extra + (2.0 if over_words else 0.0)
    if not is_head:
        return 0.1 * extra + sum(3.0 for column in columns if kinds[column] == _AMOUNT)
    wanted = _WORDS if _LABEL_HEAD.search(plain(cell)) else _AMOUNT
    unlikely = 0.1 * extra + sum(2.0 for column in columns if kinds[column] != wanted)
    if below is not None:
        # The columns under a wide head cell have own heads, every one of them.
        unlikely += sum(1.5 for column in columns if extra and not below[column])
    return unlikely


def _column_kinds(blocks: Sequence[_Block]) -> list[str]:
    """Say of each column what its filled cells mostly are."""
    kinds: list[str] = []
    for column in zip(*(block.cells for block in blocks), strict=True):
        counted = Counter(kind for kind in map(_kind, column) if kind != _BLANK)
        kinds.append(counted.most_common(1)[0][0] if counted else _BLANK)
    return kinds


def _kind(cell: str) -> str:
    if not cell:
        return _BLANK
    is_code = len(cell) <= 3 and cell.isdigit()
    return _AMOUNT if (is_one_amount(cell) or is_nil(cell)) and not is_code else _WORDS
