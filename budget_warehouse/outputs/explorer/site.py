"""Writing the explorer: its pages, its scripts, and the data of a published warehouse as scripts.

A page opened from a file cannot fetch, so each part of the data is a script that hands itself over.
"""

import base64
import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from budget_warehouse.outputs.explorer.content import Content
from budget_warehouse.outputs.explorer.echarts import LIBRARY
from budget_warehouse.outputs.explorer.languages import split_languages, texts
from budget_warehouse.outputs.explorer.pages import NO_PAGES, link_pages, page_part
from budget_warehouse.outputs.explorer.ties import ties_of
from budget_warehouse.outputs.printed_pages.printed_pages import PageSource
from budget_warehouse.outputs.selection import published_count, select_most_pressing
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.folders import replace_folder
from budget_warehouse.storage.progress import progress

_STATIC = Path(__file__).parent / "static"
_FINGERPRINT = "fingerprint.txt"
PACKED_FROM = 500_000  # characters: a larger part is packed, which makes it a fifth
ENGLISH = "english"  # the folder of the parts that are loaded only in English


class MissingLibraryError(Exception):
    """Apache ECharts is not in the environment."""


class NoSiteError(Exception):
    """Something that is no explorer stands where one is to be written."""


def write_site(
    published: Path,
    site: Path,
    changed: Collection[str] | None = None,
    choose: Callable[[duckdb.DuckDBPyConnection], None] = select_most_pressing,
    source: PageSource | None = None,
    kept_ties: Path | None = None,
) -> None:
    """Write the explorer of a published warehouse in the place of the one before.

    Args:
        published: the published warehouse, which is only read.
        site: the folder of the site; readers see the old one until the new one is whole.
        changed: the disclosures of which anything changed since the site was written last, the
            files of all others being kept; everything is written where this is None, or where the
            program, the labels or the rules have changed.
        choose: chooses the disclosures that have pages and those that the index lists.
        source: where pictures of the printed pages come from; without it there are none.
        kept_ties: the tied figures that the reports of the same publication have kept.

    Raises:
        MissingLibraryError: `make install` has not put the chart library into the environment.
        NoSiteError: `site` is a folder or file of somebody else's.
    """
    if site.exists() and not (site / _FINGERPRINT).exists():
        raise NoSiteError(f"{site} is no explorer; move it away or name another folder.")
    if not LIBRARY.exists():
        raise MissingLibraryError(f"{LIBRARY} is missing: run make install.")
    following = site.with_name(site.name + ".next")
    shutil.rmtree(following, ignore_errors=True)
    shutil.copytree(_STATIC, following, ignore=shutil.ignore_patterns("*.jinja"))
    shutil.copy(LIBRARY, following / "js" / "echarts.min.js")
    with open_database(published, read_only=True) as connection:
        choose(connection)
        published_disclosures = published_count(connection)
        content = Content(connection)
        index = content.index()
        fingerprint = _fingerprint(index)
        if changed is not None and _read(site / _FINGERPRINT) != fingerprint:
            changed = None
        data = following / "data"
        _write_part(data, "texts", texts())
        index["published_at"] = _published_at(published)
        _write_part(data, "index", index)
        _write_part(data, "outcomes", content.outcomes())
        _write_part(data, "reading", content.reading())
        _write_part(data, "expected", content.expected())
        for name, facts in content.findings():
            _write_part(data, name, facts)
        for code, place in content.places():
            _write_part(data, f"places/{code}", place)
        for name, organizations in content.organizations():
            _write_part(data, f"organizations/{name}", organizations)
        for name, accounts in content.accounts():
            _write_part(data, f"accounts/{name}", accounts)
        _write_part(data, "classification-changes", content.classification_changes())
        _write_part(data, "rules-not-in-force", content.rules_not_in_force())
        for code, rule in content.rules():
            _write_part(data, f"rules/{code}", rule)
        for name, rows in content.search():
            _write_part(data, f"search/{name}", rows)
        kept = _keep(content, data, site / "data", changed)
        written = [name for name in content.disclosure_ids if name not in kept]
        disclosures = progress(content.disclosures(written), "Explorer", "page", len(written))
        for name, disclosure in disclosures:
            _write_part(data, f"disclosures/{part_name(name)}", disclosure)
        for name, ties in ties_of(connection, written, kept_ties):
            _write_part(data, f"ties/{part_name(name)}", ties)
        pages = source.pages(connection, choose is select_most_pressing) if source else {}
        for name in content.disclosure_ids:
            printed = pages.get(name, NO_PAGES)
            _write_part(data, f"pages/{part_name(name)}", page_part(printed))
            link_pages(printed, following)
    (following / _FINGERPRINT).write_text(fingerprint, encoding="utf-8")
    page = _page(published, content.listed_count, published_disclosures)
    (following / "index.html").write_text(page, encoding="utf-8")
    replace_folder(site, following)


