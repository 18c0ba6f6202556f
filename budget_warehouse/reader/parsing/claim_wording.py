"""The wording of the prose of budgets as data: measures, accounts, bases and comparisons.

Every pattern is matched against prose squeezed. Longer wordings stand before the shorter ones that
they contain.
"""

import re

NUMBER = r"(?>\d(?:[\d,，]*\d)?(?:\.\d+)?)"  # whole: 3.55% is no 3
UNIT = r"(?:亿元|万元|元)"
_LINK = (
    r"(?:\d{4}年度?|财政拨款|总预算|年初|预算|支出|安排|总金额|金额|总额|总计|合计|数|共计|共|为|是|：|:"
    r"|。(?=\d{4}年))*"
)
_DIVIDED = rf"{_LINK}{NUMBER}{UNIT}[，,。；;]?(?:其中|主要|具体)*包括"
_ITEM = r"(?<=[：:、，,；;和及])"  # an item of a list
_NO_KIND_OF_REVENUE = r"(?<![款资营业他助])"
_NO_KIND_OF_SPENDING = r"(?<![款营目本金费购业])"

MEASURES: tuple[tuple[str, str], ...] = (
    ("sme_reserved", r"面向中小(?:微)?企业预留(?:的)?政府采购(?:项目)?"),
    ("small_micro_reserved", r"预留给小型(?:、|和)微型企业(?:的)?(?:政府采购)?(?:项目)?"),
    (
        "procurement_goods",
        rf"拟(?:采购|购买)货物|政府采购货物类?|货物类?采购|{_ITEM}货物(?:类项目|类)?",
    ),
    (
        "procurement_works",
        rf"拟(?:采购|购买)工程|政府采购工程类?|工程类?采购|{_ITEM}工程(?:类项目|类)?",
    ),
    (
        "procurement_services",
        rf"拟(?:采购|购买)服务|政府采购服务类?|服务类?采购|{_ITEM}服务(?:类项目|类)?",
    ),
    (
        "procurement_total",
        r"政府采购(?!货物|工程|服务|项目)"
        r"|(?:纳入(?:\d{4}年度?)?部门预算的)?政府采购项目共有?(?=\d)",
    ),
    (
        "fiscal_appropriation_totals",
        r"财政拨款(?:收[、和]?支|收入[、和]支出)(?:预算)?(?=总预算|总计|总额)",
    ),
    (
        "totals",
        rf"{_NO_KIND_OF_REVENUE}(?:收[、和]?支|收入[、和]支出)(?:预算)?(?=总预算|总计|总额)",
    ),
    (
        "general_public_budget_basic_expenditure",
        r"一般公共预算(?:当年)?(?:财政)?(?:拨款)?(?:安排的)?基本支出",
    ),
    ("fiscal_appropriation_basic_expenditure", r"财政拨款(?:安排的)?基本支出"),
    ("fiscal_appropriation_revenue", r"财政拨款收入"),
    ("fiscal_appropriation_expenditure", r"(?<!一般公共预算)财政拨款支出"),
    ("general_public_budget_expenditure", r"一般公共预算(?:(?:财政|当年)?(?:拨款)?支出|当年拨款)"),
    ("government_funds_expenditure", r"政府性基金(?:预算)?(?:财政)?(?:拨款)?支出"),
    ("state_capital_expenditure", r"国有资本经营预算(?:财政)?(?:拨款)?支出"),
    ("institution_revenue", r"(?<!附属)事业收入"),
    ("business_revenue", r"(?:事业单位)?经营收入"),
    ("other_revenue", r"其他收入"),
    ("total_revenue", rf"{_NO_KIND_OF_REVENUE}收入预算"),
    ("total_revenue", r"(?:部门|单位)预算收入"),
    ("total_revenue", rf"{_NO_KIND_OF_REVENUE}收入(?=总额|总计|总预算)"),
    ("total_revenue", r"(?<![款资营业他助金])总收入"),
    ("total_expenditure", r"(?:部门|单位)预算支出"),
    (
        "total_expenditure",
        rf"{_NO_KIND_OF_SPENDING}支出(?=(?:预算)?总额|(?:预算)?总计|总预算)",
    ),
    ("total_expenditure", r"(?<![款算营目本金费购业])支出预算"),
    ("total_expenditure", r"(?<![款算营目本金费购业])总支出"),
    ("three_public_total", r"[“\"]?三公[”\"]?经费(?!合计的|的)"),
    ("overseas_visits", r"因公(?:临时)?出国[（(]境[）)](?:经费|费用?)?"),
    ("vehicle_total", r"公务(?:用)?车购置(?:费)?[及和与、]运行(?:及?维护)?费"),
    ("vehicle_purchase", r"公务(?:用)?车(?:用车)?购置费?"),
    ("vehicle_operation", r"公务(?:用)?车(?:用车)?运行(?:维护)?费"),
    ("official_hospitality", r"公务接待费+"),
    ("agency_operating_expenses", r"机关运行经费"),
    ("basic_expenditure", r"(?<![款算金])基本支出"),
    ("project_expenditure", r"(?<![款算金])项目支出"),
    ("performance_project_amount", r"涉及(?:项目)?(?:(?:预算|财政性)?资金|预算(?=\d))"),
    ("general_public_budget_personnel", rf"人员(?:经费|支出)(?={_DIVIDED})"),
    ("general_public_budget_public_use", rf"(?:日常)?公用(?:经费|支出)(?={_DIVIDED})"),
)
PAIRS = {
    "totals": ("total_revenue", "total_expenditure"),
    "fiscal_appropriation_totals": (
        "fiscal_appropriation_total_revenue",
        "fiscal_appropriation_total_expenditure",
    ),
}
"""Pairs of measures that one amount is the total of: revenue and expenditure."""
PARTS = frozenset({"basic_expenditure", "project_expenditure"})
"""Measures claimed only as a part of the expenditure that their paragraph stated last."""
WHOLES = {
    "total_expenditure": "",
    "totals": "",
    "fiscal_appropriation_expenditure": "fiscal_appropriation_",
    "fiscal_appropriation_totals": "fiscal_appropriation_",
    "general_public_budget_expenditure": "general_public_budget_",
    "government_funds_expenditure": "government_funds_",
}
"""The expenditure that has such parts, with what their names begin with."""
OF_GENERAL_PUBLIC_BUDGET = frozenset(
    {"general_public_budget_personnel", "general_public_budget_public_use"}
)
"""Measures claimed only where the fund that is divided is that budget."""
EXPENSES = frozenset(
    {"three_public_total", "overseas_visits", "vehicle_total", "vehicle_purchase"}
    | {"vehicle_operation", "official_hospitality", "agency_operating_expenses"}
)
"""Expenses that may head paragraphs, or be compared before their amount is stated."""

