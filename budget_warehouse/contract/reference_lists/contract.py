"""The contract of the reference lists: their columns, and what each value is a name of.

Columns, types, keys, required and accepted values are those that dbt declares in `_reference.yml`;
what dbt has no word for is here.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from budget_warehouse.contract.raw_csv import ENUMERATIONS, Kind
from budget_warehouse.storage.warehouse import DBT_PROJECT, ROOT

_DECLARED = DBT_PROJECT / "models" / "reference" / "_reference.yml"


@dataclass(frozen=True)
class Column:
    """The values that a column may have: names of something, of a form, or one of a few words.

    `names` and `noun` may take in other columns of the row: the measures of {table_name}.
    """

    noun: str = ""
    names: str = ""
    form: str = ""
    words: tuple[str, ...] = ()
    is_required: bool = True
    is_prose: bool = False  # nothing is joined to it: spaces at its ends do no harm
    has_several: bool = False  # names, with a space between


@dataclass(frozen=True)
class ReferenceList:
    """One list: its columns, and those that tell its rows apart."""

    columns: dict[str, Column]
    key: tuple[str, ...]


ANY_TABLE = "any"  # a rule needs: every one will do
LINES = ("subtotal", "total", "carryover_in", "carryover_out")  # beyond those called as measures
UNLISTED_LINE = "other"  # every line whose label summary_lines.csv does not have

DIMENSIONS = ("nature", "source", "fund", "component", "expense", "procurement", "period")
"""The columns that say what a measure of `raw_columns.csv` means."""

OPTIONAL = ("context_figures", "expected_disclosures")
"""Lists that a folder may lack: the repository's, which is empty, stands for it."""

MAY_BE_EMPTY = ("known_findings", "classification_changes", "rules_not_in_force", *OPTIONAL)

_TEXT = Column()
_PROSE = Column(is_prose=True)
_OPTIONAL = Column(is_required=False)
_FREE = Column(is_required=False, is_prose=True)