def part_name(disclosure_id: str) -> str:
    """Return the name of a disclosure's part, without a sign that means something in a path."""
    return disclosure_id.replace("%", "%25").replace("/", "%2F")


def _page(published: Path, listed_disclosures: int, published_disclosures: int) -> str:
    """Return the one page, with its scripts in the order in which they need each other."""
    environment = Environment(
        loader=FileSystemLoader(_STATIC),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("index.html.jinja").render(
        published_at=_published_at(published),
        listed_disclosures=f"{listed_disclosures:,}",
        published_disclosures=f"{published_disclosures:,}",
    )


def _published_at(published: Path) -> str:
    """Return the day and minute on which a warehouse was published, here."""
    published_at = datetime.fromtimestamp(published.stat().st_mtime, UTC).astimezone()
    return f"{published_at:%Y-%m-%d %H:%M}"


def _write_part(data: Path, name: str, part: Any) -> None:
    """Write one part as a script that hands it over as text to be parsed, its English apart.

    As text it cannot set what an object literal would, such as `__proto__`, and it loads faster.
    """
    chinese, english = split_languages(part)
    if english:
        _write_part(data, f"{ENGLISH}/{name}", english)
    # dates and shares as text
    text = json.dumps(chinese, ensure_ascii=False, separators=(",", ":"), default=str)
    file = data / f"{name}.js"
    file.parent.mkdir(parents=True, exist_ok=True)
    receive, handed_over = "receive", text
    if len(text) >= PACKED_FROM:
        receive, handed_over = "receivePacked", _packed(text)
    handed = f"Data.{receive}({json.dumps(name)}, {json.dumps(handed_over, ensure_ascii=False)});\n"
    if english:
        handed += f"Data.receiveEnglishOf({json.dumps(name)});\n"
    file.write_text(handed, encoding="utf-8")


def _packed(text: str) -> str:
    """Return a text as gzip in base64, which a script can hold."""
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _keep(content: Content, data: Path, old: Path, changed: Collection[str] | None) -> set[str]:
    """Link the files of the disclosures that have not changed; return which ones these are."""
    kept = set()
    if changed is not None:
        for name in content.disclosure_ids:
            part = f"disclosures/{part_name(name)}.js"
            files = [part, f"{ENGLISH}/{part}"]
            if name not in changed and all((old / file).exists() for file in files):
                ties = f"ties/{part_name(name)}.js"  # none of a version without them
                for file in [*files, *([ties] if (old / ties).exists() else [])]:
                    (data / file).parent.mkdir(parents=True, exist_ok=True)
                    os.link(old / file, data / file)
                kept.add(name)
    return kept


def _fingerprint(index: dict[str, Any]) -> str:
    """Return what the files of all disclosures depend on: the program, the labels and the rules."""
    made_of = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        made_of.update(file.read_bytes())
    made_of.update(json.dumps([index["labels"], index["rules"]], default=str).encode())
    return made_of.hexdigest()


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.exists() else None
