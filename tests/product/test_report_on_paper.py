"""The report as it is printed: real Chromium prints it to PDF, and nothing of it is cut."""

import re
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from explorer_reader import SCREENSHOTS
from playwright.sync_api import Browser
from warehouses import SONGJIANG, Built

MARGIN = 14  # points, of the narrowest margin; A4 is 595 by 842 of them

# The texts of a page that are printed: those that nobody hid on paper.
TEXTS = """() => {
    const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (all.nextNode()) {
        const {data, parentElement: parent} = all.currentNode;
        if (data.trim() && parent.checkVisibility()) texts.push(data);
    }
    return texts;
}"""


@pytest.mark.parametrize(
    "name", ["index.html", "index.en.html", f"{SONGJIANG}.html", f"{SONGJIANG}.en.html"]
)
def test_all_of_a_report_stands_on_its_sheets(
    browser: Browser, places_warehouse: Built, name: str
) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    file = SCREENSHOTS / f"report-{Path(name).stem}.pdf"
    page = browser.new_page()
    page.goto((places_warehouse.warehouse / "reports" / name).as_uri())
    page.emulate_media(media="print")
    texts = page.evaluate(TEXTS)
    page.pdf(path=file, prefer_css_page_size=True)
    page.close()
    with pypdfium2.PdfDocument(file) as document:
        printed = ""
        for number, sheet in enumerate(document, 1):
            width, height = sheet.get_size()
            assert sorted((round(width), round(height))) == [595, 842]
            text = sheet.get_textpage()
            for at in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(at)
                assert left >= MARGIN, number
                assert right <= width - MARGIN, (
                    number,
                    text.get_text_bounded(left, bottom, right, top),
                )
            printed += text.get_text_range()
    assert len(texts) > 100
    whole = plain(printed)
    assert [text for text in texts if plain(text) not in whole] == []


def plain(text: str) -> str:
    """Strip a text of the breaks that a sheet puts into it, and give each sign its usual form."""
    return re.sub(r"[\s\ufffe\u00ad-]", "", unicodedata.normalize("NFKC", text))
