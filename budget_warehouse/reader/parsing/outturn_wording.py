"""The wording of the prose of final accounts (决算) as data: subjects, stages and comparisons.

Every pattern is matched against prose squeezed. Longer wordings stand before the shorter ones that
they contain.
"""

import re

NUMBER = r"\d(?:[\d,，]*\d)?(?:\.\d+)?"
PERCENT = rf"{NUMBER}(?:[%％]|个百分点)"
_UNIT = r"(?:亿元|万元|元|万(?=[（(，,。；;、]))"
_SIGNED = rf"[-−－]?{NUMBER}"

FUNDS: tuple[tuple[str, str], ...] = (
    ("general_public_budget", r"一般公共(?:预算|服务预算)(?:当年)?(?:财政)?(?:拨款)?"),
    ("government_funds", r"政府性基金(?:预算)?(?:财政)?(?:拨款)?"),
    ("state_capital", r"国有资本(?:经营)?(?:预算)?(?:财政)?(?:拨款)?"),
    ("fiscal_appropriation", r"财政(?:拨款|补助)"),
)
"""The funds that a line of revenue or expenditure can be of."""

_NO_KIND = "(?<![款营目本金费购业贴助资程务品利动贷])"  # a kind of expenditure is not all of it
LINES: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("total_revenue", "total_expenditure"),
        r"收入(?:总计|总额|合计)?(?:[、和及与,，]|以及)?(?:本年)?支出(?:总计|总额|合计|决算总计)"
        r"|收[、，]?支(?:总计|总额|合计|决算总计)|总收入[、和及与](?:总支出|支出)|收入总计[和、及与]支出总计",
    ),
    (("revenue_subtotal",), r"本年度?收入(?:决算)?(?:合计|总计|总额)?"),
    (("expenditure_subtotal",), r"本年度?支出(?:决算)?(?:合计|总计|总额)?"),
    (("total_revenue",), r"收入(?:决算)?(?:总计|总额)|总收入"),
    (("total_expenditure",), rf"{_NO_KIND}支出(?:决算)?(?:总计|总额)|总支出"),
    (("revenue_subtotal",), r"收入(?:决算)?合计"),
    (("expenditure_subtotal",), rf"{_NO_KIND}支出(?:决算)?合计"),
    (("basic_expenditure",), r"基本支出"),
    (("project_expenditure",), r"项目支出"),
    (("personnel",), r"(?:在职)?人员经费"),
    (("public_use",), r"(?:日常)?公用经费"),
    (
        ("carried_in",),
        r"(?:年初|上年)(?:财政拨款)?(?:项目)?(?:结转(?:和|、)?结余|结转|结余)(?:资金|收入)?",
    ),
    (
        ("carried_out",),
        r"(?:(?:年末|年终|本年|期末)(?:财政拨款)?(?:项目)?(?:结转(?:和|、)?结余|结转|结余)|结转下年)(?:资金)?",
    ),
)
"""The lines that are total of all funds, or of the fund that is named before them."""

BARE_LINES = {"收入": "revenue", "支出": "expenditure"}
"""Lines that are only told by a fund before them."""

OF_FUNDS = frozenset(
    {
        "fiscal_appropriation_revenue",
        "fiscal_appropriation_expenditure",
        "fiscal_appropriation_total_revenue",
        "fiscal_appropriation_total_expenditure",
        "fiscal_appropriation_carried_in",
        "fiscal_appropriation_carried_out",
        "fiscal_appropriation_basic_expenditure",
        "fiscal_appropriation_project_expenditure",
        "fiscal_appropriation_personnel",
        "fiscal_appropriation_public_use",
        "general_public_budget_revenue",
        "general_public_budget_expenditure",
        "general_public_budget_total_revenue",
        "general_public_budget_total_expenditure",
        "general_public_budget_carried_in",
        "general_public_budget_carried_out",
        "general_public_budget_basic_expenditure",
        "general_public_budget_project_expenditure",
        "general_public_budget_personnel",
        "general_public_budget_public_use",
        "government_funds_revenue",
        "government_funds_expenditure",
        "government_funds_total_revenue",
        "government_funds_total_expenditure",
        "government_funds_carried_in",
        "government_funds_carried_out",
        "government_funds_basic_expenditure",
        "government_funds_project_expenditure",
        "state_capital_revenue",
        "state_capital_expenditure",
        "state_capital_total_revenue",
        "state_capital_total_expenditure",
        "state_capital_carried_in",
        "state_capital_carried_out",
        "state_capital_project_expenditure",
    }
)
"""The measures of a fund and a line; another pair is none."""

