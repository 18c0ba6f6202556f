"""Printed wording: one spelling to compare by, and telling numbers from words."""

import re
import unicodedata

_WHITE_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans("", "", "“”\"'‘’「」")
_WIDE = str.maketrans("０１２３４５６７８９．％＝＊＋－", "0123456789.%=*+-")
# A space stands in a number only beside a separator, or as the separator of three digits.
_AMOUNT = re.compile(r"^[-−△(]? ?[¥￥]? ?\d+(?: \d{3}(?!\d))*(?: ?[,.']+ ?\d+)*[,.]? ?\)?%?$")
_TWO_AMOUNTS = re.compile(r"\.\d\d[\d,，\s]*\d\.\d\d")  # run together where a line is missing
_NIL = re.compile(r"^[-—–－]+$")
_NUMBER = re.compile(r"\d[\d,，.]*\d|\d")
_ORDINAL = re.compile(
    r"^([一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）][、.．]?|\d+[、.．](?!\d))"
)
_UNIT = re.compile(
    r"\(?(?:金额|计量|货币)?单位[:：]?\(?(?:人民币)?[:：]?\(?(?P<unit>亿元|百万元|万元|千元|元)\)*"
    r"(?:\([^()]*\)|[,，;；].*)?\)?$"
)
_OPENING_UNIT = re.compile(
    r"^\(?(?:金额|计量|货币)?单位:(?:人民币)?(?P<unit>亿元|百万元|万元|千元|元)(?![/每、])"
)
_OTHER_UNIT = re.compile(r"^\(?(?:金额|计量|货币)单位[:：].|^\(?单位[:：][^:：]{0,12}[元币]")
_CHINESE_YEAR = re.compile(
    r"二([〇○零Oo０0])([〇○零一二三四五六七八九])([〇○零一二三四五六七八九])(?=年)"
)
_CHINESE_DIGITS = str.maketrans("〇○零Oo０一二三四五六七八九", "000000123456789")
TOTALS = frozenset({"合计", "总计", "收入总计", "支出总计", "本年收入合计", "本年支出合计"})


def plain(text: str) -> str:
    """Return a wording to compare by: half-width, no white space, no quotation marks."""
    return _WHITE_SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_QUOTES)


def squeezed(text: str) -> str:
    """Return prose as printed but for white space and full-width digits."""
    return _WHITE_SPACE.sub("", text).translate(_WIDE)


def is_amount(text: str) -> bool:
    """Return whether a cell holds a number and nothing else, whatever its separators."""
    printed = _WHITE_SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    return bool(_AMOUNT.match(printed)) and not _TWO_AMOUNTS.search(printed)


def is_nil(text: str) -> bool:
    """Return whether a cell holds only the dash that stands for nothing."""
    return bool(_NIL.match(text.strip()))


def is_total(text: str) -> bool:
    """Return whether a cell says that its row is the sum of the table."""
    return plain(text) in TOTALS


def ordinal(text: str) -> str:
    """Return the list number that a text opens with, `1、` or `（二）`, or nothing."""
    found = _ORDINAL.match(text.strip())
    return found.group() if found else ""


def numbers(text: str) -> list[str]:
    """Return every number in a text, as printed."""
    return _NUMBER.findall(text.translate(_WIDE))


def without_unit(text: str) -> tuple[str, str]:
    """Split the unit off the end of a plain caption or title."""
    found = _UNIT.search(text)
    return (text[: found.start()], found["unit"]) if found else (text, "")


def opening_unit(text: str) -> str:
    """Return the unit that a plain caption opens with, where other words run into it."""
    found = _OPENING_UNIT.match(text)
    return found["unit"] if found else ""


def is_unknown_unit(text: str) -> bool:
    """Return whether a plain caption names a unit of money that is none of the contract's."""
    return bool(_OTHER_UNIT.match(text)) and not _UNIT.search(text)


def with_digit_years(text: str) -> str:
    """Return a text with its years in digits: 二〇二六年 is 2026年."""
    return _CHINESE_YEAR.sub(
        lambda found: "2" + "".join(found.groups()).translate(_CHINESE_DIGITS), text
    )
