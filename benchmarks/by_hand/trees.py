"""The place of each row in the tree of its table: total, subtotal, leaf, or none."""

import re
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.by_hand.codes import account_code, completed_codes, economic_code, named_codes
from benchmarks.by_hand.columns import row_fen, row_half
from benchmarks.by_hand.documents import Document, Row, Table, with_units
from benchmarks.by_hand.lists import CLASSIFICATIONS, Lists
from benchmarks.by_hand.values import is_total, name

TOTAL_ROW = "total row"

_SUM_NAME = re.compile(".*(合计|小计)")
_NUMBERED = re.compile(
    "(其中:?)?([一二三四五六七八九十]+[、.．]|[0-9]+[、.．]|[(][一二三四五六七八九十0-9]+[)])?"
)
_IN_BRACKETS = re.compile("[(][一二三四五六七八九十]+[)].*")
_IN_DIGITS = re.compile("[0-9]+[、.．].*")
_DETAIL = re.compile("(其中|[0-9]+[、.．]|[(][一二三四五六七八九十0-9]+[)]).*")
_OF_APPROPRIATION = ("general_public_budget", "government_funds", "state_capital")
_OF_UNIT_FUNDS = (
    "institution_revenue",
    "business_revenue",
    "superior_subsidy",
    "affiliated_remittance",
    "other_revenue",
)
_MOST_TIMES = 4  # of levels of sums, one in the other


def place_accounts(document: Document, table: Table, lists: Lists) -> None:
    """Place the rows of a table by account, each by the codes that begin like its own."""
    classification = CLASSIFICATIONS[table.kind]
    is_economic = classification == "economic"
    completed = completed_codes(table.rows, classification)
    named = named_codes(table.rows, classification, lists)
    codes: dict[int, str | None] = {}
    printed: dict[int, str | None] = {}
    without: dict[int, str] = {}  # what a row without an account is: empty, a detail or a unit
    for row, unit in with_units(table.rows):
        has_economic = is_economic and row["economic_class_code"] is not None
        class_part = row["economic_class_code"] if has_economic else row["class_code"]
        section_part = None if is_economic else row["section_code"]
        item_part = row["economic_item_code"] if has_economic else row["item_code"]
        account = row["economic_name"] if has_economic else row["name"]
        own = (
            economic_code(class_part, item_part)
            if is_economic
            else account_code([class_part, section_part, item_part])
        )
        number = row.number
        row.is_named_only = number in named
        codes[number] = own or completed.get(number) or named.get(number)
        printed[number] = (
            None if own else "".join(p for p in (class_part, section_part, item_part) if p) or None
        )
        detail = row["economic_name"] or row["government_name"] or row["project_name"]
        if account is None and not any((class_part, section_part, item_part)):
            without[number] = (
                "detail" if detail else "unit" if row["organization_name"] else ""
            ) + ("" if any(cell.figure for cell in row.cells) else " empty")
        row.account_name = account or detail or row["organization_name"]
        row.unit_name = unit
        row.detail_key = " ".join(filter(None, _beside_the_account(row, has_economic)))
        row.has_valid_code = _is_valid(class_part, section_part, item_part, own, is_economic)
    units = (
        _unit_roles(table, table.rows)
        if any("unit" in one for one in without.values())
        and not any(codes.values())
        and not any(printed.values())
        else {}
    )
    head = _head(document, table, codes, printed, without)
    all_codes = [code for code in codes.values() if code]
    extended = {code[:length] for code in all_codes for length in (3, 5) if len(code) > length}
    exact = set(all_codes)
    for row in table.rows:
        code = codes[row.number]
        row.row_role = _account_role(
            row,
            code,
            extended,
            printed[row.number],
            without.get(row.number, "account"),
            row.number == head,
            units.get(row.number),
            bool(all_codes),
        )
        row.account_code = code or printed[row.number]
        row.class_code = code[:3] if code else None
        row.level = _level(row.row_role, code, is_economic)
        row.row_key = TOTAL_ROW if row.row_role == "total" else code or f"row {row.number}"
        if row.row_role == "subtotal" and row.account_code is None and is_economic:
            row.line = lists.lines.get(("expenditure", name(row.account_name) or ""))
        if row.row_role in ("leaf", "subtotal"):
            above = [
                (code or "")[:length]
                for length in (5, 3)
                if (length == 3 or len(code or "") == 7) and len(code or "") > length
            ]
            row.parent_row_key = next((one for one in above if one in exact), TOTAL_ROW)


