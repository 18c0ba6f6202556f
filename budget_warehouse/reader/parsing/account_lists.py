"""Economic accounts that the prose lists: what personnel and public use are said to consist of."""

import re
from collections.abc import Iterator, Sequence

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.statements import Statements
from budget_warehouse.reader.parsing.wording import squeezed

_NUMBER = r"\d(?:[\d,，]*\d)?(?:\.\d+)?"
_OF_FUND = re.compile(
    r"(?P<general>一般公共预算)[^。；;]{0,12}基本支出|(?:财政拨款|政府性基金[^。；;]{0,12})基本支出"
)
_NEAR = 6  # paragraphs from the heading that names the fund to a list
_LIST = re.compile(
    r"(?P<kind>人员|公用)(?:经费|支出)(?:预算|支出|决算|数|为|共计|合计|：|:)*"
    rf"{_NUMBER}(?:万元|元)[，,。；;]?(?:其中|主要|具体)*包括[：:]?(?P<names>[^。；;]+)(?P<end>[。；;]?)"
)
_KINDS = {"人员": "listed_personnel_account", "公用": "listed_public_use_account"}
_APART = re.compile(r"[、，,]")
_OPEN = re.compile(r"等.{0,6}$")
_NAME = re.compile(r"[^\d…．.％%]{2,25}")
_LEAST = 3  # what lists fewer names gives examples
OPEN_LIST = "等"
"""The note of an account in a list that says it is not whole."""


def read_account_lists(prose: Sequence[Paragraph]) -> Statements:
    """Return the accounts that lists of basic expenditure of the general public budget name.

    A list that ends in 等, or breaks off, is open. Lists of another fund, or of none that is named,
    say nothing of the table of that budget.
    """
    statements = Statements()
    fund = Fund()
    for paragraph in prose:
        text = squeezed(paragraph.text)
        for found in _LIST.finditer(text):
            if fund.is_general(text[: found.start()]):
                for row in _accounts(found):
                    statements.add(paragraph, row)
        fund.pass_over(text)
    return statements


class Fund:
    """Tells whether basic expenditure that a text divides is of the general public budget."""

    def __init__(self) -> None:
        self._is_general = False
        self._since = 0

    def pass_over(self, text: str) -> None:
        """Take a paragraph that was read to its end."""
        self._since += 1
        for found in _OF_FUND.finditer(text):
            self._is_general, self._since = bool(found["general"]), 0

    def is_general(self, before: str) -> bool:
        """Return whether the fund named last is that budget, in a text up to a figure or above."""
        named = [bool(found["general"]) for found in _OF_FUND.finditer(before)]
        return named[-1] if named else self._is_general and self._since < _NEAR


def _accounts(found: re.Match[str]) -> Iterator[dict[str, str]]:
    """Yield the accounts of one list, none where it holds other words than names."""
    listed = found["names"]
    is_open = not found["end"] or bool(_OPEN.search(listed))
    names = [name for name in _APART.split(_OPEN.sub("", listed)) if name]
    if len(names) < _LEAST or not all(_NAME.fullmatch(name) for name in names):
        return
    for name in names:
        note = OPEN_LIST if is_open else ""
        yield {"subject": _KINDS[found["kind"]], "value": name, "note": note}
