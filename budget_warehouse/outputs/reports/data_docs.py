"""The Data Docs made readable without the internet: our own stylesheet and front page."""

import re
import shutil
from collections.abc import Collection
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from lxml import html
from lxml.builder import E

from budget_warehouse.outputs.printable import shortened
from budget_warehouse.outputs.reports.audit_page import file_name
from budget_warehouse.outputs.reports.languages import Language
from budget_warehouse.outputs.texts import mark_chinese
from budget_warehouse.validation.outcomes import Places

_SEVERITIES = ("error", "warning")  # those that have a colour
_COLLAPSED = "@data-toggle='collapse' or contains(@class, 'collapse')"
_UNFOLDED = 50  # rows of one rule that a page shows without being asked
_CHINESE_SIGN = re.compile(r"[\u3400-\u9fff]")
_WORDS_FROM = 14  # Chinese signs: what has more takes a wider column, as English words do
_STYLESHEET = Path(__file__).with_name("data_docs.css")


class Labelled(NamedTuple):
    """A name of the warehouse with its label: it is shown by the one, and linked by the other."""

    label: str
    name: str


class Table(NamedTuple):
    """The content under one heading of the front page; `rest` says what it leaves out."""

    heading: str | Labelled
    columns: list[str]
    rows: list[tuple[Any, ...]]
    rest: str | None = None


