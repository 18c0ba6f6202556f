"""Boxes: where on the pages the values of a reading are printed, for whoever looks them up.

A value that stands on no page as it is in its row, such as a code that was parted, has none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from budget_warehouse.contract.boxes import PrintedBox
from budget_warehouse.contract.printed_tables import printed_tables
from budget_warehouse.reader.document import Box, Character, Document, Grid, Paragraph, Row, box_of
from budget_warehouse.reader.parsing.claims import Claims
from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.tables import SIDES, TableReading
from budget_warehouse.reader.parsing.wording import squeezed

_OF_A_CLAIM = ("base_amount", "change", "change_percent", "completion_percent")
_NEAR = 160  # characters of the prose that a claim's other figures stand within
_AHEAD = 8  # texts that were read after a claim's own, among which the next claim's is looked for
_TELLING = 4  # characters from which on a text stands for itself
_FORM_ROWS = 200  # rows that the form of a project has at most

Span = tuple[int, int]


@dataclass
class _Cell:
    """A printed cell, the column of the contract that its heading means, and its block."""

    number: int
    place: str
    column_name: str
    side: int
    text: str
    box: Box
    is_used: bool = False


class Boxes:
    """The boxes of a document, found for the rows that were read of it."""

    def __init__(self, document: Document) -> None:
        """Keep what the document has drawn."""
        grids = [block for block in document.blocks if isinstance(block, Grid)]
        self._rows = [row for grid in grids for row in grid.rows if row.boxes]
        self._prose = _Prose(
            block for block in document.blocks if isinstance(block, Paragraph) and block.lines
        )

    def of_table(self, table: TableReading) -> Iterator[PrintedBox]:
        """Yield where the values of a table's rows are printed."""
        cells = list(_cells_of(table))
        by_place: dict[tuple[str, str], list[_Cell]] = defaultdict(list)
        for cell in cells:
            by_place[cell.place, cell.column_name].append(cell)
        measures = frozenset(printed_tables().measures(table.table_name))
        last = 0
        for number, row in enumerate(table.rows, start=1):
            place = row["source_ref"]
            for column_name, text in row.items():
                own = by_place.get((place, column_name), ())
                found = _free(own, text, row.get("side", ""))
                if found is None and not own and column_name in measures:
                    # A row that was turned, or broken over two pages, has figures of other rows.
                    found = _free(cells[last:], text, "")
                if found is not None:
                    found.is_used = True
                    last = found.number
                    yield _printed(table.table_name, number, column_name, found.box, text)

    def of_rows(self, table_name: str, rows: Sequence[Fields]) -> Iterator[PrintedBox]:
        """Yield where the values of forms are printed: in the rows from a form's own place on."""
        starts = [self._start(row["source_ref"]) for row in rows]
        for number, (row, start) in enumerate(zip(rows, starts, strict=True), start=1):
            end = next((one for one in starts[number:] if one > start), start + _FORM_ROWS)
            cells = [
                (cell.strip(), box)
                for printed in self._rows[start:end]
                for cell, box in zip(printed.cells, printed.boxes, strict=True)
                if box
            ]
            for column_name, text in row.items():
                found = next((at for at, (cell, _) in enumerate(cells) if cell == text), None)
                if text and found is not None:
                    _, box = cells.pop(found)
                    assert box is not None
                    yield _printed(table_name, number, column_name, box, text)

    def of_claims(self, claims: Claims) -> Iterator[PrintedBox]:
        """Yield where the figures of the prose are printed."""
        cursor, read = 0, 0
        before: Fields = {}
        found: Span | None = None
        for number, row in enumerate(claims.rows, start=1):
            own = ("source_ref", "measure", "name", "amount")
            is_again = bool(before) and all(before.get(key) == row.get(key) for key in own)
            span = self._prose.span(row["source_ref"])
            amount = row.get("amount", "")
            if span and amount and not is_again:
                read, context = _context(claims, read, row)
                start = cursor if span[0] <= cursor < span[1] else span[0]
                found = self._prose.find(amount, (start, span[1]), context)
                found = found or self._prose.find(amount, span, context)
                cursor = found[1] if found else cursor
            elif not is_again:
                found = None
            before = row
            if not span or found is None:
                continue
            yield from self._in_prose("narrative_claims", number, "amount", found, amount)
            for column_name in _OF_A_CLAIM:
                if text := row.get(column_name, ""):
                    near = self._prose.near(text, found, span)
                    yield from self._in_prose("narrative_claims", number, column_name, near, text)

    def of_statements(self, rows: Sequence[Fields]) -> Iterator[PrintedBox]:
        """Yield where the values that the prose states are printed, of those that can be told."""
        for number, row in enumerate(rows, start=1):
            span = self._prose.span(row["source_ref"])
            text = row.get("value", "")
            if span and text:
                found = self._prose.find_stated(text, row.get("unit", ""), span)
                yield from self._in_prose("statements", number, "value", found, text)

    def _in_prose(
        self, table_name: str, number: int, column_name: str, span: Span | None, text: str
    ) -> Iterator[PrintedBox]:
        for box in self._prose.boxes(span) if span else ():
            yield _printed(table_name, number, column_name, box, text)

    def _start(self, place: str) -> int:
        """Return the position of the first row that stands at a place: a row, or a page."""
        return next(
            (
                at
                for at, row in enumerate(self._rows)
                if row.place == place or row.place.startswith(f"{place} ")
            ),
            len(self._rows),
        )


