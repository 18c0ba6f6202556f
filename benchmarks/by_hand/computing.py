"""The documents computed one after the other, into a scratch database."""

import csv
import tempfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.by_hand.amounts import Amount, published_amounts
from benchmarks.by_hand.comparisons import Check, Place, checks
from benchmarks.by_hand.documents import Document
from benchmarks.by_hand.lists import Lists, read_lists
from benchmarks.by_hand.reading import landed_documents, raw_documents
from benchmarks.by_hand.values import half_in_yuan, in_yuan
from benchmarks.scratch import attach_landing, open_scratch, reference_lists
from budget_warehouse.contract.printed_tables import reference_folder
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import Warehouse

_NULL = "\x1d"  # in no printed text
_YUAN = "decimal(18, 2)"
_AMOUNTS = {
    "disclosure_id": "text",
    "table_name": "text",
    "row_number": "integer",
    "measure": "text",
    "row_role": "text",
    "null_kind": "text",
    "printed_text": "text",
    "unit": "text",
    "amount_yuan": _YUAN,
    "half_unit": "decimal(18, 7)",
    "level": "text",
    "account_code": "text",
    "account_name": "text",
    "class_code": "text",
    "side": "text",
    "line": "text",
    "row_key": "text",
    "parent_row_key": "text",
    "has_valid_code": "boolean",
    "unit_name": "text",
    "source_ref": "text",
    "is_counted": "boolean",
}
_CHECKS = {
    "rule_code": "text",
    "family": "text",
    "disclosure_id": "text",
    "subject": "text",
    "outcome": "text",
    "stated_yuan": _YUAN,
    "computed_yuan": _YUAN,
    "gap_yuan": _YUAN,
    "tolerance_yuan": _YUAN,
    "excess_fen": "bigint",
    **{
        f"{side}_{column}": kind
        for side in ("stated", "computed")
        for column, kind in (
            ("source", "text"),
            ("table_name", "text"),
            ("row_number", "integer"),
            ("source_ref", "text"),
            ("row_count", "integer"),
        )
    },
}


def compute_landed(warehouse: Warehouse, disclosures: Collection[str], into: Path) -> None:
    """Compute some of the disclosures that a warehouse landed."""
    lists = read_lists(reference_lists(warehouse))
    with open_scratch(into) as connection:
        attach_landing(connection, warehouse, disclosures, only_these=True)
        _compute(connection, landed_documents(connection, disclosures, lists), lists)


def compute_csvs(seeds: Path, into: Path) -> None:
    """Compute all raw CSVs below a folder."""
    lists = read_lists(reference_folder(seeds))
    with open_scratch(into) as connection:
        _compute(connection, raw_documents(seeds, lists), lists)


def _compute(
    connection: duckdb.DuckDBPyConnection, documents: Iterable[Document], lists: Lists
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        amounts_file, checks_file = Path(folder, "amounts.csv"), Path(folder, "checks.csv")
        with (
            amounts_file.open("w", encoding="utf-8", newline="") as of_amounts,
            checks_file.open("w", encoding="utf-8", newline="") as of_checks,
        ):
            write_amounts, write_checks = csv.writer(of_amounts), csv.writer(of_checks)
            for document in documents:
                amounts = list(published_amounts(document, lists))
                write_amounts.writerows(_amount_rows(document, amounts))
                write_checks.writerows(_check_rows(document, checks(document, amounts, lists)))
        for schema, table, columns, file in (
            ("marts", "fct_published_amounts", _AMOUNTS, amounts_file),
            ("reconciliations", "rec_compared_amounts", _CHECKS, checks_file),
        ):
            connection.execute(f"create schema {schema}")
            connection.execute(
                f"create table {schema}.{table} as from read_csv({literal(file)},"
                f" columns = {columns}, header = false, auto_detect = false, delim = ',',"
                f" quote = '\"', escape = '\"', nullstr = {literal(_NULL)})"
            )


def _amount_rows(document: Document, amounts: Iterable[Amount]) -> Iterator[list[Any]]:
    for one in amounts:
        row = one.row
        nil = "blank" if one.figure is None else "zero" if one.figure == 0 else None
        yield _shown(
            document.disclosure_id,
            one.table_name,
            row.number,
            one.measure,
            one.row_role,
            nil,
            one.text,
            row.unit or "",
            in_yuan(one.fen),
            half_in_yuan(one.half),
            row.level,
            row.account_code,
            row.account_name,
            row.class_code,
            row.side,
            row.line,
            row.row_key,
            one.parent_row_key,
            row.has_valid_code,
            row.unit_name,
            row.source_ref,
            document.is_counted,
        )


def _check_rows(document: Document, of_document: Iterable[Check]) -> Iterator[list[Any]]:
    for check in of_document:
        yield _shown(
            check.rule_code,
            check.family,
            document.disclosure_id,
            check.subject,
            check.outcome,
            in_yuan(check.stated),
            in_yuan(check.computed),
            in_yuan(check.gap),
            in_yuan(check.tolerance),
            check.excess,
            *_place(check.stated_place),
            *_place(check.computed_place),
        )


def _place(place: Place) -> tuple[Any, ...]:
    if place.row_number is None:
        return None, None, None, None, 0
    return tuple(place)


def _shown(*values: Any) -> list[Any]:
    return [_NULL if value is None else value for value in values]
