"""Scopes of amounts in the prose: the whole organization, a part of it, or another one."""

import re

_CLAUSE_END = re.compile(r"[，,。；;：:]")
_SENTENCE_END = "。"
_LIST_MARK = re.compile(r"^(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）、.．])+|^[.．]")
_BESIDE = re.compile(r"(?:收入?|支出?)(?:预算)?[、和及与]$")  # revenue beside expenditure
_OF_THE_YEAR = r"(?:\d{4}年度?|本年度?|当年|全年|年初|预计|相应|安排)"
_KINDS = (
    "局|委员会|委|会|政府|办公室|办公厅|办事处|处|中心|厅|院|校|馆|站|所|队|部|园|社|学|台|联|组|团|宫|库"
    "|场|狱|办|署|街道|镇|乡"
)
_ITSELF = re.compile(rf"^(?:(?:本|我|全)(?:{_KINDS}|部门|单位)?)?(?:部门|单位)?$")
_WITH_UNITS = re.compile(
    r"(?:[及和](?:其)?)?(?:所属|下属)(?:各)?(?:预算)?单位$|(?:[（(](?:部门|单位|本级|本部|机关|汇总)[）)])$|"
    r"(?:部门|单位)$"
)
_ORGANIZATION = re.compile(rf"^[一-龥（()）]{{3,}}(?:{_KINDS})$")
_OF_A_FUND = re.compile(r"(?:通过)?(?:一般公共|财政拨款|政府性基金|国有资本).*$|的$")
_LAST_WORDS = 2  # in which the short name of an organization ends as its full name does
_ALONE = frozenset({"total_revenue", "total_expenditure", "totals", "procurement_total"})
_OF_FUNDS_TOGETHER = frozenset(
    {"fiscal_appropriation_revenue", "fiscal_appropriation_expenditure"}
    | {"fiscal_appropriation_totals", "fiscal_appropriation_basic_expenditure"}
)
_ITEM_BEFORE = re.compile(r".*元[、和及]")
_PARTS = ("basic_expenditure", "project_expenditure")
_THREE_PUBLIC = frozenset(
    {"overseas_visits", "vehicle_total", "vehicle_purchase", "vehicle_operation"}
    | {"official_hospitality"}
)
_KINDS_OF_SPENDING = re.compile(
    r"(?:人员经费|公用经费|业务经费|专项经费|基本支出|项目支出)(?:支出)?[：:]"
)


def names_an_organization(text: str) -> bool:
    """Return whether a text is the name of an organization and nothing else, by how it ends."""
    return bool(_ORGANIZATION.match(text))


def is_of_the_whole(measure: str, text: str, organization: str) -> bool:
    """Return whether an amount named at the end of a text is the organization's own and whole.

    Without `organization` any organization is taken for the one that publishes.
    """
    subject = _subject(text)
    if measure in _ALONE:
        return _is_own(subject, organization)
    if measure.endswith(_PARTS):
        subject = _ITEM_BEFORE.sub("", subject)
    if measure in _OF_FUNDS_TOGETHER or measure.endswith(_PARTS):
        return _is_own(subject.removeprefix("其中"), organization)
    if subject.startswith("涉及"):
        return "全覆盖" in _sentence(text)  # targets of some spending, or of all
    named = _OF_A_FUND.sub("", subject)
    return not _ORGANIZATION.match(named) or _is_own(named, organization)


def is_part_of_another(measure: str, text: str, stated: list[str]) -> bool:
    """Return whether an amount is a part of what its sentence or paragraph is about.

    `stated` are the measures that the paragraph stated before it.
    """
    sentence = _sentence(text)
    if measure in _THREE_PUBLIC:
        *before, last = re.split("机关运行经费", sentence)
        return bool(before) and "三公" not in last
    if measure == "total_expenditure":
        return (
            "fiscal_appropriation_revenue" in stated
            and "total_revenue" not in stated
            and not _subject(text)
        )
    return False


def is_of_a_kind(text: str) -> bool:
    """Return whether the accounts that follow a text hold only a kind of their spending."""
    return bool(_KINDS_OF_SPENDING.search(text))


def _subject(text: str) -> str:
    """Return what a clause says before it names an amount, without list marks and years."""
    *_, clause = _CLAUSE_END.split(text)
    subject = _BESIDE.sub("", _LIST_MARK.sub("", clause))
    return re.sub(rf"^{_OF_THE_YEAR}+|(?:{_OF_THE_YEAR}|预算)+$", "", subject)


def _sentence(text: str) -> str:
    return text.rpartition(_SENTENCE_END)[2]


def _is_own(subject: str, organization: str) -> bool:
    """Return whether a subject is the organization, by its full or a shorter name, or nobody."""
    name = subject
    while (shorter := _WITH_UNITS.sub("", name)) != name:
        name = shorter
    if _ITSELF.match(name):
        return True
    if not organization:
        return bool(_ORGANIZATION.match(name) or name.endswith(tuple(_KINDS.split("|"))))
    return name.endswith(organization) or (
        name[-_LAST_WORDS:] == organization[-_LAST_WORDS:] and _is_within(name, organization)
    )


def _is_within(short: str, long: str) -> bool:
    """Return whether the characters of a short name stand in a long one, in their order."""
    rest = iter(long)
    return all(character in rest for character in short)
