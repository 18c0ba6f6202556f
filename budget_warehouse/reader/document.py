"""A published document as every format hands it to the reader: prose and grids in reading order.

Turning a file into this shape is the work of one module per format; finding out what the paragraphs
and grids say is the work of the rest of the reader, which never asks which format they came from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SEPARATOR = "; "  # between the files of one disclosure


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
class Paragraph:
    """A run of prose that belongs together, and where it stands (`p.3` or `line 27`)."""

    text: str
    place: str


@dataclass(frozen=True)
class Row:
    """One printed row of a grid; a merged cell's text stands once, where it starts, the rest is ''.

    `places` says where each cell stands, in formats that can tell (a text dump has one line to a
    cell); elsewhere it is empty, and every cell stands where its row does. `indents` says how far
    from its column's edge each cell's text starts, in points, in formats that draw.
    """

    cells: tuple[str, ...]
    place: str
    places: tuple[str, ...] = ()
    indents: tuple[float, ...] = ()

    def place_of(self, column: int) -> str:
        """Return where the cell in that column stands."""
        return self.places[column] if self.places else self.place


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
    """What a format met and did not hand on, as a sentence for a person.

    `is_loss` says that a person can read there what the program cannot.
    """

    text: str
    is_loss: bool = False


Block = Paragraph | Grid | Picture | Remark


@dataclass(frozen=True)
class Document:
    """A published document: its file, the hash of its bytes, and its blocks in reading order."""

    path: Path
    sha256: str
    blocks: tuple[Block, ...]
    files: tuple[Path, ...] = ()

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
        tuple(block for document in reversed(documents) for block in document.blocks),
        tuple(document.path for document in documents),
    )
