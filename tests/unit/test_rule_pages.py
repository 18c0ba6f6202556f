"""The pages in docs/rules say what the list says, and name a test for each rule."""

from warehouses import REPOSITORY, SEEDS, read_csv

from budget_warehouse.contract.rule_pages import rule_pages, unit_test_of

PAGES = REPOSITORY / "docs" / "rules"
REFERENCE = SEEDS / "reference"
_, RULES = read_csv(REFERENCE / "reconciliation_rules.csv")


def test_the_pages_are_those_of_the_list() -> None:
    pages = {file.name: file.read_text(encoding="utf-8") for file in PAGES.iterdir()}
    assert pages == rule_pages(REFERENCE), "write them again: make rule-pages"


def test_each_rule_has_its_section_on_the_page_of_its_family() -> None:
    for rule in RULES:
        page = (PAGES / f"{rule['family']}.md").read_text(encoding="utf-8")
        section = page.partition(f"\n## {rule['rule_code']}\n")[2].partition("\n## ")[0]
        for field in ("statement", "formula", "assumption", "tolerance_reason", "remedy"):
            assert rule[field] in section, rule["rule_code"]


def test_the_unit_test_of_each_rule_judges_it() -> None:
    for rule in RULES:
        name, _ = unit_test_of(rule["rule_code"])
        file = REPOSITORY / name
        assert f"    model: {file.stem}\n" in file.read_text(encoding="utf-8"), rule["rule_code"]
