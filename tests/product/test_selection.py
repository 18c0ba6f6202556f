"""Of many disclosures those that most ask for a look have pages, and the others are counted."""

import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import duckdb
import pytest
from lxml import html
from warehouses import SEEDS, SONGJIANG, Built, environment

from budget_warehouse.outputs import selection
from budget_warehouse.outputs.explorer.site import part_name, write_site
from budget_warehouse.outputs.reports.audit_page import file_name, write_audit_pages
from budget_warehouse.outputs.reports.data_docs import make_readable_offline
from budget_warehouse.outputs.reports.languages import LANGUAGES
from budget_warehouse.validation.outcomes import failed_places

SHOWN = 3


@pytest.fixture
def bounded(bounded_warehouse: Built) -> Built:
    """A warehouse of the repository's seeds where only three disclosures have pages."""
    return bounded_warehouse


def pressing(warehouse: Built) -> list[str]:
    """All disclosures, those first that most ask to be looked at, ordered by Python."""
    findings = warehouse.rows(
        "select disclosure_id, severity, not is_reviewed, amount_yuan from marts.fct_findings"
    )
    disclosures = warehouse.rows(
        "select disclosure_id, organization_name, d.fiscal_year from marts.dim_disclosures as d"
        " inner join marts.dim_organizations using (organization_id)"
    )

    def order(row: tuple[str, str, int]) -> tuple[int, int, int, Decimal, int, str, str]:
        own = [finding[1:] for finding in findings if finding[0] == row[0]]
        errors = [is_new for severity, is_new, _ in own if severity == "error"]
        warnings = [severity for severity, *_ in own if severity == "warning"]
        largest = max((yuan for severity, _, yuan in own if severity == "error"), default=Decimal())
        return -sum(errors), -len(errors), -len(warnings), -largest, -row[2], row[1], row[0]

    return [row[0] for row in sorted(disclosures, key=order)]