MEASURES: tuple[tuple[str, str], ...] = (
    (
        "reserved_awarded_to_small_micro",
        r"面向小微企业预留(?:的)?政府采购项目[^。；，,]{0,6}[，,]由小微企业(?:供应商)?中标(?:或者?成交)?的?[，,]?",
    ),
    (
        "reserved_awarded_to_sme",
        r"面向中小(?:微)?企业预留(?:的)?政府采购项目[^。；，,]{0,6}[，,]由中小(?:微)?企业(?:供应商)?中标(?:或者?成交)?的?[，,]?",
    ),
    (
        "other_awarded_to_sme",
        r"其[他它](?:的)?政府采购项目[^。；，,]{0,6}[，,]由中小(?:微)?企业(?:供应商)?中标(?:或者?成交)?的?[，,]?",
    ),
    (
        "small_micro_reserved",
        r"(?:面向|预留给)小(?:型)?(?:、|和)?微(?:型)?企业(?:预留)?(?:的)?政府采购(?:项目)?",
    ),
    ("sme_reserved", r"面向中小(?:微)?企业预留(?:的)?政府采购(?:项目)?"),
    ("small_micro_awarded", r"授予小(?:型)?(?:、|和)?微(?:型)?企业(?:的)?(?:政府采购)?(?:合同)?"),
    ("sme_awarded", r"授予中小(?:微)?企业(?:的)?(?:政府采购)?(?:合同)?"),
    ("procurement_goods", r"(?:政府)?采购货物|货物(?:类)?(?:政府)?采购|货物类?(?=支出)"),
    ("procurement_works", r"(?:政府)?采购工程|工程(?:类)?(?:政府)?采购|工程类?(?=支出)"),
    (
        "procurement_services",
        r"(?:政府)?(?:采购|购买)服务|服务(?:类)?(?:政府)?采购|服务类?(?=支出)",
    ),
    ("procurement_total", r"政府采购(?:支出|金额|合同|总额|总)"),
    ("superior_subsidy", r"上级(?:单位)?补助收入"),
    ("institution_revenue", r"(?<!附属)事业(?:单位)?收入"),
    ("business_revenue", r"(?:事业单位)?经营收入"),
    ("affiliated_remittance", r"附属单位上缴收入"),
    ("other_revenue", r"其他收入"),
    ("remitted_to_superior", r"上缴上级支出"),
    ("business_operation", r"(?<!资本)经营支出"),
    ("subsidies_to_affiliated", r"对附属单位补助支出"),
    (
        "non_fiscal_surplus_used",
        r"(?:使用非财政拨款结余|用事业基金弥补收支差额|使用专用结余)(?:[（(][^）)]*[)）])?",
    ),
    ("surplus_distributed", r"结余分配"),
    ("three_public_total", r"[“\"]?三公[”\"]?经费"),
    ("overseas_visits", r"因公(?:临时)?出国[（(]境[）)](?:费用?)?"),
    ("vehicle_total", r"公务(?:用)?车购置(?:费)?[及和与、](?:公务用车)?运行(?:及?维护)?(?:费用?)?"),
    ("vehicle_purchase", r"公务(?:用)?车购置(?:费|支出|经费)"),
    ("vehicle_operation", r"公务(?:用)?车运行(?:及?维护)?(?:费用?|支出|经费)"),
    ("domestic_hospitality", r"国内(?:公务)?接待(?:费|支出)"),
    ("foreign_hospitality", r"(?:国[（(]境[)）]外|外宾|外事|涉外|国外)(?:公务)?接待(?:费|支出)"),
    ("official_hospitality", r"公务接待(?:费|支出)"),
    ("meetings", r"会议费"),
    ("trainings", r"培训费"),
    ("agency_operating_expenses", r"机关运行经费"),
    ("self_evaluated_department", r"(?:部门|单位)(?:[（(]单位[)）])?整体(?:支出)?(?:绩效)?自评"),
    (
        "performance_project_amount",
        r"(?:共?涉及)(?:一般公共|政府性基金|国有资本经营)?(?=预算(?:金额|资金))",
    ),
)
"""Other subjects of an amount, by name."""