_FISCAL_YEAR = "(?:199[0-9]|20[0-9]{2})"
_NAME = Column(
    "name in small letters such as expenditure_by_function",
    form="[a-z][a-z0-9]*(?:_[a-z0-9]+)*",
)
_OPTIONAL_NAME = replace(_NAME, is_required=False)
_YEAR = Column("fiscal year from 1990 to 2099", form=_FISCAL_YEAR)
_COUNT = Column("whole number of 1 or more", form="[1-9][0-9]{0,8}")
_PROVINCES = Column(
    "list of provinces, two digits each",
    form="[1-9][0-9](?: [1-9][0-9])*",
    is_required=False,
)
_YEARS = Column("list of fiscal years", form=f"{_FISCAL_YEAR}(?: {_FISCAL_YEAR})*")
_DAY = Column("date such as 2021-01-31", form="[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DIRECTIONS = ("increase", "decrease", "no_change")
_RULE = Column("rule of reconciliation_rules.csv", "rules")
SIDES = tuple(filter(None, ENUMERATIONS[Kind.SIDE]))

# The types of columns, each with what it is called and how it is written; text is anything.
_TYPES = {
    "integer": Column("whole number", form="-?[0-9]{1,9}"),
    "decimal(18,4)": Column("number such as 0.5", form=r"[0-9]{1,9}(?:\.[0-9]{1,4})?"),
    "boolean": Column(words=("true", "false")),
    "date": _DAY,
}

# The labels of the summary tables are compared without number, spaces and wide signs.
_COMPARED_LABEL = (
    "(?!其中|[一二三四五六七八九十]+[、.．]|[0-9]+[、.．]|[(][一二三四五六七八九十0-9]+[)])"
    r"[^（）【】〔〕，：；\s]+"
)

COLUMNS: dict[str, dict[str, Column]] = {
    "functions": {
        "function_code": Column(
            "functional code of 3, 5 or 7 digits", form="2[0-9]{2}(?:[0-9]{2}){0,2}"
        ),
        "function_name": _TEXT,
        "document_count": _COUNT,
        "place_count": _COUNT,
        "years_seen": _YEARS,
    },
    "economic_items": {
        "economic_code": Column("economic code of 3 or 5 digits", form="3[0-9]{2}(?:[0-9]{2})?"),
        "economic_name": _TEXT,
        "document_count": _COUNT,
        "place_count": _COUNT,
        "years_seen": _YEARS,
    },
    "classification_changes": {
        "from_code": Column(
            "code of the {classification} classification",
            "{classification} codes",
            is_required=False,
        ),
        "to_code": Column("code of the {classification} classification", "{classification} codes"),
        "from_name": _OPTIONAL,
        "to_name": _TEXT,
        "evidence": _PROSE,
    },
    "cofog": {
        "cofog_code": Column("COFOG code such as 01.1.1", form=r"[0-9]{2}(?:\.[0-9]){0,2}"),
        "cofog_name": _TEXT,
        "consumption": Column(words=("collective", "individual"), is_required=False),
    },
    "function_cofog": {
        "function_code": Column("section or item of functions.csv", "function sections and items"),
        "cofog_code": Column(
            "division or group of cofog.csv", "divisions and groups", is_required=False
        ),
        "reason": _PROSE,
    },
    "regions": {
        "region_code": Column("region code of six digits (GB/T 2260)", form="[0-9]{6}"),
        "region_name": _TEXT,
        "parent_region_code": Column("region of regions.csv", "regions", is_required=False),
    },
    "raw_tables": {
        "table_name": _NAME,
        "title": _TEXT,
        "stage": _OPTIONAL,
        "rows": _NAME,
    },
    "raw_columns": {
        "column_name": _NAME,
        "heading": _TEXT,
        "tables": Column(
            "table of raw_tables.csv", "printed tables", is_required=False, has_several=True
        ),
        **dict.fromkeys(DIMENSIONS, _OPTIONAL_NAME),
        "part_of": Column("measure of raw_columns.csv", "printed measures", is_required=False),
    },
    "summary_lines": {
        "side": Column(words=SIDES),
        "label": Column("label without number, space or wide sign", form=_COMPARED_LABEL),
        "line": Column("line such as fiscal_appropriation", form="[a-z]+(?:_[a-z]+)*"),
    },
    "reconciliation_rules": {
        "rule_code": Column("rule code such as WT-01", form="[A-Z]{2}-[0-9]{2}"),
        "family": Column("family of rules", "families"),
        "statement": _PROSE,
        "statement_zh": _PROSE,
        "needed_tables": Column("table of the raw contract", "needed tables", has_several=True),
        "tolerance": Column("tolerance with a label in labels.csv", "tolerances"),
        "basis": _TEXT,
        "from_fiscal_year": _TEXT,
        "threshold": _OPTIONAL,
        "second_threshold": _OPTIONAL,
        "applies_to_regions": _PROVINCES,
        "prescribed_in_regions": _PROVINCES,
        "applies_to_stages": Column(
            "list of stages, such as initial_budget adjusted_budget",
            form="[a-z_]+(?: [a-z_]+)*",
            is_required=False,
        ),
        "applies_to_forms": Column(
            "list of forms: standard, then any of other_columns, other_rows and other_lines",
            form="standard(?: other_columns)?(?: other_rows)?(?: other_lines)?",
        ),
        "until_fiscal_year": _OPTIONAL,
        "expected": _FREE,
        "expected_zh": _FREE,
        "remedy": _PROSE,
        "remedy_zh": _PROSE,
        "version": _COUNT,
        "changed_on": _DAY,
        "change_note": _PROSE,
        "change_note_zh": _PROSE,
        "formula": _PROSE,
        "assumption": _PROSE,
        "assumption_zh": _PROSE,
        "tolerance_reason": _PROSE,
        "tolerance_reason_zh": _PROSE,
        "exclusions": _PROSE,
        "exclusions_zh": _PROSE,
    },
    "rules_not_in_force": {
        "rule_code": Column("rule code such as WT-01", form="[A-Z]{2}-[0-9]{2}", is_required=False),
        "reason": _PROSE,
        "reason_zh": _PROSE,
        "basis": _TEXT,
    },
    "reconciliation_sides": {
        "rule_code": _RULE,
        "side_of_claim": Column(words=("stated", "computed")),
        "table_name": Column("table of the raw contract", "tables"),
        "measure": Column("measure of {table_name}", "measures of {table_name}"),
        "side": Column(words=SIDES, is_required=False),
        "row_role": Column(words=("leaf", "subtotal", "total"), is_required=False),
        "level": Column(
            "level of a row",
            words=(
                "total",
                "subtotal",
                "line",
                "detail",
                "balance",
                "balance_detail",
                "class",
                "section",
                "item",
                "sub_item",
            ),
            is_required=False,
        ),
        "line": Column(
            "line of summary_lines.csv",
            "lines of {side}",
            words=(UNLISTED_LINE,),
            is_required=False,
        ),
        "account_code": Column(
            "account of {table_name}", "accounts of {table_name}", is_required=False
        ),
        "account_words": _OPTIONAL,
        "subject": _OPTIONAL,
    },
    "repeated_totals": {
        "rule_code": _RULE,
        "claimed_measure": Column("measure with a label in labels.csv", "measures with labels"),
        "table_name": Column("table of the raw contract", "tables"),
        "measure": Column("measure of {table_name}", "measures of {table_name}"),
        "side": Column(words=SIDES, is_required=False),
        "line": Column(
            "line of summary_lines.csv",
            "lines of {side}",
            words=(UNLISTED_LINE,),
            is_required=False,
        ),
    },
    "reason_phrases": {
        "phrase": _TEXT,
        "direction": Column(words=(*_DIRECTIONS, "either")),
        "contradicts": Column(
            "list of directions",
            form="(?:{0})(?: (?:{0}))*".format("|".join(_DIRECTIONS)),
            is_required=False,
        ),
    },
    "phrases": {
        "phrase": Column("phrase in small letters", form="[a-z]+(?:_[a-z]+)*"),
        "phrase_text": _PROSE,
        "phrase_zh": _PROSE,
    },
    "known_findings": {
        "rule_code": _RULE,
        "disclosure_id": Column("disclosure that a disclosure.csv declares", "disclosures"),
        "subject": _TEXT,
        "reason": _PROSE,
        "reason_zh": _PROSE,
        "source_ref": _PROSE,
        "reviewer": _PROSE,
        "rule_version": _COUNT,
        "document_hash": Column("SHA-256 of a document", form="[0-9a-f]{64}", is_required=False),
    },
    "thresholds": {
        "threshold": Column("threshold in small letters", form="[a-z]+(?:_[a-z]+)*"),
        "reason": _PROSE,
    },
    "context_figures": {
        "region_code": Column("region of regions.csv", "regions", is_required=False),
        "organization_name": _OPTIONAL,
        "year": Column("year from 1990 to 2099", form=_FISCAL_YEAR),
        "source": _PROSE,
    },
    "expected_disclosures": {
        "region_code": Column("region of regions.csv", "regions"),
        "organization_name": _TEXT,
        "source": _PROSE,
    },
    "labels": {
        "name": Column("{kind} that the warehouse knows", "labelled {kind}"),
        "label_zh": _TEXT,
        "label_en": _OPTIONAL,
    },
}

# Names with a label beyond the values that dbt accepts in a column of that name.
LABELLED: dict[str, tuple[str, ...]] = {
    "stage": ("executed",),  # a base that a text compares with, never a disclosure's own
    "level": ("line", "detail", "balance", "balance_detail"),
    "side": SIDES,
    "kind": ("rebuild", "rollback"),
    "status": ("withdrawn", "no_rule_yet"),  # of rules_not_in_force.csv, which is no mart
}


def reference_lists() -> dict[str, ReferenceList]:
    """Return the lists that dbt declares, with what this contract adds to their columns."""
    seeds = read_yaml(_DECLARED)["seeds"]
    return {seed["name"]: _reference_list(seed) for seed in seeds}


def list_file(folder: Path, name: str) -> Path:
    """Return the file of a list in a folder, or the repository's where it is optional."""
    file = folder / f"{name}.csv"
    if name in OPTIONAL and not file.exists():
        return ROOT / "seeds" / "reference" / file.name
    return file


def declared_marts() -> list[dict[str, Any]]:
    """Return the models that are published in the schema `marts`, as dbt declares them."""
    files = ("marts/_marts.yml", "findings/_findings.yml")
    return [mart for file in files for mart in read_yaml(DBT_PROJECT / "models" / file)["models"]]


def read_yaml(file: Path) -> Any:
    """Return what a YAML file says, parsed in C where the library has it: ten times as fast."""
    return yaml.load(file.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def accepted_values(resource: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the values that dbt accepts in the columns of a model or list."""
    return {
        column["name"]: tuple(test["accepted_values"]["arguments"]["values"])
        for column in resource.get("columns", ())
        for test in column.get("data_tests", ())
        if "accepted_values" in test
    }


def _reference_list(seed: dict[str, Any]) -> ReferenceList:
    own = COLUMNS.get(seed["name"], {})
    words = accepted_values(seed)
    required = {
        column["name"]
        for column in seed.get("columns", ())
        if "not_null" in column.get("data_tests", ())
    }
    columns = {}
    for name, type_name in seed["config"]["column_types"].items():
        column = own.get(name, _TEXT if name in required or name in words else _FREE)
        if name.endswith("fiscal_year"):
            column = replace(_YEAR, is_required=column.is_required)
        elif type_name in _TYPES and not column.form:
            column = replace(_TYPES[type_name], is_required=column.is_required)
        columns[name] = replace(column, words=words[name]) if name in words else column
    (key,) = (
        tuple(test["unique_by"]["arguments"]["columns"])
        for test in seed["data_tests"]
        if "unique_by" in test
    )
    return ReferenceList(columns, key)
