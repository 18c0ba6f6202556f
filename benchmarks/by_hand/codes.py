"""The account that a printed row is about: by its own code, the rows above it, or its name."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from benchmarks.by_hand.documents import Row
from benchmarks.by_hand.lists import Lists
from benchmarks.by_hand.values import is_total, name

_DIGITS = re.compile("[0-9]+")
_LEADING = re.compile(r"([235][0-9]{4}([0-9]{2})?)([^0-9].*)?")
_LEADING_CLASS = re.compile(r"([235][0-9]{2})[^0-9a-zA-Z一-龥].*")

Parts = tuple[str | None, str | None, str | None]


def leading_code(part: str | None) -> str | None:
    """Return the digits with which a part of a code begins."""
    if part is None or _DIGITS.fullmatch(part):
        return part
    match = _LEADING.fullmatch(part) or _LEADING_CLASS.fullmatch(part)
    return match[1] if match else None


def two_digits(part: str | None) -> str | None:
    """Return a part of a code as two digits."""
    return part.rjust(2, "0") if part is not None and len(part) <= 2 else None


def account_code(parts: Sequence[str | None]) -> str | None:
    """Return the code that the parts make alone."""
    digits = list(parts)
    if not re.fullmatch("[0-9]*", "".join(part or "" for part in parts)):
        digits = [leading_code(part) for part in parts]
        if any(part is not None and one is None for part, one in zip(parts, digits, strict=True)):
            return None
    for position in reversed(range(len(digits))):
        part = digits[position]
        if part is None or len(part) < 3:
            continue
        if len(part) not in ((3, 5, 7) if position == 0 else (5, 7)):
            return None
        deeper = digits[max((len(part) - 1) // 2, position + 1) :]
        if any(above is None and below is not None for above, below in pairwise(deeper)):
            return None
        appended = [two_digits(one) for one in deeper if one is not None]
        return None if None in appended else part + "".join(map(str, appended))
    return None


def economic_code(class_part: str | None, item_part: str | None) -> str | None:
    """Return the code of an economic account."""
    if class_part and item_part and len(class_part) == 3 and re.fullmatch("[0-9]{4}", item_part):
        return class_part + item_part
    return account_code([class_part, item_part])


def completed_codes(rows: Sequence[Row], classification: str) -> dict[int, str]:
    """Return the codes that the rows above complete, by row number.

    One pass from the top down: it remembers the class and the section that were printed last.
    """
    parts_of = {row.number: _parts(row, classification) for row in rows}
    own = {number: account_code(parts) for number, parts in parts_of.items()}
    printed_sections = {code[:5] for code in own.values() if code and len(code) == 7}
    codes: dict[int, str] = {}
    class_above: str | None = None  # of the last row with a class
    whole_class_above: str | None = None  # the same, but of a section that stands alone
    has_class = has_whole_class = False  # since the last row without any code
    section_above: str | None = None
    has_section = False  # since the last class that stood alone, or row without any code
    for row in rows:
        parts = parts_of[row.number]
        class_part, section_part, item_part = parts
        code = own[row.number]
        is_class_alone = class_part is not None and section_part is None and item_part is None
        if not any(parts) and not is_total(row["name"]):
            has_class = has_whole_class = has_section = False
        class_digits = leading_code(class_part)
        if class_part is not None:
            has_class = True
            class_above = (
                class_digits[:3] if class_digits and len(class_digits) in (3, 5, 7) else None
            )
            if not (is_class_alone and len(class_part) == 2):
                has_whole_class, whole_class_above = True, class_above
        if is_class_alone:
            has_section = False
        section, stands_as_section = _section(
            parts,
            code,
            class_above if has_class else None,
            whole_class_above if has_whole_class and classification == "function" else None,
            printed_sections,
        )
        if code is None:
            if section_part is None and item_part is not None:
                agrees = (
                    class_digits == section_above[:3]
                    if class_digits and section_above
                    else class_part is None
                )
                completed = _joined(section_above, item_part) if has_section and agrees else None
            elif stands_as_section:
                completed = section if item_part is None else _joined(section, item_part)
            else:
                completed = None
            if completed:
                codes[row.number] = completed
        if section_part is not None or (code is not None and len(code) > 3):
            has_section, section_above = not is_class_alone, section
    return codes


def _section(
    parts: Parts,
    code: str | None,
    class_above: str | None,
    whole_class_above: str | None,
    printed_sections: set[str],
) -> tuple[str | None, bool]:
    """Return the section of a row, and whether it has one of its parts or stands as one."""
    class_part, section_part, item_part = parts
    alone = None
    if class_part is not None and section_part is None and item_part is None:
        digits = leading_code(class_part)
        if digits and len(digits) == 2 and whole_class_above:
            candidate = whole_class_above + digits
            alone = candidate if candidate in printed_sections else None
    stands = section_part is not None or (code is not None and len(code) > 3) or alone is not None
    if code is not None:
        return code[:5], stands
    if alone is not None:
        return alone, stands
    if class_part is None and class_above:
        return _joined(class_above, section_part), stands
    return None, stands


def _joined(code: str | None, part: str | None) -> str | None:
    digits = two_digits(leading_code(part))
    return code + digits if code is not None and digits is not None else None


def _parts(row: Row, classification: str) -> Parts:
    if classification == "function":
        return row["class_code"], row["section_code"], row["item_code"]
    return row["class_code"], row["item_code"], None


def named_codes(rows: Sequence[Row], classification: str, lists: Lists) -> dict[int, str]:
    """Return the codes that names say in a table without any, each below the one above it."""
    if any(row[key] for row in rows for key in ("class_code", "section_code", "item_code")):
        return {}
    codes: dict[int, str] = {}
    last: dict[str, str | None] = {}  # by level
    for row in rows:
        level = row["level"]
        if level not in ("1", "2", "3"):
            continue
        depth = int(level)
        above = "" if depth == 1 else last.get(str(depth - 1))
        code = _listed(lists, classification, depth, above, name(row["name"]))
        last[level] = code
        if code:
            codes[row.number] = code
    return codes


def _listed(
    lists: Lists, classification: str, depth: int, above: str | None, called: str | None
) -> str | None:
    if above is None or called is None:
        return None
    names: Mapping[str, str] = lists.accounts.get((classification, 2 * depth + 1, above), {})
    return names.get(called)