ACCOUNT_NAME = r"(?:[^，,。；;：:、“”\"\d（()）%％]|[（(][^（()）\d类款项]{1,20}[)）]){2,40}?"
ACCOUNT_PATH = rf"(?:{ACCOUNT_NAME}[（(]\d*[类款项]\d*[)）](?:支出)?[-—、]?){{1,4}}"
_CODED_NAME = r"(?:[^，,。；;：:、“”\"\d（()）%％]|[（(][^（()）\d]{1,12}[)）]){2,40}"
ACCOUNT_CODED = (
    rf"(?:{_CODED_NAME}[（(]2\d{{2,6}}[)）][-—]?){{1,3}}"
    rf"|(?<!\d)2\d{{4,6}}[-—]?{_CODED_NAME}?(?=支出决算|年初|决算|全年|预算)"
)
ACCOUNT_QUOTED = r"[“\"](?P<quoted_name>[^“”\"]{2,90})[”\"](?:科目|[（(][类款项][)）])"
BEFORE_ACCOUNT = re.compile(r"^(?:年度?|主要|用于|其中|按照?|的|和|及|为|是)+|^[)）、.．①-⑳⑴-⒇\s]+")

SELF_EVALUATION = r"(?P<project>[^。；;，,：:]{2,80}?)(?:项目)?(?:支出)?(?:绩效)?自评综述"

REASON = (
    r"(?:主要|增减|变动|差异|增加|减少|下降|增长)*(?:的)?(?:主要)?原因"
    r"|主要(?:是|系|由于|因|用于(?!以下|以上|下列))|(?<!主要)用于(?=[：:])|主要增减变动|主要情况"
    r"|涉及[^，,。；;\d]{0,20}(?:支出|(?<!预算)资金)"
)
"""Openings of a reason or a description: the amounts in it belong to something else."""

STAGES = {
    "年初": "initial_budget",
    "全年": "adjusted_budget",
    "调整": "adjusted_budget",
    "追加": "adjusted_budget",
    "变更": "adjusted_budget",
}
_KIND = r"(?:年初|全年|调整|追加|变更)"
_OF_BUDGET = (
    rf"(?P<{{}}kind>{_KIND})?(?:后)?(?:的)?(?:年度|当年|部门)?(?:财政拨款)?"
    r"(?:支出|收入)?预算(?:支出|收入)?(?:批复)?"
)

BUDGET_BEFORE = re.compile(
    rf"(?P<kind>{_KIND})?(?:后)?(?:的)?(?:批复|安排|下达|核定)?(?:的)?(?:年度|当年)?(?:财政拨款)?(?:支出|收入)?"
    r"(?<!公共)(?<!基金)(?<!经营)预算(?:支出|收入|经费|安排|批复|指标)*(?:数|金额|总额|资金|额)*"
    r"(?:均|各|共|共计|合计|约|为|是|：|:|计|[（(][A-Z][)）])*$"
)
"""Words before an amount that is a budget."""

OUTTURN_BEFORE = re.compile(
    r"(?:支出|收入|总计|合计)?(?:决算|执行|实际支出|实际发生|实际完成|实际执行|实际使用)(?:支出|收入)?(?:数|金额|总额|额|经费)*"
    r"(?:均|各|共|共计|合计|总计|约|为|是|：|:|计|[（(][A-Z][)）])*$"
)
"""Words before an amount that is an outturn."""

LINK = re.compile(
    r"^[”\"]?(?:财政拨款|支出|收入|费用|经费|金额|总额|总数|总计|合计|决算|当年|全年|本年|本年度|当年度"
    r"|[（(][^（()）]{0,20}[)）]|共|共计|计|均|各|约|费|数|额|为|是|：|:|、|，其中|达|到|类|款|项|科目|合同|采购)*$"
)
"""Words that may stand between the name of a subject and its amount."""

PLANNED = re.compile(
    r"安排(?!的)|计划|预计|追加|调增|调减|压减|节约|节省|追减|下达|拨付|收到|退回|上缴(?!上级)"
)
BUDGET_AHEAD = re.compile(rf"[，,、]?其?(?:年初|全年|调整)预算(?:数|金额)?(?:为|是|：|:)?{NUMBER}")
"""A budget that follows an amount, which then is the outturn beside it."""
LAST_YEAR = re.compile(r"(?P<year>\d{4})年(?!初|末)|上一?年度?(?!结)|去年")

