"""Hostile and broken documents: each is refused with one sentence, and nothing of it remains."""

import io
import os
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import specimen
import xlwt
from openpyxl import Workbook
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.formats import archive
from budget_warehouse.reader.formats.xls import read_xls
from budget_warehouse.reader.formats.xlsx import read_xlsx
from budget_warehouse.reader.intake import file_type
from budget_warehouse.reader.intake.file_type import admit
from budget_warehouse.reader.intake.folder_store import FolderStore
from budget_warehouse.reader.intake.sandbox import Bounds, within


def _pdf(encrypt: StandardEncryption | None = None) -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content, pageCompression=0, encrypt=encrypt)
    canvas.drawString(100, 700, "2021")
    canvas.showPage()
    canvas.save()
    return content.getvalue()


def _xlsx() -> bytes:
    content = io.BytesIO()
    Workbook().save(content)
    return content.getvalue()


def _repacked(content: bytes, name: str, part: bytes) -> bytes:
    """Return the archive with one part replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as repacked,
    ):
        for entry in source.namelist():
            repacked.writestr(entry, part if entry == name else source.read(entry))
    return target.getvalue()


def _bomb() -> bytes:
    return _repacked(_xlsx(), "xl/worksheets/sheet1.xml", b" " * (64 * 1024**2))


def _claiming_pages(pages: int) -> bytes:
    return _pdf().replace(b"/Count 1 ", f"/Count {pages} ".encode())


def _with_entities() -> bytes:
    laughs = (
        b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>'
        b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&lol2;'
        b"</workbook>"
    )
    return _repacked(_xlsx(), "xl/workbook.xml", laughs)


def _locked_office() -> bytes:
    """Return the outside of an Office file with a password: a container of another kind."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")


def _locked_archive() -> bytes:
    content = bytearray(_xlsx())
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1  # the flag of an encrypted entry, which zipfile cannot write
    return bytes(content)


BROKEN: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("budget.pdf", lambda: b"", "empty.*download it again"),
    "truncated PDF": ("budget.pdf", lambda: _pdf()[:-400], "incomplete.*download it again"),
    "damaged PDF": ("budget.pdf", lambda: b"%PDF-1.7\n%%EOF\n", "damaged.*download it again"),
    "locked PDF": (
        "budget.pdf",
        lambda: _pdf(StandardEncryption("secret", strength=128)),
        "password.*save a copy without one",
    ),
    "a PDF that claims 10,000 pages": (
        "budget.pdf",
        lambda: _claiming_pages(10_000),
        "claims 10,000 pages.*split it",
    ),
    "picture named PDF": (
        "budget.pdf",
        lambda: b"\x89PNG\r\n\x1a\n" + bytes(100),
        "not a document.*save it as PDF with text",
    ),
    "workbook named PDF": ("budget.pdf", _xlsx, "Excel workbook.*rename it to budget.xlsx"),
    "PDF named workbook": ("budget.xlsx", _pdf, "is a PDF.*rename it to budget.pdf"),
    "PDF without a suffix": ("budget", _pdf, "is a PDF.*rename it to budget.pdf"),
    "page named workbook": (
        "budget.xls",
        lambda: "<table><tr><td>预算</td></tr></table>".encode(),
        "web page.*rename it to budget.html",
    ),
    "truncated XLSX": ("budget.xlsx", lambda: _xlsx()[:-60], "damaged or incomplete"),
    "bomb in XLSX": ("budget.xlsx", _bomb, "unpacks to 64 MB.*delete it"),
    "entities in XLSX": ("budget.xlsx", _with_entities, "declares entities.*delete it"),
    "locked XLSX": ("budget.xlsx", _locked_office, "password.*save a copy without one"),
    "locked archive": ("budget.xlsx", _locked_archive, "password.*save a copy without one"),
    "another archive": (
        "budget.docx",
        lambda: b"PK\x03\x04" + bytes(100),
        "damaged or incomplete.*download it again",
    ),
    "macros": (
        "budget.xlsx",
        lambda: _repacked(
            _xlsx(),
            "[Content_Types].xml",
            b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
            b"</Types>",
        ),
        "macros.*save it as .docx or .xlsx",
    ),
    "Word 97-2003": (
        "budget.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "Word 97-2003.*save it as .docx",
    ),
    "rich text": ("budget.txt", lambda: rb"{\rtf1 budget}", "not a document"),
    "web archive": (
        "budget.html",
        lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html></html>",
        "web archive.*save it as a web page",
    ),
    "noise named text": ("budget.txt", lambda: bytes(range(256)), "not a document"),
}


