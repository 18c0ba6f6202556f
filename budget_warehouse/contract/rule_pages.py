"""The pages in `docs/rules`: what the registry says of each rule, a page for each family."""

import csv
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from budget_warehouse.storage.warehouse import DBT_PROJECT

INDEX = "README.md"

_MADE = "<!-- Made from the list by `make rule-pages`; change the list. -->"
_RULES = DBT_PROJECT / "models" / "reconciliations"
_COMPARED = DBT_PROJECT / "models" / "findings" / "checks" / "int_compared_amounts.yml"

# From what on a departure matters, as the list says it.
_MATERIALITIES = {
    "any": "any departure",
    "0.01 yuan": "0.01 yuan beyond the tolerance",
    "the last digit": "one unit of the last digit beyond the tolerance",
    "the threshold": "the threshold",
}


def unit_test_of(rule_code: str) -> tuple[str, bool]:
    """Return the file, below the repository, with the rule's example and near miss.

    Rules that compare sums of printed amounts share one; whether the rule does is returned as well.
    """
    name = rule_code.lower().replace("-", "_")
    files = sorted(_RULES.glob(f"*/{name}_*.yml"))
    file = files[0] if files else _COMPARED
    return file.relative_to(DBT_PROJECT.parent).as_posix(), not files


def rule_pages(reference: Path) -> dict[str, str]:
    """Return the text of each page by its name, from the lists in a folder."""
    rules = _rows(reference / "reconciliation_rules.csv")
    others = _rows(reference / "rules_not_in_force.csv")
    families = {
        family: list(of_family)
        for family, of_family in groupby(
            sorted(rules, key=itemgetter("family")), key=itemgetter("family")
        )
    }
    pages = {f"{family}.md": _family_page(family, of_it) for family, of_it in families.items()}
    return {INDEX: _index_page(families, others), **pages}


def write_rule_pages(reference: Path, folder: Path) -> None:
    """Write the pages into a folder in place of those that stand there."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = rule_pages(reference)
    for file in folder.glob("*.md"):
        if file.name not in pages:
            file.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


def _index_page(families: dict[str, list[dict[str, str]]], others: list[dict[str, str]]) -> str:
    lines = [
        _MADE,
        "",
        "# The rules",
        "",
        f"{sum(map(len, families.values()))} rules (勾稽关系) judge every disclosure. Each has a"
        " section with all that the registry says of it.",
        "",
        "In a formula `table.measure[rows]` is what a table prints, `prose.measure` and"
        " `statements.subject` what the prose says; `threshold` is a field of the rule.",
        "",
        "| family | rules |",
        "|---|---|",
        *(f"| [{family}]({family}.md) | {len(rules)} |" for family, rules in families.items()),
        "",
        "## Numbers without a rule",
        "",
        "| number | why | |",
        "|---|---|---|",
        *(
            f"| {row['rule_code']} | {row['reason']} | {row['reason_zh']} |"
            for row in others
            if row["rule_code"]
        ),
        "",
        "## Duties that no rule covers",
        "",
        "| basis | why | |",
        "|---|---|---|",
        *(
            f"| {row['basis']} | {row['reason']} | {row['reason_zh']} |"
            for row in others
            if not row["rule_code"]
        ),
    ]
    return "\n".join([*lines, ""])


def _family_page(family: str, rules: list[dict[str, str]]) -> str:
    sections = [line for rule in rules for line in _section(rule)]
    return "\n".join([_MADE, "", f"# {family}", *sections, ""])


def _section(rule: dict[str, str]) -> list[str]:
    article = f" ({rule['article']})" if rule["article"] else ""
    unit_test, is_shared = unit_test_of(rule["rule_code"])
    facts = {
        "Formula": f"`{rule['formula']}`",
        "Basis": f"{rule['basis']}{article}",
        "Takes for granted": rule["assumption"],
        "Tolerance": f"{rule['tolerance']}. {rule['tolerance_reason']}",
        "Severity": f"{rule['severity']}; matters from {_MATERIALITIES[rule['materiality']]} on",
        "Threshold": _listed(rule["threshold"], rule["second_threshold"]),
        "Scope": _scope(rule),
        "Needs": _needs(rule),
        "Leaves out": rule["exclusions"],
        "Expects": rule["expected"],
        "Remedy": rule["remedy"],
        "Version": f"{rule['version']} of {rule['changed_on']} ({rule['status'].replace('_', ' ')})"
        f": {rule['change_note']}",
        "Test of all such sums" if is_shared else "Example and near miss": f"`{unit_test}`",
    }
    return [
        "",
        f"## {rule['rule_code']}",
        "",
        f"{rule['statement']}. {rule['statement_zh']}。",
        "",
        *(f"- **{name}**: {fact}" for name, fact in facts.items() if fact),
    ]


def _scope(rule: dict[str, str]) -> str:
    until = rule["until_fiscal_year"]
    years = f"fiscal years from {rule['from_fiscal_year']}" + (f" until {until}" if until else "")
    stages = rule["applies_to_stages"].replace(" ", ", ").replace("_", " ")
    regions = rule["applies_to_regions"] and f"regions {rule['applies_to_regions']}"
    prescribed = rule["prescribed_in_regions"] and (
        f"form prescribed in regions {rule['prescribed_in_regions']}"
    )
    others = rule["applies_to_forms"].removeprefix("standard").strip()
    forms = others and f"tables with {others.replace(' ', ', ').replace('_', ' ')} as well"
    return "; ".join(filter(None, (years, stages or "every stage", regions, prescribed, forms)))


def _needs(rule: dict[str, str]) -> str:
    tables = rule["needed_tables"].replace(" ", ", ")
    other = rule["other_documents"].replace("_", " ")
    return tables if other == "none" else f"{tables}; another document: {other}"


def _listed(*values: str) -> str:
    return ", ".join(filter(None, values))


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))
