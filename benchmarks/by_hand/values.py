"""Printed values as whole numbers: amounts in millionths of their unit, yuan in fen."""

import re
from functools import lru_cache

from budget_warehouse.contract.printed_values import plain_text, rendered

YUAN_PER = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
TOTALS = frozenset(
    (
        "合计",
        "总计",
        "支出合计",
        "收入合计",
        "支出总计",
        "收入总计",
        "本年支出合计",
        "本年收入合计",
    )
)

_MILLIONTHS_OF_FEN = 10_000
_TENTHS_OF_MICRO_YUAN = 10_000_000  # in a yuan: halves of a last digit are whole numbers of them
_MOST_YUAN = 10**15
_LONGEST_AMOUNT = 40  # characters

_BLANKS = " " + rendered("wide_spaces") + rendered("invisible_characters")
_NAMES = str.maketrans("（）【】〔〕，：；", "()[][],:;", _BLANKS)
_PLAIN = re.compile(r"-?[0-9,]*([.][0-9]+)?")
_SHAPE = "|".join(
    (
        r"[0-9]+(,[0-9]+)*,? ?[.][0-9]{1,6}",
        r"[0-9]+((,[0-9]+)*,[0-9]{3})?",
        r"[0-9]{1,3}(( *, *| )[0-9]{3})* ?[.][0-9]{1,6}",
        r"[0-9]{1,3}(( *, *| )[0-9]{3}){2,}",
        r"[0-9]{1,3} *, *[0-9]{3}",
    )
)
_AMOUNT = re.compile(rf"-? *({_SHAPE})|[(] *({_SHAPE}) *[)]")


def text(printed: str) -> str | None:
    """Return a text without spaces at its ends, or nothing where none is left."""
    return printed.strip(_BLANKS) or None


def word(printed: str) -> str | None:
    """Return a code, a unit or another word in narrow characters, or nothing."""
    if printed.isascii() and printed.isalnum():
        return printed
    return plain_text(printed).replace(" ", "") or None


@lru_cache(maxsize=100_000)
def name(printed: str | None) -> str | None:
    """Return a name as it is compared: without spaces, with narrow brackets."""
    return None if printed is None else printed.translate(_NAMES)


def is_total(printed: str | None) -> bool:
    """Return whether a name is that of a table's total."""
    return name(printed) in TOTALS


@lru_cache(maxsize=100_000)
def amount(printed: str) -> int | None:
    """Return a figure in millionths of its unit; a dash is nil, a blank nothing."""
    digits = printed.replace(",", "")
    if not (digits.isascii() and digits.replace(".", "").isdigit()):
        digits = plain_text(printed).replace("(", "-").translate({ord(one): "" for one in "), "})
        if not digits:
            return None
        if not digits.strip("-"):
            return 0
    is_negative = digits.startswith("-")
    whole, _, fraction = digits.lstrip("-").partition(".")
    millionths = int(whole or "0") * 1_000_000 + int(fraction.ljust(6, "0")[:6] or "0")
    return -millionths if is_negative else millionths


def fen(millionths: int | None, unit: str | None) -> int | None:
    """Return a figure in fen, rounded half away from nil; nothing without a known unit."""
    per = YUAN_PER.get(unit or "")
    if millionths is None or per is None:
        return None
    whole, rest = divmod(abs(millionths) * per, _MILLIONTHS_OF_FEN)
    rounded = whole + (rest * 2 >= _MILLIONTHS_OF_FEN)
    return -rounded if millionths < 0 else rounded


@lru_cache(maxsize=100_000)
def half_of_last_digit(printed: str | None, unit: str | None) -> int | None:
    """Return half of a figure's last digit in ten-millionths of a yuan."""
    per = YUAN_PER.get(unit or "")
    if per is None:
        return None
    if printed is None:
        decimals = 6
    else:
        if not _PLAIN.fullmatch(printed):
            printed = plain_text(printed).translate({ord(one): "" for one in ", ()%"})
        decimals = min(len(printed.split(".")[1]) if "." in printed else 0, 6)
    return _TENTHS_OF_MICRO_YUAN // 2 // 10**decimals * per


@lru_cache(maxsize=10_000)
def is_figure(note: str | None, unit: str | None) -> bool:
    """Return whether a note is a figure and nothing else."""
    if note is None:
        return False
    plain = plain_text(note)
    if not re.match("-? *[0-9]", plain) or len(plain) > _LONGEST_AMOUNT:
        return False
    return bool(_AMOUNT.fullmatch(plain)) and (
        abs(amount(note) or 0) * YUAN_PER.get(unit or "", 1) < _MOST_YUAN * 1_000_000
    )


def in_yuan(fen_or_none: int | None) -> str | None:
    """Return fen as yuan with two decimals, to be read by a database."""
    if fen_or_none is None:
        return None
    sign = "-" if fen_or_none < 0 else ""
    return f"{sign}{abs(fen_or_none) // 100}.{abs(fen_or_none) % 100:02d}"


def half_in_yuan(tenths_of_micro_yuan: int | None) -> str | None:
    """Return half of a last digit as yuan with seven decimals."""
    if tenths_of_micro_yuan is None:
        return None
    whole, rest = divmod(tenths_of_micro_yuan, _TENTHS_OF_MICRO_YUAN)
    return f"{whole}.{rest:07d}"


def rounded_to_fen(tenths_of_micro_yuan: int) -> int:
    """Return halves of last digits in fen, rounded half up."""
    return (tenths_of_micro_yuan + 50_000) // 100_000
