"""Stream tables, without drawn columns: a column is where words stand one below the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from budget_warehouse.reader.document import Character
from budget_warehouse.reader.parsing.amounts import is_one_amount
from budget_warehouse.reader.parsing.wording import is_nil, is_total, plain, without_unit
from budget_warehouse.reader.pdf.layout import line_text

_GAP = 0.6  # of a character's size: a wider gap ends a word
_LEADING = 1.6  # of a character's size: head lines closer than this are one head
_APART = 3.0  # of a character's size: a word further above the table is no head of it
_CENTRED = 1.5  # of a character's size, by which a head may miss the middle of its columns

Line = list[Character]
_CellsOfRow = tuple[tuple[str, ...], tuple[list[Character], ...]]


@dataclass
class _Word:
    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    characters: list[Character]

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass
class Column:
    """The stretch of the page's width that a column's words take up."""

    x0: float
    x1: float

    def distance(self, word: _Word) -> float:
        """Return how far a word stands from the column, negative by as much as it reaches in."""
        return max(word.x0 - self.x1, self.x0 - word.x1)


@dataclass(frozen=True)
class AlignedTable:
    """The cells of a table found by alignment, its columns, and the lines it is made of.

    `characters` are those of each cell.
    """

    rows: tuple[tuple[str, ...], ...]
    characters: tuple[tuple[list[Character], ...], ...]
    columns: tuple[Column, ...]
    first_line: int
    last_line: int


def aligned_table(lines: Sequence[Line], columns: Sequence[Column] = ()) -> AlignedTable | None:
    """Find the table among lines of one page, None when nothing stands in columns.

    `columns` are those of the page before that the lines may carry on; without them the table has
    its own head.
    """
    words = [_words(line) for line in lines]
    figures = [index for index, line in enumerate(words) if _is_figures(line)]
    heads = range(_head_start(words), figures[0]) if figures else range(0)
    if not figures or not (columns or heads):
        return None
    last = _last_line(words, figures)
    body = words[figures[0] : last + 1]
    head = _joined([word for index in heads for word in words[index]])
    first = heads[0] if heads else figures[0]
    if columns:
        found = [Column(column.x0, column.x1) for column in columns]
    else:
        found = _columns([word for line in body for word in line], head)
    if len(found) < 2:
        return None
    rows = [*_head_rows(head, found), *(_cells(row, found) for row in _rows(body))]
    return AlignedTable(
        tuple(cells for cells, _ in rows),
        tuple(characters for _, characters in rows),
        tuple(found),
        first,
        last,
    )


def _words(line: Line) -> list[_Word]:
    words: list[list[Character]] = []
    for character in line:
        if words and character.x0 - words[-1][-1].x1 <= _GAP * character.size:
            words[-1].append(character)
        else:
            words.append([character])
    return [
        _Word(line_text(word), word[0].x0, word[-1].x1, word[0].baseline, word[0].size, word)
        for word in words
    ]


def _is_figures(line: Sequence[_Word]) -> bool:
    amounts = [word for word in line if is_one_amount(word.text) or is_nil(word.text)]
    return len(line) > 1 and bool(amounts) and not _is_caption(line)


def _is_caption(line: Sequence[_Word]) -> bool:
    text = plain("".join(word.text for word in line))
    return ":" in text or bool(without_unit(text)[1])


def _head_start(words: Sequence[Sequence[_Word]]) -> int:
    """Return the first line that may be the head: below captions and lines that stand apart."""
    start = 0
    for index, (line, below) in enumerate(pairwise(words)):
        if _is_figures(line):
            break
        is_apart = below[0].baseline - line[0].baseline > _APART * line[0].size
        if _is_caption(line) or (len(line) == 1 and is_apart):
            start = index + 1
    return start


def _last_line(words: Sequence[Sequence[_Word]], figures: Sequence[int]) -> int:
    """Return the last line of the table: figures, or labels alone as close as its rows are."""
    baselines = [line[0].baseline for line in words]
    pitch = max(
        (baselines[b] - baselines[a] for a, b in pairwise(figures)),
        default=2 * words[figures[0]][0].size,
    )
    last = figures[-1]
    for index in range(last + 1, len(words)):
        is_close = baselines[index] - baselines[last] <= pitch + 1
        text = plain("".join(word.text for word in words[index]))
        is_label = len(words[index]) > 1 or is_total(text)
        if not is_close or not is_label or _is_caption(words[index]) or "。" in text:
            break
        last = index
    return last


def _joined(head: Sequence[_Word]) -> list[_Word]:
    """Put together the lines of a head that the page has wrapped."""
    joined: list[_Word] = []
    for word in head:
        above = next(
            (
                other
                for other in reversed(joined)
                if 0 < word.baseline - other.baseline < _LEADING * word.size
                and min(word.x1, other.x1) - max(word.x0, other.x0)
                > 0.5 * min(word.x1 - word.x0, other.x1 - other.x0)
            ),
            None,
        )
        if above is None:
            joined.append(word)
            continue
        above.text += word.text
        above.characters = above.characters + word.characters
        above.x0, above.x1 = min(above.x0, word.x0), max(above.x1, word.x1)
        above.baseline = word.baseline
    return joined


def _columns(body: Sequence[_Word], head: Sequence[_Word]) -> list[Column]:
    """Return the columns that the figures stand in, and those that only a head stands over."""
    columns: list[Column] = []
    for word in sorted(body, key=lambda word: word.x0):
        if columns and word.x0 <= columns[-1].x1:
            columns[-1].x1 = max(columns[-1].x1, word.x1)
        else:
            columns.append(Column(word.x0, word.x1))
    leaves = [word for word in head if not any(_is_under(other, word) for other in head)]
    for leaf in leaves:
        if all(column.distance(leaf) > 0 for column in columns):
            columns.append(Column(leaf.x0, leaf.x1))
    columns.sort(key=lambda column: column.x0)
    # The label of a total may stand between the columns: it has no head and no figures.
    amounts = [word for word in body if is_one_amount(word.text) or is_nil(word.text)]
    for column in list(columns):
        if len(columns) > 1 and not any(column.distance(word) <= 0 for word in (*leaves, *amounts)):
            columns.remove(column)
    return columns


def _is_under(word: _Word, other: _Word) -> bool:
    """Return whether a head stands below another, and within reach of it."""
    reach = other.size
    return word.baseline > other.baseline and (
        word.x0 < other.x1 + reach and word.x1 > other.x0 - reach
    )


def _head_rows(head: Sequence[_Word], columns: Sequence[Column]) -> Iterator[_CellsOfRow]:
    """Yield the rows of the head, each word where the columns that it heads begin."""
    spans: list[tuple[_Word, range]] = []
    for word in sorted(head, key=lambda word: -word.baseline):
        spans.append((word, _span(word, columns, spans)))
    spans.reverse()
    levels: list[int] = []
    for index, (_, span) in enumerate(spans):
        above = [levels[i] for i in range(index) if set(spans[i][1]) & set(span)]
        levels.append(max(above, default=-1) + 1)
    for level in range(max(levels, default=-1) + 1):
        cells = [""] * len(columns)
        characters: list[list[Character]] = [[] for _ in columns]
        for (word, span), its_level in zip(spans, levels, strict=True):
            if its_level == level:
                cells[span[0]] += word.text
                characters[span[0]] += word.characters
        yield tuple(cells), tuple(characters)


def _span(word: _Word, columns: Sequence[Column], below: Sequence[tuple[_Word, range]]) -> range:
    """Return the columns that a head stands over the middle of, one when nothing is below it.

    `below` are the lower heads, each with its own columns.
    """
    reached = [i for i, column in enumerate(columns) if column.distance(word) < -0.5 * word.size]
    own = reached[0] if reached else _nearest(word, columns)
    headed = {
        column
        for other, span in below
        for column in span
        if other.baseline > word.baseline + 0.5 * word.size
    }
    spans = [
        range(first, end)
        for first in range(len(columns))
        for end in range(first + 2, len(columns) + 1)
        if set(range(first, end)) <= headed
        and abs((columns[first].x0 + columns[end - 1].x1) / 2 - word.centre) <= _CENTRED * word.size
    ]
    return max(spans, key=len, default=range(own, own + 1))


def _nearest(word: _Word, columns: Sequence[Column]) -> int:
    return min(range(len(columns)), key=lambda index: columns[index].distance(word))


def _rows(lines: Sequence[Sequence[_Word]]) -> Iterator[list[_Word]]:
    """Yield the words of each row; the wrapped lines of a name join the figures beside them."""
    anchors = [index for index, line in enumerate(lines) if len(line) > 1]
    baselines = [line[0].baseline for line in lines]
    pitches = [baselines[b] - baselines[a] for a, b in pairwise(anchors)]
    pitch = median(pitches) if pitches else 0.0
    rows: dict[int, list[_Word]] = {index: [] for index in anchors}
    for index, line in enumerate(lines):
        nearest = min(anchors, key=lambda anchor: abs(baselines[anchor] - baselines[index]))
        distance = abs(baselines[nearest] - baselines[index])
        is_rest = distance < min(0.75 * pitch, _LEADING * line[0].size)
        rows.setdefault(nearest if is_rest else index, []).extend(line)
    for index in sorted(rows):
        yield rows[index]


def _cells(row: Sequence[_Word], columns: Sequence[Column]) -> _CellsOfRow:
    cells = [""] * len(columns)
    characters: list[list[Character]] = [[] for _ in columns]
    for word in sorted(row, key=lambda word: word.baseline):
        index = _nearest(word, columns)
        both = is_one_amount(cells[index]) and is_one_amount(word.text)
        cells[index] += (" " if both else "") + word.text
        characters[index] += word.characters
    return tuple(cells), tuple(characters)
