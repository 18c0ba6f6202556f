"""PDF documents: the text a person can see on each page, and its lattice and stream tables."""

import ctypes
import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from budget_warehouse.reader.document import (
    Block,
    Character,
    Grid,
    Picture,
    Remark,
    Row,
    UnreadableDocumentError,
    box_of,
)
from budget_warehouse.reader.pdf.drawing import Drawing, Frame, TextStyle, read_drawing
from budget_warehouse.reader.pdf.lattice import Lattice, lattices
from budget_warehouse.reader.pdf.layers import hidden_layers
from budget_warehouse.reader.pdf.layout import (
    Line,
    cell_text,
    is_page_number,
    is_title,
    line_text,
    lines,
    paragraphs,
)
from budget_warehouse.reader.pdf.stream import Column, aligned_table

_NUMERALS = re.compile(r"^[-\d,.]+$")
_CAPTIONS = 3  # lines between a title at the foot of a page and the page's end
_TILES = 4  # times that a page repeats a watermark, and no word of a table in light grey
_UNMAPPED = 5  # characters without a meaning that a page may have, as bullets of lists
_SCANNED = 20  # characters on a page, below which a picture that fills it is a scan
_SLACK = 0.15  # of the size of a character, which those of one text may stand apart
_Cell = tuple[int, int]
_Home = tuple[int, _Cell]
_WHOLE_AMOUNT = re.compile(r"^(?:0|-?\d{1,3}(?:,\d{3})+(?:\.\d{2})?|-?\d+\.\d{2})$")


def read_pdf(path: Path) -> tuple[Block, ...]:
    """Return the prose and the tables of a PDF in reading order, then its pages without text.

    Raises UnreadableDocumentError when the file is damaged, protected, or a scan without text.
    """
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocumentError(
                f"{path.name} is protected by a password: save it without one and read it again."
            ) from error
        raise UnreadableDocumentError(
            f"{path.name} is not a whole PDF: download or export it again."
        ) from error
    with pdf:
        pages: list[_Page] = []
        for index in range(len(pdf)):
            before = pages[-1].open_columns if pages else None
            pages.append(_read_page(pdf, index, before))
    if sum(page.is_scan for page in pages) * 2 > len(pages):
        raise UnreadableDocumentError(
            f"{path.name} is a scan without text: run text recognition (OCR) on it, "
            "or ask the publisher for the document itself."
        )
    return (*paragraphs([page.blocks for page in pages]), *_unread(pages))


def _unread(pages: Sequence["_Page"]) -> Iterator[Picture | Remark]:
    """Yield what stands on the pages and is no text."""
    for number, page in enumerate(pages, start=1):
        if page.is_picture or page.has_small_picture:
            yield Picture(number, page.is_picture)
        if page.unmapped > _UNMAPPED:
            yield Remark(
                f"p.{number} has {page.unmapped} characters in a font that does not say what they"
                " are",
                is_loss=True,
            )


@dataclass(frozen=True)
class _Page:
    """The content of a page.

    `open_columns` are those of a stream table at its foot that the next page may carry on: none
    yet where a title waits for its table, None where no table is open.
    """

    blocks: Sequence[Line | Grid]
    is_scan: bool
    is_picture: bool
    has_small_picture: bool
    unmapped: int
    open_columns: Sequence[Column] | None


def _read_page(
    pdf: pypdfium2.PdfDocument, index: int, open_columns: Sequence[Column] | None
) -> _Page:
    page, number = pdf[index], index + 1
    text = page.get_textpage()
    frame = Frame(page, text)
    drawing = read_drawing(page, frame, hidden_layers(pdf, index, page))
    characters = _characters(text.raw, frame, drawing)
    tables = lattices(drawing.segments)
    cells, prose = _sort_into_cells(characters, tables)
    tops: list[tuple[float, Line | Grid]] = []
    row_count = 0
    for table, texts in zip(tables, cells, strict=True):
        grid = _grid(table, texts, number, row_count)
        row_count += len(grid.rows)
        if any(text for row in grid.rows for text in row.cells):
            tops.append((table.ys[0], grid))
    for stretch, follows_title in _stretches(lines(prose), [table.ys[0] for table in tables]):
        columns = () if follows_title else open_columns
        found = None if columns is None else aligned_table(stretch, columns)
        written = [_line(line, number) for line in stretch]
        if found is not None:
            rows = tuple(
                Row(
                    cells,
                    f"p.{number} r.{row_count + index}",
                    boxes=tuple(box_of(cell, number) for cell in characters_of_row),
                )
                for index, (cells, characters_of_row) in enumerate(
                    zip(found.rows, found.characters, strict=True), start=1
                )
            )
            row_count += len(rows)
            edges = tuple(column.x0 for column in found.columns)
            tops.append((written[found.first_line].baseline, Grid(rows, number, edges)))
            columns = found.columns
            is_last = all(map(is_page_number, written[found.last_line + 1 :]))
            del written[found.first_line : found.last_line + 1]
        else:
            is_last = follows_title and len(written) <= _CAPTIONS
        open_columns = columns if is_last else None
        tops.extend((line.baseline, line) for line in written)
    tops.sort(key=lambda placed: placed[0])
    is_scan = len(characters) < (_SCANNED if drawing.has_picture else 1)
    blocks = [block for _, block in tops]
    return _Page(
        blocks,
        is_scan,
        is_scan and drawing.has_picture,
        drawing.has_small_picture and not drawing.has_picture,
        _unmapped(text),
        open_columns,
    )


