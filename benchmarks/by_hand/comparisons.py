"""The printed amounts of a document held against each other, as the rules say."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.by_hand.amounts import Amount
from benchmarks.by_hand.documents import Document
from benchmarks.by_hand.lists import CLASSIFICATIONS, Lists, Side
from benchmarks.by_hand.values import YUAN_PER, rounded_to_fen, text

# The columns whose sum is the total of a row in the form for which rules are made.
_COLUMNS = {
    "revenue_by_function": {
        "fiscal_appropriation",
        "superior_subsidy",
        "institution_revenue",
        "business_revenue",
        "affiliated_remittance",
        "other_revenue",
    },
    "expenditure_by_function": {
        "basic",
        "project",
        "remitted_to_superior",
        "business_operation",
        "subsidies_to_affiliated",
    },
    "general_public_budget_by_function": {"basic", "project"},
    "government_funds_by_function": {"basic", "project"},
    "state_capital_by_function": {"basic", "project"},
    "basic_expenditure_by_economic": {"personnel", "public_use"},
}
_SUMMARIES = ("revenue_expenditure_summary", "fiscal_appropriation_summary")
_TABLES = {*_COLUMNS, *_SUMMARIES, "three_public_expenses", "projects"}
_OTHER_YEARS = ("last_year_budget", "last_year_execution", "change", "change_ratio")
_OWN_REVENUES = ("institution_revenue", "business_revenue", "other_revenue")
_PLACED = ("leaf", "subtotal", "total")
_MOST_REPEATED = 3  # accounts of which a table may have several rows, each a misprint
_TABLE_PLACES = 1_000_000_000  # more than a table has rows
_FEN = 100_000  # in ten-millionths of a yuan
_ONE_DECIMAL = 5 * _FEN  # half of the last digit of a figure in yuan with one decimal

Subject = tuple[str, str, str]  # rule, subject, and the table whose rows are compared
Key = tuple[Subject, str | None]  # with the row or account that both sides are about


class Place(NamedTuple):
    """The first row of a side, and how many there are."""

    source: str = ""
    table_name: str = ""
    row_number: int | None = None
    source_ref: str | None = None
    row_count: int = 0


class Check(NamedTuple):
    """A row of `reconciliations.rec_compared_amounts`, in fen."""

    rule_code: str
    family: str
    subject: str
    outcome: str
    stated: int | None
    computed: int | None
    gap: int
    tolerance: int
    excess: int
    stated_place: Place
    computed_place: Place


@dataclass
class _Compared:
    """Both sides of one comparison."""

    stated: list[Amount] = field(default_factory=list)
    computed: list[Amount] = field(default_factory=list)
    table_places: dict[str, int] = field(default_factory=dict)

    @property
    def amounts(self) -> list[Amount]:
        return [*self.stated, *self.computed]


def checks(document: Document, amounts: Sequence[Amount], lists: Lists) -> Iterator[Check]:
    """Yield what comes of each comparison of a document."""
    forms = _forms(document, amounts)
    of_rules = [
        one
        for one in amounts
        if one.table_name in _TABLES
        and "half_read" not in forms[one.table_name]
        and not (
            one.measure in lists.measures and lists.measures[one.measure].period in _OTHER_YEARS
        )
    ]
    compared = _compared(of_rules, forms, lists)
    both_sides, lacking = _printed_sides(compared, {one.table_name for one in of_rules}, lists)
    has_own_revenue = _own_revenue(amounts) > 0
    has_unplaced = any(one.row_role == "unplaced" for one in amounts)
    refs = _source_refs(amounts)
    slips: defaultdict[tuple[str | None, ...], list[Check]] = defaultdict(list)
    for (subject, key), one in compared.items():
        figures = [amount for amount in one.amounts if amount.fen is not None]
        if not figures:
            continue
        check = _check(
            document,
            subject,
            key,
            one,
            lists,
            both_sides,
            lacking,
            has_own_revenue,
            has_unplaced,
            refs,
        )
        yield check
        is_slip = _is_slip(check.stated, check.computed)
        if is_slip:
            slips[check.subject, subject[2] if key is not None else None, key, subject[1]].append(
                check
            )
        elif is_slip is not None:
            yield check._replace(
                rule_code="UC-04",
                family="units",
                subject=f"{check.rule_code} {check.subject}",
                outcome="pass",
                computed=check.stated,
                gap=0,
                tolerance=0,
                excess=0,
            )
    for (subject_text, *_), of_subject in slips.items():
        yield _slip(str(subject_text), of_subject)


def _compared(
    amounts: Sequence[Amount], forms: Mapping[str, set[str]], lists: Lists
) -> dict[Key, _Compared]:
    compared: defaultdict[Key, _Compared] = defaultdict(_Compared)
    for amount in amounts:
        if amount.row_role not in _PLACED:
            continue
        for side in lists.sides.get((amount.table_name, amount.measure), ()):
            is_judged = forms[amount.table_name] <= lists.rules[side.rule_code].forms
            if not is_judged or not _selects(side, amount):
                continue
            key = None
            if side.subject_by:
                key = {
                    "row": amount.row.row_key,
                    "parent_row": amount.parent_row_key,
                    "account": amount.row.account_code,
                    "class": amount.row.class_code,
                }[side.subject_by]
                if key is None:
                    continue
            one = compared[(side.rule_code, side.subject, side.table_of_rows), key]
            (one.stated if side.is_stated else one.computed).append(amount)
            one.table_places[amount.table_name] = side.place
    return compared


def _selects(side: Side, amount: Amount) -> bool:
    row = amount.row
    return (
        (not side.side or side.side == row.side)
        and (not side.row_role or side.row_role == amount.row_role)
        and (not side.level or side.level == row.level)
        and (not side.line or side.line == row.line)
        and (not side.account_code or side.account_code == row.account_code)
        and (row.account_name is None or side.account_words in row.account_name)
    )


def _printed_sides(
    compared: dict[Key, _Compared], printed: set[str], lists: Lists
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the rules and subjects with both sides, and those that lack a table."""
    stated: defaultdict[str, int] = defaultdict(int)
    computed: defaultdict[str, int] = defaultdict(int)
    figures: defaultdict[tuple[str, str], int] = defaultdict(int)
    for ((rule, subject, _), _), one in compared.items():
        stated[rule] += len(one.stated)
        computed[rule] += len(one.computed)
        figures[rule, subject] += sum(amount.fen is not None for amount in one.computed)
    both_sides, lacking = set(), set()
    for (rule, subject), count in figures.items():
        has_both = bool(stated[rule] and computed[rule])
        if has_both and (count or lists.rules[rule].family != "within_table"):
            both_sides.add((rule, subject))
        tables = lists.side_tables.get((rule, subject), {})
        missing = tables.keys() - printed
        if any(tables[table] or not has_both for table in missing):
            lacking.add((rule, subject))
    return both_sides, lacking


