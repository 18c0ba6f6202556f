"""From a figure to the printed page: pictures of kept documents, and the figure framed there."""

import json
import re
import shutil
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from explorer_reader import DESK, Reader
from hostile_pages import HOSTILE as DOCUMENT
from hostile_pages import crash_over_one, fail_always
from lxml import html
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect
from warehouses import DISCLOSURES, REPOSITORY, SONGJIANG, Built

from budget_warehouse.outputs.explorer.site import write_site
from budget_warehouse.outputs.printed_pages.picture_store import PictureStore
from budget_warehouse.outputs.printed_pages.printed_pages import PageSource
from budget_warehouse.outputs.reports.audit_page import write_audit_pages
from budget_warehouse.storage.database import open_database

WANLI = "putuo-wanli-2025-budget"
SEEDED = REPOSITORY / "seeds"
PHONE: ViewportSize = {"width": 390, "height": 844}
# Page 17 of the document, 城乡社区支出: the class, and its four sections.
CLASS, SECTIONS = "154,369,326", ("94,995,790", "2,191,300", "4,833,300", "52,348,937")
FIGURE = f"/disclosure/{WANLI}?figure=function:212:total"


def source_in(folder: Path, limit: int = 5_000, **settings: Any) -> PageSource:
    """A source of the repository's own pages, with its own store of pictures."""
    return PageSource(SEEDED / "disclosures", PictureStore(folder / "pictures", **settings), limit)


def own_seeds(folder: Path, *names: str) -> Path:
    """Some disclosures of the repository, with their documents, to be changed."""
    (folder / "documents").mkdir(parents=True)
    for name in names:
        copied = shutil.copytree(SEEDED / "disclosures" / name, folder / "disclosures" / name)
        declared = (copied / "disclosure.csv").read_text(encoding="utf-8")
        for document in (SEEDED / "documents").iterdir():
            if document.stem in declared:
                shutil.copy(document, folder / "documents")
    return folder / "disclosures"


def part(site: Path, name: str) -> dict[str, Any]:
    """Give the pages of a disclosure as a site hands them over."""
    text = (site / "data" / "pages" / f"{name}.js").read_text(encoding="utf-8")
    handed = re.fullmatch(r'Data\.receive\("[^"]+", (".*")\);\n', text)
    assert handed
    whole: dict[str, Any] = json.loads(json.loads(handed[1]))
    return whole


@pytest.fixture(scope="module")
def published(repository_warehouse: Built) -> Path:
    return repository_warehouse.warehouse / "budget.duckdb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, published: Path) -> Path:
    """A folder with a site that has the pages of every document."""
    folder = tmp_path_factory.mktemp("pages")
    write_site(published, folder / "site", source=source_in(folder))
    return folder


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def reader(request: pytest.FixtureRequest, browser: Browser, folder: Path) -> Iterator[Reader]:
    context = browser.new_context(viewport=request.param, reduced_motion="reduce")
    yield Reader(context.new_page(), folder / "site")
    context.close()


def shown_picture(page: Page) -> Any:
    """Wait for the picture of the dialog, and return where it and its frames stand."""
    picture = page.locator("dialog .paper img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    return page.evaluate(
        """() => {
            const box = one => { const { left, top, right, bottom } = one.getBoundingClientRect();
                return [left, top, right, bottom]; };
            const all = name => [...document.querySelectorAll(`dialog .frame.${name}`)].map(box);
            const picture = document.querySelector("dialog .paper img");
            return { picture: box(picture), pixels: picture.naturalWidth, own: all("own"),
                addends: all("addend"), view: box(document.querySelector("dialog .sheet")) };
        }"""
    )


