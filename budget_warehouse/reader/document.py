"""A published document as every format hands it to the reader: prose and grids in reading order.

Turning a file into this shape is the work of one module per format; finding out what the paragraphs
and grids say is the work of the rest of the reader, which never asks which format they came from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

SEPARATOR = "; "  # between the files of one disclosure
_SMALL = 0.4  # of a character's size, as high as a small letter


class UnreadableDocumentError(Exception):
    """The document cannot be read; the message is one sentence that tells the user what to do."""


class ProseWithoutTablesError(UnreadableDocumentError):
    """The document tells of a budget and prints no table of it: its tables may be another file.

    The arguments are the message, the organization and the year that its cover names, and how the
    prose opens, for a cover may be a picture.
    """

    def __init__(self, message: str, organization: str, fiscal_year: str, opening: str) -> None:
        """Keep what the other file is found by."""
        super().__init__(message, organization, fiscal_year, opening)
        self.organization = organization
        self.fiscal_year = fiscal_year
        self.opening = opening

    def tells_of(self, organization: str) -> bool:
        """Return whether the document is about an organization."""
        if self.organization:
            return organization == self.organization
        return bool(organization) and organization in self.opening

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Character:
    """One visible character, in points from the page's top left corner.

    `top` and `bottom` are those of its ink.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    run: int
    top: float
    bottom: float

    @property
    def centre(self) -> tuple[float, float]:
        """The point that decides to which cell the character belongs."""
        return (self.x0 + self.x1) / 2, self.baseline - self.size * 0.3


class Box(NamedTuple):
    """The place of printed text: the page, and points right and down from its top left corner.

    `document` counts the files of a disclosure.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    document: int = 1


class PrintedLine(NamedTuple):
    """The characters of one line of prose, from left to right, and the page that it stands on."""

    page: int
    characters: Sequence[Character]
    document: int = 1


def box_of(characters: Sequence[Character], page: int, document: int = 1) -> Box | None:
    """Return the box around characters of a page; none around nothing."""
    if not characters:
        return None
    return Box(
        page,
        min([one.x0 for one in characters]),
        # A dash has next to no ink: its box is as high as a small letter.
        min([min(one.top, one.baseline - _SMALL * one.size) for one in characters]),
        max([one.x1 for one in characters]),
        max([max(one.bottom, one.baseline) for one in characters]),
        document,
    )


@dataclass(frozen=True)
class Paragraph:
    """A run of prose that belongs together, and where it stands (`p.3` or `line 27`).

    `lines` are the printed lines that it is made of, in formats that draw.
    """

    text: str
    place: str
    lines: tuple[PrintedLine, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class Row:
    """One printed row of a grid; a merged cell's text stands once, where it starts, the rest is ''.

    `places` says where each cell stands, in formats that can tell (a text dump has one line to a
    cell); elsewhere it is empty, and every cell stands where its row does. `indents` says how far
    from its column's edge each cell's text starts, in points, and `boxes` where it is printed, in
    formats that draw.
    """

    cells: tuple[str, ...]
    place: str
    places: tuple[str, ...] = ()
    indents: tuple[float, ...] = ()
    boxes: tuple[Box | None, ...] = field(default=(), compare=False, repr=False)

    def place_of(self, column: int) -> str:
        """Return where the cell in that column stands."""
        return self.places[column] if self.places else self.place

    def box_of(self, column: int) -> Box | None:
        """Return where the cell in that column is printed, if the format tells."""
        return self.boxes[column] if self.boxes else None


@dataclass(frozen=True)
class Grid:
    """A table as drawn on one page or sheet: rows of cells, all rows equally long.

    `edges` are the left edges of the lattice's columns in points, in formats that draw; with them a
    table continued on the next page finds its columns again although its lines differ there.
    A number printed right of the lines stands in one more column, without an edge.
    """

    rows: tuple[Row, ...]
    page: int
    edges: tuple[float, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns, without the one for numbers right of the lattice."""
        return len(self.edges) or len(self.rows[0].cells)


@dataclass(frozen=True)
class Picture:
    """A page that is a picture, as a scan is, with no text to read; or a picture on a page."""

    page: int
    is_whole_page: bool = True


@dataclass(frozen=True)
class Remark:
    """Something a format met and did not hand on, as a sentence for a person.

    `is_loss` says that a person can read there what the program cannot.
    """

    text: str
    is_loss: bool = False


Block = Paragraph | Grid | Picture | Remark


@dataclass(frozen=True)
class Origin:
    """The address that a document was published at and the day, blank where nothing tells.

    `doubt` is a sentence about what was meant to tell and does not.
    """

    address: str = ""
    published_on: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Document:
    """A published document: its file, the hash of its bytes, and its blocks in reading order."""

    path: Path
    sha256: str
    blocks: tuple[Block, ...]
    files: tuple[Path, ...] = ()
    origin: Origin = Origin()

    @property
    def names(self) -> str:
        """The names of the document's files."""
        return SEPARATOR.join(file.name for file in self.files or (self.path,))


def joined(documents: Sequence[Document]) -> Document:
    """Return the files of one disclosure as one document, the first of which names it."""
    first = documents[0]
    if len(documents) == 1:
        return first
    return Document(
        first.path,
        SEPARATOR.join(document.sha256 for document in documents),
        tuple(
            _of_file(block, number)
            for number, document in reversed(list(enumerate(documents, start=1)))
            for block in document.blocks
        ),
        tuple(document.path for document in documents),
        next((one.origin for one in documents if one.origin.address), first.origin),
    )


def _of_file(block: Block, number: int) -> Block:
    """Return a block whose boxes say which file of the disclosure they are in."""
    if number > 1 and isinstance(block, Paragraph):
        return replace(block, lines=tuple(one._replace(document=number) for one in block.lines))
    if number > 1 and isinstance(block, Grid):
        rows = (
            replace(row, boxes=tuple(one and one._replace(document=number) for one in row.boxes))
            for row in block.rows
        )
        return replace(block, rows=tuple(rows))
    return block
