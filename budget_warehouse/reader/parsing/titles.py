"""The titles of official tables, found in the list whatever is printed around their words."""

import re
from collections.abc import Iterator
from functools import cache

from budget_warehouse.contract.printed_tables import PrintedTables, Title, printed_tables
from budget_warehouse.reader.parsing.wording import plain

FORM = "project form"

_FORM = re.compile(r".*(?:项目|财政).*绩效目标(?:填报|申报)?表$")
_PERFORMANCE = re.compile("绩效|自评")
# A list number, whatever stands around it: 附件2-1, 表3:, 公开01表:, 预算01表, (一), 十二、.
_NUMBERED = re.compile(
    r"^(?:(?:附件|附表|附|表|公开|预算|决算)*(?:\d{1,2}(?:-\d{1,2})?(?!\d|年)(?:表(?!\d))?[-.、:]?"
    r"|[一二三四五六七八九十]{1,3}(?:表[-.、:]?|[-.、:]))|[\(\[][一二三四五六七八九十\d]{1,3}[\)\]])+"
)
_TITLE = re.compile(r"^[^,。;:]{2,60}表(?:\([^)]*\))*$")
_NO_TITLE = re.compile(
    r"^(?:公开|附)?表?表$|^\(?\D{0,6}\d+(?:-\d+)?表\)?$|填表|制表|(?<![填申])报表$"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_ENDING = re.compile(
    r"(?:预算)?(?:公开)?(?:情况总表|总体情况表|总体表|情况表|明细表|汇总表|统计表|一览表|总表|表)"
    r"(?:续表)?$"
)
# Ends of the words before a title: whose table it is, and of which year.
_BEFORE = re.compile(
    r"\d{4}年?度?|综合预算|预算公开|[市区县省]级|本级|(?:部门|单位)(?:预算)?(?=\D)"
    r"|[局委会院厅处所站馆校队办部心室镇乡园](?=\D)"
)


def table_titled(text: str) -> str | None:
    """Return the table that a plain text is the title of.

    '' stands for a table that the lists do not name, None for a text that is no title.
    """
    text = _NUMBERED.sub("", text)
    if not _TITLE.match(text) or _NO_TITLE.search(text):
        return None
    if _FORM.match(text):
        return FORM
    title = title_of(text)
    return title.table_name if title else ""


def title_of(text: str) -> Title | None:
    """Return the title of the list that a plain text prints, None where the list has none."""
    if is_about_performance(text):
        return None
    brackets = "".join(_BRACKETS.findall(text))
    words = _BRACKETS.sub("", _NUMBERED.sub("", text))
    titles = _titles(printed_tables())
    for core in _cores(words):
        title = _chosen(titles.get(core, {}), brackets, titles)
        if title:
            return title
    return None


def is_about_performance(title: str) -> bool:
    """Return whether a table is about performance, which has other files."""
    return bool(_PERFORMANCE.search(title))


def _chosen(
    wordings: dict[str, Title], brackets: str, titles: dict[str, dict[str, Title]]
) -> Title | None:
    """Choose by the words in brackets; a word that tells other titles apart fits no plain one."""
    for bracketed, title in wordings.items():
        if bracketed and bracketed in brackets:
            return title
    known = {bracketed for others in titles.values() for bracketed in others if bracketed}
    is_other = any(bracketed in brackets for bracketed in known) and len(wordings) > 1
    return None if is_other else wordings.get("")


def _cores(words: str) -> Iterator[str]:
    """Yield what may be a title's own words, the longest first."""
    yield _canonical(words)
    for before in _BEFORE.finditer(words):
        yield _canonical(words[before.end() :])


def _canonical(words: str) -> str:
    return _ENDING.sub("表", words)


@cache
def _titles(lists: PrintedTables) -> dict[str, dict[str, Title]]:
    """Return the titles by their own words, then by the word in their brackets."""
    titles: dict[str, dict[str, Title]] = {}
    for title in lists.titles:
        words = plain(title.title)
        bracketed = "".join(_BRACKETS.findall(words))
        titles.setdefault(_canonical(_BRACKETS.sub("", words)), {}).setdefault(bracketed, title)
    return titles