def places_of(text: str, page_number: int, picture: list[float]) -> list[list[float]]:
    """Locate a text on a page, as PDFium finds it, on a picture of so many pixels."""
    left, top, right, _ = picture
    with pypdfium2.PdfDocument(SEEDED / "documents" / f"{DOCUMENT}.pdf") as pdf:
        page = pdf[page_number - 1]
        scale = (right - left) / page.get_width()
        words = page.get_textpage()
        hits = words.search(text)
        places = []
        while place := hits.get_next():
            rects = [words.get_rect(at) for at in range(words.count_rects(*place))]
            x0, y0, x1, y1 = (
                choose(rect[side] for rect in rects)
                for side, choose in enumerate((min, min, max, max))
            )
            ys = [top + (page.get_height() - y) * scale for y in (y1, y0)]
            places.append([left + x0 * scale, ys[0], left + x1 * scale, ys[1]])
        return places


def covers(outer: list[float], inner: list[float]) -> bool:
    """Tell whether a frame holds a text, and little else."""
    slack = 6
    return all(abs(one - other) <= slack for one, other in zip(outer, inner, strict=True)) and (
        outer[0] <= inner[0] + 1 and outer[2] >= inner[2] - 1
    )


def test_a_figure_is_framed_on_the_picture_of_its_page(reader: Reader) -> None:
    page = reader.open(f"/disclosure/{WANLI}")
    assert not [url for url in reader.requests if ".png" in url or "data/pages" in url]
    page = reader.open(FIGURE)
    shown = shown_picture(page)
    assert [url.rpartition("/")[2] for url in reader.requests if ".png" in url] == ["17.png"]
    assert shown["pixels"] > 1_000
    (own,) = shown["own"]
    assert any(covers(own, place) for place in places_of(CLASS, 17, shown["picture"]))
    for text in SECTIONS:
        places = places_of(text, 17, shown["picture"])
        assert sum(covers(one, place) for one in shown["addends"] for place in places) == 1, text
    assert len(shown["addends"]) == len(SECTIONS)
    view = shown["view"]
    assert view[0] <= own[0]
    assert own[2] <= view[2]
    assert view[1] <= own[1]
    assert own[3] <= view[3]
    says = f"第17页 · 框出的是“{CLASS}”。 标出的是 4 个加数。"
    expect(page.locator("dialog figcaption")).to_contain_text(says)
    assert CLASS in (page.locator("dialog .paper img").get_attribute("alt") or "")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    assert reader.complaints == []


def test_the_page_is_moved_and_made_larger_by_the_keyboard(reader: Reader) -> None:
    page = reader.open(FIGURE)
    before = shown_picture(page)
    larger = page.get_by_role("button", name="放大")
    larger.focus()
    page.keyboard.press("Enter")
    after = shown_picture(page)
    assert after["picture"][2] - after["picture"][0] > before["picture"][2] - before["picture"][0]
    view = page.get_by_role("region", name="第17页的图，可滚动")
    view.focus()
    page.keyboard.press("ArrowRight")
    expect(view).to_be_focused()
    page.get_by_role("button", name="第23页第7行").click()
    expect(page.locator("dialog figcaption")).to_contain_text("第23页 · 框出的是")


def test_a_figure_of_the_prose_is_framed_and_the_document_opens_at_its_page(
    reader: Reader,
) -> None:
    page = reader.open(f"/disclosure/{WANLI}/prose")
    page.locator("[data-claim='2'] .to-page").click()
    shown = shown_picture(page)
    (own,) = shown["own"]
    # 财政拨款收入18,976.76万元 is the second of the sums in that unit on the page
    assert covers(own, places_of("18,976.76", 6, shown["picture"])[1])
    link = page.get_by_role("link", name="打开原文件第6页")
    assert link.get_attribute("href") == f"documents/{DOCUMENT}.pdf#page=6"
    assert (Path(reader.site) / "documents" / f"{DOCUMENT}.pdf").read_bytes()[:5] == b"%PDF-"