MONEY = rf"(?P<money>{_SIGNED})(?P<unit>{_UNIT})"
FIGURE_AHEAD = (
    rf"(?:支出)?[”\"]?(?:(?:决算)?(?:为|：|:)?{NUMBER}(?:万元|元|亿元)|年初预算|全年预算|支出决算)"
)
OUTTURN_AHEAD = re.compile(
    rf"(?:决算|执行|实际)(?:支出|完成)?(?:数|金额|总额)*(?:为|是|：|:)*{_SIGNED}{_UNIT}"
)
"""An outturn that a later sentence of the paragraph states."""
COMPLETION = (
    rf"(?:完成|达到?|为|占|是)了?(?:当年|本年|年度|\d{{4}}年度?)?{_OF_BUDGET.format('completed_')}(?:数|的|金额)*"
    rf"(?:[（(][^）)]*[)）])?(?:为|是)?(?:(?P<completed_amount>{_SIGNED})(?P<completed_unit>{_UNIT})的?)?"
    rf"(?:比例|比率|百分比)?(?:为|达|约|的)*(?P<completion>{_SIGNED}[%％])"
    rf"|(?<=元[，,])完成(?P<completion_alone>{_SIGNED}[%％])(?=[，,。；;（(])"
    rf"|(?:预算|支出)?(?:完成率|执行率)(?:为|达|到|：|:)*(?P<completion_rate>{_SIGNED}[%％])"
)
COMPLETIONS = ("completion", "completion_alone", "completion_rate")
"""Groups of `COMPLETION` that hold the percentage."""
NO_BUDGET = (
    r"(?P<no_budget>年初(?:无|没有|未安排|未编制|未列|无此项|未做|未编列)"
    r"(?:此项|该项|相关|部门)?预算(?:安排)?|无年初预算(?:数)?)"
)
_BASE_YEAR = r"(?:(?P<base_year>\d{4})年度?|(?P<last_year>上一?年度?|上年同期|去年|上年度?同期))"
COMPARISON = (
    rf"(?:比|与|较|同|和|对比)(?:{_BASE_YEAR}(?:同期)?(?:财政拨款)?(?:支出|收入|部门)?"
    rf"(?P<base_kind>决算|执行|实际|年初预算|预算)?(?:支出|收入)?数?(?:相比|相较|比较|比|对比)?"
    rf"|(?:\d{{4}}年度?|本年度?|当年)?{_OF_BUDGET.format('base_budget_')}(?:数|金额|安排)*(?:相比|相较|比较)?)"
    r"|(?P<same_period>同比)"
)
_DIRECTION = r"(?:增加|减少|增长|下降|降低|上升|提高|增|减|变化|变动)"
_OR = r"(?:[（(](?:增加|减少|增长|下降|降低|上升)[)）]|/(?:增加|减少|增长|下降))?"
CHANGE = (
    rf"(?P<direction>{_DIRECTION}){_OR}(?:了|额|约|数|为|：|:|支出|收入|资金|共|共计)*"
    rf"(?P<change>{_SIGNED})(?P<change_unit>{_UNIT})"
    rf"|(?:决算数?|支出数?)?(?P<beyond>大于|小于|高于|低于|超过)(?P<beyond_kind>{_KIND})?预算数?"
    rf"(?P<beyond_change>{NUMBER})(?P<beyond_unit>{_UNIT})"
)
PERCENT_CHANGE = (
    rf"(?:(?P<percent_direction>{_DIRECTION}){_OR}(?:了|率|幅度?|比例|约|为|达|到|：|:)*|(?:增|降|减)幅(?:约|为|达)*)"
    rf"(?P<percent>{_SIGNED}(?:[%％](?!、\d)|(?=[。；;，,])(?!万)))"
)
UNCHANGED = (
    rf"(?P<equals>(?:决算数?|支出数?)等于(?P<equal_kind>{_KIND})?预算数?)"
    r"|(?<!基本)(?P<unchanged>持平|一致|相同|相等|无变化|无增减变化|无增减|没有变化|不变)"
)
SHARE = rf"占[^，,。；;%％]{{0,40}}?{_SIGNED}[%％]"
ASIDE = r"[（(](?:与|注|指|不含|不包括|即)[^（()）]*[）)]"
SENTENCE_END = r"[。；;]"
