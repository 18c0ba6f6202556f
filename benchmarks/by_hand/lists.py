"""The reference lists that the script by hand reads, looked up by what a document prints."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.by_hand.values import name

CLASSIFICATIONS = {"functions": "function", "economic_items": "economic"}

_BY_SUBJECT = ("row", "parent_row", "account", "class")


@dataclass(frozen=True)
class Measure:
    """A column's meaning as far as its sums need it, with the measures that it is part of."""

    is_total: bool
    has_nature: bool
    has_source: bool
    period: str
    wholes: tuple[str, ...]  # from the next one up


@dataclass(frozen=True)
class Side:
    """A side of a rule: which amounts it adds up, and by what they stand against another."""

    rule_code: str
    subject: str
    is_stated: bool
    side: str
    row_role: str
    level: str
    line: str
    account_code: str
    account_words: str  # which the name under that code has, where it has one
    subject_by: str
    table_of_rows: str  # where the same row of one table must hold both sides
    place: int  # which of all tables the side is in, by their names


@dataclass(frozen=True)
class Rule:
    """A rule that compares sums of printed amounts."""

    family: str
    comparison: str
    unmatched: str
    forms: frozenset[str]  # of tables other than T1 to T9, which it judges as well


@dataclass(frozen=True)
class Lists:
    """All of them."""

    kinds: Mapping[str, str]  # of the rows of a table
    measures: Mapping[str, Measure]
    lines: Mapping[tuple[str, str], str]
    accounts: Mapping[tuple[str, int, str], Mapping[str, str]]  # by list, length and account above
    classes: Mapping[str, str]
    sides: Mapping[tuple[str, str], tuple[Side, ...]]
    rules: Mapping[str, Rule]
    side_tables: Mapping[tuple[str, str], Mapping[str, bool]]  # by rule and subject: is it needed


def read_lists(folder: Path) -> Lists:
    """Read the lists of a folder."""
    kinds: dict[str, str] = {}
    for row in _rows(folder, "raw_tables"):
        kinds[row["table_name"]] = min(row["rows"], kinds.get(row["table_name"], row["rows"]))
    rules = {row["rule_code"]: row for row in _rows(folder, "reconciliation_rules")}
    sides, side_tables = _sides(folder, rules)
    accounts = _accounts(folder)
    return Lists(
        kinds,
        _measures(folder),
        {(row["side"], row["label"]): row["line"] for row in _rows(folder, "summary_lines")},
        accounts,
        accounts["function", 3, ""],
        sides,
        {
            code: Rule(
                row["family"],
                row["comparison"],
                row["unmatched"],
                frozenset(row["applies_to_forms"].split()),
            )
            for code, row in rules.items()
        },
        side_tables,
    )


def _rows(folder: Path, list_name: str) -> Iterator[dict[str, str]]:
    with (folder / f"{list_name}.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if any(row.values()):
                yield {column: value or "" for column, value in row.items()}


def _measures(folder: Path) -> dict[str, Measure]:
    meanings: dict[str, dict[str, str]] = {}
    for row in _rows(folder, "raw_columns"):
        if row["role"] == "measure":
            meaning = meanings.setdefault(row["column_name"], dict.fromkeys(row, ""))
            for dimension, value in row.items():
                if value and not (meaning[dimension] and meaning[dimension] <= value):
                    meaning[dimension] = value
    return {
        measure: Measure(
            meaning["nature"] == "total",
            bool(meaning["nature"]),
            bool(meaning["source"]),
            meaning["period"],
            tuple(_above(measure, meanings)),
        )
        for measure, meaning in meanings.items()
    }


def _above(measure: str, meanings: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    while measure in meanings and (whole := meanings[measure]["part_of"]):
        yield whole
        measure = whole


def _accounts(folder: Path) -> dict[tuple[str, int, str], dict[str, str]]:
    accounts: defaultdict[tuple[str, int, str], dict[str, str]] = defaultdict(dict)
    for classification, list_name, prefix in (
        ("function", "functions", "function"),
        ("economic", "economic_items", "economic"),
    ):
        for row in _rows(folder, list_name):
            code, called = row[f"{prefix}_code"], name(row[f"{prefix}_name"]) or ""
            above = code[:-2] if len(code) > 3 else ""
            names = accounts[classification, len(code), above]
            names[called] = min(code, names.get(called, code))
    return dict(accounts)


def _sides(
    folder: Path, rules: Mapping[str, Mapping[str, str]]
) -> tuple[dict[tuple[str, str], tuple[Side, ...]], dict[tuple[str, str], dict[str, bool]]]:
    rows = list(_rows(folder, "reconciliation_sides"))
    places = {table: place for place, table in enumerate(sorted({r["table_name"] for r in rows}))}
    sides: defaultdict[tuple[str, str], list[Side]] = defaultdict(list)
    tables: defaultdict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    for row in rows:
        if row["rule_code"] not in rules:
            continue
        table = row["table_name"]
        rule = rules[row["rule_code"]]
        if rule["family"] != "within_table":
            is_needed = table in rule["needed_tables"].split()
            tables[row["rule_code"], row["subject"]][table] = is_needed
        sides[table, row["measure"]].append(
            Side(
                row["rule_code"],
                row["subject"],
                row["side_of_claim"] == "stated",
                row["side"],
                row["row_role"],
                row["level"],
                row["line"],
                row["account_code"],
                row["account_words"],
                row["subject_by"] if row["subject_by"] in _BY_SUBJECT else "",
                table if row["subject_by"] in ("row", "parent_row") else "",
                places[table],
            )
        )
    return (
        {key: tuple(of_key) for key, of_key in sides.items()},
        dict(tables),
    )
