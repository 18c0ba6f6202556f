"""Statements of the prose that rules need: vehicles, floor area, performance, sums written out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.wording import squeezed

_NUMBER = r"\d[\d,，]*(?:\.\d+)?"
# Vehicles at the beginning of a year are not those that are kept: some go in between.
_KEPT_NOW = r"(?:^|[。；;，,])(?:(?!年初)[^。；;，,])*"

# Subject, and pattern with the stated `value` and perhaps its `unit`.
_STATEMENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (subject, re.compile(pattern))
    for subject, pattern in (
        ("vehicles_kept", rf"公务用车保有量为?(?P<value>{_NUMBER}|零)(?P<unit>辆)?"),
        (
            "vehicles_kept",
            rf"{_KEPT_NOW}共有(?:车辆|公务用?车)(?P<value>{_NUMBER}|零)(?P<unit>辆|台)",
        ),
        ("vehicles_kept", rf"(?<!共有)(?<!购置)车辆(?P<value>{_NUMBER}|零)(?P<unit>辆)[（(]"),
        ("floor_area", rf"房屋(?:建筑)?(?:面积)?为?(?P<value>{_NUMBER})(?P<unit>平方米)"),
        ("performance_fiscal_year", r"开展了?(?P<value>\d{4})年(?:度)?项目预算绩效目标编报"),
        ("performance_fiscal_year", r"(?P<value>\d{4})年度?[，,]本(?:部门|单位)编报绩效目标"),
        (
            "performance_project_count",
            rf"(?:共|对|共有)(?P<value>{_NUMBER})(?P<unit>个)项目(?:编报|实行|设置|开展|纳入)[^，。]{{0,6}}绩效(?!评价|自评)",
        ),
        (
            "performance_project_count",
            rf"绩效目标管理[，,；;]共计?(?P<value>{_NUMBER})(?P<unit>个)(?:[一二]级)?项目",
        ),
        (
            "performance_project_count",
            rf"绩效目标管理的项目共?(?P<value>{_NUMBER})(?P<unit>个)",
        ),
        ("performance_project_count", rf"编报绩效目标的项目共?(?P<value>{_NUMBER})(?P<unit>个)"),
    )
)
_ABROAD = r"(?:国[（(]境[）)]外|国外|外宾|境外)"
_FOREIGN = (
    rf"(?:接待{_ABROAD}(?:来访)?(?:团组)?|(?:外事|外宾|涉外|{_ABROAD})(?:公务)?接待)(?:共|共计)?"
)
_ACCOUNTED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (subject, re.compile(pattern))
    for subject, pattern in (
        (
            "overseas_groups",
            rf"出国(?:[（(]境[）)])?(?:的)?团组(?:数|共|共计|为|计)*(?P<value>{_NUMBER})(?P<unit>个|批)",
        ),
        (
            "overseas_visitors",
            rf"出国[^。；;]{{0,60}}?(?:累计|共计|共|，|、|,)(?:参加|出国)?(?P<value>{_NUMBER})(?P<unit>人次?)",
        ),
        (
            "vehicles_purchased",
            rf"(?:购置|更新)(?:数|了)?(?:公务用?车|车辆)?(?:购置)?(?:数|量|数量)?(?:共|为)?(?P<value>{_NUMBER})(?P<unit>辆)",
        ),
        (
            "foreign_receptions",
            rf"{_FOREIGN}(?P<value>{_NUMBER})(?P<unit>批次?|个)",
        ),
        (
            "foreign_guests",
            rf"(?:{_FOREIGN}{_NUMBER}(?:批次?|个)[、，,和及]?(?:共|共计)?|来访外宾)"
            rf"(?P<value>{_NUMBER})(?P<unit>人次?)",
        ),
        (
            "domestic_receptions",
            rf"(?:公务接待|国内接待|接待国内来访团组|国内来访团组|国内公务接待)(?:共|共计|批次)?(?P<value>{_NUMBER})(?P<unit>批次?|个|次)",
        ),
        (
            "domestic_guests",
            rf"(?:公务接待|国内接待|国内来访团组|国内公务接待)(?:共|共计|批次)?{_NUMBER}(?:批次?|个|次)"
            rf"[、，,和及]?(?:来宾|接待人数|共计?|接待|人数)*(?P<value>{_NUMBER})(?P<unit>人次?)",
        ),
        (
            "equipment_over_500_thousand",
            rf"单价50万元[^，,。；;\d]{{0,12}}设备(?:[（(][^）)]*[）)])?(?P<value>{_NUMBER})(?P<unit>台)",
        ),
        (
            "equipment_over_1_million",
            rf"(?<!购置)单价100万元[^，,。；;\d]{{0,12}}设备(?:[（(][^）)]*[）)])?(?P<value>{_NUMBER})(?P<unit>台)",
        ),
        (
            "self_evaluation_score",
            rf"(?:(?P<note>部门整体支出)(?:绩效)?)?自评(?:的)?(?:平均)?得分(?:为|：|:)?(?P<value>{_NUMBER})(?P<unit>分)?",
        ),
        ("self_evaluation_score", rf"平均得分(?:为|：|:)?(?P<value>{_NUMBER})(?P<unit>分)"),
    )
)
"""Other statements of final accounts: trips, guests, vehicles bought, equipment, scores."""
_WHOLE_SENTENCES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("agency_operating_expenses_statement", re.compile(r"(?:无|没有|不涉及)机关运行经费")),
    ("state_capital_statement", re.compile(r"(?:无|没有|不涉及)国有资本经营预算")),
)
_ELSEWHERE = re.compile(r"统一公开|不再(?:另行)?重复公开|由[^，,。；;]*统一(?:安排|编制|列支)")
_EXPENSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("overseas_visits", re.compile(r"因公出国[（(]境[）)]")),
    ("vehicle_total", re.compile(r"公务用?车")),
    ("official_hospitality", re.compile(r"公务接待")),
)
_CALCULATION = re.compile(
    r"约?\d[\d.,]*[^\d，。；、：:=＝\s]{0,6}(?:[*×xX＊][\d.,]+[^\d，。；、：:=＝*×\s]{0,8})+[=＝][\d.,]+(?:亿|万)?元?"
)
_SENTENCE = re.compile(r"[^。]*。|[^。]+$")


@dataclass
class Statements:
    """Rows of statements.csv in reading order, each with the paragraph that it stands in."""

    rows: list[Fields] = field(default_factory=list)
    used: list[tuple[Paragraph, str]] = field(default_factory=list)

    def add(self, paragraph: Paragraph, row: Fields) -> None:
        """Add what a paragraph states."""
        self.rows.append(row | {"source_ref": paragraph.place})
        self.used.append((paragraph, row["value"]))


def read_statements(prose: Sequence[Paragraph], is_final: bool = False) -> Statements:
    """Return the statements of the prose, of a budget or of final accounts.

    A paragraph that states the same thing twice states it once; none and zero are the same.
    """
    statements = Statements()
    for paragraph in prose:
        for row in _of_paragraph(paragraph, (*_STATEMENTS, *(_ACCOUNTED if is_final else ()))):
            statements.add(paragraph, row)
    return statements


def read_calculations(prose: Sequence[Paragraph], project_name: str) -> Statements:
    """Return the sums that a project form writes out, with the project in `note`."""
    statements = Statements()
    for paragraph in prose:
        for found in _CALCULATION.finditer(squeezed(paragraph.text)):
            row = {"subject": "calculation", "value": found.group(), "note": project_name}
            statements.add(paragraph, row)
    return statements


def _of_paragraph(
    paragraph: Paragraph, patterns: Sequence[tuple[str, re.Pattern[str]]]
) -> Iterator[Fields]:
    text = squeezed(paragraph.text)
    rows: list[tuple[int, Fields]] = []
    stated: set[tuple[str, str]] = set()
    elsewhere = _ELSEWHERE.search(text)
    if elsewhere:
        expense = _expense(text[: elsewhere.end()])
        if expense:
            rows.append((-1, {"subject": "reported_elsewhere", "value": expense}))
    for subject, pattern in patterns:
        for found in pattern.finditer(text):
            value = found["value"]
            key = (subject, "0" if value == "零" else value)
            if key not in stated:
                stated.add(key)
                row = {"subject": subject, "value": value, "unit": "", "note": ""}
                row |= {name: text for name, text in found.groupdict().items() if text}
                rows.append((found.start(), row))
    for sentence in _SENTENCE.finditer(text):
        for subject, pattern in _WHOLE_SENTENCES:
            if pattern.search(sentence.group()):
                rows.append((sentence.start(), {"subject": subject, "value": sentence.group()}))
    for found in _CALCULATION.finditer(text):
        rows.append((found.start(), {"subject": "calculation", "value": found.group()}))
    for _, row in sorted(rows, key=lambda row: row[0]):
        yield row


def _expense(text: str) -> str:
    """Return the expense last named before a text ends."""
    named = [
        (found.start(), expense)
        for expense, pattern in _EXPENSES
        for found in pattern.finditer(text)
    ]
    return max(named)[1] if named else ""
