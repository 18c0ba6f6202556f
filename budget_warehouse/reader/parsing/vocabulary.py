"""The official wording as data: titles of tables, heads of columns, labels of project forms.

Every pattern is matched against wording made plain (half-width, no spaces, no quotation marks).
"""

import re
from dataclasses import dataclass

FORM = "project form"

_ENDING = r"(?:预算)?(?:公开)?(?:情况总表|总表|总体情况表|总体表|情况表|明细表|表)(?:续表)?"
_BY_FUNCTION = r"(?:\([^)]*功能[^)]*\))?"
_BY_ECONOMIC = r"(?:\([^)]*经济[^)]*\))?"
_GRANT = r"(?:财政拨款|当年拨款|拨款)?"
_WHOSE = r"(?:本?部门\(单位\)|本?部门|预算单位|本?单位)?"

# What may stand before a title's own words, from the least to the most: a list number, whose
# budget of which year it is, the name of the organization.
_TITLE_PREFIXES = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:(?:附件|附表|附|表)?\d{1,2}(?:-\d{1,2})?[-.、:]?(?!\d)|表?[一二三四五六七八九十]+[、:]?)?"
        r"(?:\([一二三四五六七八九十\d]+\))?(?:\d{4}年?度?)?"
        rf"(?:市级|区级|县级|省级)?{_WHOSE}(?:综合预算|预算公开)?(?:\d{{4}}年?度?)?",
        rf"^.*\d{{4}}年度?(?:市级|区级|县级|省级)?{_WHOSE}(?:综合预算|预算公开)?",
        r"^.*?(?:部门\(单位\)|部门|单位)",
    )
)
_TITLE_SUFFIX = re.compile(r"(?:\((?![^)]*(?:功能|经济))[^)]*\))+$")

TITLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern + "$"))
    for name, pattern in (
        (FORM, r".*(?:项目|财政).*绩效目标(?:填报|申报)?表"),
        ("revenue_expenditure_summary", rf"(?:预算)?(?:财务)?收支{_ENDING}"),
        ("revenue_by_function", rf"(?:预算|本年)?收入{_ENDING}"),
        ("expenditure_by_function", rf"(?:预算|本年)?支出{_ENDING}"),
        ("fiscal_appropriation_summary", rf"财政拨款收支{_ENDING}"),
        (
            "general_public_budget_by_function",
            rf"一般公共预算(?:{_GRANT}支出|当年拨款)(?:预算)?(?:功能分类)?{_ENDING}{_BY_FUNCTION}",
        ),
        (
            "government_funds_by_function",
            rf"政府性基金(?:预算)?{_GRANT}支出(?:预算)?(?:功能分类)?{_ENDING}{_BY_FUNCTION}",
        ),
        (
            "state_capital_by_function",
            rf"国有资本经营(?:预算)?{_GRANT}支出(?:预算)?(?:功能分类)?{_ENDING}{_BY_FUNCTION}",
        ),
        (
            "basic_expenditure_by_economic",
            rf"一般公共预算{_GRANT}基本支出(?:预算)?(?:部门)?(?:预算)?(?:经济分类)?{_ENDING}{_BY_ECONOMIC}",
        ),
        (
            "basic_expenditure_by_economic",
            rf"一般公共预算{_GRANT}支出(?:预算)?{_ENDING}\([^)]*经济[^)]*\)",
        ),
        ("three_public_expenses", r".*三公.*表"),
    )
)
_TITLE_NUMBER = re.compile(r"^(?:附件|附表|附|表)(?:\d{0,2}(?:-\d{1,2})?|[一二三四五六七八九十]+):")
_ANY_TITLE = re.compile(r"^[^,。;:]{2,60}表(?:\([^)]*\))?$")
_NO_TITLE = re.compile(
    r"^(?:公开|附)?表?表$|^\(?\D{0,6}\d+(?:-\d+)?表\)?$|填表|制表|(?<![填申])报表$"
)


def table_titled(text: str) -> str | None:
    """Return the table that a plain text is the title of.

    '' stands for a table that the contract has no place for, None for a text that is no title.
    """
    text = _TITLE_NUMBER.sub("", text)
    if not _ANY_TITLE.match(text) or _NO_TITLE.search(text):
        return None
    for prefix in _TITLE_PREFIXES:
        core = prefix.sub("", _TITLE_SUFFIX.sub("", text), count=1)
        for name, pattern in TITLES:
            if pattern.match(core):
                return name
    return ""


