"""Texts of documents as a page, a workbook or a CSV can hold them, whatever they are."""

import re

# A text that begins so runs as a formula in a spreadsheet; the apostrophe in front of it, and of
# one that is there already, makes it text again and can be taken off without loss.
FORMULA = "^[=+@\\t\\r＝＋－＠'-]"

_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 2_000  # characters: a reader of a page looks up in the document what is longer


def printable(text: str) -> str:
    """Return a text with `�` in the place of each character that neither HTML nor XML holds."""
    return _UNPRINTABLE.sub("�", text)


def shortened(text: str) -> str:
    """Return a printable text short enough for a line of a page; what is cut is seen to be."""
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}… (+{len(text) - _LONGEST:,})"
    return printable(text)
