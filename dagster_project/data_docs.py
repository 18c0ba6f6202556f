"""The Data Docs made readable without the internet: a stylesheet and a front page of our own."""

import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import html
from lxml.builder import E

_STYLESHEET = Path(__file__).with_name("data_docs.css")

Table = tuple[str, list[str], list[list[str]]]


def make_readable_offline(reports: Path, broken: dict[str, list[dict[str, Any]]]) -> None:
    """Rewrite every page below a folder of Data Docs so that it asks nothing of any other host.

    Great Expectations folds the rows of a broken rule that miss by the same value into one line;
    `broken` has them by rule, and they are shown a line each.
    """
    shutil.copyfile(_STYLESHEET, reports / "data_docs.css")
    for page in reports.rglob("*.html"):
        document = html.parse(page)
        root = document.getroot()
        outside = "//script | //style | //link | //img | //*[contains(@class, 'modal')]"
        for element in root.xpath(outside):
            element.drop_tree()
        for anchor in root.xpath("//a[starts-with(@href, 'http')]"):
            anchor.drop_tag()
        for row in root.xpath("//tr[td//table]"):
            rule = row.xpath("string(./td[2])").strip().split(" · ")[0]
            (folded,) = row.xpath("./td[2]//table")
            folded.getparent().replace(folded, _table(broken[rule]))
        depth = len(page.relative_to(reports).parts) - 1
        root.find("head").append(_stylesheet("../" * depth))
        document.write(str(page), encoding="utf-8", method="html", doctype="<!DOCTYPE html>")


def write_front_page(reports: Path, title: str, tables: list[Table]) -> None:
    """Replace the index of the Data Docs, which needs scripts, by a plain page of tables.

    Each table is its heading, its columns and its rows. A cell that names a suite links to its
    page; every value is text, whatever it looks like.
    """
    suites = {page.parents[2].name: page for page in sorted(reports.rglob("validations/**/*.html"))}

    def cell(value: str, column: str) -> html.HtmlElement:
        if value in suites:
            return E.td(E.a(value, href=quote(str(suites[value].relative_to(reports)))))
        kind = "amount" if column.endswith("(yuan)") else f"severity-{value}"
        return E.td(value, {"class": kind})

    body = [E.h1(title)]
    for heading, columns, rows in tables:
        head = E.tr(*(E.th(column) for column in columns))
        lines = [E.tr(*map(cell, row, columns)) for row in rows]
        body += [E.h2(heading), E.table(head, *lines) if rows else E.p("None.")]
    head = E.head(E.meta(charset="utf-8"), E.title(title), _stylesheet(""))
    page = E.html(head, E.body(*body), lang="en")
    content = html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    (reports / "index.html").write_text(content, encoding="utf-8")


def _table(rows: list[dict[str, Any]]) -> html.HtmlElement:
    """A table with a line for each row, its values as text."""
    head = E.tr(*(E.th(column.replace("_", " ")) for column in rows[0]))
    lines = [E.tr(*(E.td(str(value or "")) for value in row.values())) for row in rows]
    return E.table(head, *lines)


def _stylesheet(prefix: str) -> html.HtmlElement:
    return E.link(rel="stylesheet", href=f"{prefix}data_docs.css")
