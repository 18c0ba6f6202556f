"""Amounts that a sentence of the prose divides: the whole, and each part with its name."""

import re
from collections.abc import Sequence

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.statements import Statements
from budget_warehouse.reader.parsing.wording import squeezed

_NUMBER = r"\d(?:[\d,，]*\d)?(?:\.\d+)?"
_UNIT = r"亿元|万元|万|元"
_NAME = r"[^\d，,、；;。：:（）()]{2,40}?"
_SHARE = rf"(?:[，,]?约?占[^，,、；;。\d]{{0,24}}{_NUMBER}[%％])?"
_PART = rf"{_NAME}{_NUMBER}(?:{_UNIT})(?:[（(][^（）()]*[）)])?{_SHARE}"
_DIVISION = re.compile(
    rf"(?P<head>[^。；;，,：:、]{{0,40}}?)(?P<value>{_NUMBER})(?P<unit>{_UNIT})[，,。（(]?"
    rf"(?:按[^，,。；;：:\d]{{0,12}}分类[，,：:]?)?(?P<how>其中|包括)[：:，,]?"
    rf"(?P<parts>{_PART}(?:[、，,；;和及]+{_PART})*)"
    r"等?[。；;)）]?"
)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
# 3万元+2万元=5万元: a term without a unit has that of the sum.
_WORDS = r"[^\d+=*×xX%％，,。；;、]{0,12}"
_TERM = rf"{_NUMBER}(?:{_UNIT})?{_WORDS}"
_WRITTEN_SUM = re.compile(
    rf"(?<![\dA-Za-z.,+*×%％/-])(?P<terms>{_TERM}(?:\+{_WORDS}{_TERM})+)"
    rf"=(?P<value>{_NUMBER})(?P<unit>{_UNIT})"
)
_EACH_TERM = re.compile(rf"(?P<value>{_NUMBER})(?P<unit>{_UNIT})?")
_EACH = re.compile(rf"(?P<note>{_NAME})(?P<value>{_NUMBER})(?P<unit>{_UNIT})")
_SUM = re.compile(r"^(?:总计|合计|共计)$")
# A change, a rate or a part of a part is no part; nor is a figure that is an estimate.
_NO_PART = re.compile(r"[增减升降比较约近余超]|上年|其中|包括|人均|单价|标准|每")
_OTHER_RULES = "采购"  # NT-14
_LENGTH = 300


def read_divisions(prose: Sequence[Paragraph]) -> Statements:
    """Return the amounts that sentences divide, each followed by its parts.

    The sentence is in the `note` of the whole, a part's name in that of the part. A sum at the end
    of the parts is no part. A list of what else than parts is left out. The terms of a sum that is
    written out are parts without a name.
    """
    statements = Statements()
    for paragraph in prose:
        for found in _WRITTEN_SUM.finditer(squeezed(paragraph.text)):
            row = {"subject": "divided_amount", "note": found.group()[:_LENGTH]}
            statements.add(paragraph, row | _amount(found, found["unit"]))
            for term in _EACH_TERM.finditer(found["terms"]):
                row = {"subject": "part_of_amount", "note": ""}
                statements.add(paragraph, row | _amount(term, term["unit"] or found["unit"]))
        for found in _DIVISION.finditer(squeezed(paragraph.text)):
            listed = _BRACKETS.sub("", found["parts"])  # parts of a part stand in brackets
            parts = [part for part in _EACH.finditer(listed) if not _SUM.match(part["note"])]
            names = [found["head"], *(part["note"] for part in parts)]
            is_clear = not any(map(_NO_PART.search, names)) and _OTHER_RULES not in found["head"]
            if not parts or not is_clear:
                continue
            row = {"subject": "divided_amount", "note": found.group()[:_LENGTH]}
            statements.add(paragraph, row | _amount(found, found["unit"]))
            for part in parts:
                row = {"subject": "part_of_amount", "note": part["note"]}
                statements.add(paragraph, row | _amount(part, part["unit"]))
    return statements


def _amount(found: re.Match[str], unit: str) -> Fields:
    return {"value": found["value"], "unit": "万元" if unit == "万" else unit}
