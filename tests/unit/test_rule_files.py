"""Each rule has its row in the registry and its sides or its model; models are short."""

import csv
import re
from datetime import date

from warehouses import REPOSITORY, SEEDS

from budget_warehouse.contract.reference_lists import contract

MODELS = REPOSITORY / "dbt_project" / "models"
RULES = MODELS / "reconciliations"
LONGEST = 150  # lines
FIRST_DAY = date(2026, 11, 23)  # of the registry


# A scope without bounds, an article that the basis does not name, and what a rule need not have.
MAY_BE_BLANK = {
    "article",
    "until_fiscal_year",
    "threshold",
    "second_threshold",
    "applies_to_regions",
    "prescribed_in_regions",
    "applies_to_stages",
    "expected",
    "expected_zh",
}


def registry(name: str = "reconciliation_rules") -> list[dict[str, str]]:
    with (SEEDS / "reference" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rules_with_sides() -> set[str]:
    with (SEEDS / "reference" / "reconciliation_sides.csv").open(encoding="utf-8") as file:
        return {row["rule_code"] for row in csv.DictReader(file)}


def rule_of(stem: str) -> str:
    return "-".join(stem.split("_")[:2]).upper()


def test_each_rule_is_rows_of_sides_or_one_model_in_the_folder_of_its_family() -> None:
    families = {row["rule_code"]: row["family"] for row in registry()}
    files = {rule_of(path.stem): path for path in RULES.glob("*/[a-z][a-z]_[0-9][0-9]_*.sql")}
    assert len(files) == len(list(RULES.glob("*/[a-z][a-z]_[0-9][0-9]_*.sql")))
    assert {code: path.parent.name for code, path in files.items()} == {
        code: family for code, family in families.items() if code not in rules_with_sides()
    }


def test_each_family_lists_its_rules() -> None:
    for path in RULES.glob("*/[a-z][a-z]_[0-9][0-9]_*.sql"):
        listed = "\n".join(model.read_text(encoding="utf-8") for model in RULES.glob("rec_*.sql"))
        assert f"'{path.stem}'" in listed, f"list {path.stem} in rec_{path.parent.name}.sql"


def test_the_registry_says_of_every_rule_what_to_change() -> None:
    for row in registry():
        assert row["remedy"].endswith("."), row["rule_code"]
        assert row["remedy_zh"].endswith("。"), row["rule_code"]


def test_the_registry_says_of_every_rule_when_it_changed_and_how() -> None:
    for row in registry():
        assert int(row["version"]) >= 1, row["rule_code"]
        assert date.fromisoformat(row["changed_on"]) >= FIRST_DAY, row["rule_code"]
        assert row["change_note"] and row["change_note"][-1] not in ".;", row["rule_code"]


def test_no_field_of_a_rule_is_empty() -> None:
    columns = contract.reference_lists()["reconciliation_rules"].columns
    assert {name for name, column in columns.items() if not column.is_required} == MAY_BE_BLANK
    for row in registry():
        empty = {name for name, value in row.items() if not value.strip(" -—.")}
        assert empty <= MAY_BE_BLANK, row["rule_code"]


def test_every_number_without_a_rule_is_explained() -> None:
    in_force = {row["rule_code"] for row in registry()}
    others = registry("rules_not_in_force")
    withdrawn = {row["rule_code"] for row in others if row["status"] == "withdrawn"}
    assert not withdrawn & in_force, "a number is never used again"
    last_numbers: dict[str, int] = {}
    for code in in_force | withdrawn:
        letters, number = code.split("-")
        last_numbers[letters] = max(last_numbers.get(letters, 0), int(number))
    numbers = {
        f"{letters}-{number:02}"
        for letters, last in last_numbers.items()
        for number in range(1, last + 1)
    }
    assert numbers - in_force - withdrawn == set()
    for row in others:
        assert bool(row["rule_code"]) == (row["status"] == "withdrawn"), row
        assert row["reason"] and row["reason_zh"] and row["basis"], row


def test_models_name_no_place_and_no_share() -> None:
    for path in RULES.rglob("*.sql"):
        sql = path.read_text(encoding="utf-8")
        assert not re.search(r"region_code like", sql), path.name
        shares = re.search(r"\* 0\.[1-9]|\* (?:2|3|9|10) [<>]|not between", sql)
        assert not shares or "of_rule(" in sql, path.name


def test_models_are_short_or_say_why_not() -> None:
    for path in MODELS.rglob("*.sql"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= LONGEST or any("More than 150 lines:" in line for line in lines), (
            f"{path.name} has {len(lines)} lines"
        )
