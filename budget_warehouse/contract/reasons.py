"""Reasons a raw value cannot be read: the fault, and what to write instead.

Only what `printed_values` refused comes here; nothing is decided.
"""

import re

from budget_warehouse.contract.printed_values import plain_text
from budget_warehouse.contract.raw_csv import ENUMERATIONS, Kind

_QUOTED = 80  # characters: a cell may hold megabytes, and a person only needs to find it

_GENERAL: dict[Kind, str] = {
    Kind.AMOUNT: "is not an amount; write the digits as printed, such as 1,234.00",
    Kind.PERCENT: "is not a percentage below 10,000,000; write it as printed, such as 47.65%",
    Kind.ROW_NUMBER: "is not a row number; number the rows 1, 2, 3 in printed order",
    Kind.YEAR: "is not a year such as 2021",
    Kind.DATE: "is not a day from 1900 to 2099; write it as 2021-01-31",
    Kind.REVISION: "is not a revision such as 1",
    Kind.COUNT: "is not a count; write it in whole digits, such as 120",
}
_GENERAL[Kind.REQUIRED_YEAR] = _GENERAL[Kind.YEAR]

# The first that is found in an amount is what is wrong with it.
_AMOUNT_FAULTS: tuple[tuple[str, str], ...] = (
    (r"[^\W\d_a-zA-Z\u4e00-\u9fff]|(?![0-9])\d", "has numerals that are not 0 to 9; write those"),
    (r"^.{41}", "is too long for an amount; give each amount a cell of its own"),
    (r"^\+", "has a plus sign; write the digits alone"),
    (r"^- *[-(]|^\( *-", "has two signs; write one, such as -1,234.00 or (1,234.00)"),
    (r"[0-9][eE][-+]?[0-9]", "is in scientific notation; write all its digits"),
    (r"[^-() ,.0-9]|^\D*$|[0-9] *[-(]|^[^(]*\)|\([^)]*$|\) *[^ ]", _GENERAL[Kind.AMOUNT]),
    (r", *,|,\.,", "has separators without digits between them; write it as 1,234.00"),
    (r"\..*\.", "has two decimal points; write it as 1,234.00"),
    (r"\..*,", "has a comma after the decimal point; write it as 1,234.00"),
    (r"\D[.,]|^[.,]|[.,]\D*$", "begins or ends with a separator; write all its digits"),
    (r"\.[0-9]{7}", "has more than six decimals; write it as printed"),
    (r", *[0-9]{0,2}\D*$|,[0-9]{4,}\D*$", "may have a decimal comma; write 12.34 or 1,234"),
    (r"[0-9] +[0-9]", "may be two amounts side by side; write one as 1,234.00 in each cell"),
    (
        r"",
        "is too large, for no budget has 1,000,000,000,000,000 yuan;"
        " give each amount a cell of its own, and look at the unit",
    ),
)


def quoted(value: str) -> str:
    """Return a value between quotes, cut off where it is long."""
    return repr(shortened(value))


def shortened(value: str) -> str:
    """Return as much of a value as a reader needs to find it."""
    return value if len(value) <= _QUOTED else f"{value[: _QUOTED - 1]}…"


def reason(kind: Kind, value: str) -> str:
    """Return what is wrong with a value that cannot be read, after the name of its column."""
    if not plain_text(value) and kind is not Kind.AMOUNT:
        return "is empty; write what the document says, which the program may not have found"
    if kind in ENUMERATIONS:
        listed = ", ".join(word or "(empty)" for word in ENUMERATIONS[kind])
        return f"{quoted(value)} must be one of: {listed}"
    if kind is Kind.AMOUNT:
        plain = plain_text(value)
        said = next(said for fault, said in _AMOUNT_FAULTS if re.search(fault, plain))
    else:
        said = _GENERAL.get(kind, "must not be empty")
    return f"{quoted(value)} {said}"
