"""The layers of a page that its document switches off: drawn in the file, and seen by nobody."""

import ctypes
from collections.abc import Callable

import pypdfium2
from pypdfium2 import raw

_OPTIONAL = "OC"  # the mark of optional content
_INK = 250  # brightness below which something is drawn
_NAME_LENGTH = 256  # bytes


def hidden_layers(
    pdf: pypdfium2.PdfDocument, index: int, page: pypdfium2.PdfPage
) -> frozenset[str]:
    """Return the names of the layers of page `index` that leave no ink when it is drawn."""
    names = {name for page_object in _objects(page) if (name := layer_of(page_object)) is not None}
    return frozenset(name for name in names if not _is_drawn(pdf, index, name))


def layer_of(page_object: raw.FPDF_PAGEOBJECT) -> str | None:
    """Return the name of the layer that an object is part of, None where it is part of none."""
    for position in range(max(raw.FPDFPageObj_CountMarks(page_object), 0)):
        mark = raw.FPDFPageObj_GetMark(page_object, position)
        if _text_of(raw.FPDFPageObjMark_GetName, mark) == _OPTIONAL:
            return _text_of(raw.FPDFPageObjMark_GetParamStringValue, mark, b"Name")
    return None


def _is_drawn(pdf: pypdfium2.PdfDocument, index: int, name: str) -> bool:
    """Return whether the page leaves ink when only the objects of one layer are on it."""
    page = pdf[index]
    for page_object in _objects(page):
        if layer_of(page_object) != name:
            raw.FPDFPage_RemoveObject(page, page_object)
            raw.FPDFPageObj_Destroy(page_object)
    bitmap = page.render(scale=1, grayscale=True)
    return bool(bitmap.buffer) and min(bytes(bitmap.buffer)) < _INK


def _objects(page: pypdfium2.PdfPage) -> list[raw.FPDF_PAGEOBJECT]:
    return [
        raw.FPDFPage_GetObject(page, position)
        for position in range(max(raw.FPDFPage_CountObjects(page), 0))
    ]


def _text_of(function: Callable[..., object], mark: object, *arguments: bytes) -> str:
    """Return a text that pdfium writes into a buffer, in UTF-16."""
    buffer = (ctypes.c_ushort * (_NAME_LENGTH // 2))()
    length = ctypes.c_ulong()
    function(mark, *arguments, buffer, _NAME_LENGTH, length)
    return bytes(buffer)[: length.value].decode("utf-16-le", errors="replace").rstrip("\0")