def _beside_the_account(row: Row, has_economic: bool) -> Sequence[str | None]:
    """Return what a row is about beside its account."""
    account = (
        ("class_code", "item_code")
        if has_economic
        else ("economic_class_code", "economic_item_code", "economic_name")
    )
    columns = (
        *("organization_code", "organization_name"),
        *account,
        *("government_class_code", "government_item_code", "project_code", "project_name"),
    )
    return [row[column] for column in columns]


def _is_valid(
    class_part: str | None,
    section_part: str | None,
    item_part: str | None,
    own: str | None,
    is_economic: bool,
) -> bool:
    """Return whether the parts of a code make a code: 3, then 2 for each level, none left out."""
    if class_part is None:
        # A certain fault stands before a blank part.
        return section_part is None and item_part is None
    if own is None:
        return False
    length = 3 + 2 * (section_part is not None) + 2 * (item_part is not None)
    return (
        len(class_part) == 3
        and len(own) == length
        and own[:3] == class_part
        and len(section_part or "00") > 1
        and len(item_part or "00") > 1
        and not (not is_economic and item_part is not None and section_part is None)
    )


def _head(
    document: Document,
    table: Table,
    codes: dict[int, str | None],
    printed: dict[int, str | None],
    without: dict[int, str],
) -> int | None:
    """Return the row with which a table without a total by name opens, if it is one.

    It is the organization's own row, or one without a name.
    """
    uncoded = [row for row in table.rows if not codes[row.number] and not printed[row.number]]
    if any(is_total(row.account_name) for row in uncoded):
        return None
    first = table.rows[0]
    if not uncoded or uncoded[0] is not first or "empty" in without.get(first.number, ""):
        return None
    own, called = name(document.organization_name), name(first.account_name)
    is_own = called is None or (own is not None and called.startswith(own))
    return first.number if is_own else None


def _account_role(
    row: Row,
    code: str | None,
    extended: set[str],
    printed_code: str | None,
    what: str,
    is_head: bool,
    unit_role: str | None,
    has_accounts: bool,
) -> str:
    if code:
        return "subtotal" if code in extended else "leaf"
    if is_head and unit_role != "leaf":
        return "total"
    if printed_code is None and is_total(row.account_name):
        return "total"
    if printed_code is None and _SUM_NAME.fullmatch(name(row.account_name) or ""):
        return "subtotal"
    if "unit" in what:
        return unit_role or "subtotal"
    if "detail" in what and has_accounts:
        return "detail"
    return "leaf" if "empty" in what else "unplaced"


def _level(row_role: str, code: str | None, is_economic: bool) -> str | None:
    if row_role == "total":
        return "total"
    levels = {3: "class", 5: "item", 7: "sub_item"}
    if not is_economic:
        levels = {3: "class", 5: "section", 7: "item"}
    return levels.get(len(code or ""))


def _unit_roles(table: Table, rows: Sequence[Row]) -> dict[int, str]:
    """Return whether each row of a unit is a leaf, or others hold its parts."""
    listed = [row for row in rows if row.cells]
    units = [row for row in listed if not is_total(row["organization_name"] or row["name"])]
    if not listed:
        return {}
    amounts = [row_fen(table, row) for row in units]
    halves = [half for row in listed if (half := row_half(table, row)) is not None]
    is_sum = (
        len(units) > 1
        and bool(halves)
        and abs(amounts[0] * 2 - sum(amounts)) * 100_000 <= min(halves) * (len(units) + 1)
    )
    codes = [code for row in rows if (code := row["organization_code"])]
    roles = {}
    for row in rows:
        code = row["organization_code"]
        if is_total(row["organization_name"] or row["name"]) and units:
            roles[row.number] = "total"
        elif code and any(len(one) > len(code) and one.startswith(code) for one in codes):
            roles[row.number] = "subtotal"
        else:
            roles[row.number] = "subtotal" if is_sum and row is units[0] else "leaf"
    return roles


