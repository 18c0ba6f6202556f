"""The explorer as `budget serve` serves it: real Chromium, real process, on this machine alone."""

from collections.abc import Iterator

import pytest
from explorer_reader import DESK, PAGES, WANLI, Reader
from playwright.sync_api import Browser, expect
from running_door import Door, running_door
from warehouses import Built


@pytest.fixture(scope="module")
def door(places_warehouse: Built) -> Iterator[Door]:
    with running_door(places_warehouse.warehouse) as door:
        yield door


@pytest.fixture
def reader(browser: Browser, door: Door) -> Iterator[Reader]:
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    reader = Reader(context.new_page(), f"{door.address}/site/")
    yield reader
    context.close()
    assert reader.complaints == []
    assert reader.outside_requests == []


def test_every_page_opens(reader: Reader) -> None:
    routes = {f"served-{name}": route for name, route in PAGES.items()}
    assert len(list(reader.open_each(routes))) == len(PAGES)


def test_a_figure_leads_to_its_printed_page_and_the_document(reader: Reader, door: Door) -> None:
    page = reader.open(f"/disclosure/{WANLI}")
    page.locator("tr[data-code='212'] td a:not(.mark)").last.click()
    picture = page.locator("dialog .paper img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("one => one.naturalWidth") > 0
    # Page 17 of the document prints 城乡社区支出 with 154,369,326 yuan.
    expect(page.locator("dialog .frame.own")).to_have_count(1)
    expect(page.locator("dialog figure.page figcaption")).to_contain_text("154,369,326")
    address = page.locator("dialog .sources a").first.get_attribute("href") or ""
    file, _, fragment = address.partition("#")
    assert fragment == "page=17"
    reply = page.request.get(f"{reader.address}{file}")
    assert reply.status == 200
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.body().startswith(b"%PDF")


def test_what_is_copied_opens_the_same_page(reader: Reader, browser: Browser) -> None:
    page = reader.open(f"/disclosure/{WANLI}/changes?nature=project&unit=wan")
    total = page.locator("tr[data-code='total']").inner_text()
    other = browser.new_page()
    other.goto(page.url)
    expect(other.locator("tr[data-code='total']")).to_have_text(total, use_inner_text=True)
    other.close()


def test_a_report_is_beside_it(reader: Reader, door: Door) -> None:
    reader.page.goto(f"{door.address}/reports/")
    expect(reader.page.locator("h1")).to_be_visible()
    reader.page.goto(f"{door.address}/reports/{WANLI}.html")
    expect(reader.page.locator("h1")).to_be_visible()
    assert {url.split("/")[2] for url in reader.requests if url.startswith("http")} == {
        door.address.removeprefix("http://")
    }
    reader.requests.clear()
