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
# 财政拨款收入支出增加的主要原因是…: a reason in a sentence of its own names its subject again.
_APPROPRIATION = r"(?<!公共预算)财政拨款(?:收入|支出|收支)"
_STATED = re.compile(
    rf"{_APPROPRIATION}(?:预算|总额|总计|数|为|是)*{_NUMBER}(?:亿元|万元|元)[，,]"
    rf"(?:比|较|与|同)(?:\d{{4}}年|上年|去年)[^，,。；;\d]{{0,8}}?(?:{_CHANGE}|{_SAME})"
)
_REASON_OF_STATED = re.compile(
    rf"(?:^|[。；;])(?P<opener>{_APPROPRIATION}[、和及]?(?:收入|支出)?(?:预算)?"
    rf"{_DIRECTION}的?(?:主要)?原因(?:是|为|系)?[：:]?)"
    rf"(?P<value>(?:一是|[（(]?[一1][）)、.])[^。]{{4,}}|[^。；;]{{4,}})"
)
_FAR = 4  # paragraphs between a change and a reason in a sentence of its own
_LENGTH = 200


def read_change_reasons(prose: Sequence[Paragraph]) -> Statements:
    """Return the reasons of changes, with the change and the words that open the reason in `note`.

    A reason stands right behind its change, so that it is no other's, or names what changed again.
    """
    statements = Statements()
    texts = [squeezed(paragraph.text) for paragraph in prose]
    for at, paragraph in enumerate(prose):
        for found in _REASON.finditer(texts[at]):
            _add(statements, paragraph, _direction(found), found["note"], found["value"])
        for found in _REASON_OF_STATED.finditer(texts[at]):
            before = "\n".join((*texts[max(0, at - _FAR) : at], texts[at][: found.start()]))
            changes = list(_STATED.finditer(before))
            directions = {_direction(change) for change in changes}
            if len(directions) == 1:  # revenue and expenditure changed alike
                note = f"{changes[0].group()}…{found['opener']}"
                _add(statements, paragraph, directions.pop(), note, found["value"])
    statements.used.clear()  # a figure within a reason is not understood
    return statements


def _add(
    statements: Statements, paragraph: Paragraph, direction: str, note: str, value: str
) -> None:
    row = {"subject": f"reason_of_{direction}", "value": value[:_LENGTH], "note": note}
    statements.add(paragraph, row)


def _direction(found: re.Match[str]) -> str:
    """Return where a change goes; a change by nothing is none."""
    amount = Decimal((found["amount"] or "0").translate({ord(","): None, ord("，"): None}))
    if not amount:
        return "no_change"
    return "increase" if re.fullmatch(_MORE, found["direction"]) else "decrease"