def _unmapped(text: pypdfium2.PdfTextPage) -> int:
    """Return how many characters the page's fonts do not tell the meaning of."""
    return sum(
        raw.FPDFText_HasUnicodeMapError(text, index) == 1
        for index in range(raw.FPDFText_CountChars(text))
    )


def _line(characters: Sequence[Character], page: int) -> Line:
    return Line(
        line_text(characters),
        characters[0].x0,
        characters[-1].x1,
        characters[0].baseline,
        max(character.size for character in characters),
        page,
        tuple(characters),
    )


def _stretches(
    page_lines: Sequence[list[Character]], tables: Sequence[float]
) -> Iterator[tuple[list[list[Character]], bool]]:
    """Cut the lines outside lattice tables where a title or a table (by its top) comes between.

    Each stretch is yielded with whether a title stands above it and no lattice table below.
    """
    stretch: list[list[Character]] = []
    follows_title = False
    tops = sorted(tables)
    for line in page_lines:
        while tops and tops[0] < line[0].baseline:
            tops.pop(0)
            yield stretch, False
            stretch, follows_title = [], False
        stretch.append(line)
        if is_title(line_text(line)):
            yield stretch, follows_title
            stretch, follows_title = [], True
    yield stretch, follows_title and not tops


def _sort_into_cells(
    characters: Sequence[Character], tables: Sequence[Lattice]
) -> tuple[list[dict[_Cell, list[Character]]], list[Character]]:
    """Give every run of characters to the cell that holds most of it; the rest is prose."""
    cells: list[dict[_Cell, list[Character]]] = [defaultdict(list) for _ in tables]
    prose: list[Character] = []
    for run in _runs(characters):
        homes = [_home(character, tables) for character in run]
        for piece, piece_homes in _parted(run, homes, tables):
            home = Counter(piece_homes).most_common(1)[0][0] or _beside(piece, tables)
            if home is None:
                prose.extend(piece)
            else:
                table, cell = home
                cells[table][cell].extend(piece)
    return cells, prose


def _beside(run: Sequence[Character], tables: Sequence[Lattice]) -> _Home | None:
    """Give a stray number right of a table to its row, in its own column."""
    if not _NUMERALS.match("".join(character.text for character in run)):
        return None
    x, y = run[0].centre
    for index, table in enumerate(tables):
        row = bisect_right(table.ys, y) - 1
        if x >= table.xs[-1] and 0 <= row < len(table.ys) - 1:
            return index, (row, len(table.xs) - 1)
    return None


def _home(character: Character, tables: Sequence[Lattice]) -> _Home | None:
    for index, table in enumerate(tables):
        cell = table.cell_at(*character.centre)
        if cell is not None:
            return index, cell
    return None