@pytest.fixture(params=BROKEN.values(), ids=list(BROKEN))
def broken(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    name, content, sentence = request.param
    path = tmp_path / "documents" / name
    path.parent.mkdir()
    path.write_bytes(content())
    return path, sentence


def test_a_broken_document_is_refused_with_one_sentence(broken: tuple[Path, str]) -> None:
    path, sentence = broken
    with pytest.raises(UnreadableDocumentError, match=sentence) as refusal:
        admit(path)
    message = str(refusal.value)
    assert path.name in message
    assert message.endswith(".")
    assert "\n" not in message
    assert not re.search(r"[.!?] ", message), "more than one sentence"


def test_a_broken_document_leaves_nothing_behind(broken: tuple[Path, str], tmp_path: Path) -> None:
    path, sentence = broken
    store = FolderStore(tmp_path / "disclosures")
    with pytest.raises(UnreadableDocumentError, match=sentence):
        store.place(path)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]
    assert not store.folder.exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError, match=r"no file .*budget\.pdf: check its path"):
        admit(tmp_path / "budget.pdf")


def test_a_large_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "budget.pdf"
    path.write_bytes(_pdf() + bytes(1024**2))
    monkeypatch.setattr(file_type, "MAXIMUM_FILE_SIZE", 1024**2)
    with pytest.raises(UnreadableDocumentError, match="1 MB that a document may have: split it"):
        admit(path)


def test_an_archive_of_many_entries_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(_xlsx())
    admit(path)
    monkeypatch.setattr(archive, "MAXIMUM_ENTRIES", 3)
    with pytest.raises(UnreadableDocumentError, match=r"in \d+ parts.*delete it"):
        admit(path)


@pytest.mark.parametrize("suffix", specimen.WRITERS)
def test_a_sound_document_passes(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"budget{suffix}"
    specimen.WRITERS[suffix](path)
    admit(path)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_plain_text_passes_in_any_charset(charset: str, tmp_path: Path) -> None:
    path = tmp_path / "budget.txt"
    path.write_bytes("2021年部门财务收支预算总表\n\t合计\n\t1,000.00\n".encode(charset))
    admit(path)


def test_a_locked_old_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "budget.xls"
    workbook = xlwt.Workbook()
    workbook.add_sheet("表1").write(0, 0, "预算")
    workbook.save(str(path))
    content = bytearray(path.read_bytes())
    start = content.index(b"\x09\x08\x10\x00") + 20  # the record after the workbook's first
    content[start : start + 10] = b"\x2f\x00\x06\x00\x00\x00\x01\x02\x03\x04"  # FILEPASS
    path.write_bytes(content)
    with pytest.raises(UnreadableDocumentError, match=r"password.*save a copy without one"):
        read_xls(path)


def test_text_far_from_all_tables_of_a_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"], sheet["CV20000"] = "预算", "。"
    workbook.save(path)
    with pytest.raises(UnreadableDocumentError, match=r"too far apart.*delete what stands outside"):
        read_xlsx(path)


def test_work_within_its_bounds_returns_its_result() -> None:
    assert within(Bounds(), "budget.pdf", sum, (1, 2, 3)) == 6


def test_work_that_hangs_is_ended() -> None:
    with pytest.raises(UnreadableDocumentError, match=r"Reading budget\.pdf takes too long"):
        within(Bounds(wall_seconds=2), "budget.pdf", time.sleep, 10**6)


def test_work_that_computes_without_end_is_ended() -> None:
    with pytest.raises(UnreadableDocumentError, match=r"Reading budget\.pdf takes too long"):
        within(Bounds(processor_seconds=2), "budget.pdf", sum, range(10**12))


def test_work_that_takes_all_memory_is_ended() -> None:
    with pytest.raises(UnreadableDocumentError, match="takes too much memory: split it"):
        within(Bounds(memory=1024**3), "budget.pdf", bytes, 2 * 1024**3)


def test_work_that_breaks_off_is_refused() -> None:
    with pytest.raises(UnreadableDocumentError, match=r"budget\.pdf breaks"):
        within(Bounds(), "budget.pdf", os.abort)


def test_work_that_fails_in_a_way_of_its_own_tells_how() -> None:
    with pytest.raises(UnreadableDocumentError, match=r"may be damaged .ValueError") as refusal:
        within(Bounds(), "budget.pdf", int, "budget")
    assert any("invalid literal for int()" in note for note in refusal.value.__notes__)
