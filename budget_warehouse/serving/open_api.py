"""The description of the HTTP door by OpenAPI 3.1: every table, with what its columns mean."""

from typing import Any

from budget_warehouse.contract.marts import Column
from budget_warehouse.serving.catalogue import Catalogue, Table
from budget_warehouse.serving.page import DEFAULT_ROWS, MOST_ROWS, OPERATORS, PARAMETERS
from budget_warehouse.serving.publication import Publication

NAME = "Published government budgets (政府预算公开数据)"

_TYPES: dict[str, dict[str, str]] = {
    "BIGINT": {"type": "integer"},
    "BOOLEAN": {"type": "boolean"},
    "DATE": {"type": "string", "format": "date"},
    "DECIMAL": {"type": "string", "format": "decimal"},
    "HUGEINT": {"type": "integer"},
    "INTEGER": {"type": "integer"},
    "TIMESTAMP": {"type": "string", "format": "date-time"},
    "VARCHAR": {"type": "string"},
}
_PUBLICATION: dict[str, Any] = {
    "type": "object",
    "description": "The publication that the answer is of.",
    "properties": {
        "number": {"type": "integer"},
        "published_at": {"type": "string", "format": "date-time"},
    },
}
_DESCRIPTION = (
    "Read-only. Every answer is of the newest publication and names it, in `publication` and in"
    " the headers `Publication` and `Publication-Time`. Amounts are exact decimals in yuan (元),"
    " written as texts. A filter is `column=value` or `column.operator=value`; all must hold."
    " Operators: {}."
    " In CSV a text that a spreadsheet would run as a formula has an apostrophe before it."
)


def described(catalogue: Catalogue, publication: Publication) -> dict[str, Any]:
    """Return the document."""
    paths: dict[str, Any] = {
        "/health": _path("health", "Say which publication is the newest.", [], _PUBLICATION),
        "/sql": _path(
            "sql",
            "Answer one select of yours, bounded in rows, time and memory.",
            [
                _parameter("query", "The select; marts need no schema.", {"type": "string"}, True),
                _parameter("limit", "The most rows.", _limit()),
                _parameter("format", "json or csv.", {"type": "string", "enum": ["json", "csv"]}),
            ],
            {"type": "object", "properties": {"rows": {"type": "array"}}},
        ),
    }
    for table in catalogue.tables:
        for form in ("", ".csv"):
            paths[f"/{table.schema}/{table.name}{form}"] = _rows(table, form)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": NAME,
            "version": str(publication.number),
            "description": _DESCRIPTION.format(
                "; ".join(f"`{name}`, {meaning}" for name, meaning in OPERATORS.items())
            ),
        },
        "paths": paths,
        "components": {
            "schemas": {f"{table.schema}.{table.name}": _row(table) for table in catalogue.tables}
        },
    }


def _rows(table: Table, form: str) -> dict[str, Any]:
    options = [
        _parameter(name, says, _limit() if name == "limit" else {"type": "string"})
        for name, says in PARAMETERS.items()
    ]
    filters = [_parameter(column.name, _meaning(column), _type(column)) for column in table.columns]
    body = {
        "type": "object",
        "properties": {
            "publication": _PUBLICATION,
            "table": {"type": "string"},
            "total": {"type": "integer", "description": "Rows on all pages."},
            "count": {"type": "integer", "description": "Rows on this page."},
            "next": {"type": ["string", "null"], "description": "The next page."},
            "rows": {
                "type": "array",
                "items": {"$ref": f"#/components/schemas/{table.schema}.{table.name}"},
            },
        },
    }
    kind = "text/csv" if form else "application/json"
    name = f"{table.schema}_{table.name}{form.replace('.', '_')}"
    return _path(
        name, table.description, [*filters, *options], body if not form else None, kind, table.label
    )


def _path(
    name: str,
    description: str,
    parameters: list[dict[str, Any]],
    body: dict[str, Any] | None,
    kind: str = "application/json",
    summary: str = "",
) -> dict[str, Any]:
    refusals = {"404": "There is no such name", "422": "A value cannot be read"}
    return {
        "get": {
            "operationId": name,
            "summary": summary or description,
            "description": description,
            "parameters": parameters,
            "responses": {
                "200": {
                    "description": "Rows of the newest publication",
                    "content": {kind: {"schema": body or {"type": "string"}}},
                },
                **{
                    status: {"description": f"{words}; `error` is one sentence."}
                    for status, words in refusals.items()
                },
            },
        }
    }


def _parameter(
    name: str, description: str, schema: dict[str, Any], is_required: bool = False
) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": is_required,
        "description": description,
        "schema": schema,
    }


def _limit() -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": DEFAULT_ROWS}


def _row(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "description": table.description,
        "properties": {
            column.name: {**_nullable(column), "description": _meaning(column)}
            for column in table.columns
        },
    }


def _type(column: Column) -> dict[str, Any]:
    return dict(_TYPES[column.type.partition("(")[0]])


def _nullable(column: Column) -> dict[str, Any]:
    kind = _type(column)
    return kind if column.is_required else {**kind, "type": [kind["type"], "null"]}


def _meaning(column: Column) -> str:
    label = "" if column.label == column.name else column.label
    return " ".join(part for part in (f"{label}." if label else "", column.description) if part)
