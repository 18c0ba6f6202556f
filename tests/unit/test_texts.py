"""Texts of explorer and reports: each stands in Chinese in its place, and in English in a list."""

import json
import re
from pathlib import Path

import pytest
from warehouses import REPOSITORY, read_csv

EXPLORER = REPOSITORY / "budget_warehouse" / "outputs" / "explorer"
REPORTS = REPOSITORY / "budget_warehouse" / "outputs" / "reports"
REPORT_TEXT = re.compile(r'(?:\b|_)t\(\s*"((?:[^"\\]|\\.)*)"')
SCRIPTS = sorted((EXPLORER / "static" / "js").glob("*.js"))
CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
TEXT = re.compile(r'\b(?:t|phrase)\(\s*("(?:[^"\\]|\\.)*")')
PRINTED = ("部门整体支出", "[%％]")  # what documents print, which scripts compare and never show


def code_of(script: Path) -> str:
    """A script without its comments."""
    return COMMENT.sub("", script.read_text("utf-8"))


def texts_of_the_page() -> set[str]:
    page = (EXPLORER / "static" / "index.html.jinja").read_text("utf-8")
    attributes = {
        text
        for element, names in re.findall(r'(<[^>]*data-t-of="([^"]*)"[^>]*>)', page)
        for name in names.split()
        for text in re.findall(rf'\s{name}="([^"]*)"', element)
    }
    return attributes | set(
        re.findall("data-t>([^<]*)<", page) + re.findall(r'filled\("([^"]*)"', page)
    )


def english(list_of: Path = EXPLORER) -> dict[str, str]:
    _, rows = read_csv(list_of / "texts.csv")
    assert len({row["chinese"] for row in rows}) == len(rows)
    return {row["chinese"]: row["english"] for row in rows}


def test_every_text_has_its_english_and_every_row_is_used() -> None:
    used = {json.loads(text) for script in SCRIPTS for text in TEXT.findall(code_of(script))}
    assert used | texts_of_the_page() == set(english())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_chinese_stands_outside_a_text(script: Path) -> None:
    left = TEXT.sub("", code_of(script))
    for words in PRINTED:
        left = left.replace(words, "")
    assert [line for line in left.splitlines() if CHINESE.search(line)] == []


def test_every_text_of_the_reports_has_its_english_and_every_row_is_used() -> None:
    files = [file for ending in ("py", "jinja", "css") for file in REPORTS.glob(f"*.{ending}")]
    used = {text for file in files for text in REPORT_TEXT.findall(file.read_text("utf-8"))}
    assert used == set(english(REPORTS))
    for file in files:
        if file.suffix != ".py":
            left = REPORT_TEXT.sub("", file.read_text("utf-8"))
            assert [line for line in left.splitlines() if CHINESE.search(line)] == [], file.name


@pytest.mark.parametrize("list_of", [EXPLORER, REPORTS], ids=["explorer", "reports"])
def test_an_english_text_is_english_and_has_the_values_of_the_chinese_one(list_of: Path) -> None:
    for chinese, text in english(list_of).items():
        assert not CHINESE.search(text), chinese
        assert set(re.findall(r"\{\d\}", text)) == set(re.findall(r"\{\d\}", chinese)), chinese


def test_every_label_that_pages_show_is_english_in_english() -> None:
    _, rows = read_csv(REPOSITORY / "seeds" / "reference" / "labels.csv")
    only_chinese = {"column", "mart", "phrase", "table_number"}
    for row in rows:
        if row["kind"] not in only_chinese:
            label = row["label_en"] or row["name"]
            assert "_" not in label, row
            assert row["label_en"] or not CHINESE.search(label), row
