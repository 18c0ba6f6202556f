"""The columns that made-up disclosures print: those of the nine tables of a Shanghai budget."""

from budget_warehouse.contract.raw_csv import FILES, required_columns
from budget_warehouse.contract.reference_lists.printed import NAMED

_LINE = ("side", "label")
_FUNCTION = ("class_code", "section_code", "item_code", "name")
_ECONOMIC_ITEM = ("class_code", "item_code", "name")

_KEYS = {
    "revenue_expenditure_summary": _LINE,
    "fiscal_appropriation_summary": _LINE,
    "basic_expenditure_by_economic": _ECONOMIC_ITEM,
    "three_public_expenses": (),
}

COLUMNS: dict[str, list[str]] = {
    table: [column for column in columns if column in required_columns(table)]
    for table, columns in FILES.items()
} | {
    table: [
        "disclosure_id",
        "row_number",
        *_KEYS.get(table, _FUNCTION),
        *measures,
        "unit",
        "note",
        "source_ref",
    ]
    for table, measures in NAMED.items()
}