class _Prose:
    """The prose of a document as one text without white space, and where its characters stand."""

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        self._text = ""
        self._characters: list[tuple[int, int, int, Character] | None] = []
        self._spans: dict[str, Span] = {}
        texts: list[str] = []
        for paragraph in paragraphs:
            start = len(self._characters)
            for at, line in enumerate(paragraph.lines):
                self._characters.extend(
                    (line.document, line.page, at, character) for character in line.characters
                )
                texts.extend(character.text for character in line.characters)
            texts.append("\n")
            self._characters.append(None)
            first = self._spans.get(paragraph.place, (start, start))[0]
            self._spans[paragraph.place] = (first, len(self._characters))
        # Each character is one before and after: nothing is white space but the ends.
        self._text = "\n".join(map(squeezed, "".join(texts).split("\n")))

    def span(self, place: str) -> Span | None:
        """Return the stretch of a page's prose, and of the next one's that may carry it on."""
        own = self._spans.get(place)
        if own is None or len(self._text) != len(self._characters):
            return None
        ends = [end for start, end in self._spans.values() if start == own[1]]
        return own[0], max(ends, default=own[1])

    def find(self, number: str, span: Span, context: str) -> Span | None:
        """Return where a number stands in a stretch: within the text that it was read of."""
        number = squeezed(number)
        whole = re.compile(rf"(?<![\d.,，]){re.escape(number)}(?!\d|[.,，]\d|[%％])")
        inner = whole.search(context)
        if inner and inner.group() != context:
            at = self._text.find(context, *span)
            if at >= 0:
                return at + inner.start(), at + inner.end()
        found = whole.search(self._text, *span)
        return found.span() if found else None

    def near(self, number: str, found: Span, span: Span) -> Span | None:
        """Return where a number stands that belongs to one that was found, behind it or before."""
        behind = self.find(number, (found[1], min(found[1] + _NEAR, span[1])), "")
        return behind or self.find(number, (max(found[0] - _NEAR, span[0]), found[0]), "")

    def find_stated(self, text: str, unit: str, span: Span) -> Span | None:
        """Return where a stated text stands, if nothing else on its page can be meant."""
        text = squeezed(text)
        found = list(
            re.finditer(
                rf"(?<![\d.,，]){re.escape(text)}(?![\d]){re.escape(unit)}",
                self._text[span[0] : span[1]],
            )
        )
        if not found or (len(found) > 1 and len(text) < _TELLING):
            return None
        start = span[0] + found[0].start()
        return start, start + len(text)

    def boxes(self, span: Span) -> Iterator[Box]:
        """Yield a box for each printed line that a stretch of the text stands on."""
        lines: dict[tuple[int, int, int], list[Character]] = defaultdict(list)
        for placed in self._characters[span[0] : span[1]]:
            if placed is not None:
                document, page, line, character = placed
                lines[document, page, line].append(character)
        for (document, page, _), characters in lines.items():
            box = box_of(characters, page, document)
            if box is not None:
                yield box


def _printed(table_name: str, row_number: int, column_name: str, box: Box, text: str) -> PrintedBox:
    return PrintedBox(
        *(table_name, row_number, column_name, box.document, box.page),
        *(box.left, box.top, box.right, box.bottom, text),
    )


def _context(claims: Claims, read: int, row: Fields) -> tuple[int, str]:
    """Return the next text of the prose that the claim was made of, and how many were read."""
    for at in range(read, min(read + _AHEAD, len(claims.used))):
        paragraph, text = claims.used[at]
        if paragraph.place == row["source_ref"] and row["amount"] in text:
            return at + 1, text
    return read, ""


def _free(cells: Iterable[_Cell], text: str, side: str) -> _Cell | None:
    """Return the first cell with a text that is no other row's, in the blocks of a side."""
    return next(
        (
            cell
            for cell in cells
            if not cell.is_used
            and cell.text == text
            and (not side or SIDES[min(cell.side, len(SIDES) - 1)] == side)
        ),
        None,
    )


def _cells_of(table: TableReading) -> Iterator[_Cell]:
    """Yield the cells of a table's rows; a value that several cells of a row hold has none."""
    number = 0
    for row, header in table.taken:
        by_column: dict[tuple[str, int], list[int]] = defaultdict(list)
        for column, position, _ in header.cells_of(row):
            if column is not None and column.field:
                by_column[column.field, column.side].append(position)
        for (name, side), positions in by_column.items():
            box = _around(row, positions)
            if box is not None:
                text = "".join(row.cells[position].strip() for position in positions)
                yield _Cell(number, row.place, name, side, text, box)
                number += 1


def _around(row: Row, positions: Sequence[int]) -> Box | None:
    """Return the box around cells that hold one value."""
    boxes = [row.box_of(position) for position in positions]
    if not boxes or None in boxes:
        return None
    printed = [box for box in boxes if box is not None]
    return printed[0]._replace(
        left=min(box.left for box in printed),
        top=min(box.top for box in printed),
        right=max(box.right for box in printed),
        bottom=max(box.bottom for box in printed),
    )