def index_of(site: Path) -> list[dict[str, Any]]:
    """The disclosures that the index of a site lists, with `has_pages`."""
    text = (site / "data" / "index.js").read_text(encoding="utf-8")
    (handed,) = re.findall(r'Data\.receive\("index", (.*)\);\n', text)
    index = json.loads(json.loads(handed))
    table = index["disclosures"]
    rows = [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
    bit = index["flags"].index("has_pages")
    return [row | {"has_pages": bool(row["flags"] >> bit & 1)} for row in rows]


def shown_by(site: Path) -> set[str]:
    """The disclosures that a site has pages of."""
    return {row["disclosure_id"] for row in index_of(site) if row["has_pages"]}


def test_the_report_has_pages_of_those_and_no_link_leads_nowhere(bounded: Built) -> None:
    assert bounded.status == 0, bounded.output
    reports = bounded.warehouse / "reports"
    everything = pressing(bounded)
    for position, name in enumerate(everything):
        assert (reports / file_name(name)).exists() == (position < SHOWN), name
    pages = list(reports.rglob("*.html"))
    assert len(pages) > SHOWN + 5
    for page in pages:
        for link in html.parse(page).xpath("//a/@href"):
            target = unquote(urldefrag(link).url)
            assert not target or target.startswith("http") or (page.parent / target).exists(), link
    front = html.parse(reports / "index.html").getroot().text_content()
    assert f"共 {len(everything)} 项，此处列 {SHOWN} 项" in front
    assert "from marts.dim_disclosures" in front


def test_the_explorer_has_pages_of_those_and_lists_all(bounded: Built) -> None:
    site = bounded.warehouse / "site"
    chosen = set(pressing(bounded)[:SHOWN])
    assert shown_by(site) == chosen
    files = {file.stem for file in (site / "data" / "disclosures").iterdir()}
    assert files == {part_name(name) for name in chosen}
    assert {row["disclosure_id"] for row in index_of(site)} == set(pressing(bounded))
    assert html.parse(site / "index.html").xpath("//*[@class='partial']") == []


def test_an_index_of_more_than_can_be_listed_says_how_many_there_are(
    repository_warehouse: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOWN_DISCLOSURES", "2")
    monkeypatch.setattr(selection, "LISTED", SHOWN)
    write_site(repository_warehouse.warehouse / "budget.duckdb", tmp_path / "site")
    first = pressing(repository_warehouse)
    assert {row["disclosure_id"] for row in index_of(tmp_path / "site")} == set(first[:SHOWN])
    assert shown_by(tmp_path / "site") == set(first[:2])
    note = html.parse(tmp_path / "site" / "index.html").xpath("string(//*[@class='partial'])")
    assert "7 份公开文件中的 3 份" in note
    assert "make explore ORGANIZATION=" in note


def test_a_site_of_all_says_nothing_of_the_kind(repository_warehouse: Built) -> None:
    site = repository_warehouse.warehouse / "site"
    assert html.parse(site / "index.html").xpath("//*[@class='partial']") == []
    assert shown_by(site) == set(pressing(repository_warehouse))


def explore(warehouse: Path, **asked: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "budget_warehouse", "explore"],
        env=environment(SEEDS, warehouse, **asked),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_others_are_had_for_the_asking(bounded: Built, tmp_path: Path) -> None:
    left_out = pressing(bounded)[-1]
    asked = explore(bounded.warehouse, DISCLOSURES=left_out, INTO=str(tmp_path / "one"))
    assert asked.stdout == f"Explorer: {tmp_path / 'one' / 'index.html'}\n"
    assert shown_by(tmp_path / "one") == {left_out}
    asked = explore(bounded.warehouse, ORGANIZATION="松江区城市运行")
    assert asked.returncode == 0, asked.stderr
    assert shown_by(bounded.warehouse / "site-asked") == {SONGJIANG}
    assert len(shown_by(bounded.warehouse / "site")) == SHOWN

    for question, answer in (
        ({"ORGANIZATION": "没有的单位"}, "No organization with '没有的单位' in its name"),
        ({"DISCLOSURES": f"{SONGJIANG},none"}, "No disclosure is named none."),
    ):
        refused = explore(bounded.warehouse, INTO=str(tmp_path / "none"), **question)
        assert refused.returncode == 1
        assert answer in refused.stderr
        assert not (tmp_path / "none").exists()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    refused = explore(bounded.warehouse, ORGANIZATION="松江", INTO=str(mine))
    assert (refused.returncode, "no explorer" in refused.stderr) == (1, True)
    assert (mine / "letter.txt").read_text() == "mine"


def test_a_night_writes_the_pages_that_changed_and_those_that_come_to_be_shown(
    repository_warehouse: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOWN_DISCLOSURES", str(SHOWN))
    first, *others = pressing(repository_warehouse)
    coming = others[-1]
    changed, staying, leaving = first, others[0], others[1]
    copy = tmp_path / "copy.duckdb"
    shutil.copy(repository_warehouse.warehouse / "budget.duckdb", copy)
    before, after, site = tmp_path / "before", tmp_path / "after", tmp_path / "site"
    before.mkdir()
    after.mkdir()
    with duckdb.connect(str(copy)) as connection:
        write_audit_pages(connection, before)
    write_site(copy, site)
    kept = {
        name: (site / "data" / "disclosures" / f"{part_name(name)}.js").stat().st_ino
        for name in (changed, staying)
    }
    with duckdb.connect(str(copy)) as connection:
        connection.execute(
            "update marts.fct_findings set severity = 'error', is_reviewed = false"
            " where disclosure_id = ?",
            [coming],
        )
        write_audit_pages(connection, after, {changed, coming}, before)
    write_site(copy, site, changed={changed, coming})
    assert {page.name for page in after.glob("*.html")} == {
        language.page(name) for name in (changed, staying, coming) for language in LANGUAGES
    }
    assert (after / file_name(staying)).samefile(before / file_name(staying))
    assert not (after / file_name(changed)).samefile(before / file_name(changed))
    assert shown_by(site) == {changed, staying, coming} != {changed, staying, leaving}
    data = site / "data" / "disclosures"
    assert (data / f"{part_name(staying)}.js").stat().st_ino == kept[staying]
    assert (data / f"{part_name(changed)}.js").stat().st_ino != kept[changed]


def test_a_rule_that_is_broken_everywhere_is_counted_and_not_all_listed(
    repository_warehouse: Built, tmp_path: Path
) -> None:
    from budget_warehouse.validation.judge import judge

    copy = tmp_path / "copy.duckdb"
    shutil.copy(repository_warehouse.warehouse / "budget.duckdb", copy)
    with duckdb.connect(str(copy)) as connection:
        ((rule,),) = connection.execute(
            "select min(rule_code) from marts.fct_reconciliations where family = 'within_table'"
            " and rule_code not in (select rule_code from marts.fct_reconciliations"
            " where outcome = 'fail') and checked_count > 0"
        ).fetchall()
        connection.execute(
            "insert into marts.fct_reconciliations by name select * exclude (number) replace"
            " ('place ' || number as subject, 7 as excess_fen, 1 as checked_count,"
            " 'fail' as outcome) from range(250) as numbers (number) cross join"
            " (from marts.fct_reconciliations where rule_code = ? and checked_count > 0 limit 1)",
            [rule],
        )
    judgements = {one.suite: one for one in judge(copy, tmp_path / "reports")}
    (outcome,) = [one for one in judgements["within_table"].outcomes if one.rule == rule]
    assert not outcome.passes
    assert outcome.failed_count == 250
    assert len({row["subject"] for row in outcome.failed}) == 200
    make_readable_offline(tmp_path / "reports", failed_places(list(judgements.values())), [])
    (page,) = (tmp_path / "reports" / "validations" / "within_table").rglob("*.html")
    text = html.parse(page).getroot().text_content()
    assert "250 places, of which 200 are listed" in text
    assert "place 0" in text
