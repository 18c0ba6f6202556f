"""Rows whose figures other rows of their table hold: pages that stand twice, and the like."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.by_hand.columns import row_fen, row_figures, row_half
from benchmarks.by_hand.documents import Row, Table
from benchmarks.by_hand.lists import CLASSIFICATIONS
from benchmarks.by_hand.trees import TOTAL_ROW

_FEN = 100_000  # in ten-millionths of a yuan


@dataclass
class _Account:
    """All rows of one key, and what they come to with their copies and without."""

    key: str
    parent: str | None
    is_total: bool
    has_one_name: bool
    largest: int
    once: int
    whole: int
    count: int  # of rows that are no copies
    half: int | None

    @property
    def has_parts(self) -> bool:
        """Return whether one of its rows holds the others."""
        return (
            self.count > 2
            and self.half is not None
            and abs(self.largest * 2 - self.once) * _FEN <= self.half * (self.count + 1)
        )

    @property
    def held(self) -> int:
        return self.largest if self.has_parts else self.once


def mark_repeated_accounts(table: Table) -> None:
    """Mark rows of accounts, from the total down: the account above tells whether they count."""
    rows = [row for row in table.rows if row.row_role not in ("unplaced", "detail")]
    by_key: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_key[row.row_key].append(row)
    foreign = {row.row_key for row in rows if _is_foreign(row, table.kind)}
    if not foreign and all(len(of_key) == 1 for of_key in by_key.values()):
        return
    copies = _copies(rows, lambda row: (row.row_key, row.unit_name, row.detail_key))
    fen = {row.number: row_fen(table, row) for row in rows}
    accounts = {
        key: _account(key, of_key, copies, fen, table)
        for key, with_empty in by_key.items()
        if (of_key := [row for row in with_empty if row.cells])
    }
    units = foreign if _is_total_without(accounts, foreign) else set()
    for row in rows:
        row.is_repeat = row.is_repeat or row.row_key in units
    accounts = {key: account for key, account in accounts.items() if key not in units}
    below: defaultdict[str, list[_Account]] = defaultdict(list)
    for account in accounts.values():
        if account.parent is not None:
            below[account.parent].append(account)
    decided: dict[str, bool] = {key: True for key, one in accounts.items() if one.is_total}
    counted = {key: accounts[key].largest for key in decided}
    level = [TOTAL_ROW]
    for _ in range(3):
        next_level = []
        for parent in level:
            children = below.get(parent, [])
            held = sum(one.held for one in children)
            whole = sum(one.whole for one in children)
            for one in children:
                is_once = one.has_one_name
                if parent in counted:
                    is_once = abs(counted[parent] - held) <= abs(counted[parent] - whole)
                decided[one.key] = is_once
                counted[one.key] = one.held if is_once else one.whole
                next_level.append(one.key)
        level = next_level
    for row in rows:
        own = accounts.get(row.row_key)
        if own and decided.get(row.row_key):
            is_part = own.has_parts and fen[row.number] != own.largest
            row.is_repeat = row.number in copies or is_part


def _is_foreign(row: Row, kind: str) -> bool:
    """Return whether a code is of another list, such as that of units."""
    if row.row_role not in ("leaf", "subtotal") or row.account_code is None:
        return False
    first = row.account_code[:1]
    return first not in "35" if CLASSIFICATIONS[kind] == "economic" else first != "2"


def _account(
    key: str, rows: Sequence[Row], copies: set[int], fen: dict[int, int], table: Table
) -> _Account:
    halves = [half for row in rows if (half := row_half(table, row)) is not None]
    names = {row.account_name for row in rows if row.account_name is not None}
    kept = [row for row in rows if row.number not in copies]
    return _Account(
        key,
        min((row.parent_row_key for row in rows if row.parent_row_key is not None), default=None),
        any(row.row_role == "total" for row in rows),
        len(names) < 2,
        max(fen[row.number] for row in rows),
        sum(fen[row.number] for row in kept),
        sum(fen[row.number] for row in rows),
        len(kept),
        min(halves, default=None),
    )


def _is_total_without(accounts: dict[str, _Account], foreign: set[str]) -> bool:
    """Return whether the accounts come nearer to the total without foreign codes."""
    totals = [one.largest for one in accounts.values() if one.is_total]
    if not totals or not foreign & accounts.keys():
        return False
    first = [one for one in accounts.values() if one.parent == TOTAL_ROW]
    without = sum(one.once for one in first if one.key not in foreign)
    return abs(max(totals) - without) < abs(max(totals) - sum(one.once for one in first))


def mark_repeated_lines(table: Table) -> None:
    """Mark lines that stand twice where the total says that they count once."""
    sides: defaultdict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        if row["label"] is not None and row.side is not None:
            sides[row.side].append(row)
    for side, rows in sides.items():
        if len({(row["label"], row.parent_row_key) for row in rows}) == len(rows):
            continue
        listed = [row for row in rows if row.cells]
        copies = _copies(listed, lambda row: (row["label"], row.parent_row_key))
        fen = {row.number: row_fen(table, row, side) for row in listed}
        halves = [h for row in listed if (h := row_half(table, row, side)) is not None]
        totals = [row for row in listed if row.level == "total"]
        lines = [row for row in listed if row.level == "line"]
        is_twice = any(row.number in copies for row in totals)
        if not is_twice and totals and halves:
            is_copied = any(row.number in copies and fen[row.number] for row in lines)
            once = sum(fen[row.number] for row in lines if row.number not in copies)
            gap = abs(max(fen[row.number] for row in totals) - once)
            is_twice = is_copied and gap * _FEN <= min(halves) * (len(listed) + 1)
        for row in listed if is_twice else ():
            row.is_repeat = row.number in copies


def mark_repeated_expenses(table: Table) -> None:
    """Mark rows of expenses that stand twice for one unit."""
    listed = [row for row in table.rows if row.cells]
    copies = _copies(
        listed,
        lambda row: tuple(filter(None, (row["organization_code"], row["organization_name"]))),
    )
    for row in listed:
        row.is_repeat = row.number in copies


def _copies(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> set[int]:
    """Return the numbers of the rows that say what an earlier one of their key says."""
    seen: set[Hashable] = set()
    copies = set()
    for row in rows:
        says = (key(row), row_figures(row))
        if says in seen:
            copies.add(row.number)
        seen.add(says)
    return copies
