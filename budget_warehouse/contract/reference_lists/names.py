"""The names that exist: what defines tables, measures, rules, codes, lines and labels."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from budget_warehouse.contract.printed_tables import CLASSIFICATIONS, PrintedTables
from budget_warehouse.contract.raw_csv import DISCLOSURE, Columns, Kind, raw_tables_of
from budget_warehouse.contract.reference_lists.contract import (
    ANY_TABLE,
    LABELLED,
    SIDES,
    accepted_values,
    declared_marts,
)
from budget_warehouse.contract.reference_lists.reading import Rows
from budget_warehouse.settings import ROOT
from budget_warehouse.storage.warehouse import DBT_PROJECT

Names = Mapping[str, Collection[str]]

_READER = ROOT / "budget_warehouse" / "reader"

_RULE = re.compile(r"'([A-Z]{2}-[0-9]{2})'")  # as models name one
_WORD = re.compile(r"""["']([a-z][a-z0-9_]*)["']""")  # a family or a measure, as code names one


def known_names(lists: Mapping[str, Rows]) -> Names:
    """Return all names, by what the contract calls them.

    What a list defines is left out where the list is not whole: then nothing can be said of a name.
    """
    names = _names_in_code()
    printed = _printed_tables(lists)
    listed_names = {**_names_in_lists(lists, printed), **_names_of_tables(printed)}
    for name, listed in listed_names.items():
        if listed is None:
            names.pop(name, None)
        else:
            names.setdefault(name, set()).update(listed)
    return names


def _printed_tables(lists: Mapping[str, Rows]) -> PrintedTables | None:
    """Return the lists of printed tables; None where they are not whole."""
    titles, headings = lists.get("raw_tables"), lists.get("raw_columns")
    if not titles or not headings or not titles.is_complete or not headings.is_complete:
        return None
    return PrintedTables.of(*([row for _, row in rows.rows] for rows in (titles, headings)))


def _names_of_tables(printed: PrintedTables | None) -> dict[str, Collection[str] | None]:
    """Return the tables of the raw contract and their measures."""
    if printed is None:
        return {"labelled measure": None}
    tables = raw_tables_of(printed)
    measures = {table: _measures(columns) for table, columns in tables.items()}
    return {
        "tables": {*tables},
        "needed tables": tables.keys() - {DISCLOSURE} | {ANY_TABLE},
        "printed tables": {*printed.names},
        "printed measures": {
            heading.column_name for heading in printed.headings if heading.role == "measure"
        },
        **{
            f"tables of {rows}": {one.table_name for one in printed.titles if one.rows == rows}
            for rows in (*CLASSIFICATIONS, "lines")
        },
        **{f"measures of {table}": found for table, found in measures.items()},
        "measures": set().union(*measures.values()),
        # An expense that several columns tell of has a label as they have.
        "labelled measure": set().union(
            *measures.values(), (heading.expense for heading in printed.headings if heading.expense)
        ),
        **{
            f"labelled {kind}": {*tables}
            for kind in ("table", "final_accounts_table", "table_number", "passage")
        },
    }


def _measures(columns: Columns) -> set[str]:
    return {column for column, kind in columns.items() if kind is Kind.AMOUNT}


def _names_in_lists(
    lists: Mapping[str, Rows], printed: PrintedTables | None
) -> dict[str, Collection[str] | None]:
    """Return what the lists themselves define; None where a list is not whole."""

    def values(listed: str, column: str, **where: str) -> list[str] | None:
        rows = lists.get(listed)
        if not rows or not rows.is_complete:
            return None
        return [row[column] for _, row in rows.rows if where.items() <= row.items()]

    accounts = {
        "function": values("functions", "function_code"),
        "economic": values("economic_items", "economic_code"),
    }
    cofog = values("cofog", "cofog_code")
    return {
        "rules": values("reconciliation_rules", "rule_code"),
        "rules with sides": values("reconciliation_sides", "rule_code"),
        "regions": values("regions", "region_code"),
        "COFOG codes": cofog,
        "divisions and groups": cofog and [code for code in cofog if code.count(".") < 2],
        "function sections and items": _levels(accounts["function"], 5, 7),
        **{
            f"{name} classes": codes and [code for code in codes if len(code) == 3]
            for name, codes in accounts.items()
        },
        **{f"{name} codes": _levels(codes, 3, 5, 7) for name, codes in accounts.items()},
        **{
            f"accounts of {title.table_name}": _levels(
                accounts[CLASSIFICATIONS[title.rows]], 3, 5, 7
            )
            for title in (printed.titles if printed else ())
            if title.rows in CLASSIFICATIONS
        },
        "lines of ": values("summary_lines", "line"),
        **{f"lines of {side}": values("summary_lines", "line", side=side) for side in SIDES},
        "lines of sides": values("reconciliation_sides", "line"),
        "tolerances": values("labels", "name", kind="tolerance"),
        "measures with labels": values("labels", "name", kind="measure"),
        "labelled tolerance": values("reconciliation_rules", "tolerance"),
        "labelled basis": _either(
            values("reconciliation_rules", "basis"), values("rules_not_in_force", "basis")
        ),
    }


def _either(values: list[str] | None, others: list[str] | None) -> list[str] | None:
    """Return the values of two lists; None where one is not whole."""
    return None if values is None or others is None else values + others


def _levels(codes: Collection[str] | None, *lengths: int) -> Collection[str] | None:
    """Return the codes and those that they extend, of some lengths."""
    if codes is None:
        return None
    return {code[:length] for code in codes for length in lengths if len(code) >= length}


def _names_in_code() -> dict[str, set[str]]:
    """Return what the models and the reader define."""
    macros = DBT_PROJECT / "macros"
    models = _text(DBT_PROJECT / "models", "**/*.sql") + _text(macros, "*.sql")
    words = set(_WORD.findall(models))
    families = set(_WORD.findall(_text(macros, "rule_families.sql").partition("endmacro")[0]))
    names = {
        "families": families,
        "rules in models": set(_RULE.findall(models)) | _rules_of_files(),
        "labelled family": families,
        "labelled measure": words.union(_WORD.findall(_text(_READER, "**/*.py"))),
        "labelled mart": set(),
        "labelled column": set(),
        **{f"labelled {kind}": set(more) for kind, more in LABELLED.items()},
    }
    for mart in declared_marts():
        names["labelled mart"].add(mart["name"])
        names["labelled column"].update(column["name"] for column in mart["columns"])
        for column, values in accepted_values(mart).items():
            names.setdefault(f"labelled {column}", set()).update(values)
    return names


def _rules_of_files() -> set[str]:
    """Return the rules that have their own model, which is named after them."""
    files = (DBT_PROJECT / "models" / "reconciliations").glob("*/[a-z][a-z]_[0-9][0-9]_*.sql")
    codes = (path.stem.upper().split("_")[:2] for path in files)
    return {"-".join(code) for code in codes}


def _text(folder: Path, pattern: str) -> str:
    """Return the text of files, one after the other."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob(pattern)))
