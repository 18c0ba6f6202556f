"""The totals that a table prints, compared with what they should be the sums of.

A reading in which they tie has its figures under the right headings and in the right rows. A total
that does not tie is not always a fault of the reading: documents misprint.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from budget_warehouse.contract.printed_tables import Heading, printed_tables
from budget_warehouse.reader.parsing.amounts import is_one_amount
from budget_warehouse.reader.parsing.headings import headings_of
from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.wording import is_total, plain

_CODES = ("class_code", "section_code", "item_code")
_NAMES = ("name", "label", "project_name", "organization_name", "procurement_item")
_BY_ACCOUNT = ("functions", "economic_items", "kinds", "projects")
_PURPOSES = ("nature", "component", "expense", "procurement")
_COMBINED = "combined_total"
_SEPARATORS = str.maketrans("", "", ",¥￥ ")


@dataclass(frozen=True)
class Sum:
    """A printed total and the sum of its parts, with how far roundings may set them apart."""

    place: str
    measure: str
    total: Decimal
    parts: Decimal
    tolerance: Decimal

    @property
    def ties(self) -> bool:
        """True where the total is the sum, but for rounding."""
        return abs(self.total - self.parts) <= self.tolerance


def sums_of(table_name: str, rows: Sequence[Fields]) -> Iterator[Sum]:
    """Yield the sums of a table: of each row across its columns, of each column down its leaves."""
    measures = headings_of(table_name).measures
    printed = {measure for row in rows for measure in row if measure in measures}
    parts = _parts(printed, measures)
    for row in rows:
        yield from _across(row, parts)
    if printed_tables().rows_of(table_name) in _BY_ACCOUNT:
        for total, leaves in _totals(rows):
            yield from _down(total, leaves, printed)


def amount(text: str) -> Decimal | None:
    """Return a printed amount, None where the text is none."""
    text = plain(text).translate(_SEPARATORS)
    if not is_one_amount(text) or text.endswith("%"):
        return None
    is_negative = text.startswith(("(", "-", "−", "△"))
    try:
        value = Decimal(text.strip("()-−△"))
    except InvalidOperation:
        return None
    return -value if is_negative else value


def _parts(printed: set[str], measures: Mapping[str, Heading]) -> dict[str, list[list[str]]]:
    """Return what each measure adds up from, by what its parts tell apart: purpose, or source."""
    found: dict[str, dict[bool, list[str]]] = {}
    for measure in sorted(printed):
        whole = measures[measure].part_of
        while whole and whole not in printed:
            whole = measures[whole].part_of if whole in measures else ""
        if whole:
            by_source = measures[measure].source != measures[whole].source or (
                measures[measure].fund != measures[whole].fund
            )
            by_purpose = any(
                getattr(measures[measure], one) != getattr(measures[whole], one)
                for one in _PURPOSES
            )
            is_source = (
                by_source
                or not by_purpose
                or whole == "current_year_revenue"
                or measure == "current_year_revenue"
            )
            found.setdefault(whole, {}).setdefault(is_source, []).append(measure)
    for combined in (one for one in printed if one.endswith(_COMBINED)):
        # The three public expenses have their sum in `total`, which is part of nothing elsewhere.
        three_public = combined.replace(_COMBINED, "total")
        if three_public in printed:
            found.setdefault(combined, {}).setdefault(False, []).append(three_public)
    return {
        whole: [group for group in groups.values() if len(group) > 1]
        for whole, groups in found.items()
    }


def _across(row: Fields, parts: Mapping[str, list[list[str]]]) -> Iterator[Sum]:
    for whole, groups in parts.items():
        total = amount(row.get(whole, ""))
        for group in groups:
            values = [value for one in group if (value := amount(row.get(one, ""))) is not None]
            if total is not None and values:
                yield _sum(row, whole, total, values)


def _down(total: Fields, leaves: Sequence[Fields], measures: set[str]) -> Iterator[Sum]:
    for measure in sorted(measures):
        printed = amount(total.get(measure, ""))
        values = [value for leaf in leaves if (value := amount(leaf.get(measure, ""))) is not None]
        if printed is not None and values:
            yield _sum(total, measure, printed, values)


def _sum(row: Fields, measure: str, total: Decimal, values: Sequence[Decimal]) -> Sum:
    exponents = [int(value.as_tuple().exponent) for value in (total, *values)]
    step = Decimal(1).scaleb(max(min(exponents), -6)) if exponents else Decimal(0)
    tolerance = step * (len(values) + 1) / 2
    return Sum(row.get("source_ref", ""), measure, total, sum(values, Decimal(0)), tolerance)


def _totals(rows: Sequence[Fields]) -> Iterator[tuple[Fields, list[Fields]]]:
    """Yield each row that is a total with the leaves that it is the sum of.

    The total of a table is of all its leaves, the row of a unit of those that follow it.
    """
    accounts = _with_whole_codes(rows)
    coded = [index for index, code in enumerate(accounts) if code]
    units = [
        index
        for index, row in enumerate(rows)
        if (row.get("organization_name") or row.get("organization_code")) and not accounts[index]
    ]
    if not coded:
        yield from _totals_of_names(rows)
        return
    for index, row in enumerate(rows):
        if accounts[index]:
            continue
        end = next((unit for unit in units if unit > index), len(rows))
        if any(is_total(row.get(name, "")) for name in _NAMES):
            span = [one for one in coded]
            if units and not any(index in range(unit, end) for unit in units):
                continue  # a total over units, whose own rows add up to it
        elif index in units:
            span = [one for one in coded if index < one < end]
        else:
            continue
        codes = [accounts[one] for one in span]
        leaves = [
            rows[one]
            for one in span
            if not any(code != accounts[one] and code.startswith(accounts[one]) for code in codes)
        ]
        if leaves:
            yield row, leaves


def _totals_of_names(rows: Sequence[Fields]) -> Iterator[tuple[Fields, list[Fields]]]:
    """Yield the total of rows without codes, whose leaves have no deeper row right after them."""
    total = next((row for row in rows if any(is_total(row.get(name, "")) for name in _NAMES)), None)
    others = [row for row in rows if not any(is_total(row.get(name, "")) for name in _NAMES)]
    if total is None or not any(row.get("level") for row in others):
        return
    leaves = [
        row
        for row, after in zip(others, [*others[1:], {}], strict=True)
        if int(after.get("level") or 0) <= int(row.get("level") or 0)
    ]
    yield total, leaves


def _with_whole_codes(rows: Sequence[Fields]) -> list[str]:
    """Return each row's code from the class down, where a row prints only its own level's too."""
    codes: list[str] = []
    above = ["", "", ""]
    for row in rows:
        own = [row.get(part, "") for part in _CODES]
        if not any(own):
            codes.append("")
            continue
        deepest = max(index for index, part in enumerate(own) if part)
        whole = [
            part or (above[index] if index < deepest and not own[0] else "")
            for index, part in enumerate(own)
        ]
        above = [part if index <= deepest else "" for index, part in enumerate(whole)]
        codes.append("".join(whole))
    return codes