def place_expenses(table: Table) -> None:
    """Place the rows of expenses: those of units have a role, the others that of their columns."""
    listed = [row for row in table.rows if (row["organization_name"] or row["name"]) is not None]
    roles = _unit_roles(table, listed)
    for row in listed:
        if row.number in roles:
            row.row_role = roles[row.number] if roles[row.number] != "leaf" else ""
            row.account_name = row.unit_name = row["organization_name"]
    for row in table.rows:
        row.row_key = f"row {row.number}"


def place_items(table: Table) -> None:
    """Place the rows by project, procurement item or kind: by their depth, else by their sums."""
    rows = table.rows
    amounts = [row_fen(table, row) for row in rows]
    halves = [half for row in rows if row.cells and (half := row_half(table, row)) is not None]
    depths = [_depth(row) for row in rows]
    totals: list[bool] = []
    for row, unit in with_units(rows):
        row.unit_name = unit
        row.account_name = next(
            (
                row[key]
                for key in (
                    "procurement_item",
                    "procurement_catalogue",
                    "project_name",
                    "name",
                    "label",
                    "organization_name",
                )
                if row[key] is not None
            ),
            None,
        )
        row.row_key = f"row {row.number}"
        totals.append(
            row.account_name is None
            or is_total(row.account_name)
            or is_total(row["organization_name"])
        )
    has_parts = [below > depth for depth, below in zip(depths, [*depths[1:], -1], strict=True)]
    sums = _sums(amounts, totals, has_parts, halves)
    for place, row in enumerate(rows):
        is_sum = place in sums if sums is not None else has_parts[place]
        row.row_role = "total" if totals[place] else "subtotal" if is_sum else "leaf"
        row.level = "total" if totals[place] else None


def _depth(row: Row) -> int:
    """Return how deep a row stands, from a unit down to what it buys."""
    if row["procurement_item"] is not None:
        depth = 5
    elif row["project_name"] is not None and row["procurement_catalogue"] is not None:
        depth = 4
    elif row["project_name"] is not None or row["economic_name"] is not None:
        depth = 3
    elif row["class_code"] is not None or row["name"] is not None:
        depth = 2
    else:
        columns = ("procurement_catalogue", "organization_name", "organization_code")
        depth = int(any(row[column] is not None for column in columns))
    level = row["level"] or ""
    if re.fullmatch("[1-9]", level):
        return 10 * depth + int(level)
    parts = ("class_code", "section_code", "item_code")
    return 10 * depth + max((n for n, key in enumerate(parts, 1) if row[key]), default=0)


def _sums(
    amounts: Sequence[int],
    totals: Sequence[bool],
    has_parts: Sequence[bool],
    halves: Sequence[int],
) -> set[int] | None:
    """Return the places of the rows that hold the sums of those right below them.

    Nothing where the depths come to the total, or where no number of levels of sums does.
    """
    whole = max((fen for fen, is_one in zip(amounts, totals, strict=True) if is_one), default=None)
    if whole is None or not halves:
        return None
    tolerance = min(halves) * (len(amounts) + 1)
    parts = [place for place, is_one in enumerate(totals) if not is_one]
    leaves = sum(amounts[place] for place in parts if not has_parts[place])
    if abs(whole - leaves) * 100_000 <= tolerance:
        return None
    times: dict[int, int] = {}
    for position, place in enumerate(parts):
        if not amounts[place]:
            continue
        running = 0
        for below in parts[position + 1 :]:
            running += amounts[below]
            count, rest = divmod(running, amounts[place])
            if not rest and 1 <= count <= _MOST_TIMES:
                times[place] = min(count, times.get(place, count))
    for levels in range(1, _MOST_TIMES + 1):
        sums = {place for place, count in times.items() if count <= levels}
        rest = sum(amounts[place] for place in parts if place not in sums)
        if abs(whole - rest) * 100_000 <= tolerance:
            return sums
    return None


