"""The data package: what the exported files hold, by Frictionless Data, with the fiscal mapping."""

import hashlib
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from budget_warehouse.contract.marts import Column, Mart
from budget_warehouse.outputs.files.edition import Edition

_TYPES = {
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DECIMAL": "number",
    "INTEGER": "integer",
    "TIMESTAMP": "datetime",
    "VARCHAR": "string",
}

# Fiscal Data Package 1.0rc1: what each column is, in the words of its taxonomy of budgets.
_TAXONOMY = "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"
_ADMINISTRATION = {
    "fiscal_year": "date:fiscal-year",
    "stage": "phase:id",
    "organization_id": "administrative-classification:generic:code",
    "organization_name": "administrative-classification:generic:label",
    "region_code": "geo:source:code",
    "region_name": "geo:source:title",
}
_FUNCTIONS = {
    "function_code": "functional-classification:generic:code",
    "function_name": "functional-classification:generic:label",
    "class_code": "functional-classification:generic:level1:code",
    "class_name": "functional-classification:generic:level1:label",
    "section_code": "functional-classification:generic:level2:code",
    "section_name": "functional-classification:generic:level2:label",
    "item_code": "functional-classification:generic:level3:code",
    "item_name": "functional-classification:generic:level3:label",
}
_ECONOMIC_ITEMS = {
    "economic_code": "economic-classification:generic:code",
    "economic_name": "economic-classification:generic:label",
    "class_code": "economic-classification:generic:level1:code",
    "class_name": "economic-classification:generic:level1:label",
}
_SPENDING = {
    "fund": "fin-source:generic:code",
    "nature": "expenditure-type:code",
    "component": "expenditure-type:code",
    "expense": "expenditure-type:code",
    "amount_yuan": "value",
}
_FISCAL_COLUMNS = {
    "dim_organizations": _ADMINISTRATION,
    "dim_functions": _ADMINISTRATION | _FUNCTIONS,
    "dim_economic_items": _ADMINISTRATION | _ECONOMIC_ITEMS,
    "expenditures": _ADMINISTRATION | _FUNCTIONS | _SPENDING,
    "fct_expenditures": _ADMINISTRATION | _FUNCTIONS | _SPENDING,
    "fct_basic_expenditures": _ADMINISTRATION | _ECONOMIC_ITEMS | _SPENDING,
    "fct_three_public_expenses": _ADMINISTRATION | _SPENDING,
    "fct_revenues": _ADMINISTRATION
    | _FUNCTIONS
    | {"source": "fin-source:generic:code", "amount_yuan": "value"},
    "fct_projects": _ADMINISTRATION
    | {
        "project_name": "activity:generic:project:label",
        "starts_on": "date:fiscal:activity-start",
        "ends_on": "date:fiscal:activity-end",
        "annual_yuan": "value",
    },
}
_DIRECTIONS = {
    "expenditures": "expenditure",
    "fct_expenditures": "expenditure",
    "fct_basic_expenditures": "expenditure",
    "fct_three_public_expenses": "expenditure",
    "fct_projects": "expenditure",
    "fct_revenues": "revenue",
}

_DESCRIPTION = (
    "Published government budgets (预算公开), every figure as its document prints it."
    " Amounts are exact decimals in yuan (元). An empty cell is null; one that is empty between"
    " quotation marks is a blank text."
    " A text that begins with = + - @ ' or a tab has an apostrophe before it, so that no"
    " spreadsheet runs it as a formula; take one apostrophe off where a text begins with one."
    " The same tables stand beside the CSVs as Parquet, as they are, and in csv-zh with headings"
    " and values in Chinese."
)


_LEFT_OUT = (
    " These marts have too many rows to be among the CSVs: {marts}."
    " They are tables of budget.duckdb; `make files` writes them as Parquet."
)


# The figures are those of official documents; what is licensed is how they are arranged.
_LICENCES = [
    {
        "name": "Apache-2.0",
        "title": "Apache License 2.0",
        "path": "https://www.apache.org/licenses/LICENSE-2.0",
    }
]