def make_readable_offline(
    reports: Path, failures: dict[str, Places], pages: Collection[str]
) -> None:
    """Rewrite every page below a folder of Data Docs so that it asks nothing of any other host.

    Great Expectations saw only by how much each rule is missed at most; `failures` has the places
    by rule, and they are shown a line each, in the place of its percentages. A disclosure that is
    one of `pages` is linked to its page.
    """
    shutil.copyfile(_STYLESHEET, reports / "data_docs.css")
    for page in reports.rglob("*.html"):
        # Never by its name, in which libxml2 would read a "%20" as a space.
        root = html.document_fromstring(page.read_bytes())
        outside = "//script | //style | //link | //img | //*[contains(@class, 'modal')]"
        for element in root.xpath(outside):
            element.drop_tree()
        for anchor in root.xpath("//a[starts-with(@href, 'http')]"):
            anchor.drop_tag()
        top = "../" * (len(page.relative_to(reports).parts) - 1)
        for row in root.xpath("//tr[td[last()][contains(., '% unexpected')]]"):
            rule = row.xpath("string(./td[2])").strip().split(" · ")[0]
            if rule in failures:
                _unfold(row, failures[rule], top, pages)
            elif row.xpath("normalize-space(./td[last()]) = '0% unexpected'"):
                row.replace(row[-1], E.td("passes"))
        for heading in root.xpath("//*[normalize-space(text()) = 'excess_fen']"):
            heading.text = "Rules"
        for heading in root.xpath("//*[normalize-space(text()) = 'one_sided_count']"):
            heading.text = "Sides"
        root.find("head").append(_stylesheet(top))
        page.write_bytes(html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>"))


def write_front_page(
    file: Path,
    title: str,
    tables: list[Table],
    pages: dict[str, str],
    tag: str,
    other: Language,
) -> None:
    """Write the index of the Data Docs, in the place of theirs, which needs scripts.

    What names a suite, or one of `pages` (name and file), links there; every value is text,
    whatever it looks like. `other` is the language in which the page stands beside it.
    """
    reports = file.parent
    suites = {
        page.parents[2].name: str(page.relative_to(reports))
        for page in sorted(reports.rglob("validations/**/*.html"))
    }
    beside = E.a(other.own_name, href=other.front_page, hreflang=other.tag, lang=other.tag)
    body = [E.nav(beside), E.h1(title)]
    for table in tables:
        head = E.thead(E.tr(*(E.th(column, scope="col") for column in table.columns)))
        lines = [E.tr(*(_cell(value, pages | suites) for value in row)) for row in table.rows]
        heading = E.h2(_text(table.heading), *_severity(table.heading))
        body += [heading, E.p(table.rest)] if table.rest else [heading]
        if lines:
            body.append(_wide(E.table(head, E.tbody(*lines))))
        elif not table.rest:
            body.append(E.p("—"))
    head = E.head(
        E.meta(charset="utf-8"),
        E.meta(name="viewport", content="width=device-width, initial-scale=1"),
        E.title(title),
        _stylesheet(""),
    )
    page = E.html(head, E.body(E.main(*body)), lang=tag)
    if not tag.startswith("zh"):
        _mark_chinese(page)
    content = html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    file.write_text(content, encoding="utf-8")


def _cell(value: Any, links: dict[str, str]) -> html.HtmlElement:
    """Return a value as text; several parts, by name, have a line for each that is not null."""
    if isinstance(value, dict):
        parts = ((name, part) for name, part in value.items() if part is not None)
        return E.td(*(E.div(_text(part), {"class": name}) for name, part in parts))
    if isinstance(value, Labelled):
        return E.td(
            *_linked(value.label, {value.label: links[value.name]} if value.name in links else {})
        )
    text = _text(value)
    cell = E.td(*_linked(text, links))
    if isinstance(value, int | Decimal):
        cell.set("class", "amount")
    elif text.count(" ") > 3 or len(_CHINESE_SIGN.findall(text)) > _WORDS_FROM:
        cell.set("class", "words")
    return cell


def _text(value: Any) -> str:
    """Return a value as text, an amount exact and with separators between its thousands."""
    if isinstance(value, Labelled):
        return value.label
    if isinstance(value, int | Decimal):
        return f"{value:,}"
    return "" if value is None else shortened(str(value))


def _mark_chinese(page: html.HtmlElement) -> None:
    """Mark the Chinese names and texts of a page as Chinese, for screen readers."""
    for element in page.xpath("//*[not(self::title) and not(@lang)]"):
        if element.text:
            marked = html.fragment_fromstring(mark_chinese(element.text), create_parent=True)
            element.text = marked.text
            for at, part in enumerate(list(marked)):
                element.insert(at, part)


def _severity(heading: str | Labelled) -> list[dict[str, str]]:
    """Return the class of a heading that names a severity."""
    name = heading.name if isinstance(heading, Labelled) else None
    return [{"class": f"severity-{name}"}] if name in _SEVERITIES else []


def _address(file: str) -> str:
    return quote(file, errors="replace")


def _linked(text: str, links: dict[str, str]) -> list[Any]:
    """Return a text, with a link in place of its last part where that is a name to link from."""
    start, separator, name = text.rpartition(" · ")
    return [start + separator, E.a(name, href=_address(links[name]))] if name in links else [text]


def _unfold(row: html.HtmlElement, failures: Places, top: str, pages: Collection[str]) -> None:
    """Put what fails a rule, a line each, in the place of what Great Expectations says of it."""
    row.replace(row[-1], E.td(str(failures)))
    for folded in row.xpath("./td[2]//table"):
        folded.getparent().replace(folded, _failed_rows(failures, top, pages))
    for element in row.xpath(f"./td[2]//strong | ./td[2]//*[{_COLLAPSED}]"):
        element.drop_tree()


def _failed_rows(failures: Places, top: str, pages: Collection[str]) -> html.HtmlElement:
    """Return what fails a rule: under the name of each disclosure, a line for each row.

    `top` leads from the page to the folder of reports. A long list is folded.
    """
    rows = failures.rows
    columns = [column for column in rows[0] if column != "disclosure_id"]
    lines = [E.tr(*(E.th(column.replace("_", " ")) for column in columns))]
    for disclosure, of_disclosure in groupby(rows, key=itemgetter("disclosure_id")):
        if disclosure:
            href = top + _address(file_name(disclosure))
            name = _text(disclosure)
            page = E.a(name, href=href) if disclosure in pages else name
            lines.append(E.tr(E.th(page, colspan=str(len(columns)))))
        for row in of_disclosure:
            lines.append(E.tr(*(_shown(column, row[column]) for column in columns)))
    folded = E.details(E.summary(str(failures)), _wide(E.table(*lines)))
    if len(rows) <= _UNFOLDED:
        folded.set("open", "open")
    return folded


def _shown(column: str, value: Any) -> html.HtmlElement:
    return E.td(_text(value), {"class": f"shown-{column}"})


def _wide(table: html.HtmlElement) -> html.HtmlElement:
    """Return a table that scrolls alone where the page is too narrow for it."""
    return E.div(table, {"class": "wide"})


def _stylesheet(prefix: str) -> html.HtmlElement:
    return E.link(rel="stylesheet", href=f"{prefix}data_docs.css")