def test_a_finding_leads_to_the_page(reader: Reader) -> None:
    page = reader.open("/disclosure/putuo-wanli-2023-budget/checks?rule=NT-10")
    page.locator(".finding .to-page").first.click()
    expect(page.locator("dialog figcaption")).to_contain_text("第6页 · 框出的是“45.41”。")
    assert len(shown_picture(page)["own"]) == 1


def test_a_document_without_pages_says_so(reader: Reader) -> None:
    page = reader.open(f"/disclosure/{SONGJIANG}?figure=function:2120199:project")
    expect(page.locator("dialog .printed-pages")).to_contain_text("它不是 PDF")
    expect(page.get_by_role("link", name="打开原文件", exact=True)).to_be_visible()


def test_nearly_every_published_figure_has_its_box(folder: Path, published: Path) -> None:
    with open_database(published, read_only=True) as connection:
        figures = connection.execute(
            "select disclosure_id, table_name, row_number, measure from marts.fct_published_amounts"
            " where printed_text <> '' and disclosure_id <> ?",
            [SONGJIANG],
        ).fetchall()
    boxes = {
        (name, *row[:3])
        for name in DISCLOSURES
        for row in part(folder / "site", name)["boxes"]["rows"]
    }
    assert len(boxes.intersection(figures)) >= 0.99 * len(figures)
    assert len(figures) > 3_000


def test_pictures_are_grey_and_small(folder: Path) -> None:
    files = sorted((folder / "site" / "pages" / DOCUMENT).glob("*.png"))
    assert len(files) == 24
    for file in files:
        with Image.open(file) as picture:
            assert len(picture.convert("L").getcolors() or []) <= 16
            assert picture.convert("L").getextrema() == (0, 255)
        assert file.stat().st_size < 120_000


def test_a_night_in_which_nothing_changed_draws_nothing(folder: Path, published: Path) -> None:
    files = {file: file.stat() for file in (folder / "pictures").rglob("*.png")}
    write_site(published, folder / "site", source=source_in(folder, draw=fail_always))
    assert {file: file.stat().st_mtime_ns for file in (folder / "pictures").rglob("*.png")} == {
        file: status.st_mtime_ns for file, status in files.items()
    }
    for file, status in files.items():
        shown = folder / "site" / "pages" / file.relative_to(folder / "pictures")
        assert shown.stat().st_ino == status.st_ino


def test_a_hostile_document_costs_only_its_own_pictures(published: Path, tmp_path: Path) -> None:
    disclosures = own_seeds(tmp_path / "seeds", WANLI, "putuo-wanli-2023-budget", SONGJIANG)
    store = PictureStore(tmp_path / "pictures", draw=crash_over_one)
    source = PageSource(disclosures, store, 5_000)
    write_site(published, tmp_path / "site", source=source)
    states = {name: part(tmp_path / "site", name)["state"] for name in DISCLOSURES}
    assert states == dict.fromkeys(DISCLOSURES, "no_document") | {
        "putuo-wanli-2023-budget": "drawn",
        SONGJIANG: "no_pages",
        WANLI: "failed",
    }
    assert part(tmp_path / "site", WANLI)["documents"]["1"]["file"] == f"documents/{DOCUMENT}.pdf"
    failed = source.store.pictures(DOCUMENT)
    assert failed is not None
    assert "breaks off" in failed.failure


def test_a_broken_or_huge_page_is_drawn_as_far_as_it_goes(tmp_path: Path) -> None:
    huge = pypdfium2.PdfDocument.new()
    huge.new_page(14_400, 7_200)
    huge.save(tmp_path / "huge.pdf")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    store = PictureStore(tmp_path / "pictures")
    store.draw_all({tmp_path / "huge.pdf": {1, 7}, tmp_path / "broken.pdf": {1}})
    drawn, broken = store.pictures("huge"), store.pictures("broken")
    assert drawn is not None
    assert broken is not None
    assert dict(drawn.sizes) == {1: (14_400, 7_200)}
    with Image.open(drawn.folder / "1.png") as picture:
        assert picture.size == (2_400, 1_200)
    assert "not a whole PDF" in broken.failure


