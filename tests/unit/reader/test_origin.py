"""Address and day of publication: sidecars, shortcuts, and the words of web pages."""

import plistlib
from pathlib import Path

import pytest

from budget_warehouse.reader.document import Origin
from budget_warehouse.reader.formats.origin import origin_of

ADDRESS = "https://www.shpt.gov.cn/zwgk/2025/budget.pdf?id=1"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "budget.pdf"
    path.write_bytes(b"%PDF-")
    return path


@pytest.mark.parametrize("name", ["budget.pdf.url", "budget.url"])
@pytest.mark.parametrize(
    ("text", "day"),
    [
        (ADDRESS, ""),
        (f"{ADDRESS}\r\n2025-02-10\r\n", "2025-02-10"),
        (f"\ufeff{ADDRESS}\n2025年2月1日", "2025-02-01"),
        (f"{ADDRESS}\n2025-02-30", ""),
        (f"[InternetShortcut]\r\nIDList=\r\nURL={ADDRESS}\r\nHotKey=0\r\n", ""),
    ],
)
def test_a_sidecar_tells_the_address(document: Path, name: str, text: str, day: str) -> None:
    document.with_name(name).write_text(text, encoding="utf-8", newline="")
    assert origin_of(document) == Origin(ADDRESS, day)


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_a_shortcut_of_macos_tells_the_address(document: Path, form: plistlib.PlistFormat) -> None:
    sidecar = document.with_name("budget.webloc")
    sidecar.write_bytes(plistlib.dumps({"URL": ADDRESS}, fmt=form))
    assert origin_of(document) == Origin(ADDRESS)


@pytest.mark.parametrize(
    "content",
    [b"", b"budget of 2025", b"javascript:alert(1)", b"<?xml version='1.0'?><plist", b"\xff\x00"],
)
def test_a_sidecar_without_an_address_is_said_and_costs_nothing(
    document: Path, content: bytes
) -> None:
    document.with_name("budget.pdf.url").write_bytes(content)
    origin = origin_of(document)
    assert (origin.address, origin.published_on) == ("", "")
    assert origin.doubt == (
        "budget.pdf.url holds no address: write it in its first line, https://…"
    )


@pytest.mark.parametrize(
    ("page", "origin"),
    [
        (
            f'<html><head><meta name="Url" content="{ADDRESS}">'
            '<meta name="PubDate" content="2025-02-10 09:30"></head></html>',
            Origin(ADDRESS, "2025-02-10"),
        ),
        (
            f"<!DOCTYPE html>\n<!-- saved from url=(0049){ADDRESS} -->\n<html><p>预算</p></html>",
            Origin(ADDRESS),
        ),
        (f'<link rel="canonical" href="{ADDRESS}">', Origin(ADDRESS)),
        ('<meta name="Url" content="/zwgk/budget.html"><p>预算</p>', Origin()),
        ("预算", Origin()),
    ],
)
def test_a_web_page_tells_its_own_address(tmp_path: Path, page: str, origin: Origin) -> None:
    assert origin_of(tmp_path / "budget.html", page) == origin


def test_a_sidecar_goes_before_what_a_page_says(tmp_path: Path) -> None:
    path = tmp_path / "budget.html"
    path.with_name("budget.html.url").write_text(ADDRESS, encoding="utf-8")
    assert origin_of(path, '<meta name="Url" content="https://elsewhere.cn/">').address == ADDRESS
