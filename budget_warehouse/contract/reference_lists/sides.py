"""The sides of rules: that each selects amounts, and that something stands on the other side.

A place is where a table can hold an amount, as far as a side can tell it from others. A side is
held against the places column after column: the first that leaves none is to blame.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from budget_warehouse.contract.printed_tables import CLASSIFICATIONS
from budget_warehouse.contract.reference_lists.contract import SIDES, UNLISTED_LINE
from budget_warehouse.contract.reference_lists.fault import Fault
from budget_warehouse.contract.reference_lists.names import Names
from budget_warehouse.contract.reference_lists.reading import NumberedRow, Row

_FILE = "reconciliation_sides.csv"
_OTHER_SIDE = {"stated": "computed", "computed": "stated"}

_ROW = frozenset({"subject", "row"})
_ROW_OF_TREE = _ROW | {"parent_row"}
_CLASS = _ROW_OF_TREE | {"class"}
_ACCOUNT = _CLASS | {"account"}

_OWN_LINES = {"total", "subtotal", UNLISTED_LINE}
_LISTED_LINE = "listed"  # stands for every other line


@dataclass(frozen=True)
class _Place:
    """A place where an amount can stand, and the subjects by which a claim can compare it."""

    row_role: str
    level: str = ""
    side: str = ""
    line: str = ""
    code_length: int = 0
    subject_by: frozenset[str] = _ROW


_TOTAL = _Place("total", "total")
_PLACES_BY_ACCOUNT = {
    "function": (
        _TOTAL,
        _Place("leaf", "class", code_length=3, subject_by=_ACCOUNT),
        _Place("subtotal", "class", code_length=3, subject_by=_ACCOUNT),
        _Place("leaf", "section", code_length=5, subject_by=_ACCOUNT),
        _Place("subtotal", "section", code_length=5, subject_by=_ACCOUNT),
        _Place("leaf", "item", code_length=7, subject_by=_ACCOUNT),
    ),
    "economic": (
        _TOTAL,
        _Place("leaf", "class", code_length=3, subject_by=_ACCOUNT),
        _Place("subtotal", "class", code_length=3, subject_by=_ACCOUNT),
        _Place("leaf", "item", code_length=5, subject_by=_ACCOUNT),
        _Place("subtotal", "item", code_length=5, subject_by=_ACCOUNT),
        _Place("leaf", "sub_item", code_length=7, subject_by=_ACCOUNT),
        _Place("subtotal", line=_LISTED_LINE),  # the sum of some classes, as 人员经费合计 is
    ),
}
_SUMMARY_PLACES = [
    _Place(row_role, level, side, line, subject_by=subject_by)
    for side in SIDES
    for row_role, level, line, subject_by in (
        ("total", "total", "total", _ROW),
        ("subtotal", "subtotal", "subtotal", _ROW),
        ("leaf", "line", _LISTED_LINE, _ROW_OF_TREE),
        ("subtotal", "line", _LISTED_LINE, _ROW_OF_TREE),
        ("leaf", "detail", _LISTED_LINE, _ROW_OF_TREE),
        ("leaf", "line", UNLISTED_LINE, _CLASS if side == "expenditure" else _ROW_OF_TREE),
        ("subtotal", "line", UNLISTED_LINE, _CLASS if side == "expenditure" else _ROW_OF_TREE),
        ("leaf", "detail", UNLISTED_LINE, _ROW_OF_TREE),
        ("leaf", "balance", _LISTED_LINE, _ROW_OF_TREE),
        ("subtotal", "balance", _LISTED_LINE, _ROW_OF_TREE),
        ("leaf", "balance", UNLISTED_LINE, _ROW_OF_TREE),
        ("leaf", "balance_detail", _LISTED_LINE, _ROW_OF_TREE),
        ("leaf", "balance_detail", UNLISTED_LINE, _ROW_OF_TREE),
    )
]
# Tables whose rows make no tree: what an amount is, its column says.
ROLES_BY_MEASURE = {
    "three_public_expenses": {
        "total": "total",
        "overseas_visits": "leaf",
        "official_hospitality": "leaf",
        "vehicle_total": "subtotal",
        "vehicle_purchase": "leaf",
        "vehicle_operation": "leaf",
        "agency_operating_expenses": "leaf",
    },
    "projects": {
        "total": "total",
        "fiscal_funds": "subtotal",
        "other_funds": "subtotal",
        "annual_total": "subtotal",
        "annual_fiscal": "leaf",
        "annual_carryover": "leaf",
        "annual_other": "leaf",
    },
}
_SELECTING = ("side", "row_role", "level", "line", "account_code", "subject_by")


def unselecting_sides(sides: Collection[NumberedRow], names: Names) -> Iterator[Fault]:
    """Yield the sides that cannot select any amount."""
    if "tables" not in names:
        return
    summed = _summed_tables(names)
    for line, row in sides:
        table = row["table_name"]
        if table not in summed:
            reason = f"no rule can sum the amounts of {table!r}"
            yield Fault(_FILE, line, "table_name", reason)
            continue
        places = summed[table](row["measure"])
        said = f"no amount of {table}"
        for column in _SELECTING:
            value = row[column]
            if not value:
                continue
            left = [place for place in places if _holds(place, column, value)]
            if not left:
                options = _options(places, column, row, names)
                reason = (
                    f"{said} has the {column} {value!r}"
                    if options
                    else f"{said} has a {column}; leave it blank"
                )
                yield Fault(_FILE, line, column, reason, value, options)
                break
            places = left
            said += f"{' and' if ' with ' in said else ' with'} {column} {value!r}"
        if row["subject_by"] == "subject" and not row["subject"]:
            reason = "must not be blank where subject_by is 'subject'"
            yield Fault(_FILE, line, "subject", reason)


def _summed_tables(names: Names) -> Mapping[str, Callable[[str], Collection[_Place]]]:
    """Return the tables that rules sum up, each with what tells the places of a measure in it."""
    places = {
        table: by_rows
        for rows, by_rows in (
            *((rows, _PLACES_BY_ACCOUNT[name]) for rows, name in CLASSIFICATIONS.items()),
            ("lines", _SUMMARY_PLACES),
        )
        for table in sorted(names[f"tables of {rows}"])
    }
    return {table: partial(_any_measure, found) for table, found in places.items()} | {
        table: partial(_by_measure, roles) for table, roles in ROLES_BY_MEASURE.items()
    }


def _any_measure(places: Collection[_Place], measure: str) -> Collection[_Place]:
    return places


def _by_measure(roles: Mapping[str, str], measure: str) -> Collection[_Place]:
    return (_Place(roles.get(measure, "leaf")),)


def _holds(place: _Place, column: str, value: str) -> bool:
    """Return whether a side that says a value in a column selects a place."""
    match column:
        case "account_code":
            return place.code_length == len(value)
        case "line":
            return place.line == (value if value in _OWN_LINES else _LISTED_LINE)
        case "subject_by":
            return value in place.subject_by
    return bool(getattr(place, column) == value)


def _options(places: Collection[_Place], column: str, row: Row, names: Names) -> Collection[str]:
    """Return what a side could say in a column and still select one of the places."""
    match column:
        case "account_code":
            lengths = {place.code_length for place in places}
            codes = names.get(f"accounts of {row['table_name']}", ())
            return [code for code in codes if len(code) in lengths]
        case "line":
            own = {place.line for place in places}
            lines = {*names.get(f"lines of {row['side']}", ())} - _OWN_LINES
            return own - {_LISTED_LINE, ""} | (lines if _LISTED_LINE in own else set())
        case "subject_by":
            return frozenset[str]().union(*(place.subject_by for place in places))
    return {getattr(place, column) for place in places} - {""}


def lonely_sides(sides: Collection[NumberedRow]) -> Iterator[Fault]:
    """Yield the sides that nothing stands against, or that stand against themselves."""
    claims: dict[tuple[str, ...], dict[str, list[NumberedRow]]] = defaultdict(
        lambda: {side: [] for side in _OTHER_SIDE}
    )
    for line, row in sides:
        claims[_claim(row)][row["side_of_claim"]].append((line, row))
    for (rule_code, subject, *_), claim in claims.items():
        for side, other in _OTHER_SIDE.items():
            if not claim[other]:
                line, row = claim[side][0]
                meant = {
                    subject_of
                    for (rule_of, subject_of, *_), claim_of in claims.items()
                    if rule_of == rule_code and not claim_of[side]
                } - {subject}
                reason = f"{rule_code} has no {other} side for {_compared(row)}"
                yield Fault(_FILE, line, "side_of_claim", reason, subject, meant)
        stated = [_selection(row) for _, row in claim["stated"]]
        for line, row in claim["computed"]:
            if _selection(row) in stated:
                reason = (
                    f"{rule_code} compares these amounts of {row['table_name']} with themselves"
                )
                yield Fault(_FILE, line, "side_of_claim", reason)


def _claim(row: Row) -> tuple[str, ...]:
    """Return what the two sides of a comparison have in common."""
    if row["subject_by"] in ("row", "parent_row"):
        return (row["rule_code"], row["subject"], "row", row["table_name"])
    return (row["rule_code"], row["subject"], row["subject_by"])


def _compared(row: Row) -> str:
    """Return what a side compares, for a sentence."""
    subject = f"subject {row['subject']!r}" if row["subject"] else ""
    match row["subject_by"]:
        case "subject":
            return f"the {subject}"
        case "row" | "parent_row":
            said = f"each row of {row['table_name']}"
        case by:
            said = f"each {by}"
    return f"{said} and the {subject}" if subject else said


def _selection(row: Row) -> tuple[str, ...]:
    """Return which amounts a side sums up."""
    return tuple(value for column, value in row.items() if column != "side_of_claim")
