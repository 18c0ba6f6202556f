"""The printed tables and their columns: that each means one thing, and that code finds its own."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from budget_warehouse.contract.printed_tables import HEADINGS, KEYS, TITLES
from budget_warehouse.contract.raw_csv import FILES, LANDED_TABLES, PRINTED_ROWS
from budget_warehouse.contract.reference_lists.contract import DIMENSIONS
from budget_warehouse.contract.reference_lists.fault import Fault, shown, unknown
from budget_warehouse.contract.reference_lists.names import Names
from budget_warehouse.contract.reference_lists.reading import NumberedRow, Row

# Measures that models name: a list without them is no list of this warehouse.
NAMED: Mapping[str, tuple[str, ...]] = {
    "revenue_expenditure_summary": ("amount", "personnel", "public_use", "project"),
    "revenue_by_function": (
        "total",
        "fiscal_appropriation",
        "institution_revenue",
        "business_revenue",
        "other_revenue",
    ),
    "expenditure_by_function": ("total", "basic", "project"),
    "fiscal_appropriation_summary": (
        "total",
        "general_public_budget",
        "government_funds",
        "state_capital",
    ),
    "general_public_budget_by_function": ("total", "basic", "project"),
    "government_funds_by_function": ("total", "basic", "project"),
    "state_capital_by_function": ("total", "basic", "project"),
    "basic_expenditure_by_economic": ("total", "personnel", "public_use"),
    "three_public_expenses": (
        "total",
        "overseas_visits",
        "official_hospitality",
        "vehicle_total",
        "vehicle_purchase",
        "vehicle_operation",
        "agency_operating_expenses",
    ),
}

LONGEST_CHAIN = 6  # as many steps as int_measure_wholes takes

_TEXTS = ("unit", "note", "source_ref")  # of every row
_OF_EVERY_ROW = {*LANDED_TABLES[PRINTED_ROWS]} - {*KEYS}
_ALIKE = ("role", *DIMENSIONS)  # in all rows of a column


def faults_of_printed_tables(
    titles: Collection[NumberedRow], headings: Collection[NumberedRow], names: Names
) -> Iterator[Fault]:
    """Yield what sound rows of both lists say wrongly of each other, and what they lack."""
    yield from _unlike_titles(titles)
    for line, row in headings:
        yield from _misplaced(line, row)
    yield from _unlike_columns(headings)
    yield from _circles(headings)
    if "printed tables" in names:
        yield from _lacking(names)


def _unlike_titles(titles: Collection[NumberedRow]) -> Iterator[Fault]:
    """Yield tables that are other files, or whose rows are about two things."""
    first: dict[str, NumberedRow] = {}
    for line, row in titles:
        table = row["table_name"]
        if table in FILES or table in LANDED_TABLES:
            reason = f"{shown(table)} is the name of another file; take a new one"
            yield Fault(TITLES, line, "table_name", reason)
        first_line, one = first.setdefault(table, (line, row))
        if row["rows"] != one["rows"]:
            reason = f"{shown(row['rows'])} stands against {one['rows']!r} on line {first_line}"
            yield Fault(TITLES, line, "rows", reason)


def _misplaced(line: int, row: Row) -> Iterator[Fault]:
    """Yield a column whose name is not of its role, and a meaning of what is no measure."""
    column, role = row["column_name"], row["role"]
    if role == "key" and column not in KEYS:
        yield unknown(HEADINGS, line, "column_name", column, "key of a printed row", KEYS)
    elif role == "text" and column not in _TEXTS:
        yield unknown(HEADINGS, line, "column_name", column, "text of every row", _TEXTS)
    elif role == "measure" and (column in KEYS or column in _OF_EVERY_ROW):
        reason = f"{shown(column)} is what a row is about; take another name for a measure"
        yield Fault(HEADINGS, line, "column_name", reason)
    if role != "measure":
        for said in (*DIMENSIONS, "part_of"):
            if row[said]:
                yield Fault(HEADINGS, line, said, f"must be blank where the role is {role!r}")


def _unlike_columns(headings: Collection[NumberedRow]) -> Iterator[Fault]:
    """Yield rows of a column that means something else in an earlier one."""
    first: dict[str, NumberedRow] = {}
    for line, row in headings:
        first_line, one = first.setdefault(row["column_name"], (line, row))
        for said in _ALIKE:
            if row[said] != one[said]:
                reason = (
                    f"{row['column_name']!r} has {shown(row[said])} here and {shown(one[said])} on"
                    f" line {first_line}; a column means one thing"
                )
                yield Fault(HEADINGS, line, said, reason)


def _circles(headings: Collection[NumberedRow]) -> Iterator[Fault]:
    """Yield measures that are part of themselves, or of a chain that models do not follow."""
    above: dict[str, set[str]] = defaultdict(set)
    for _, row in headings:
        if row["part_of"]:
            above[row["column_name"]].add(row["part_of"])
    for line, row in headings:
        column, reached, waiting = row["column_name"], set[str](), [row["part_of"]]
        while waiting:
            measure = waiting.pop()
            if measure and measure not in reached:
                reached.add(measure)
                waiting += above.get(measure, ())
        if column in reached:
            reason = f"{column!r} would be part of itself through {row['part_of']!r}"
            yield Fault(HEADINGS, line, "part_of", reason)
        elif len(reached) > LONGEST_CHAIN:
            reason = f"{column!r} is part of more than {LONGEST_CHAIN} others, one in the other"
            yield Fault(HEADINGS, line, "part_of", reason)


def _lacking(names: Names) -> Iterator[Fault]:
    """Yield tables and measures that models name and the lists do not have."""
    tables = names["printed tables"]
    for table, measures in NAMED.items():
        if table not in tables:
            reason = f"there is no {table!r}, which models name"
            known = {*tables} - NAMED.keys()
            yield Fault(TITLES, None, "table_name", reason, table, known)
            continue
        own = names[f"measures of {table}"]
        for measure in measures:
            if measure not in own:
                reason = f"there is no measure {measure!r} of {table}, which models name"
                known = {*own}.difference(measures)
                yield Fault(HEADINGS, None, "column_name", reason, measure, known)
