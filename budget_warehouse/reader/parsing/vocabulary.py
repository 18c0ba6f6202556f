"""The wording of project forms as data: what labels its cells, and what heads its columns.

What heads the columns of a list of projects and goals is here too.

Every pattern is matched against wording made plain (half-width, no spaces, no quotation marks).
"""

import re

FORM_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (column, re.compile(rf"(?:{pattern}):?$"))
    for column, pattern in (
        ("project_name", r"项目名称|专项\(项目\)名称"),
        ("project_kind", r"项目(?:性质|属性)"),
        ("category", r"项目(?:类别|类型)"),
        ("supervising_organization_name", r"(?:预算)?主管部门(?:及代码|名称)?"),
        ("implementing_organization_name", r"(?:项目)?(?:实施|预算|项目)单位(?:名称)?"),
        ("starts_on", r"(?:项目|计划)*(?:开始|起始)(?:日期|时间)"),
        ("ends_on", r"(?:项目|计划)*(?:完成|结束|终止)(?:日期|时间)"),
        # A narrow cell may cut off both ends of a label: 实施期资金总额.
        ("total", r"(?:项目|实施期|中期)(?:资金)?(?:总额|总金额|总预算)|期?资金总额?"),
        ("annual_total", r"年度(?:资金|预算)(?:申请)?总额|年度资金申请"),
        ("annual_fiscal", r"(?:其中:)?(?:当年|本年|年度)财政(?:拨款|资金)"),
        ("annual_carryover", r"上年结转(?:资金)?|(?:其中:)?上年结转(?:资金)?"),
        ("fiscal", r"(?:其中:)?财政(?:资金|拨款)"),
        ("other", r"(?:其中:)?其[他它]资金"),
        ("department_name", r"(?:部门|单位)(?:\((?:部门|单位)\))?名称"),
        ("unit", r"(?:项目资金|资金金额|(?:专项)?资金情况)(?:\((?:万元|元)\))?"),
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
OUTCOME_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern + "$"))
    for column, pattern in (
        (
            "achieved",
            r"(?:全年|年度|指标)?(?:实际)?(?:完成|达成)(?:指标)?(?:值|情况)(?:\(.*\))?|实际值",
        ),
        ("weight", r"(?:指标)?(?:分值|权重|标准分|满分)(?:\(.*\))?"),
        ("score", r"(?:指标|自评)?(?:得分|评分|分数)(?:\(.*\))?"),
        ("note", r"(?:偏差|未完成|扣分).*|备注"),
    )
)
"""Headings of a self-evaluation beside its indicators."""
FUND_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern + "$"))
    for column, pattern in (
        ("initial_budget", r"年初(?:预算)?(?:数|金额)?(?:\(.*\))?"),
        ("adjusted_budget", r"(?:全年|调整后?|年度)预算(?:数|金额)?(?:\(.*\))?"),
        ("executed", r"(?:全年|实际|年度|预算)*(?:执行|支出)(?:数|金额)?(?:\(.*\))?"),
        ("weight", r"分值(?:\(.*\))?|权重"),
        ("rate", r"(?:预算)?执行率.*"),
        ("score", r"得分(?:\(.*\))?"),
    )
)
"""Headings of a self-evaluation above the money of its project."""
FUND_WORDS = {
    "initial_budget": "年初预算数",
    "adjusted_budget": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}
"""Names that a note gives the figures of a self-evaluation that have no column."""
FUNDS_OF_THE_YEAR = re.compile(r"(?:年度)?资金总额:?$|年度预算总额:?$|金额合计$|合计$")
FULL_MARKS = re.compile(r"(?:自评)?(?:总分|总计|合计|总得分)(?:\(.*\))?:?$")
WHOLE_DEPARTMENT = re.compile(r"(?P<name>(?:部门|单位)(?:\((?:部门|单位)\))?整体支出).*自评")
"""The title of a self-evaluation of all that a department spends."""
SCORE_LIST: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("project_name", re.compile(r"项目(?:名称)?$")),
    ("score", re.compile(r"(?:绩效)?自评(?:得分|分数|分|结果得分)(?:\(.*\))?$")),
)
"""Headings of a plain list of projects with the scores they gave themselves."""
GOAL_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (column, re.compile(rf"(?:{pattern})(?:\(.*\))?$"))
    for column, pattern in (
        ("number", r"序号"),
        ("implementing_organization_name", r"(?:[一二三]级|所属|项目|预算)*单位(?:名称)?"),
        ("project_name", r"(?:[一二三]级|预算|支出)*项目(?:名称)?"),
        ("annual_total", r"(?:项目|年度|本年)?(?:预算|资金|支出)?(?:数|金额|总额)"),
        ("goal", r"(?:项目|年度|总体|预期)*绩效(?:总?目标|目标内容)"),
    )
)
"""Headings of a list of projects with their goals."""
TARGET_LIST_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (column, re.compile(rf"(?:{pattern})(?:\(.*\))?$"))
    for column, pattern in (
        ("number", r"序号|(?:预算)?单位(?:编码|代码)"),
        ("project_name", r"(?:预算|支出)?项目(?:名称)?|单位\(项目\)名称"),
        ("implementing_organization_name", r"(?:预算|项目)*单位(?:名称)?"),
        ("total", r"(?:项目|资金)总额"),
        ("annual_fiscal", r"当年财政拨款(?:预算)?(?:金额|数)?"),
        ("fiscal_funds", r"财政(?:资金|拨款)"),
        ("other_funds", r"其[他它]资金"),
        ("goal", r"(?:当年|年度|总体|项目)*绩效(?:总?目标)"),
        ("indicator_level_1", r"一级指标"),
        ("indicator_level_2", r"二级指标"),
        ("indicator_name", r"三级指标|指标名称"),
        ("comparator", r"(?:绩效)?指标(?:值类型|性质)"),
        ("target", r"(?:本年|当年|年度)?(?:绩效)?指标值"),
        ("measured_in", r"(?:绩效)?(?:度量|计量)单位"),
        ("weight", r"(?:指标)?(?:权重|分值)"),
    )
)
"""Headings of a list of projects with a row for each indicator."""
