"""Printed wording: one spelling to compare by, and telling numbers from words."""

import re
import unicodedata

_WHITE_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans("", "", "“”\"'‘’「」")
_WIDE = str.maketrans("０１２３４５６７８９．％＝＊＋－", "0123456789.%=*+-")
_AMOUNT = re.compile(r"^[-−△(（]?[¥￥]?\d[\d,，.'\s]*[)）]?%?$")
_TWO_AMOUNTS = re.compile(r"\.\d\d[\d,，\s]*\d\.\d\d")  # run together where a line is missing
_NIL = re.compile(r"^[-—–－]+$")
_NUMBER = re.compile(r"\d[\d,，.]*\d|\d")
_ORDINAL = re.compile(
    r"^([一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）][、.．]?|\d+[、.．](?!\d))"
)
TOTALS = frozenset({"合计", "总计", "收入总计", "支出总计", "本年收入合计", "本年支出合计"})


def plain(text: str) -> str:
    """Return a wording to compare by: half-width, no white space, no quotation marks."""
    return _WHITE_SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_QUOTES)


def squeezed(text: str) -> str:
    """Return prose as printed but for white space and full-width digits."""
    return _WHITE_SPACE.sub("", text).translate(_WIDE)


def is_amount(text: str) -> bool:
    """Whether a cell holds a number and nothing else, whatever its separators."""
    printed = unicodedata.normalize("NFKC", text).strip()
    return bool(_AMOUNT.match(printed)) and not _TWO_AMOUNTS.search(printed)


def is_nil(text: str) -> bool:
    """Whether a cell holds only the dash that stands for nothing."""
    return bool(_NIL.match(text.strip()))


def is_total(text: str) -> bool:
    """Whether a cell says that its row is the sum of the table."""
    return plain(text) in TOTALS


def ordinal(text: str) -> str:
    """Return the list number that a text opens with, `1、` or `（二）`, or nothing."""
    found = _ORDINAL.match(text.strip())
    return found.group() if found else ""


def numbers(text: str) -> list[str]:
    """Return every number in a text, as printed."""
    return _NUMBER.findall(text.translate(_WIDE))
