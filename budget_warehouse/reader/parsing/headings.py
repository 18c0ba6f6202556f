"""Meanings of the words above a column, by the list of headings.

A heading fits where its last words stand lowest and the others above them, in their order. What
else stands above must agree: a sum stands for what it is the sum of, and two meanings become
one where the list has a measure that is called after both.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from budget_warehouse.contract.printed_tables import (
    Heading,
    PrintedTables,
    printed_tables,
)
from budget_warehouse.reader.parsing.wording import plain

WHOLES = ("total", "amount")
THIS_YEAR, LAST_YEAR = "本年", "上年"

_YEAR = re.compile(r"(20\d{2})年?度?")
_BARE_YEAR = re.compile(r"(20\d{2})年度?|^(20\d{2})$")
_THIS_YEAR = re.compile(r"^(?:本年度?|当年度?|今年)(?=.)")
_LAST_YEAR = re.compile(r"上(?:一)?年度?|去年")
_THIS = re.compile(r"本年度?|当年度?|今年")
_MARKS = re.compile(
    r"^(?:(?:其中|减|加)[:、,]?|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、](?!\d))+"
)
_UNIT_NOTE = re.compile(r"\((?:单位:)?(?:人民币)?[百千万亿]?元\)|[/:](?:百|千|万|亿)?元$")
_FORMULA = re.compile(
    r"\(?[=＝]?[\dA-Za-z]{1,2}(?:[=+\-*/][\dA-Za-z]{1,2})+\)?$|\([A-Za-z\d]{1,2}\)$"
)
_LAST_BRACKETS = re.compile(r"\([^()]*\)$")
_UNCLOSED = re.compile(r"\([^()]*$")


@dataclass(frozen=True)
class Words:
    """The spellings of one printed heading, from the most literal on."""

    spellings: tuple[str, ...]
    is_of_another_year: bool = False


def spell(printed: str, year: str) -> Words:
    """Return the spellings of a printed heading; `year` is the one that its table is about."""
    text = _UNIT_NOTE.sub("", plain(printed)).rstrip(":;,、*")
    is_other = False

    def named(found: re.Match[str]) -> str:
        nonlocal is_other
        printed_year = next(filter(None, found.groups()))
        if not year or printed_year == year:
            return THIS_YEAR
        if int(printed_year) == int(year) - 1:
            return LAST_YEAR
        is_other = True
        return printed_year

    text = _BARE_YEAR.sub(named, text)
    text = _THIS.sub(THIS_YEAR, _LAST_YEAR.sub(LAST_YEAR, text))
    spellings = dict.fromkeys(_spellings(text))
    return Words(tuple(filter(None, spellings)), is_other)


def _spellings(text: str) -> Iterator[str]:
    yield text
    without = _FORMULA.sub("", _MARKS.sub("", text))
    yield without
    for shorter in (_LAST_BRACKETS.sub("", without), _UNCLOSED.sub("", without)):
        yield shorter
        yield _FORMULA.sub("", shorter)
    for spelling in (without, _LAST_BRACKETS.sub("", without)):
        if spelling != THIS_YEAR:
            yield _THIS_YEAR.sub("", spelling)


class Headings:
    """The headings that may stand in one table."""

    def __init__(self, table_name: str, headings: Iterable[Heading]) -> None:
        """Sort the headings by their lowest words."""
        self.measures: dict[str, Heading] = {}
        self._by_leaf: dict[str, list[tuple[tuple[str, ...], Heading]]] = {}
        self._alone: dict[tuple[str, ...], list[Heading]] = {}
        for heading in headings:
            if not heading.stands_in(table_name):
                continue
            *above, leaf = (plain(words) for words in heading.heading.split(" / "))
            self._by_leaf.setdefault(leaf, []).append((tuple(above), heading))
            if heading.role == "measure":
                self.measures.setdefault(heading.column_name, heading)

    def meanings(self, path: Sequence[Words]) -> list[Heading]:
        """Return what the words of a column mean, the best first, nothing where they say nothing.

        A further meaning counts where another column of the table has the first.
        """
        if not path or any(words.is_of_another_year for words in path):
            return []
        found: dict[str, Heading] = {}
        for heading, uncovered in self._fitting(path):
            for agreed in self._agreed(heading, [path[i] for i in uncovered]):
                found.setdefault(agreed.column_name, agreed)
        return list(found.values())

    def _fitting(self, path: Sequence[Words]) -> Iterator[tuple[Heading, list[int]]]:
        """Yield the headings that fit, with the positions of words that they do not cover."""
        fitting: list[tuple[tuple[int, int, int, int], Heading, list[int]]] = []
        for rank, spelling in enumerate(path[-1].spellings):
            for above, heading in self._by_leaf.get(spelling, ()):
                covered = _covered(above, path[:-1])
                if covered is not None:
                    key = (-len(covered), not heading.tables, rank, len(fitting))
                    rest = [i for i in range(len(path) - 1) if i not in covered]
                    fitting.append((key, heading, rest))
        for _, heading, rest in sorted(fitting, key=lambda one: one[0]):
            yield heading, rest

    def _agreed(self, heading: Heading, above: Sequence[Words]) -> Iterator[Heading]:
        """Yield the meanings that a heading has under other words, none where they contradict.

        The words are taken from the nearest up; where that fails, from the top down.
        """
        yield from self._under(heading, above)
        if len(above) > 1 and heading.role == "measure":
            tops = self.all_alone(above[0])
            for top in tops:
                for upper in self._below(top, above[1:]):
                    joined = self.joined(upper, heading)
                    if joined is not None:
                        yield joined

    def _under(self, heading: Heading, above: Sequence[Words]) -> Iterator[Heading]:
        if heading.role != "measure" or not above:
            yield heading
            return
        uppers = self.all_alone(above[-1])
        if not uppers:
            yield from self._under(heading, above[:-1])
        for upper in uppers:
            joined = self.joined(upper, heading)
            if joined is not None:
                yield from self._under(joined, above[:-1])

    def _below(self, upper: Heading, below: Sequence[Words]) -> Iterator[Heading]:
        """Yield what a heading and the words right below it mean together."""
        if not below:
            yield upper
            return
        lowers = self.all_alone(below[0])
        if not lowers:
            yield from self._below(upper, below[1:])
        for lower in lowers:
            joined = self.joined(upper, lower)
            if joined is not None:
                yield from self._below(joined, below[1:])

    def all_alone(self, words: Words) -> list[Heading]:
        """Return the measures that words mean with nothing above them, the best first.

        Words that say what the rows are about are no measure: 本年收入 over labels and amounts.
        """
        if words.spellings not in self._alone:
            found: dict[str, Heading] = {}
            for heading, _ in self._fitting((words,)):
                if heading.role == "key" and not found:
                    break
                if heading.role == "measure":
                    found.setdefault(heading.column_name, heading)
            self._alone[words.spellings] = list(found.values())
        return self._alone[words.spellings]

    def joined(self, upper: Heading, lower: Heading) -> Heading | None:
        """Return the one meaning of two headings of which one stands above the other."""
        if upper.column_name == lower.column_name or upper.column_name in WHOLES:
            return lower
        if lower.column_name in WHOLES:
            return upper
        if upper.column_name in self._wholes_of(lower):
            return lower
        called = self._called_after(upper.column_name, lower.column_name)
        if called is None and upper.expense and lower.expense and upper.period == lower.period:
            return lower  # no expense is part of another: the upper head reaches too far
        return called

    def _called_after(self, upper: str, lower: str) -> Heading | None:
        names = [f"{upper}_{lower}", f"{lower}_{upper}"]
        for one, other in ((upper, lower), (lower, upper)):
            for whole in WHOLES:
                if one.endswith(f"_{whole}"):
                    names.append(one.removesuffix(whole) + other)
        return next((self.measures[name] for name in names if name in self.measures), None)

    def _wholes_of(self, heading: Heading) -> Iterator[str]:
        """Yield the measures that a measure is part of, the nearest first."""
        seen: set[str] = set()
        while heading.part_of and heading.part_of not in seen:
            seen.add(heading.part_of)
            yield heading.part_of
            if heading.part_of not in self.measures:
                return
            heading = self.measures[heading.part_of]


def headings_of(table_name: str) -> Headings:
    """Return the headings of a table, as the list has them."""
    return _headings(table_name, printed_tables())


@cache
def _headings(table_name: str, lists: PrintedTables) -> Headings:
    return Headings(table_name, lists.headings)


def _covered(above: Sequence[str], path: Sequence[Words]) -> set[int] | None:
    """Return the positions at which the words of a heading stand, None where one is missing."""
    covered: set[int] = set()
    position = 0
    for word in above:
        while position < len(path) and word not in path[position].spellings:
            position += 1
        if position == len(path):
            return None
        covered.add(position)
        position += 1
    return covered
