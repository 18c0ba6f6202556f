"""The codes of accounts, projects and units: in separate columns, or opening a name."""

import re

from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.wording import plain

CODE = re.compile(r"^\d{1,9}$")
_CODED_NAME = re.compile(
    r"^[\[【(（]?(\d{3}|\d{5}|\d{7})[\]】)）]?(?:[-—_－–]\s*|(?=\D))(?![.,，年月日])"
)
_BRACKETED_UNIT = re.compile(r"^[\[【(（]?(\d{3,12})[\]】)）]?\s*[-—_－–]?\s*(?=[^\d\s.,，年月日])")
_CODED_PROJECT = re.compile(r"^([0-9A-Z]*\d{8}[0-9A-Z]*)\s*[-—_－–]\s*")
_PARTS = {
    "functions": (("class_code", 0, 3), ("section_code", 3, 5), ("item_code", 5, None)),
    "economic_items": (("class_code", 0, 3), ("item_code", 3, None)),
}
_CLASS, _SECTION = 3, 2  # digits


def split_codes(fields: Fields, rows: str, is_one_column: bool = False) -> None:
    """Cut codes printed in one piece into their parts, also where they open a name.

    `rows` says what the table's own accounts are, `is_one_column` that it has one column of codes.
    Some documents print the whole code in the column of its last part.
    """
    own = "economic_items" if rows in ("economic_items", "kinds") else "functions"
    if is_one_column and own == "functions" and len(fields.get("item_code", "")) == _SECTION:
        fields["section_code"] = fields.pop("item_code")
    _split_account(fields, "", own)
    for prefix in ("economic_", "government_"):
        _split_account(fields, prefix, "economic_items")
    _split_name(fields, "organization_code", "organization_name", _BRACKETED_UNIT)
    _split_name(fields, "project_code", "project_name", _CODED_PROJECT)


def _split_account(fields: Fields, prefix: str, classification: str) -> None:
    parts = _PARTS[classification]
    codes = {part: fields.get(prefix + part, "") for part, _, _ in parts}
    name = prefix + "name"
    if not any(codes.values()):
        coded = _CODED_NAME.match(plain_start(fields.get(name, "")))
        if not coded:
            return
        whole = coded.group(1)
        fields[name] = fields[name][_printed_length(fields[name], coded.end()) :].strip()
    else:
        whole = max(codes.values(), key=len)
        if len(whole) <= _CLASS and (codes["class_code"] or not _is_class(whole, codes)):
            return
    for part, start, end in parts:
        fields.pop(prefix + part, None)
        if whole[start:end]:
            fields[prefix + part] = whole[start:end]


def _is_class(whole: str, codes: dict[str, str]) -> bool:
    """Return whether the only code, in the column of whole codes, is that of a class."""
    return len(whole) == _CLASS and list(filter(None, codes.values())) == [whole]


def _split_name(fields: Fields, code: str, name: str, pattern: re.Pattern[str]) -> None:
    found = pattern.match(fields.get(name, ""))
    if found and not fields.get(code):
        fields[code] = found.group(1)
        fields[name] = fields[name][found.end() :]


def plain_start(text: str) -> str:
    """Return a text without white space, half-width, as codes are looked for in it."""
    return plain(text)


def _printed_length(printed: str, length: int) -> int:
    """Return how many printed characters make up so many plain ones."""
    for end in range(length, len(printed) + 1):
        if len(plain(printed[:end])) >= length:
            return end
    return len(printed)