def write_data_package(
    marts: list[Mart],
    folder: Path,
    left_out: dict[str, int],
    findings: dict[str, str],
    edition: Edition,
) -> None:
    """Write `datapackage.json` for the files in `folder`.

    Args:
        marts: every mart; each that is not left out has a CSV.
        folder: where the files are.
        left_out: the marts without a CSV, and how many rows they have.
        findings: the columns of `findings.csv` with their types; empty where there is none.
        edition: which publication the files are of.
    """
    listed = [mart for mart in marts if mart.name not in left_out]
    rest = ", ".join(f"{name} ({count:,} rows)" for name, count in left_out.items())
    package = {
        "profile": "data-package",
        "name": "published-government-budgets",
        "title": "政府预算公开数据",
        "description": _DESCRIPTION + (_LEFT_OUT.format(marts=rest) if rest else ""),
        **edition.described,
        "licenses": _LICENCES,
        "columnTypes": [_TAXONOMY],
        "resources": [
            *(_resource(mart, folder, left_out) for mart in listed),
            *(_findings(marts, folder, findings) if findings else ()),
        ],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _resource(mart: Mart, folder: Path, left_out: Collection[str]) -> dict[str, Any]:
    """Return a CSV, its size, its SHA-256 and its schema."""
    return {
        "profile": "tabular-data-resource",
        "name": mart.name,
        "title": mart.label,
        "description": mart.description,
        **_file(folder, f"csv/{mart.name}.csv", "csv", "text/csv"),
        "schema": _schema(mart, left_out),
    }


def _findings(marts: list[Mart], folder: Path, types: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the findings as a table, and as SARIF for tools that track issues."""
    columns = {column.name: column for mart in marts for column in mart.columns}
    yield {
        "profile": "tabular-data-resource",
        "name": "findings",
        "title": "勾稽不符及其核对",
        "description": "One row per failure of a rule, with both sides and what a person decided.",
        **_file(folder, "findings.csv", "csv", "text/csv"),
        "schema": {
            "fields": [_finding_field(name, kind, columns) for name, kind in types.items()],
            "primaryKey": ["fingerprint"],
        },
    }
    yield {
        "profile": "data-resource",
        "name": "findings-sarif",
        "title": "勾稽不符（SARIF 2.1.0）",
        "description": "The same failures by SARIF 2.1.0, for tools that track issues.",
        **_file(folder, "findings.sarif", "json", "application/sarif+json"),
    }


def _finding_field(name: str, kind: str, columns: dict[str, Column]) -> dict[str, Any]:
    column = columns.get(name)
    return {
        "name": name,
        "type": _TYPES[kind.split("(")[0]],
        **({"title": column.label, "description": column.description} if column else {}),
    }


def _file(folder: Path, path: str, form: str, media_type: str) -> dict[str, Any]:
    """Return where a file is, its form, its size and its SHA-256."""
    with (folder / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "path": path,
        "format": form,
        "mediatype": media_type,
        "encoding": "utf-8",
        "bytes": (folder / path).stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _schema(mart: Mart, left_out: Collection[str]) -> dict[str, Any]:
    """Return the columns and keys of a mart; `extraFields` are constants of every row."""
    foreign_keys = [key for key in mart.foreign_keys if key.mart not in left_out]
    schema: dict[str, Any] = {"fields": [_field(mart, column) for column in mart.columns]}
    if mart.primary_key:
        schema["primaryKey"] = list(mart.primary_key)
    if foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": list(key.columns),
                "reference": {"resource": key.mart, "fields": list(key.referred)},
            }
            for key in foreign_keys
        ]
    if mart.name in _DIRECTIONS:
        constants = {"value-currency:code": "CNY", "direction": _DIRECTIONS[mart.name]}
        schema["extraFields"] = [
            {
                "name": kind.split(":")[0].removeprefix("value-"),
                "type": "string",
                "columnType": kind,
                "constant": constant,
            }
            for kind, constant in constants.items()
        ]
    return schema


def _field(mart: Mart, column: Column) -> dict[str, Any]:
    """Return a column by Table Schema."""
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type.split("(")[0]],
        "title": column.label,
        "description": column.description,
    }
    if column.type == "TIMESTAMP":
        field["format"] = "%Y-%m-%d %H:%M:%S"
    if column.is_required:
        field["constraints"] = {"required": True}
    if kind := _FISCAL_COLUMNS.get(mart.name, {}).get(column.name):
        field["columnType"] = kind
    return field
