"""The address and day of a document's publication: from its sidecar, or from the web page itself.

A sidecar is a file beside the document: `budget.pdf.url` or `budget.url`, with the address in its
first line and perhaps the day in its second, or a shortcut as Windows or macOS saves one.
"""

import plistlib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from xml.parsers.expat import ExpatError

import lxml.etree
import lxml.html

from budget_warehouse.reader.document import Origin
from budget_warehouse.storage.inbox import sidecar_of

_ADDRESS = re.compile(r"https?://[^\s<>\"']{1,2000}", re.IGNORECASE)
_SHORTCUT = re.compile(r"^\s*\[InternetShortcut\]", re.IGNORECASE)
_URL = re.compile(r"^URL=(.*)$", re.IGNORECASE | re.MULTILINE)
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_HEAD = 65_536  # characters in which a web page has its head
_MOST = 65_536  # bytes of a sidecar that are looked at
# The names that websites of authorities give their metadata, and those of the world.
_ADDRESSES = (
    "//meta[translate(@name, 'URL', 'url') = 'url']/@content",
    "//link[@rel = 'canonical']/@href",
    "//meta[@property = 'og:url']/@content",
)
_DAYS = (
    "//meta[translate(@name, 'PUBDATE', 'pubdate') = 'pubdate']/@content",
    "//meta[@property = 'article:published_time']/@content",
)


def origin_of(path: Path, page: str = "") -> Origin:
    """Return where and when a document was published; `page` is its text if it is a web page."""
    sidecar = sidecar_of(path)
    if sidecar is not None:
        origin = _of_sidecar(sidecar)
        if origin.address:
            return origin
        return Origin(
            doubt=f"{sidecar.name} holds no address: write it in its first line, https://…"
        )
    return _of_page(page[:_HEAD]) if page else Origin()


def _of_sidecar(sidecar: Path) -> Origin:
    try:
        with sidecar.open("rb") as file:
            content = file.read(_MOST)
    except OSError:
        return Origin()
    text = content.decode("utf-8-sig", errors="replace")
    if content.startswith((b"<?xml", b"bplist")):
        return Origin(_first_address([_of_property_list(content)]))
    if _SHORTCUT.match(text):
        return Origin(_first_address(_URL.findall(text)))
    address, _, rest = text.strip().partition("\n")
    return Origin(_first_address([address.strip()]), _first_day([rest.partition("\n")[0]]))


def _of_property_list(content: bytes) -> str:
    try:
        shortcut = plistlib.loads(content)
    except (ValueError, ExpatError, plistlib.InvalidFileException):
        return ""
    return str(shortcut.get("URL", "")) if isinstance(shortcut, dict) else ""


def _of_page(head: str) -> Origin:
    parser = lxml.html.HTMLParser(no_network=True)
    try:
        page = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", head), parser=parser)
    except (ValueError, lxml.etree.LxmlError):
        return Origin()
    saved = _SAVED.findall(head[:2_000])
    addresses = (str(text) for path in _ADDRESSES for text in page.xpath(path))
    days = (str(text) for path in _DAYS for text in page.xpath(path))
    return Origin(_first_address([*saved, *addresses]), _first_day(days))


def _first_address(texts: Iterable[str]) -> str:
    return next((text.strip() for text in texts if _ADDRESS.fullmatch(text.strip())), "")


def _first_day(texts: Iterable[str]) -> str:
    """Return the first day of the calendar in some texts, as 2026-01-31."""
    for text in texts:
        day = _DAY.match(text.strip())
        if day:
            try:
                return date(*map(int, day.groups())).isoformat()
            except ValueError:
                continue
    return ""