def _runs(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """Split the page's characters where a text object ends or leaves a gap."""
    run: list[Character] = []
    for character in characters:
        if run:
            before = run[-1]
            is_next = (
                character.run == before.run
                and abs(character.baseline - before.baseline) < 0.3 * character.size
                and -0.5 * character.size < character.x0 - before.x1 < 0.5 * character.size
            )
            if not is_next:
                yield run
                run = []
        run.append(character)
    if run:
        yield run


def _parted(
    run: list[Character], homes: list[_Home | None], tables: Sequence[Lattice]
) -> Iterator[tuple[list[Character], list[_Home | None]]]:
    """Cut a run where a line of a table stands in a gap of it, or behind a whole amount.

    Some programs write a row of cells as one text. A text too long for its cell crosses a line
    without such a gap.
    """
    start = 0
    for index, home in enumerate(homes):
        before = homes[index - 1] if index > start else None
        if before is None or home is None or before == home:
            continue
        last, character = run[index - 1], run[index]
        table, (_, column) = home
        slack = _SLACK * character.size
        is_between = last.x1 - slack <= tables[table].xs[column] <= character.x0 + slack
        text = "".join(one.text for one in run[start:index])
        is_end = _WHOLE_AMOUNT.match(text) and not _NUMERALS.match(character.text)
        if is_between and (character.x0 - last.x1 > slack or is_end):
            yield run[start:index], homes[start:index]
            start = index
    yield run[start:], homes[start:]


def _grid(
    table: Lattice, texts: dict[tuple[int, int], list[Character]], page: int, rows_before: int
) -> Grid:
    columns = max(len(table.xs) - 1, *(column + 1 for _, column in texts), 0)
    rooms = [*(end - start for start, end in pairwise(table.xs)), *[0.0] * columns]
    rows: list[Row] = []
    for row in range(len(table.ys) - 1):
        cells = [texts.get((row, column), []) for column in range(columns)]
        for printed in _printed_rows(cells):
            place = f"p.{page} r.{rows_before + len(rows) + 1}"
            indents = (
                min((one.x0 for one in cell[:1]), default=left) - left
                for cell, left in zip(printed, [*table.xs, *[0.0] * columns], strict=False)
            )
            texts_of_row = tuple(map(cell_text, printed, rooms))
            boxes = tuple(box_of(cell, page) for cell in printed)
            rows.append(Row(texts_of_row, place, indents=tuple(indents), boxes=boxes))
    return Grid(tuple(rows), page, tuple(table.xs[:-1]))


def _printed_rows(cells: Sequence[list[Character]]) -> list[list[list[Character]]]:
    """Split a lattice row that holds several printed ones: an amount to each line of a cell."""
    baselines: list[float] = []
    for cell in cells:
        cell_lines = lines(cell)
        if len(cell_lines) > len(baselines) and all(
            _WHOLE_AMOUNT.match(line_text(line)) for line in cell_lines
        ):
            baselines = [line[0].baseline for line in cell_lines]
    if len(baselines) < 2:
        return [list(cells)]
    printed: list[list[list[Character]]] = [[[] for _ in cells] for _ in baselines]
    for column, cell in enumerate(cells):
        for character in cell:
            nearest = min(
                range(len(baselines)),
                key=lambda index: abs(baselines[index] - character.baseline),
            )
            printed[nearest][column].append(character)
    return printed


def _characters(text: raw.FPDF_TEXTPAGE, frame: Frame, drawing: Drawing) -> list[Character]:
    """Return the characters a person can see: inside the page and its frames, drawn, and once."""
    visible: list[Character] = []
    styles: dict[int, TextStyle] = {}
    slanted: dict[int, bool] = {}
    runs: dict[int, int] = {}
    light: set[int] = set()
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    box = raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(text)):
        symbol = chr(raw.FPDFText_GetUnicode(text, index))
        if symbol.isspace() or not symbol.isprintable() or raw.FPDFText_IsGenerated(text, index):
            continue
        text_object = raw.FPDFText_GetTextObject(text, index)
        address = ctypes.addressof(text_object.contents) if text_object else 0
        if address not in styles:
            styles[address] = drawing.style(text_object)
            angle = math.degrees(raw.FPDFText_GetCharAngle(text, index))
            slanted[address] = frame.is_slanted(angle)
        if slanted[address]:
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        middle = ((box.left + box.right) / 2, (bottom.value + top.value) / 2)
        if not (frame.holds(*middle) and drawing.shows(styles[address], *middle)):
            continue
        (x0, y0), (x1, y1) = frame.point(box.left, box.bottom), frame.point(box.right, box.top)
        ink = frame.upright_span(left.value, bottom.value, right.value, top.value)
        character = Character(
            symbol,
            min(x0, x1),
            max(x0, x1),
            frame.point(x.value, y.value)[1],
            max(abs(y1 - y0), 1.0),
            runs.setdefault(address, len(runs)),
            *ink,
        )
        visible.append(character)
        if styles[address].is_light:
            light.add(character.run)
    return list(_once(_without_watermark(visible, light)))


def _once(characters: Sequence[Character]) -> Iterator[Character]:
    """Yield each character once: imitated bold type prints it twice, a hair's breadth apart."""
    seen: dict[tuple[str, int], list[Character]] = defaultdict(list)
    for character in characters:
        row = round(character.baseline / 4)
        if not any(
            _is_same_spot(character, other)
            for step in (-1, 0, 1)
            for other in seen.get((character.text, row + step), ())
        ):
            seen[character.text, row].append(character)
            yield character


def _without_watermark(characters: list[Character], light: Container[int]) -> list[Character]:
    """Leave out light text that the page repeats, as tiles of a watermark do."""
    texts: dict[int, str] = defaultdict(str)
    for character in characters:
        if character.run in light:
            texts[character.run] += character.text
    repeated = {text for text, times in Counter(texts.values()).items() if times >= _TILES}
    return [one for one in characters if texts.get(one.run) not in repeated]


def _is_same_spot(one: Character, other: Character) -> bool:
    # Condensed digits stand closer than imitated bold needs: half their width tells them apart.
    reach = min(0.25 * one.size, 0.5 * max(one.x1 - one.x0, 0.1))
    return abs(one.x0 - other.x0) < reach and abs(one.baseline - other.baseline) < 0.25 * one.size
