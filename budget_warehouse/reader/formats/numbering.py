"""The numbers of a Word list, `一、` or `（2）`: printed by Word, but not stored as text."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_DIGITS = "〇一二三四五六七八九"


def _chinese(number: int) -> str:
    """Return the number as counted in Chinese; lists do not reach a hundred."""
    tens, ones = divmod(number, 10)
    if number == 0 or tens > 9:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    begin = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return begin + (_DIGITS[ones] if ones else "")


def _letter(number: int) -> str:
    """Return a to z, then aa to zz, as Word goes on."""
    repeats, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (repeats + 1)


def _roman(number: int) -> str:
    numerals = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
    written = ""
    for value, numeral in numerals:
        count, number = divmod(number, value)
        written += numeral * count
    return written


def _circled(number: int) -> str:
    """Return ① to ⑳, the circled numbers that follow each other in Unicode."""
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)


_WRITTEN: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting"), _chinese),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}  # in any other format a number is written in digits


@dataclass(frozen=True)
class _Level:
    """The numbering of a level of a list: `pattern` has %1 to %9 for the numbers of the levels."""

    start: int
    written: Callable[[int], str]
    pattern: str


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, document: Document) -> None:
        try:
            part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
            root = cast(XmlPart, part).element
        except KeyError:  # a document without lists
            root = document.element
        self._levels = {
            _attribute(abstract, "abstractNumId"): {
                int(_attribute(level, "ilvl")): _level(level)
                for level in abstract.findall(qn("w:lvl"))
            }
            for abstract in root.findall(qn("w:abstractNum"))
        }
        self._lists = {
            _attribute(instance, "numId"): _value(instance, "abstractNumId")
            for instance in root.findall(qn("w:num"))
        }
        self._restarts = {
            (_attribute(instance, "numId"), int(_attribute(override, "ilvl"))): int(start)
            for instance in root.findall(qn("w:num"))
            for override in instance.findall(qn("w:lvlOverride"))
            if (start := _value(override, "startOverride"))
        }
        self._styles = {
            _attribute(style, "styleId"): style
            for style in document.styles.element.findall(qn("w:style"))
        }
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def label(self, paragraph: BaseOxmlElement) -> str:
        """Return the number that Word prints before the paragraph, '' if none, and count it.

        To be asked once for every paragraph, in the document's order.
        """
        list_id, depth = self._place(paragraph)
        abstract_id = self._lists.get(list_id, "")
        levels = self._levels.get(abstract_id, {})
        if depth not in levels:
            return ""
        counts = self._counts[abstract_id]
        restart = self._restarts.pop((list_id, depth), None)
        if restart is not None:
            counts[depth] = restart
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = levels[depth].start
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        label = levels[depth].pattern
        for above, level in levels.items():
            number = counts.get(above, level.start)
            label = label.replace(f"%{above + 1}", level.written(number))
        return f"{label} " if label and label.isascii() else label

    def _place(self, paragraph: BaseOxmlElement) -> tuple[str, int]:
        """Return the list that the paragraph or its style belongs to, and at which level."""
        list_id = _value(paragraph, "pPr", "numPr", "numId")
        depth = _value(paragraph, "pPr", "numPr", "ilvl")
        style = self._styles.get(_value(paragraph, "pPr", "pStyle"))
        for _ in self._styles:  # a style may be based on itself by way of others
            if list_id or style is None:
                break
            list_id = _value(style, "pPr", "numPr", "numId")
            depth = depth or _value(style, "pPr", "numPr", "ilvl")
            style = self._styles.get(_value(style, "basedOn"))
        return list_id, int(depth or 0)


def _attribute(element: BaseOxmlElement, name: str) -> str:
    return element.get(qn(f"w:{name}"), "")


def _value(element: BaseOxmlElement, *path: str) -> str:
    """Return the value that the element at the end of the path states, '' if there is none."""
    stating = element.find("/".join(qn(f"w:{name}") for name in path))
    return "" if stating is None else _attribute(stating, "val")


def _level(level: BaseOxmlElement) -> _Level:
    number_format = _value(level, "numFmt")
    return _Level(
        start=int(_value(level, "start") or 1),
        written=_WRITTEN.get(number_format, str),
        pattern="" if number_format in ("bullet", "none") else _value(level, "lvlText"),
    )