def _check(
    document: Document,
    subject: Subject,
    key: str | None,
    one: _Compared,
    lists: Lists,
    both_sides: set[tuple[str, str]],
    lacking: set[tuple[str, str]],
    has_own_revenue: bool,
    has_unplaced: bool,
    refs: dict[tuple[str, int], str | None],
) -> Check:
    rule_code, called, table_of_rows = subject
    rule = lists.rules[rule_code]
    stated, computed = _sum(one.stated), _sum(one.computed)
    gap = (stated or 0) - (computed or 0)
    tolerance, has_two_units = _tolerance(one.amounts, document.is_final_accounts)
    is_equality = rule.comparison == "=" or (rule.comparison != ">=" and not has_own_revenue)
    has_one_side = not one.stated or not one.computed
    if rule.unmatched == "where_stated" and not one.stated:
        outcome = "not_applicable"
    elif (
        (rule_code, called) in lacking
        or any(amount.half is None for amount in one.amounts)
        or (rule.family == "projects" and stated is None)
        or (has_unplaced and has_one_side)
    ):
        outcome = "insufficient_data"
    elif (rule_code, called) not in both_sides or (rule.unmatched == "skip" and has_one_side):
        outcome = "not_applicable"
    elif gap == 0 or (not is_equality and gap > 0):
        outcome = "pass"
    elif abs(gap) > tolerance:
        outcome = "fail"
    else:
        outcome = "pass" if has_two_units else "hint"
    named = [*([table_of_rows] if key is not None else []), key or "", called]
    return Check(
        rule_code,
        rule.family,
        " ".join(filter(None, named)),
        outcome,
        stated,
        computed,
        gap,
        tolerance,
        (abs(gap) if is_equality else -gap) - tolerance,
        _place(one.stated, one.table_places, refs),
        _place(one.computed, one.table_places, refs),
    )


