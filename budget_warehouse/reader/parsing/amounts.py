"""Amounts as cells print them: one, or several that run together where a line is missing."""

import re
import unicodedata

from budget_warehouse.reader.parsing.wording import is_amount

_GROUPED = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"
_PRINTED = r"\d[\d,]*\.\d\d|\d{1,3}(?:,\d{3})+"
_AFTER_DECIMALS = re.compile(r"\.\d+[,.']+\d")
_TWO_GROUPED = re.compile(rf"[-−△(]?(?!{_GROUPED}\)?$){_GROUPED}{_GROUPED}\)?")
_AMOUNT = re.compile(_PRINTED)
# Two commas side by side, or a last one that could be a decimal comma: nobody can tell the amount.
_UNDECIDED = re.compile(r",,|^[^.]*,(?!\d{3}\D*$)[^,.]*$")
_BESIDE_WORDS = re.compile(rf"^(?:{_PRINTED})(?=[^\d.,%])|(?<=[^\d.,])(?:{_PRINTED})$")


def is_one_amount(text: str) -> bool:
    """Return whether a cell holds one number and nothing else, and not two that run together."""
    if not is_amount(text):
        return False
    printed = _without_spaces(text)
    return not (
        _AFTER_DECIMALS.search(printed)
        or _UNDECIDED.search(printed)
        or _TWO_GROUPED.fullmatch(printed)
    )


def amounts_in(text: str) -> int:
    """Return how many amounts a text holds that is not one itself, as far as they can be told."""
    return len(_AMOUNT.findall(_without_spaces(text))) or int(is_amount(text))


def amount_beside_words(text: str) -> str:
    """Return the amount that words run into, at either end of a text, or nothing."""
    found = _BESIDE_WORDS.search(_without_spaces(text))
    return found.group() if found else ""


def _without_spaces(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
