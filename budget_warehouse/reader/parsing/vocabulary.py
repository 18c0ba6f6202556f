"""The wording of project forms as data: what labels its cells, and what heads its indicators.

Every pattern is matched against wording made plain (half-width, no spaces, no quotation marks).
"""

import re

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