def _sum(amounts: Sequence[Amount]) -> int | None:
    figures = [amount.fen for amount in amounts if amount.fen is not None]
    return sum(figures) if figures else None


def _tolerance(amounts: Sequence[Amount], is_final_accounts: bool) -> tuple[int, bool]:
    """Return by how many fen rounding alone may part both sides, and whether units differ.

    Each table of final accounts is rounded on its own, so that one figure may miss another.
    """
    units = {YUAN_PER[unit] for one in amounts if (unit := one.row.unit) in YUAN_PER}
    halves = [one.half for one in amounts if one.half is not None]
    figures = sum(one.fen is not None for one in amounts)
    if len(units) > 1:
        return rounded_to_fen(max(halves)), True
    if units and max(units) > 1 and (figures > 2 or is_final_accounts):
        rounded = min(figures, 1 + sum(bool(one.fen) for one in amounts))
        return rounded_to_fen(min(halves) * rounded), False
    coarsest = max((one.half for one in amounts if one.fen and one.half is not None), default=None)
    if not (units and max(units) > 1) and coarsest == _ONE_DECIMAL and min(halves) < coarsest:
        return rounded_to_fen(coarsest), False
    return 0, False


def _place(
    amounts: Sequence[Amount],
    table_places: dict[str, int],
    refs: dict[tuple[str, int], str | None],
) -> Place:
    if not amounts:
        return Place()
    first = min(amounts, key=lambda one: (table_places[one.table_name], one.row.number))
    table, number = first.table_name, first.row.number
    count = len(amounts)
    more = f"and {count - 1} more" if count > 1 else None
    source_ref = refs[table, number]
    source = " ".join(filter(None, (table, source_ref, more)))
    return Place(source, table, number, source_ref, count)


def _source_refs(amounts: Sequence[Amount]) -> dict[tuple[str, int], str | None]:
    return {(one.table_name, one.row.number): one.row.source_ref for one in amounts}


def _is_slip(stated: int | None, computed: int | None) -> bool | None:
    """Return whether one is the other in another unit; nothing unless both are above nil."""
    if not stated or not computed or stated < 0 or computed < 0:
        return None
    low, high = sorted((stated, computed))
    return low != high and (
        low * 9_900 <= high <= low * 10_100 or low * 99_000_000 <= high <= low * 101_000_000
    )


def _slip(subject: str, of_subject: Sequence[Check]) -> Check:
    """Return one finding for a slip, however often its sum is printed."""
    stated = max(check.stated or 0 for check in of_subject)
    computed = max(check.computed or 0 for check in of_subject)
    return Check(
        "UC-04",
        "units",
        subject,
        "fail",
        stated,
        computed,
        stated - computed,
        0,
        abs(stated - computed),
        min(check.stated_place for check in of_subject),
        min(check.computed_place for check in of_subject),
    )


