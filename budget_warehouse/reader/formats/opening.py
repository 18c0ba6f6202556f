"""The formats that documents come in, and what turns a file of each into blocks."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from budget_warehouse.reader.document import Block, Document, UnreadableDocumentError
from budget_warehouse.reader.formats.html import decoded, read_html
from budget_warehouse.reader.formats.origin import origin_of
from budget_warehouse.reader.formats.text import read_text
from budget_warehouse.reader.formats.xls import read_xls
from budget_warehouse.reader.pdf.pages import read_pdf


def _read_docx(path: Path) -> tuple[Block, ...]:
    from budget_warehouse.reader.formats.docx import (
        read_docx,  # its library takes a tenth of what most documents take
    )

    return read_docx(path)


def _read_xlsx(path: Path) -> tuple[Block, ...]:
    from budget_warehouse.reader.formats.xlsx import read_xlsx  # and its library brings numpy

    return read_xlsx(path)


FORMATS: dict[str, Callable[[Path], tuple[Block, ...]]] = {
    ".pdf": read_pdf,
    ".docx": _read_docx,
    ".xlsx": _read_xlsx,
    ".xls": read_xls,
    ".html": read_html,
    ".htm": read_html,
    ".txt": read_text,
}


def open_document(path: Path) -> Document:
    """Return the document in a file, by the format that its suffix names.

    Raises UnreadableDocumentError when no format has that suffix, or the file is not readable as
    its format.
    """
    read = FORMATS.get(path.suffix.lower())
    if read is None:
        known = ", ".join(sorted(FORMATS))
        raise UnreadableDocumentError(
            f"{path.name} is in a format that is not read: save it as one of {known}."
        )
    content = path.read_bytes()
    page = decoded(path) if read is read_html else ""
    return Document(path, sha256(content).hexdigest(), read(path), origin=origin_of(path, page))