@dataclass(frozen=True)
class Head:
    """What a column's head must say: its own words, and those of the heads above it."""

    column: str
    leaf: re.Pattern[str]
    above: re.Pattern[str]
    not_above: re.Pattern[str]


def _head(column: str, leaf: str, above: str = "", not_above: str = r"(?!)") -> Head:
    return Head(column, re.compile(leaf), re.compile(above), re.compile(not_above))


CODE = "code"
LABEL = "label"
ENTITY = "entity"
NOTE = "note"
SERIAL = "serial"
YEAR = "year"

_SUM = (
    r"^(?:合计|总计|小计|(?:本年)?(?:收入|支出)(?:总计|合计)"
    r"|(?:(?:\d{4}|本|当)年度?)?(?:年初)?预算(?:数|金额)?|金额)$"
)
_ENTITY = _head(ENTITY, r"^(?:预算)?(?:单位\(部门\)|部门\(单位\)|部门/单位|单位|部门)(?:名称)?$")
_CODES = (
    _head(SERIAL, r"^(?:序号|行次)$"),
    _head(NOTE, r"^备注$"),
    _head("class_code", r"^类$"),
    _head("section_code", r"^款$"),
    _head("item_code", r"^项$"),
    _head(CODE, r"^类\W?款\W?项?$"),
    _head(CODE, r"^(?:编码|代码)$", r"科目|分类", "政府"),
    _head(CODE, r"^(?!单位|部门代码|部门编码|政府).*(?:科目|分类)(?:编码|代码|编号)$", "", "政府"),
    _head("name", r"^(?!政府).*(?:科目名称|科目)$", "", "政府"),
    _head("name", r"^(?:功能分类|经济分类|项目)$"),
    _head("name", r"^(?:名称|项目名称)$"),
    _ENTITY,
)
_BY_FUNCTION_HEADS = (
    *_CODES,
    _head("basic", r"^(?:其中:)?基本支出$"),
    _head("basic", r"^(?:小计|合计)$", "基本支出"),
    _head("project", r"^(?:其中:)?项目支出$"),
    _head("project", r"^(?:小计|合计)$", "项目支出"),
    _head("total", _SUM, "", "基本支出|项目支出|政府采购"),
)
_SUMMARY_HEADS = (
    _head(SERIAL, r"^(?:序号|行次)$"),
    _head(NOTE, r"^备注$"),
    _head(LABEL, r"(?:项目|科目|类别|名称)(?:\(.*\))?$"),
    _head(LABEL, r"^(?:本年)?(?:收入|支出)$|^内容$|^支出功能分类$"),
)