def _own_revenue(amounts: Sequence[Amount]) -> int:
    """Return the revenue by which an organization may spend beyond its appropriation."""
    return sum(
        one.fen or 0
        for one in amounts
        if (
            one.table_name == "revenue_by_function"
            and one.row_role == "total"
            and one.measure in _OWN_REVENUES
        )
        or (
            one.table_name == "revenue_expenditure_summary"
            and one.row.side == "revenue"
            and one.row.line in (*_OWN_REVENUES, "carryover_in")
        )
    )


def _forms(document: Document, amounts: Sequence[Amount]) -> Mapping[str, set[str]]:
    """Return of each table whether it is half read, and what is other in it than in T1 to T9."""
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for table_name, form in _doubts(document, amounts):
        forms[table_name].add(form)
    return forms


def _doubts(document: Document, amounts: Sequence[Amount]) -> Iterator[tuple[str, str]]:
    by_table: defaultdict[str, list[Amount]] = defaultdict(list)
    for amount in amounts:
        by_table[amount.table_name].append(amount)
    for printed in document.printed_tables:
        table_name = text(printed["table_name"]) or ""
        strays = sum(one.row_role == "stray" for one in by_table[table_name])
        counts = [text(printed.get(key) or "") for key in ("numbers_placed", "numbers_printed")]
        if None not in counts and int(counts[0] or 0) + strays < int(counts[1] or 0):
            yield table_name, "half_read"
    has_secrets = any(
        sign in (printed.get("remark") or "")
        for printed in document.printed_tables
        for sign in ("保密", "涉密")
    )
    for name, table in document.tables.items():
        if has_secrets and name in _COLUMNS:
            yield name, "other_rows"
        own = _COLUMNS.get(name)
        if own is not None and any(measure not in own for _, measure in table.parts):
            yield name, "other_columns"
        if table.kind in CLASSIFICATIONS and any(
            row.row_role == "detail" or row.unit_name or row.detail_key or row.is_named_only
            for row in table.rows
        ):
            yield name, "other_rows"
        if (
            table.kind == "expenses"
            and sum(bool(row.unit_name or row["name"]) for row in table.rows) > 1
        ):
            yield name, "other_rows"
        rows_of_keys: defaultdict[str, set[int]] = defaultdict(set)
        for one in by_table[name]:
            if one.row_role == "leaf" and one.row.account_code is not None:
                rows_of_keys[one.row.row_key].add(one.row.number)
        if sum(len(numbers) > 1 for numbers in rows_of_keys.values()) > _MOST_REPEATED:
            yield name, "other_rows"
        if name in _SUMMARIES:
            sides: defaultdict[str | None, list[Amount]] = defaultdict(list)
            for one in by_table[name]:
                if one.row_role != "repeat":
                    sides[one.row.side].append(one)
            if any(_has_other_lines(side, of_side) for side, of_side in sides.items()):
                yield name, "other_lines"


def _has_other_lines(side: str | None, amounts: Sequence[Amount]) -> bool:
    """Return whether a side has lines that no list knows, or classes that detail another line."""
    figures = [one for one in amounts if one.fen]
    if figures and not any(one.row.level == "total" for one in amounts):
        return True
    others = [one for one in figures if one.row.level == "line" and one.row.line == "other"]
    if side == "revenue":
        general = {
            one.row.number
            for one in figures
            if one.row.line == "general_public_budget" and one.row.level != "balance_detail"
        }
        heads, lines_of_year = (
            [one.row.number for one in amounts if one.row.level == level]
            for level in ("subtotal", "line")
        )
        # Below a sum that opens the side, what is carried in stands in no own line.
        has_carried_in = (
            bool(heads and lines_of_year)
            and min(heads) < min(lines_of_year)
            and any(one.row.level == "balance_detail" for one in figures)
        )
        return bool(others) or len(general) > 1 or has_carried_in
    if side == "expenditure":
        lines = [one for one in figures if one.row.level == "line"]
        unknown = [one for one in others if len(one.row.class_code or "") != 3]
        return any(one.row.level == "detail" for one in figures) or len(unknown) * 3 > len(lines)
    return False
