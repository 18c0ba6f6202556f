"""Shares that the prose states (占…%): the part, and the whole that it is a share of."""

import re
from collections.abc import Sequence

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.statements import Statements
from budget_warehouse.reader.parsing.wording import squeezed

_NUMBER = r"\d(?:[\d,，]*\d)?(?:\.\d+)?"
_AMOUNT = rf"{_NUMBER}(?:万元|元)"
_SHARE = re.compile(
    rf"[^，,。；;：:、\d]{{2,40}}{_AMOUNT}(?:[，,]完成[^，,。；;]{{0,12}}{_NUMBER}[%％])?[，,]?"
    rf"约?占(?P<whole>[^，,。；;\d]{{0,30}}?)的?(?:比例|比重)?为?{_NUMBER}[%％]"
)
# An amount that a sentence divides: …合计1,299.20万元，其中：
_DIVIDED = re.compile(
    rf"(?P<amount>{_AMOUNT})[^。；;\d]{{0,30}}?(?:其中|包括|如下|以下方面)[^。；;：:，,\d]{{0,10}}[：:，,]"
)
# A sentence about the three public expenses divides them without their amount.
_OF_THREE_PUBLIC = re.compile(r"[“\"]三公[”\"]经费[^，,。；;：:\d]{0,20}中[，,：:]")
_DIVIDED_BELOW = re.compile(r"(?:其中|包括|方面|如下)[：:]$")
_WITHOUT_SIGN = re.compile(
    rf"[^，,。；;：:、\d]{{2,40}}{_AMOUNT}[，,]?占比?为?\d+(?:\.\d+)?(?=[，,。；;]|$)"
)
_GOES_ON = re.compile(r"^(?:其中|包括)(?:[：:]|$)")
_TOTAL = re.compile(rf"(?:合计|总计|总额|[收支][入出]预算){_AMOUNT}")

_THREE_PUBLIC = "share_of_three_public_total"
_WHOLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (subject, re.compile(pattern))
    for subject, pattern in (
        ("share_of_total_expenditure", r"(?:本年)?支出(?:合计|预算|总计)"),
        (_THREE_PUBLIC, r"[“\"]三公[”\"]经费(?:总额|支出)?"),
        ("share_of_project_expenditure", r"(?:部门预算)?项目支出(?:总额|合计)"),
    )
)
"""Wholes that tables print, by the name that a share is said to be of."""


def read_shares(prose: Sequence[Paragraph]) -> Statements:
    """Return the shares of the prose, with the amount of the whole in `note` where it stands there.

    A list may stand in one sentence, or have a line for each part. A share of what has no amount
    and is in no table cannot be judged, and is left out. One without its percent sign (占76.23) has
    a separate subject.
    """
    statements = Statements()
    divided = above = ""
    for paragraph in prose:
        text = squeezed(paragraph.text)
        shares = list(_SHARE.finditer(text))
        if _GOES_ON.match(text):
            divided = divided or _total(above)
        elif not shares:
            divided = _divided_below(text)
        for share in shares:
            before = text[: share.start()]
            subject, whole = "share", _divided_in(before) or divided
            if not share["whole"] and _OF_THREE_PUBLIC.search(before.rpartition("。")[2]):
                subject, whole = _THREE_PUBLIC, ""
            elif share["whole"]:
                subject, whole = _named(share["whole"], before)
            if subject != "share" or whole:
                row = {"subject": subject, "value": _worded(share), "note": whole}
                statements.add(paragraph, row)
        for share in _WITHOUT_SIGN.finditer(text):
            statements.add(
                paragraph, {"subject": "share_without_sign", "value": _worded(share), "note": ""}
            )
        above = text
    return statements


def _worded(share: re.Match[str]) -> str:
    """Return the words of a share without the rest of a list's number."""
    return share.group().lstrip(".．、)）")


def _divided_below(text: str) -> str:
    """Return the one amount of a line whose parts stand in the lines below it."""
    amounts = set(re.findall(_AMOUNT, text)) if _DIVIDED_BELOW.search(text) else set()
    return amounts.pop() if len(amounts) == 1 else ""


def _total(text: str) -> str:
    """Return the one amount that a line calls a total."""
    totals = [found.group() for found in _TOTAL.finditer(text)]
    return re.findall(_AMOUNT, totals[0])[0] if len(totals) == 1 else ""


def _divided_in(before: str) -> str:
    """Return the amount that a sentence divides, up to the part that stands behind it."""
    found = list(_DIVIDED.finditer(before.rpartition("。")[2]))
    return found[-1]["amount"] if found else ""


def _named(name: str, before: str) -> tuple[str, str]:
    """Return the subject of a share of what is named, and the amount that the text gives that."""
    stated = re.findall(rf"{re.escape(name)}[^，,。；;\d]{{0,12}}({_AMOUNT})", before)
    if stated:
        return "share", stated[-1]
    return next((subject for subject, words in _WHOLES if words.fullmatch(name)), "share"), ""