HEADS: dict[str, tuple[Head, ...]] = {
    "revenue_expenditure_summary": (
        *_SUMMARY_HEADS,
        _head("personnel", r"^人员经费"),
        _head("public_use", r"^(?:日常)?公用经费"),
        _head("project", r"^项目支出$"),
        _head("amount", _SUM, "", "基本支出|项目支出"),
    ),
    "fiscal_appropriation_summary": (
        *_SUMMARY_HEADS,
        _head("general_public_budget", r"^一般公共预算"),
        _head("government_funds", r"^政府性基金"),
        _head("state_capital", r"^国有资本经营"),
        _head("total", _SUM),
    ),
    "revenue_by_function": (
        *_CODES,
        _head("fiscal_appropriation", r"^(?:本年|当年)?财政拨款(?:\(?补助\)?)?(?:收入)?$"),
        _head("fiscal_appropriation", r"^(?:小计|合计)$", "财政拨款"),
        _head("institution_revenue", r"^事业收入(?:\([^)]*\))?$"),
        _head("institution_revenue", r"^(?:小计|合计|金额)$", "事业收入"),
        _head("business_revenue", r"^(?:事业单位)?经营收入$"),
        _head("other_revenue", r"^其他收入$"),
        _head("total", r"^(?:合计|总计|收入总计|收入合计)$"),
    ),
    "expenditure_by_function": _BY_FUNCTION_HEADS,
    "general_public_budget_by_function": _BY_FUNCTION_HEADS,
    "government_funds_by_function": _BY_FUNCTION_HEADS,
    "state_capital_by_function": _BY_FUNCTION_HEADS,
    "basic_expenditure_by_economic": (
        *_CODES,
        _head("personnel", r"^人员经费"),
        _head("personnel", _SUM, "人员经费"),
        _head("public_use", _SUM, "公用经费"),
        _head("public_use", r"^(?:日常)?公用经费"),
        _head("total", r"^(?:其中:)?基本支出$"),
        _head("total", r"^(?:小计|合计)$", "基本支出"),
        _head("total", _SUM),
    ),
    "three_public_expenses": (
        _head(SERIAL, r"^(?:序号|行次)$"),
        _head(YEAR, r"^年度$"),
        _head("overseas_visits", r"^一般公共预算", "因公出国"),
        _head("official_hospitality", r"^一般公共预算", "公务接待"),
        _head("vehicle_total", r"^一般公共预算", "公(?:务用?)?车.*/(?:小计|合计)$"),
        _head("vehicle_purchase", r"^一般公共预算", "公(?:务用?)?车购置费$"),
        _head("vehicle_operation", r"^一般公共预算", "公(?:务用?)?车运行[^/]*$"),
        _head("total", r"^一般公共预算", "^(?:三公经费)?(?:合计|总计)$"),
        _head("overseas_visits", r"因公出国"),
        _head("official_hospitality", r"公务接待"),
        _head("vehicle_total", r"^(?:小计|合计)$", "公(?:务用?)?车"),
        _head("vehicle_total", r"^公(?:务用?)?车(?:购置费?[及和、].*|费用?|经费)?$"),
        _head("vehicle_purchase", r"购置费?$"),
        _head("vehicle_operation", r"公(?:务用?)?车运行"),
        _head("vehicle_operation", r"^运行(?:维护)?费?$", "公(?:务用?)?车"),
        _head("agency_operating_expenses", r"(?:机关运行|行政)经费"),
        _head("total", r"^(?:合计|总计|小计)$", "三公"),
        _head("total", r"^(?:三公)?(?:经费)?(?:支出|预算)?(?:合计|总计|小计)$"),
        _head("total", r"^(?:\d{4}年)?三公经费(?:预算|支出)?数?$"),
        _head("total", r"^(?:(?:\d{4}|本)年度?)?(?:预算数?|预算金额|金额)$"),
        _head(NOTE, r"^备注$"),
        _head("name", r"^(?:项目(?:名称)?|支出项目|内容|经费名称)$"),
        _ENTITY,
    ),
}

SECTION_CODE_HEADS = {"basic_expenditure_by_economic": {"section_code": "item_code"}}

FORM_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (column, re.compile(rf"(?:{pattern}):?$"))
    for column, pattern in (
        ("project_name", r"项目名称"),
        ("project_kind", r"项目(?:性质|属性)"),
        ("category", r"项目(?:类别|类型)"),
        ("supervising_organization_name", r"(?:预算)?主管部门(?:及代码|名称)?"),
        ("implementing_organization_name", r"(?:项目)?(?:实施|预算|项目)单位(?:名称)?"),
        ("starts_on", r"(?:项目|计划)*(?:开始|起始)(?:日期|时间)"),
        ("ends_on", r"(?:项目|计划)*(?:完成|结束|终止)(?:日期|时间)"),
        ("total", r"(?:项目|实施期|中期)(?:资金)?(?:总额|总金额|总预算)"),
        ("annual_total", r"年度(?:资金|预算)(?:申请)?总额|年度资金申请"),
        ("annual_fiscal", r"(?:其中:)?(?:当年|本年|年度)财政(?:拨款|资金)"),
        ("annual_carryover", r"上年结转(?:资金)?|(?:其中:)?上年结转(?:资金)?"),
        ("fiscal", r"(?:其中:)?财政(?:资金|拨款)"),
        ("other", r"(?:其中:)?其[他它]资金"),
        ("unit", r"(?:项目资金|资金金额|资金情况)(?:\((?:万元|元)\))?"),
        ("goal", r"项目?(?:绩效)?(?:总体?|年度)?目标.*|年度总体?目标.*|项目绩效目标"),
    )
)
INDICATOR_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern + "$"))
    for column, pattern in (
        ("indicator_level_1", r"一级指标"),
        ("indicator_level_2", r"二级指标"),
        ("indicator_name", r"三级指标(?:名称)?|指标名称|指标内容"),
        ("target", r"(?:年度|项目|目标|计划)*(?:\(/?项目\))?(?:年度)?(?:指标|目标)值(?:\(.*\))?"),
        ("note", r"备注"),
    )
)
