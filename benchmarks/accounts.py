"""The real accounts that made-up disclosures use, out of the reference lists."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

REFERENCE = Path(__file__).parent.parent / "seeds" / "reference"
STAFF_CLASSES = ("208", "210", "221")
OTHER_FUNDS = ("20860", "21208", "21213", "21214", "22960", "223")
_NOT_PLAIN = re.compile(r"[（）()“”\"0-9,，、]")


@dataclass(frozen=True)
class Accounts:
    """Names by code, and the items that a budget can choose from."""

    functions: dict[str, str]
    economic_items: dict[str, str]
    regions: tuple[str, ...]
    operating_items: tuple[str, ...]
    project_items: dict[str, tuple[str, ...]]
    fund_items: tuple[str, ...]
    state_capital_items: tuple[str, ...]

    def path(self, code: str) -> str:
        """Return an item as the prose names it, by its class, section and item."""
        names = self.functions
        return f"{names[code[:3]]}（类）{names[code[:5]]}（款）{names[code]}（项）"


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_accounts() -> Accounts:
    """Read the codes that several documents use under one name that never changed since 2020."""
    changed = {
        code
        for row in _rows("classification_changes")
        if int(row["effective_fiscal_year"]) > 2020
        for code in (row["from_code"], row["to_code"])
    }
    functions = {
        row["function_code"]: row["function_name"]
        for row in _rows("functions")
        if row["evidence"] == "several_documents"
    }
    economic_items = {
        row["economic_code"]: row["economic_name"]
        for row in _rows("economic_items")
        if row["evidence"] == "several_documents"
    }
    items = [
        code
        for code in functions
        if len(code) == 7
        and all(
            part in functions and part not in changed and not _NOT_PLAIN.search(functions[part])
            for part in (code[:3], code[:5], code)
        )
    ]
    general = [item for item in items if not item.startswith((*OTHER_FUNDS, "229"))]
    project_items: dict[str, tuple[str, ...]] = {}
    for item in general:
        if not item.startswith(("20805", "21011", "22102")) and not item.endswith(("01", "50")):
            project_items[item[:5]] = (*project_items.get(item[:5], ()), item)
    return Accounts(
        functions,
        economic_items,
        tuple(row["region_code"] for row in _rows("regions") if row["parent_region_code"]),
        tuple(
            item
            for item in general
            if functions[item] in ("行政运行", "事业运行") and not item.startswith(STAFF_CLASSES)
        ),
        project_items,
        tuple(item for item in items if item.startswith(("21208", "22960"))),
        tuple(item for item in items if item.startswith("223")),
    )
