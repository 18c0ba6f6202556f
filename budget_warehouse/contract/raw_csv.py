"""The raw CSV contract: which files hold a disclosure, their columns, and what each column may say.

Reading the files is `landing`'s work and writing them is the reader's; neither belongs here.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What a raw column holds: every value is text as printed, a kind says what it must read as."""

    TEXT = "text"
    REQUIRED_TEXT = "required text"
    AMOUNT = "amount"
    PERCENT = "percentage"
    ROW_NUMBER = "row number"
    CODE = "code"
    YEAR = "year"
    REQUIRED_YEAR = "required year"
    DATE = "date"
    UNIT = "unit"
    SIDE = "side"
    STAGE = "stage"
    BASE_STAGE = "base stage"
    SCOPE = "scope"
    REVISION = "revision"
    ORGANIZATION_TYPE = "organization type"
    REQUIRED_CODE = "required code"


# Codes and units are not among them: what a document prints there wrongly is a finding.
ENUMERATIONS: dict[Kind, tuple[str, ...]] = {
    Kind.SIDE: ("revenue", "expenditure"),
    Kind.STAGE: ("initial_budget", "adjusted_budget", "final_accounts"),
    Kind.BASE_STAGE: ("", "initial_budget", "adjusted_budget", "executed"),
    Kind.SCOPE: ("department", "unit"),
    Kind.ORGANIZATION_TYPE: ("", "行政单位", "参公单位", "事业单位"),
}

Columns = dict[str, Kind]


def _printed_rows(*columns: str, unit: Kind = Kind.UNIT, **kinds: Kind) -> Columns:
    """Return the columns of a table printed row by row; a column without its own kind is text."""
    return {
        "disclosure_id": Kind.REQUIRED_TEXT,
        "row_number": Kind.ROW_NUMBER,
        **{column: kinds.get(column, Kind.TEXT) for column in columns},
        "unit": unit,
        "note": Kind.TEXT,
        "source_ref": Kind.TEXT,
    }


def _account_rows(codes: tuple[str, ...], amounts: tuple[str, ...]) -> Columns:
    """Return the columns of a table with one account to a row: code in parts, name, amounts."""
    kinds = dict.fromkeys(codes, Kind.CODE) | dict.fromkeys(amounts, Kind.AMOUNT)
    return _printed_rows(*codes, "name", *amounts, **kinds)


def _summary_rows(*amounts: str) -> Columns:
    """Return the columns of a table of revenue beside expenditure, one labelled line to a row."""
    kinds = {"side": Kind.SIDE} | dict.fromkeys(amounts, Kind.AMOUNT)
    return _printed_rows("side", "label", *amounts, **kinds)


_FUNCTION_CODES = ("class_code", "section_code", "item_code")
_ECONOMIC_CODES = ("class_code", "item_code")
_THREE_PUBLIC_AMOUNTS = (
    "total",
    "overseas_visits",
    "official_hospitality",
    "vehicle_total",
    "vehicle_purchase",
    "vehicle_operation",
    "agency_operating_expenses",
)
_PROJECT_AMOUNTS = (
    "total",
    "fiscal_funds",
    "other_funds",
    "annual_total",
    "annual_fiscal",
    "annual_carryover",
    "annual_other",
)

DISCLOSURE = "disclosure"

RAW_TABLES: dict[str, Columns] = {
    DISCLOSURE: {
        "disclosure_id": Kind.REQUIRED_TEXT,
        "organization_name": Kind.REQUIRED_TEXT,
        "organization_type": Kind.ORGANIZATION_TYPE,
        "supervising_organization_name": Kind.TEXT,
        "region_code": Kind.REQUIRED_CODE,
        "fiscal_year": Kind.REQUIRED_YEAR,
        "stage": Kind.STAGE,
        "scope": Kind.SCOPE,
        "revision": Kind.REVISION,
        "published_on": Kind.DATE,
        "source_document": Kind.REQUIRED_TEXT,
        "source_url": Kind.TEXT,
        "source_sha256": Kind.TEXT,
    },
    "tables": {
        "disclosure_id": Kind.REQUIRED_TEXT,
        "table_name": Kind.REQUIRED_TEXT,
        "title": Kind.TEXT,
        "compiling_entity": Kind.TEXT,
        "remark": Kind.TEXT,
        "unit": Kind.TEXT,
        "note": Kind.TEXT,
        "source_ref": Kind.TEXT,
    },
    "revenue_expenditure_summary": _summary_rows("amount", "personnel", "public_use", "project"),
    "revenue_by_function": _account_rows(
        _FUNCTION_CODES,
        (
            "total",
            "fiscal_appropriation",
            "institution_revenue",
            "business_revenue",
            "other_revenue",
        ),
    ),
    "expenditure_by_function": _account_rows(_FUNCTION_CODES, ("total", "basic", "project")),
    "fiscal_appropriation_summary": _summary_rows(
        "total", "general_public_budget", "government_funds", "state_capital"
    ),
    "general_public_budget_by_function": _account_rows(
        _FUNCTION_CODES, ("total", "basic", "project")
    ),
    "government_funds_by_function": _account_rows(_FUNCTION_CODES, ("total", "basic", "project")),
    "state_capital_by_function": _account_rows(_FUNCTION_CODES, ("total", "basic", "project")),
    "basic_expenditure_by_economic": _account_rows(
        _ECONOMIC_CODES, ("total", "personnel", "public_use")
    ),
    "three_public_expenses": _printed_rows(
        *_THREE_PUBLIC_AMOUNTS, **dict.fromkeys(_THREE_PUBLIC_AMOUNTS, Kind.AMOUNT)
    ),
    "projects": _printed_rows(
        "fiscal_year",
        "project_name",
        "project_kind",
        "supervising_organization_name",
        "implementing_organization_name",
        "starts_on",
        "ends_on",
        *_PROJECT_AMOUNTS,
        **{
            "fiscal_year": Kind.YEAR,
            "project_name": Kind.REQUIRED_TEXT,
            "starts_on": Kind.DATE,
            "ends_on": Kind.DATE,
        },
        **dict.fromkeys(_PROJECT_AMOUNTS, Kind.AMOUNT),
    ),
    "performance_targets": _printed_rows(
        "project_name",
        "indicator_level_1",
        "indicator_level_2",
        "indicator_name",
        "target",
        unit=Kind.TEXT,
        project_name=Kind.REQUIRED_TEXT,
    ),
    "narrative_claims": _printed_rows(
        "ordinal",
        "measure",
        "name",
        "amount",
        "base_year",
        "base_stage",
        "base_amount",
        "direction",
        "change",
        "change_percent",
        measure=Kind.REQUIRED_TEXT,
        amount=Kind.AMOUNT,
        base_year=Kind.YEAR,
        base_stage=Kind.BASE_STAGE,
        base_amount=Kind.AMOUNT,
        change=Kind.AMOUNT,
        change_percent=Kind.PERCENT,
    ),
    "statements": _printed_rows("subject", "value", unit=Kind.TEXT, subject=Kind.REQUIRED_TEXT),
}
