"""A file at the door: what it is by its content, and whether it may be opened at all."""

import os
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

import pypdfium2
from pypdfium2 import raw as pdfium

from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.formats.archive import require_harmless

MAXIMUM_FILE_SIZE = 100 * 1024**2  # bytes; a disclosure with photographs of its vehicles has 20 MB
MAXIMUM_PAGES = 1_000  # the longest budget of a whole city has some 400

SUFFIXES = {
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".xlsx": "an Excel workbook",
    ".xls": "an Excel 97-2003 workbook",
    ".html": "a web page",
    ".htm": "a web page",
    ".txt": "plain text",
}

_HEAD = 4096  # bytes in which every format that we know says what it is
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Office 97-2003 and of locked files
_PAGE_MARKUP = re.compile(r"(?i)<(?:!doctype\s+html|html|head|body|table|meta|div|p)\b")
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # no text has them
_PDF_END = 1024  # bytes from the end within which every PDF reader looks for the end mark


def admit(path: Path) -> None:
    """Let the file pass if its content is what its name says and opening it is safe.

    Raises:
        UnreadableDocumentError: The file is missing, empty, too large, damaged, locked by a
            password, made to do harm, not a document, or not what its suffix says.
    """
    if not path.is_file():
        raise UnreadableDocumentError(f"There is no file {path}: check its path.")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableDocumentError(f"{path.name} is empty: download it again.")
    if size > MAXIMUM_FILE_SIZE:
        raise UnreadableDocumentError(
            f"{path.name} has {size / 1024**2:,.0f} MB, more than the "
            f"{MAXIMUM_FILE_SIZE // 1024**2} MB that a document may have: split it and read the "
            "parts."
        )
    suffix = _suffix(path)
    if SUFFIXES[suffix] != SUFFIXES.get(path.suffix.lower()):
        raise UnreadableDocumentError(
            f"{path.name} is {SUFFIXES[suffix]}, which its name does not say: "
            f"rename it to {path.stem}{suffix} and read it again."
        )
    if suffix == ".pdf":
        _require_sound_pdf(path)


def _suffix(path: Path) -> str:
    """Return the suffix that the content deserves."""
    with path.open("rb") as content:
        head = content.read(_HEAD)
    if b"%PDF-" in head[:1024]:  # the standard allows for bytes before it
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return _archive_suffix(path)
    if head.startswith(_OLE):
        return _ole_suffix(path)
    return _text_suffix(path)


def _archive_suffix(path: Path) -> str:
    if "[Content_Types].xml" in require_harmless(path):
        with ZipFile(path) as archive:
            types = archive.read("[Content_Types].xml")
        for suffix, main in (
            (".docx", b"wordprocessingml.document.main+xml"),
            (".xlsx", b"spreadsheetml.sheet.main+xml"),
        ):
            if main in types:
                return suffix
        if b"macroEnabled" in types:
            raise UnreadableDocumentError(
                f"{path.name} holds macros: save it as .docx or .xlsx, without them, and read that."
            )
    raise _not_a_document(path)


def _ole_suffix(path: Path) -> str:
    content = path.read_bytes()
    streams = {
        name: name.encode("utf-16-le") in content
        for name in ("EncryptedPackage", "WordDocument", "Workbook", "Book")
    }
    if streams["EncryptedPackage"]:
        raise _locked(path)
    if streams["WordDocument"]:
        raise UnreadableDocumentError(
            f"{path.name} is a Word 97-2003 document: save it as .docx and read that."
        )
    if streams["Workbook"] or streams["Book"]:
        return ".xls"
    raise _not_a_document(path)


def _text_suffix(path: Path) -> str:
    content = path.read_bytes()
    is_wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    # Only ASCII is looked for, and that is the same in every other charset that text comes in.
    text = content.decode("utf-16" if is_wide else "latin-1", errors="replace")
    if _CONTROL_CHARACTERS.search(text) or text.startswith(r"{\rtf"):
        raise _not_a_document(path)
    if re.match(r"(?i)\s*(?:from|mime-version):.*\n", text):
        raise UnreadableDocumentError(
            f"{path.name} is a web archive: save it as a web page (.html) and read that."
        )
    if "urn:schemas-microsoft-com:office:spreadsheet" in text[:_HEAD]:
        raise UnreadableDocumentError(
            f"{path.name} is an Excel 2003 XML workbook: save it as .xlsx and read that."
        )
    return ".html" if _PAGE_MARKUP.search(text[:_HEAD]) else ".txt"


def _end(content: BinaryIO) -> int:
    """Return where a file ends but for the zeros and white space that servers fill it up with."""
    end = content.seek(0, os.SEEK_END)
    while end:
        start = max(end - _HEAD, 0)
        content.seek(start)
        rest = content.read(end - start).rstrip(b"\0 \t\r\n")
        if rest:
            return start + len(rest)
        end = start
    return 0


def _require_sound_pdf(path: Path) -> None:
    with path.open("rb") as content:
        end = _end(content)
        content.seek(max(end - _PDF_END, 0))
        if b"%%EOF" not in content.read(_PDF_END):
            raise UnreadableDocumentError(
                f"{path.name} is incomplete, its end is missing: download it again, or print it "
                "to a new PDF."
            )
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise _locked(path) from error
        raise UnreadableDocumentError(
            f"{path.name} is damaged: download it again, or print it to a new PDF."
        ) from error
    try:
        if len(document) > MAXIMUM_PAGES:
            raise UnreadableDocumentError(
                f"{path.name} claims {len(document):,} pages, more than the {MAXIMUM_PAGES:,} that "
                "a document may have: split it and read the parts."
            )
    finally:
        document.close()


def _locked(path: Path) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"{path.name} is protected by a password: save a copy without one and read that."
    )


def _not_a_document(path: Path) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"{path.name} is not a document that can be read: save it as PDF with text, Word (.docx), "
        "Excel (.xlsx, .xls), web page (.html) or plain text (.txt) and read that."
    )