def place_lines(document: Document, table: Table, lists: Lists) -> None:
    """Place the lines of revenue and expenditure by their labels, from the top down."""
    classes = _document_classes(document)
    sides: defaultdict[str | None, list[Row]] = defaultdict(list)
    for row in table.rows:
        if row["label"] is None:
            row.row_key = f"row {row.number}"
        else:
            row.side = row["side"]
            sides[row.side].append(row)
    for side, rows in sides.items():
        has_appropriation = has_unit_funds = has_line = is_below_subtotal = False
        has_head = has_brackets = False
        above: Row | None = None
        head: Row | None = None
        numbered: Row | None = None
        carryover: Row | None = None
        for row in rows:
            label = name(row["label"]) or ""
            called = _without_number(label)
            row.line = lists.lines.get((side or "", called), "other")
            has_appropriation = has_appropriation or row.line == "fiscal_appropriation"
            has_unit_funds = has_unit_funds or row.line == "unit_funds"
            row.row_key = row.account_name = row["label"] or ""
            row.row_role = "leaf"
            has_line = has_line or row.line not in ("total", "subtotal")
            is_detail = bool(_DETAIL.fullmatch(label))
            if not is_detail:
                numbered = row
                carryover = row if row.line.startswith("carryover") else carryover
            # `（一）` right below a head is a line of the year, or `1、` where no `（一）` stands.
            has_brackets = has_brackets or bool(_IN_BRACKETS.fullmatch(label))
            is_line = _IN_BRACKETS if has_brackets else _IN_DIGITS
            is_below_head = bool(
                head and numbered is head and row is not head and is_line.fullmatch(label)
            )
            has_head = has_head or is_below_head
            if row.line in ("total", "subtotal"):
                row.level = row.row_role = row.line
                # Below the sum of the year stand the balances, unless the sum is a head.
                if row.line == "subtotal":
                    is_below_subtotal = has_line
                    head = None if has_line else row
            elif is_below_subtotal:
                is_part = is_detail or row.line in _OF_APPROPRIATION
                row.level = "balance_detail" if is_part else "balance"
                above = _below(row, above)
            elif (
                has_head
                and carryover
                and (row is carryover or (is_detail and numbered is carryover))
            ):
                row.level = "balance" if row is carryover else "balance_detail"
                above = _below(row, above)
            elif not is_below_head and (
                is_detail
                or (has_appropriation and row.line in _OF_APPROPRIATION)
                or (has_unit_funds and row.line in _OF_UNIT_FUNDS)
            ):
                row.level = "detail"
                above = _below(row, above)
            else:
                row.level = "line"
                above = _below(row, above)
                if side == "expenditure" and row.line == "other":
                    row.class_code = classes.get(called) or lists.classes.get(called, called)
        total = max((row["label"] or "" for row in rows if row.level == "total"), default=None)
        for row in rows:
            if row.level in ("line", "balance"):
                row.parent_row_key = total


def _below(row: Row, above: Row | None) -> Row | None:
    """Place a row below the line above it; return the line that following rows stand below."""
    if row.level in ("line", "balance"):
        return row
    if above:
        above.row_role = "subtotal"
        row.parent_row_key = above["label"]
    return above


def _without_number(label: str) -> str:
    number = _NUMBERED.match(label)
    return label[number.end() :] if number else label


def _document_classes(document: Document) -> dict[str, str]:
    """Return the codes of the classes that the document itself names."""
    classes: dict[str, str] = {}
    for table in document.tables.values():
        if table.kind != "functions":
            continue
        for row in table.rows:
            called = name(row.account_name)
            if row.level == "class" and called is not None and row.account_code:
                classes[called] = min(row.account_code, classes.get(called, row.account_code))
    return classes
