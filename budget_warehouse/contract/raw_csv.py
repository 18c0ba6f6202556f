"""The raw CSV contract: which files hold a disclosure, their columns, and what each column may say.

Reading the files is `landing`'s work and writing them is the reader's; neither belongs here.
"""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from budget_warehouse.contract.printed_tables import KEYS, PrintedTables, printed_tables


class Kind(StrEnum):
    """The kind of a raw column: every value is text as printed, the kind says how it must read."""

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
    READING = "reading"
    COUNT = "count"
    REQUIRED_CODE = "required code"


# Codes and units are not among them: what a document prints there wrongly is a finding.
ENUMERATIONS: dict[Kind, tuple[str, ...]] = {
    Kind.SIDE: ("", "revenue", "expenditure"),
    Kind.STAGE: ("initial_budget", "adjusted_budget", "final_accounts"),
    Kind.BASE_STAGE: ("", "initial_budget", "adjusted_budget", "executed"),
    Kind.SCOPE: ("department", "unit"),
    Kind.ORGANIZATION_TYPE: ("", "行政单位", "参公单位", "事业单位"),
    Kind.READING: ("", "by_program", "reviewed"),
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


_PROJECT_AMOUNTS = (
    "total",
    "fiscal_funds",
    "other_funds",
    "annual_total",
    "annual_fiscal",
    "annual_carryover",
    "annual_other",
)

_EXECUTED_AMOUNTS = ("initial_budget", "adjusted_budget", "executed")
_AFTER = ("unit", "note", "source_ref")
_KINDS_OF_KEYS = {key: Kind.CODE for key in KEYS if key.endswith("_code")}

DISCLOSURE = "disclosure"

FILES: dict[str, Columns] = {
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
        "reading": Kind.READING,
    },
    "tables": {
        "disclosure_id": Kind.REQUIRED_TEXT,
        "table_name": Kind.REQUIRED_TEXT,
        "title": Kind.TEXT,
        "compiling_entity": Kind.TEXT,
        "remark": Kind.TEXT,
        "pages": Kind.TEXT,
        "numbers_printed": Kind.COUNT,
        "numbers_placed": Kind.COUNT,
        "unit": Kind.TEXT,
        "note": Kind.TEXT,
        "source_ref": Kind.TEXT,
    },
    "projects": _printed_rows(
        "fiscal_year",
        "project_name",
        "project_kind",
        "supervising_organization_name",
        "implementing_organization_name",
        "starts_on",
        "ends_on",
        *_PROJECT_AMOUNTS,
        *_EXECUTED_AMOUNTS,
        "score",
        **{
            "fiscal_year": Kind.YEAR,
            "project_name": Kind.REQUIRED_TEXT,
            "starts_on": Kind.DATE,
            "ends_on": Kind.DATE,
        },
        **dict.fromkeys((*_PROJECT_AMOUNTS, *_EXECUTED_AMOUNTS), Kind.AMOUNT),
    ),
    "performance_targets": _printed_rows(
        "project_name",
        "indicator_level_1",
        "indicator_level_2",
        "indicator_name",
        "target",
        "achieved",
        "score",
        unit=Kind.TEXT,
        project_name=Kind.REQUIRED_TEXT,
    ),
    "narrative_claims": _printed_rows(
        "ordinal",
        "measure",
        "name",
        "account_path",
        "amount",
        "base_year",
        "base_stage",
        "base_amount",
        "direction",
        "change",
        "change_percent",
        "completion_percent",
        "paragraph",
        measure=Kind.REQUIRED_TEXT,
        amount=Kind.AMOUNT,
        base_year=Kind.YEAR,
        base_stage=Kind.BASE_STAGE,
        base_amount=Kind.AMOUNT,
        change=Kind.AMOUNT,
        change_percent=Kind.PERCENT,
        completion_percent=Kind.PERCENT,
    ),
    "statements": _printed_rows("subject", "value", unit=Kind.TEXT, subject=Kind.REQUIRED_TEXT),
}

# Columns of the second version of the contract: a file may do without them.
_ADDED: dict[str, frozenset[str]] = {
    DISCLOSURE: frozenset({"reading"}),
    "tables": frozenset({"pages", "numbers_printed", "numbers_placed"}),
    "projects": frozenset({*_EXECUTED_AMOUNTS, "score"}),
    "performance_targets": frozenset({"achieved", "score"}),
    "narrative_claims": frozenset({"account_path", "completion_percent", "paragraph"}),
}

_OF_EVERY_ROW = frozenset({"disclosure_id", "row_number", "unit", "note", "source_ref"})

PRINTED_ROWS = "printed_rows"
PRINTED_AMOUNTS = "printed_amounts"

LANDED_TABLES: dict[str, tuple[str, ...]] = {
    **{table: tuple(columns) for table, columns in FILES.items()},
    PRINTED_ROWS: ("disclosure_id", "table_name", "row_number", *KEYS, *_AFTER),
    PRINTED_AMOUNTS: (
        "disclosure_id",
        "table_name",
        "row_number",
        "measure",
        "printed_text",
        "unit",
    ),
}
"""The tables of landing with their columns, each text as in the files."""


def raw_tables(folder: Path | None = None) -> dict[str, Columns]:
    """Return every raw CSV file with its columns, the printed tables as the lists say.

    A printed table may have every key and each of its measures; it has those that it prints.
    """
    return raw_tables_of(printed_tables(folder))


@lru_cache(maxsize=8)
def raw_tables_of(lists: PrintedTables) -> dict[str, Columns]:
    """Return every raw CSV file with its columns, as lists say."""
    return FILES | {
        table: _printed_rows(
            *KEYS,
            *lists.measures(table),
            side=Kind.SIDE,
            **_KINDS_OF_KEYS,
            **dict.fromkeys(lists.measures(table), Kind.AMOUNT),
        )
        for table in lists.names
    }


def required_columns(table: str) -> frozenset[str]:
    """Return the columns that a file must have, whatever its document prints."""
    if table in FILES:
        return frozenset(FILES[table]) - _ADDED.get(table, frozenset())
    return _OF_EVERY_ROW
