"""The levels of rows that nothing but their sums tells apart."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.sums import amount
from budget_warehouse.reader.parsing.wording import is_total

_NAMES = (
    "procurement_item",
    "procurement_catalogue",
    "project_name",
    "name",
    "economic_name",
    "label",
    "organization_name",
)
_MEASURE = "total"
_STEPS = 50_000  # after which a table is given up
_Levels = tuple[int, ...]
_Way = tuple[int, _Levels]


def set_levels_by_sums(rows: Sequence[Fields]) -> None:
    """Write the levels at which rows come to their total, where what they are about does not."""
    parts = [row for row in rows if not _is_total(row)]
    amounts = [amount(row.get(_MEASURE, "")) or Decimal(0) for row in parts]
    totals = [amount(row.get(_MEASURE, "")) or Decimal(0) for row in rows if _is_total(row)]
    if not any(totals) or len(parts) < 2:
        return
    total = max(totals)
    half_step = _half_step([total, *amounts])
    depths = [*map(_depth, parts), 0]
    leaves = [one for index, one in enumerate(amounts) if depths[index + 1] <= depths[index]]
    if abs(sum(leaves) - total) <= half_step * (len(leaves) + 1):
        return
    levels = levels_by_sums(amounts, total, Decimal(0))
    if levels is None:
        levels = levels_by_sums(amounts, total, half_step)
    if levels is not None:
        for row, level in zip(parts, levels, strict=True):
            row["level"] = str(level)


def levels_by_sums(
    amounts: Sequence[Decimal], total: Decimal, half_step: Decimal
) -> list[int] | None:
    """Return the level of each row where a row is the sum of those of the next level below it.

    Those of the first level come to the total. None where no such levels exist, or several do.
    Each amount may be rounded by `half_step`.
    """
    try:
        ways = _Search(amounts, half_step).siblings(0, total, 0)
    except _GivenUpError:
        return None
    whole = [levels for end, levels in ways if end == len(amounts)]
    return list(whole[0]) if len(whole) == 1 else None


def _is_total(row: Fields) -> bool:
    names = [row[name] for name in _NAMES if row.get(name)]
    return not names or any(map(is_total, names))


def _depth(row: Fields) -> int:
    """Return how deep a row stands: from a unit down to what it buys, each by its level or code."""
    if row.get("procurement_item"):
        kind = 5
    elif row.get("project_name"):
        kind = 4 if row.get("procurement_catalogue") else 3
    elif row.get("economic_name"):
        kind = 3
    else:
        kind = 2 if row.get("class_code") or row.get("name") else 1
    parts = [bool(row.get(part)) for part in ("class_code", "section_code", "item_code")]
    return 10 * kind + int(row.get("level") or sum(parts))


def _half_step(amounts: Sequence[Decimal]) -> Decimal:
    """Return how far rounding alone can carry a printed amount."""
    smallest = min(int(one.as_tuple().exponent) for one in amounts)
    return Decimal(1).scaleb(smallest) / 2


class _GivenUpError(Exception):
    """Too many ways to nest the rows."""


class _Search:
    def __init__(self, amounts: Sequence[Decimal], half_step: Decimal) -> None:
        self._amounts = amounts
        self._half_step = half_step
        self._known: dict[tuple[int, Decimal, int], tuple[_Way, ...]] = {}

    def siblings(self, start: int, rest: Decimal, count: int) -> tuple[_Way, ...]:
        """Return where rows of one level that come to a sum may end, and the levels down to there.

        Of the ways to one end two are enough to know that there are several.
        """
        key = (start, rest, count if self._half_step else min(count, 1))
        if key not in self._known:
            if len(self._known) > _STEPS:
                raise _GivenUpError
            self._known[key] = self._siblings(start, rest, count)
        return self._known[key]

    def _siblings(self, start: int, rest: Decimal, count: int) -> tuple[_Way, ...]:
        slack = self._half_step * (count + 1)
        ways: list[_Way] = []
        if count and abs(rest) <= slack:
            ways.append((start, ()))
        if start < len(self._amounts) and rest >= -slack:
            amount = self._amounts[start]
            for end, below in self._below(start, amount):
                for last, beside in self.siblings(end, rest - amount, count + 1):
                    ways.append((last, (1, *(level + 1 for level in below), *beside)))
        seen: Counter[int] = Counter()
        kept: list[_Way] = []
        for way in dict.fromkeys(ways):
            seen[way[0]] += 1
            if seen[way[0]] <= 2:
                kept.append(way)
        return tuple(kept)

    def _below(self, row: int, amount: Decimal) -> tuple[_Way, ...]:
        """Return the ends of what a row is the sum of, first of nothing."""
        alone: _Way = (row + 1, ())
        return (alone, *self.siblings(row + 1, amount, 0)) if amount else (alone,)