def test_of_more_pages_than_the_limit_the_most_pressing_are_drawn(
    published: Path, tmp_path: Path, browser: Browser
) -> None:
    write_site(published, tmp_path / "site", source=source_in(tmp_path, limit=30))
    states = {name: part(tmp_path / "site", name)["state"] for name in DISCLOSURES}
    # 松江 and 万里 2023 have most errors; the former is a text.
    assert states == dict.fromkeys(DISCLOSURES, "beyond_limit") | {
        SONGJIANG: "no_pages",
        "putuo-wanli-2023-budget": "drawn",
    }
    assert [file.name for file in (tmp_path / "pictures").iterdir()] == [
        "20df02bc945c6e3e4a5828da8b68d32c57e67c9d360613537b1b01077aecb1d1"
    ]
    reader = Reader(browser.new_page(), tmp_path / "site")
    page = reader.open(FIGURE)
    expect(page.locator("dialog .printed-pages")).to_contain_text("页面图有数量上限")
    page.close()


def test_a_page_is_shown_without_a_frame_where_the_figure_was_changed(
    published: Path, tmp_path: Path, folder: Path, browser: Browser
) -> None:
    disclosures = own_seeds(tmp_path / "seeds", WANLI)
    boxes = disclosures / WANLI / "boxes.csv"
    text = boxes.read_text(encoding="utf-8")
    boxes.write_text(text.replace(f'"{CLASS}"', '"1"'), encoding="utf-8")
    source = PageSource(disclosures, PictureStore(folder / "pictures"), 5_000)
    write_site(published, tmp_path / "site", source=source)
    reader = Reader(browser.new_page(), tmp_path / "site")
    page = reader.open(FIGURE)
    shown = shown_picture(page)
    assert shown["own"] == []
    expect(page.locator("dialog figcaption").first).to_contain_text("第17页")
    page.close()


def strips_in(report: Path) -> list[tuple[str, Image.Image]]:
    """The caption and the picture of each strip in a report."""
    cells = html.parse(report).xpath("//td[@class='strip']")
    return [
        (
            cell.xpath("string(.//figcaption)"),
            Image.open(BytesIO(b64decode(cell.xpath("string(.//img/@src)").partition(",")[2]))),
        )
        for cell in cells
    ]


def write_reports(published: Path, folder: Path, source: PageSource | None) -> Path:
    folder.mkdir()
    with open_database(published, read_only=True) as connection:
        write_audit_pages(connection, folder, source=source)
    return folder


def test_a_report_shows_a_strip_of_the_page_for_each_finding(
    published: Path, folder: Path, tmp_path: Path
) -> None:
    reports = write_reports(published, tmp_path / "reports", source_in(folder))
    report = reports / "putuo-wanli-2023-budget.html"
    strips = strips_in(report)
    # 441.25 on page 7, the project form on page 35
    assert [caption for caption, _ in strips[:2]] == ["第7页", "第35页"]
    for _, strip in strips:
        assert (200, 40, 27) in [colour for _, colour in strip.convert("RGB").getcolors() or []]
        assert strip.width > 5 * strip.height
    assert report.stat().st_size < 300_000
    links = html.parse(report).xpath("//*/@src | //link/@href")
    assert all(link.startswith("data:") for link in links)
    plain = write_reports(published, tmp_path / "plain", None)
    assert strips_in(plain / report.name) == []


def test_a_report_has_no_more_strips_than_can_be_sent(
    published: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budget_warehouse.outputs.printed_pages.strips.MOST_STRIPS", 3)
    reports = write_reports(published, tmp_path / "reports", source_in(folder))
    report = reports / "putuo-wanli-2023-budget.html"
    assert len(strips_in(report)) == 3
    assert "另有 7 处未附原文页图" in report.read_text(encoding="utf-8")