_MEASURE = "|".join(f"(?P<measure{index}>{words})" for index, (_, words) in enumerate(MEASURES))
_STATED = rf"(?:{_MEASURE}){_LINK}(?P<amount>{NUMBER})(?P<unit>{UNIT})?(?![%％\d年辆个])"

_PLANNED_FOR = r"(?:科目|支出|预算|安排|为|年初|数|：|:|。(?=\d{4}年)|\d{4}年度?)*"
_CODED_NAME = r"[^“”。，,；;：:、.．①-⑳\d（()）]{2,40}"
ACCOUNTS = {
    "account": r"[“\"](?P<account>[^“”\"]{2,90})[”\"](?:科目)?(?:支出)?(?:预算)?",
    "named": r"(?P<named>[^“”。，,；;：:、.．\d][^“”。，,；;：:、\d]{1,60}[（(]项[）)])"
    + _PLANNED_FOR,
    "coded": rf"(?P<coded>{_CODED_NAME}[（(]2\d{{4,6}}[）)]){_PLANNED_FOR}",
    "leading": r"(?<![\d.．,，年])(?P<leading>2\d{2}(?:\d{2}){0,2}[-—－–]|2\d{6})"
    rf"(?P<leading_name>{_CODED_NAME}?)(?:预算|安排|为|数|：|:)*",
}
"""An account is quoted, or called an item (项), or stands before or behind its code."""
_LISTED = "|".join(
    rf"{words}(?P<{name}_amount>{NUMBER})(?P<{name}_unit>{UNIT})"
    for name, words in ACCOUNTS.items()
)

