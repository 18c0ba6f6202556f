"""A reader of the explorer: real Chromium opens the published site, from a file or an address."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from warehouses import REPOSITORY, SONGJIANG

from benchmarks.waiting import HANGING

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
SCREENSHOTS = REPOSITORY / "warehouse" / "site-screenshots"
WANLI = "putuo-wanli-2025-budget"

PAGES = {
    "overview": "/",
    "disclosure": f"/disclosure/{SONGJIANG}",
    "treemap": f"/disclosure/{WANLI}",
    "changes": f"/disclosure/{WANLI}/changes",
    "no-last-year": f"/disclosure/{SONGJIANG}/changes",
    "stages": f"/disclosure/{WANLI}/stages",
    "expenses": f"/disclosure/{WANLI}/expenses",
    "projects": f"/disclosure/{SONGJIANG}/projects?project=4",
    "prose": f"/disclosure/{SONGJIANG}/prose?claim=3",
    "checks": f"/disclosure/{SONGJIANG}/checks",
    "tables": f"/disclosure/{SONGJIANG}/tables?table=general_public_budget_by_function&row=3",
    "evidence": f"/disclosure/{WANLI}?figure=function:21201:total",
    "accounts": "/accounts",
    "account": "/account/function/2120199",
    "economic-account": "/account/economic/30201",
    "findings": "/findings",
    "heat-map": f"/findings?map=1&disclosure={SONGJIANG}&rule=NT-09",
    "place": "/place/310107",
    "organization": f"/organization/{quote('310107-上海市普陀区商务委员会')}",
    "compare": f"/compare?a=putuo-wanli-2024-budget&b={WANLI}",
    "rules": "/rules",
    "rule": "/rules/NT-16",
    "reading": "/reading",
    "search": f"/search?q={quote('城乡')}",
}


@dataclass
class Reader:
    """A reader with a window on a site: what the page asked for, and what it complained of."""

    page: Page
    site: Path | str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(HANGING * 1000)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))

    @property
    def address(self) -> str:
        """The address of the site: that of its folder, or of the process that serves it."""
        return self.site if isinstance(self.site, str) else f"{self.site.as_uri()}/"

    @property
    def outside_requests(self) -> list[str]:
        """The requests to anyone but the site."""
        own = (self.address, "data:", "about:blank")
        return [url for url in self.requests if not url.startswith(own)]

    def open(self, route: str) -> Page:
        if self.page.url == "about:blank":
            self.page.goto(f"{self.address}index.html#{route}")
        else:
            self.page.evaluate("async route => { location.hash = route; await show(); }", route)
        expect(self.page.locator("main h1")).to_be_visible()
        for chart in self.page.locator(".canvas").all():
            expect(chart).to_have_attribute("data-ready", "true")
        return self.page

    def open_each(self, routes: dict[str, str]) -> Iterator[tuple[str, Page]]:
        """Open page after page; check that each fits the window, and keep its picture."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for name, route in routes.items():
            page = self.open(route)
            width = page.evaluate("innerWidth")
            assert "打不开" not in page.inner_text("h1"), route
            assert page.evaluate("document.documentElement.scrollWidth") <= width, route
            yield route, page
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)

    def rows(self, table: str) -> list[list[str]]:
        """Read the cells of a table, without the marks beside figures and what is only spoken."""
        return self.page.eval_on_selector_all(
            f"{table} tbody tr",
            """rows => rows.map(row => [...row.cells].map(cell => {
                const copy = cell.cloneNode(true);
                copy.querySelectorAll('.mark, .tick, small, .hidden').forEach(one => one.remove());
                return copy.textContent.trim();
            }))""",
        )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    browser_path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not browser_path:
        pytest.fail(
            "The explorer was NOT tested, for want of a browser: apt-get install chromium"
            " fonts-noto-cjk, or name one in CHROMIUM=/path/to/chromium."
        )
    with sync_playwright() as playwright:
        expect.set_options(timeout=HANGING * 1000)
        browser = playwright.chromium.launch(
            executable_path=browser_path,
            args=["--no-sandbox", "--disable-gpu"],
            timeout=HANGING * 1000,
        )
        yield browser
        browser.close()


@pytest.fixture
def reader(browser: Browser, site: Path) -> Iterator[Reader]:
    """A reader at a desk, on the site of the module's own fixture."""
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    yield Reader(context.new_page(), site)
    context.close()
