"""Reasons that the prose gives for a change, with the direction in which it says that it goes."""

import re
from collections.abc import Sequence
from decimal import Decimal

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.statements import Statements
from budget_warehouse.reader.parsing.wording import squeezed

_NUMBER = r"\d[\d,，]*(?:\.\d+)?"
_MORE, _LESS = r"增加|增长|上升|提高", r"减少|下降|降低"
_DIRECTION = rf"(?:{_MORE}|{_LESS})"
_CHANGE = (
    rf"(?P<direction>{_DIRECTION})了?(?P<amount>{_NUMBER})(?:亿元|万元|元|[%％])"
    rf"(?:[，,（(]?(?:同比)?(?:{_DIRECTION}|增幅|降幅)(?:了|为)?{_NUMBER}[%％][）)]?)?"
)
_SAME = r"(?P<same>(?:持平|没有变化|无变化|无增减变化)(?=[，,。；;]))"
_OPENER = rf"(?:(?:{_DIRECTION}|变动|变化|增减变动)的?)?(?:主要)?原因(?:是|为|系|：|:)*"
_REASON = re.compile(
    rf"(?P<note>(?:{_CHANGE}|{_SAME})[）)]?[，,。；;]?(?P<opener>{_OPENER}))"
    rf"(?P<value>(?:一是|[（(]?[一1][）)、.])[^。]{{4,}}|[^。；;]{{4,}})"
)
_LENGTH = 200


def read_change_reasons(prose: Sequence[Paragraph]) -> Statements:
    """Return the reasons of changes, with the change and the words that open the reason in `note`.

    A reason stands right behind its change, so that it is no other's.
    """
    statements = Statements()
    for paragraph in prose:
        for found in _REASON.finditer(squeezed(paragraph.text)):
            row = {
                "subject": f"reason_of_{_direction(found)}",
                "value": found["value"][:_LENGTH],
                "note": found["note"],
            }
            statements.add(paragraph, row)
    statements.used.clear()  # a figure within a reason is not understood
    return statements


def _direction(found: re.Match[str]) -> str:
    """Return where a change goes; a change by nothing is none."""
    amount = Decimal((found["amount"] or "0").translate({ord(","): None, ord("，"): None}))
    if not amount:
        return "no_change"
    return "increase" if re.fullmatch(_MORE, found["direction"]) else "decrease"