# The account's amount a year ago, and the plan for it: 2022年当年预算执行数为1.48万元，
# 2023年预算安排2.63万元.
_HELD = (
    r"(?P<held_year>\d{4})年(?:当年)?(?P<held_kind>预算执行数?|执行数|年初预算数?|预算数?)为?"
    rf"(?P<held_amount>{NUMBER})(?P<held_unit>{UNIT})"
)
_PLANNED = (
    rf"(?P<planned>\d{{4}}年预算安排|本年预算安排)(?P<planned_amount>{NUMBER})"
    rf"(?P<planned_unit>{UNIT})"
)

_DIRECTION = r"增加|减少|增长|下降|降低|上升|提高"
_SAME = r"持平|一致|相同|相等|无变化|没有变化|无增减变化|无增减|不变"
_KIND = rf"(?:(?!{_DIRECTION}|{_SAME})[^，,。；;\d（()）]){{0,24}}?"
# 与上年相比，财政拨款支出增加: what is compared may be named again behind the comma.
_AGAIN = (
    r"(?:财政拨款|一般公共预算|政府性基金|国有资本经营|[“\"]?三公[”\"]?经费|拨款|预算|收入|支出|总计|总额"
    r"|[收支总、和数])+"
)
_SET_AGAINST = rf"(?:相比较?)?(?:[，,](?P<again>{_AGAIN})?)?"
_BASE_AMOUNT = rf"(?:(?:为|是)?(?P<compared_amount>{NUMBER})(?P<compared_unit>{UNIT})的?(?![，,]))?"
_BY_PERCENT = (
    rf"(?:[，,（(]?(?:同比)?(?:(?:{_DIRECTION}|增幅|降幅|减幅|增长率|下降率)(?:约|为|达)?)?了?"
    rf"(?P<percent>{NUMBER}[%％]))?"
)
_COMPARISON = (
    r"(?:(?:比|与|较|同|和)(?:(?P<base_year>\d{4})年度?|上年度?|上一年度?|去年)|同比)"
    rf"(?:[（(][^）)]*[）)])?(?P<base_kind>{_KIND}){_BASE_AMOUNT}{_SET_AGAINST}[各均数]?"
    rf"(?:(?P<unchanged>{_SAME})"
    rf"|(?P<direction>{_DIRECTION})了?(?P<change>{NUMBER})(?P<change_unit>{UNIT}){_BY_PERCENT}"
    rf"|(?P<percent_direction>{_DIRECTION})了?(?P<percent_only>{NUMBER}[%％]))"
)
TOKEN = re.compile("|".join((_LISTED, _HELD, _PLANNED, _COMPARISON, _STATED)))

MEASURE = re.compile(_MEASURE)
NAMED_LAST = re.compile(rf"(?:{_MEASURE})(?:\d{{4}}年度?|预算|支出|安排|数)*$")
UNDER_HEADING = re.compile(
    rf"(?:\d{{4}}年度?|本年度?)(?:预算|年初|财政拨款|安排|支出|数|为|共|：|:)+{NUMBER}{UNIT}"
)
"""Opening of a paragraph that states the amount of its heading."""
# A sentence of its own may compare what was stated before: 。收入较去年增加24.17万元.
STATED_AGAIN = re.compile(
    rf"(?:^|[。；;])(?:\d{{4}}年度?)?(?:本年|本部门|本单位)?"
    rf"(?:(?P<revenue>收入)|(?P<expenditure>支出)|{_MEASURE})(?:总?预算|支出|总额)*$"
)
AGAIN: tuple[tuple[str, str], ...] = (
    ("(?<!一般公共预算)财政拨款", r"fiscal_appropriation_"),
    ("一般公共预算", r"general_public_budget_"),
    ("政府性基金", r"government_funds_"),
    ("国有资本经营", r"state_capital_"),
    ("三公", r"three_public_total"),
    ("收入", r".*revenue$|.*totals$"),
    ("支出", r".*expenditure$|.*totals$|three_public_total|function_item"),
    ("收[、和]?支", r".*totals$"),
)
"""Words that name again what is compared, and the measures that they can mean."""
OF_A_FUND = re.compile(r"一般公共预算|政府性基金预算|国有资本经营预算")


def measure_of(parts: dict[str, str | None]) -> str:
    """Return the measure that a match names, or nothing."""
    return next((name for index, (name, _) in enumerate(MEASURES) if parts[f"measure{index}"]), "")
