"""The explorer for everyone: axe over every page, a phone, a keyboard, and one step back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from explorer_reader import DESK, PAGES, PHONE, SCREENSHOTS, WANLI, Reader
from playwright.sync_api import Browser, Page, ViewportSize, expect
from warehouses import SONGJIANG, Built

from budget_warehouse.outputs.explorer.echarts import LIBRARY, fetch_package, registry

AXE = json.loads(Path(__file__).with_name("axe.json").read_text(encoding="utf-8"))
WIDTHS = (1440, 1280, 390)


@pytest.fixture(scope="session")
def site(repository_warehouse: Built) -> Path:
    return repository_warehouse.warehouse / "site"


@pytest.fixture
def phone(browser: Browser, site: Path) -> Iterator[Reader]:
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    yield Reader(context.new_page(), site)
    context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, fetched once into the environment."""
    file = LIBRARY.with_name(f"axe-core-{AXE['version']}.min.js")
    if not file.exists():
        fetch_package(registry(), AXE, file)
    return file.read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    problems = page.evaluate(
        "axe.run({exclude: ['.canvas']}, {resultTypes: ['violations']}).then(result =>"
        " result.violations.map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node =>"
        " `${node.target} ${node.any[0]?.message ?? ''}`)}`))"
    )
    return [str(one) for one in problems]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_at_any_width(
    browser: Browser, site: Path, axe: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport=DESK, reduced_motion="reduce", color_scheme=scheme)
    reader = Reader(context.new_page(), site)
    problems = {}
    for name, route in PAGES.items():
        page = reader.open(route)
        for width in WIDTHS:
            size: ViewportSize = {"width": width, "height": 900}
            page.set_viewport_size(size)
            page.evaluate("show()")
            if broken := violations(page, axe):
                problems[name, width] = broken
    context.close()
    assert problems == {}


def test_a_phone_shows_the_total_and_the_newest_year_first(phone: Reader) -> None:
    page = phone.open("/")
    years = page.locator("table.matrix thead th").all_inner_texts()[1:]
    assert years == sorted(years, reverse=True)
    assert len(years) > 2
    phone.open(f"/disclosure/{SONGJIANG}")
    assert page.locator("table.tree thead th").all_inner_texts() == [
        *("科目", "合计", "占比", "基本支出", "项目支出")
    ]
    assert phone.rows("table.tree")[0][:3] == ["合计", "38,993,676.17", "100.00%"]
    phone.open(f"/disclosure/{SONGJIANG}/tables?table=expenditure_by_function")
    assert page.locator("table.tree thead th").all_inner_texts()[-2] == "合计"
    page.set_viewport_size(DESK)
    phone.open(f"/disclosure/{SONGJIANG}")
    expect(page.locator("table.tree thead th").nth(1)).to_have_text("基本支出")


def test_a_phone_says_where_more_is_to_the_side(phone: Reader) -> None:
    page = phone.open(f"/disclosure/{SONGJIANG}/tables?table=expenditure_by_function")
    expect(page.locator(".scroll .sideways").first).to_be_visible()
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport()
    page.screenshot(path=SCREENSHOTS / "tables-phone.png")
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator(".scroll .sideways").first).to_be_hidden()


def test_one_back_is_one_step(reader: Reader) -> None:
    page = reader.open(f"/disclosure/{SONGJIANG}")
    steps = page.evaluate("history.length")
    page.locator("[name=q]").press_sequentially("城乡社区")
    expect(page.locator(".lead")).to_contain_text("“城乡社区”")
    assert page.evaluate("history.length") == steps + 1
    page.keyboard.press("Enter")
    expect(page.locator(".hits a").first).to_be_focused()
    assert page.evaluate("history.length") == steps + 1
    page.go_back()
    expect(page.locator("h1")).to_contain_text("城市运行管理中心")
    page.locator("tr[data-code='2120199'] td a:not(.mark)").first.click()
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "figure" not in url)
    reader.page.locator(".tabs a", has_text="文字说明").click()
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    expect(page.locator(".tabs [aria-current]")).to_have_text("功能分类")
    page.go_back()
    assert page.url == "about:blank"


def test_the_focus_stays_where_it_was_when_the_page_is_drawn_again(reader: Reader) -> None:
    page = reader.open(f"/disclosure/{WANLI}/changes")
    choice = page.locator("main select")
    choice.focus()
    choice.select_option("project")
    expect(page.locator(".keys")).to_contain_text("88,425,805.00")
    expect(page.locator("main select")).to_be_focused()
    second = page.locator("main button.take").last
    second.focus()
    page.evaluate("location.replace(Route.with({ nature: 'basic' }))")
    expect(page.locator(".keys")).to_contain_text("101,341,746.00")
    expect(page.locator("main button.take").last).to_be_focused()
