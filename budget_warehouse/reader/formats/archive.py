"""A zip archive, as `.docx` and `.xlsx` are, looked over before anything of it is unpacked."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from budget_warehouse.reader.document import UnreadableDocumentError

MAXIMUM_ENTRIES = 5_000  # an Office file has some dozens of parts, a picture book some hundreds
MAXIMUM_UNPACKED = 256 * 1024**2  # bytes; a workbook of a million cells has some 60 MB of XML
MAXIMUM_RATIO = 200  # XML shrinks to a tenth, a sheet of like cells to a hundredth, a bomb to less
SMALL = 1024**2  # bytes; below this no ratio does harm
_PROLOGUE = 1024  # bytes at the head of a part in which a document type would be declared


def require_harmless(path: Path) -> frozenset[str]:
    """Return the names of the archive's entries, if unpacking them does no harm.

    The sizes are those that the archive states: Python stops unpacking an entry there, so an entry
    that states too little is damaged, not dangerous.

    Raises:
        UnreadableDocumentError: The archive is damaged, locked by a password, or is a bomb.
    """
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if (
                len(entries) > MAXIMUM_ENTRIES
                or unpacked > MAXIMUM_UNPACKED
                or unpacked > max(SMALL, MAXIMUM_RATIO * path.stat().st_size)
            ):
                raise UnreadableDocumentError(
                    f"{path.name} unpacks to {unpacked / 1024**2:,.0f} MB in {len(entries):,} parts"
                    ", as no published budget does: delete it, or save it again from Word or Excel "
                    "and read that."
                )
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadableDocumentError(
                    f"{path.name} is protected by a password: save a copy without one and read "
                    "that."
                )
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as part:
                        if _declares_document_type(part.read(_PROLOGUE)):
                            raise UnreadableDocumentError(
                                f"{path.name} declares entities, as no Office program does: delete "
                                "it, or save it again from Word or Excel and read that."
                            )
    except (BadZipFile, EOFError, NotImplementedError, OSError) as error:
        raise UnreadableDocumentError(
            f"{path.name} is damaged or incomplete: download it again, or save it again from the "
            "program that wrote it."
        ) from error
    return frozenset(entry.filename for entry in entries)


def _declares_document_type(head: bytes) -> bool:
    """Tell whether a part declares a document type: entities that explode need one."""
    return any("<!DOCTYPE".encode(charset) in head for charset in ("utf-8", "utf-16-le"))
