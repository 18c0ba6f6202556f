"""Characters placed on a page, and the lines and paragraphs that they form."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from budget_warehouse.reader.document import Character, Grid, Paragraph, PrintedLine
from budget_warehouse.reader.parsing.amounts import is_one_amount
from budget_warehouse.reader.parsing.titles import table_titled
from budget_warehouse.reader.parsing.wording import plain, without_unit

_PAGE_NUMBER = re.compile(
    r"^[-—–－·.\s]*(第\s*)?[0-9０-９]+(\s*页)?(\s*[/共]\s*\d+\s*页?)?[-—–－·.\s]*$"
)
_OPENING = re.compile(
    r"^(第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]"
    r"|\d+[、．]|\d+[.](?!\d)|注[:：]|目\s*录$)"
)
_LABEL = re.compile(r"^[^，。：:；“]{2,14}[:：]")
_UNBROKEN = re.compile(r"[\w.,%]+", re.ASCII)
_SENTENCE_END = "。；：;:！？!?"
_REPEATED = 3  # pages on which the same first or last line is furniture, not text


@dataclass(frozen=True)
class Line:
    """One line of text outside any table."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    page: int
    characters: tuple[Character, ...] = field(default=(), compare=False, repr=False)


def lines(characters: Iterable[Character]) -> list[list[Character]]:
    """Group characters into lines by their baselines, top to bottom, each from left to right."""
    grouped: list[list[Character]] = []
    for character in sorted(characters, key=lambda character: character.baseline):
        if grouped:
            last = grouped[-1][-1]
            if abs(character.baseline - last.baseline) <= 0.35 * max(character.size, last.size):
                grouped[-1].append(character)
                continue
        grouped.append([character])
    return [sorted(line, key=lambda character: character.x0) for line in grouped]


def line_text(line: Sequence[Character]) -> str:
    """Return a line's text, with a space where the page leaves one and several where it jumps."""
    pieces: list[str] = []
    for index, character in enumerate(line):
        if index:
            before = line[index - 1]
            gap = (character.x0 - before.x1) / max(character.size, 0.1)
            is_western = before.text.isascii() and character.text.isascii()
            is_number = f"{before.text}{character.text}".strip(",.0123456789") == ""
            if gap > 2:
                pieces.append("    ")
            elif gap > (0.2 if is_western and not is_number else 0.8):
                pieces.append(" ")
        pieces.append(character.text)
    return "".join(pieces).strip()


def cell_text(characters: Iterable[Character], room: float = 0.0) -> str:
    """Return the text of one cell: its lines, wrapped by the page, are one value.

    A number breaks off only where it has filled the cell's `room`; short of it, two lines are two
    numbers.
    """
    text, width = "", 0.0
    for line in lines(characters):
        piece = re.sub(r" +", " ", line_text(line))
        is_western = text[-1:].isalpha() and text[-1:].isascii() and piece[:1].isalpha()
        is_apart = (is_western and piece[:1].isascii()) or (
            width + 2 * line[0].size < room and is_one_amount(text) and is_one_amount(piece)
        )
        text += (" " if is_apart else "") + piece
        width = line[-1].x1 - line[0].x0
    return text


def paragraphs(pages: Sequence[Sequence[Line | Grid]]) -> list[Paragraph | Grid]:
    """Return prose and grids in reading order, wrapped lines joined, page furniture left out.

    `pages` holds the lines and grids of each page from top to bottom.
    """
    furniture = _furniture(pages)
    blocks: list[Paragraph | Grid] = []
    open_lines: list[Line] = []

    def close() -> None:
        if open_lines:
            blocks.append(
                Paragraph(
                    "".join(line.text for line in open_lines),
                    f"p.{open_lines[0].page}",
                    tuple(PrintedLine(line.page, line.characters) for line in open_lines),
                )
            )
            open_lines.clear()

    for page in pages:
        margins = _margins([block for block in page if isinstance(block, Line)])
        for block in page:
            if isinstance(block, Grid):
                close()
                blocks.append(block)
            elif block not in furniture:
                if not (open_lines and _continues(open_lines[-1], block, margins)):
                    close()
                open_lines.append(block)
    close()
    return blocks


def _furniture(pages: Sequence[Sequence[Line | Grid]]) -> set[Line]:
    """Return page numbers and running titles: what the same edge of many pages repeats."""
    furniture: set[Line] = set()
    repeated: dict[tuple[int, str], list[Line]] = defaultdict(list)
    for page in pages:
        for edge in (0, -1):
            line = page[edge] if page else None
            if not isinstance(line, Line) or is_title(line.text):
                continue
            if is_page_number(line):
                furniture.add(line)
            else:
                repeated[edge, re.sub(r"\d+", "0", line.text)].append(line)
    for edge_lines in repeated.values():
        heights = Counter(round(line.baseline / 5) for line in edge_lines)
        if heights.most_common(1)[0][1] >= max(_REPEATED, len(pages) // 2):
            furniture.update(edge_lines)
    return furniture


def _margins(page_lines: Sequence[Line]) -> tuple[float, float]:
    """Return left and right edge of a page's running text."""
    widest = max((line.x1 - line.x0 for line in page_lines), default=0.0)
    long = [line for line in page_lines if line.x1 - line.x0 > 0.6 * widest]
    return min((line.x0 for line in long), default=0.0), max(
        (line.x1 for line in long), default=0.0
    )


def is_page_number(line: Line) -> bool:
    """Return whether a line holds the number of its page and nothing else."""
    return bool(_PAGE_NUMBER.match(line.text))


def is_title(text: str) -> bool:
    """Return whether a line is an official table's title: it stands alone however it is set."""
    return bool(table_titled(without_unit(plain(text))[0]))


def _continues(before: Line, line: Line, margins: tuple[float, float]) -> bool:
    left, right = margins
    size = max(before.size, line.size)
    if is_title(before.text) or is_title(line.text):
        return False
    if abs(before.size - line.size) > 0.25 * size or line.page - before.page > 1:
        return False
    if before.page == line.page and line.baseline - before.baseline > 3 * size:
        return False
    # A line also ends early when the next word or number, which is not broken, has no room on it.
    leading = _UNBROKEN.match(line.text)
    room = size * (2.5 + (0.6 * len(leading.group()) if leading else 0))
    is_full = before.x1 >= right - room
    is_flush = line.x0 <= left + 0.9 * size
    opens = bool(_OPENING.match(line.text)) and before.text[-1:] in _SENTENCE_END
    if _LABEL.match(line.text) and _LABEL.match(before.text):
        return False
    return is_full and is_flush and not opens
