"""Each rule about prose, units, years, classification and projects fails where it should."""

import csv
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html
from warehouses import (
    DISCLOSURES,
    SEEDS,
    SONGJIANG,
    Built,
    Row,
    copied,
    edit,
    judged,
    read_csv,
    write_csv,
)

from budget_warehouse.outputs.reports.report import write_report
from budget_warehouse.storage.warehouse import Warehouse

WANLI_2023 = "putuo-wanli-2023-budget"
WANLI_2024 = "putuo-wanli-2024-budget"
WANLI_2025 = "putuo-wanli-2025-budget"
FINANCE = "shanghai-finance-2025-budget-unit"
FINAL_ACCOUNTS = "putuo-planning-2024-final-accounts"
SELF_EVALUATED = "foshan-rail-2019-final-accounts"
OF_HANGZHOU = "hangzhou-meteorology-2026-budget"
OF_WUXI = "wuxi-emergency-enforcement-2026-budget"

T1, T2, T3, T4, T5, T6, T7, T8, T9 = (
    "revenue_expenditure_summary",
    "revenue_by_function",
    "expenditure_by_function",
    "fiscal_appropriation_summary",
    "general_public_budget_by_function",
    "government_funds_by_function",
    "state_capital_by_function",
    "basic_expenditure_by_economic",
    "three_public_expenses",
)
CLAIMS, STATEMENTS, PROJECTS, TARGETS, TABLES, DISCLOSURE = (
    "narrative_claims",
    "statements",
    "projects",
    "performance_targets",
    "tables",
    "disclosure",
)
ALL_FAMILIES = (
    "within_table",
    "across_tables",
    "three_public",
    "narrative",
    "units",
    "across_years",
    "classification",
    "projects",
    "completeness",
    "plausibility",
)
NEW_FAMILIES = (
    "narrative",
    "units",
    "across_years",
    "classification",
    "projects",
    "completeness",
    "plausibility",
)


@dataclass(frozen=True)
class Change:
    """One change to one file: which rows, and what becomes of them; `None` takes them out.

    With `is_added` the rows stay, and stand a second time behind all others, changed. With `is_new`
    one row of the values alone is added, to a file that the document may not have.
    """

    file: str
    rows: Callable[[Row], bool]
    values: dict[str, str] | Callable[[Row], dict[str, str]] | None
    is_added: bool = False
    is_new: bool = False


@dataclass(frozen=True)
class Mutation:
    """A document that breaks a rule: what was changed, and every rule that must newly notice.

    `shown` is the gap in yuan, or a text of the finding, by which the first of the rules tells it.
    `years` has the documents of other years beside it, and `earlier` what is changed in those.
    """

    base: str
    changes: list[Change]
    rules: set[str]
    shown: str | None = None
    years: dict[str, str] = field(default_factory=dict)
    earlier: list[Change] = field(default_factory=list)


def numbered(*numbers: int) -> Callable[[Row], bool]:
    wanted = {str(number) for number in numbers}
    return lambda row: row["row_number"] in wanted


def every(_: Row) -> bool:
    return True


def claim(number: int, **values: str) -> Change:
    return Change(CLAIMS, numbered(number), values)


def table(name: str, **values: str) -> Change:
    return Change(TABLES, lambda row: row["table_name"] == name, values)


def without(name: str) -> list[Change]:
    """A table taken out of the document."""
    return [
        Change(name, every, None),
        Change(TABLES, lambda row: row["table_name"] == name, None),
    ]


def twice(file: str, /, *numbers: int, **values: str) -> Change:
    """Rows, or all of them, that stand a second time, perhaps with other values."""
    return Change(file, numbered(*numbers) if numbers else every, values, is_added=True)


def stated(subject: str, value: str, note: str = "") -> Change:
    """A statement that the prose also makes."""
    return twice(STATEMENTS, 1, subject=subject, value=value, unit="", note=note)


def moved(disclosure: str, file: str, first: int) -> Change:
    """Amounts that stand one row below their accounts, from a row on."""
    _, rows = read_csv(SEEDS / "disclosures" / disclosure / f"{file}.csv")
    above = {row["row_number"]: before for before, row in itertools.pairwise(rows)}
    measures = ("total", "basic", "project")
    return Change(
        file,
        lambda row: int(row["row_number"]) >= first,
        lambda row: {name: above[row["row_number"]][name] for name in measures},
    )


def unit_cost(target: str) -> list[Change]:
    """The form of 设备购置 with 70 machines and a target for what one of them costs."""
    return [
        Change(TARGETS, numbered(96), {"target": "70台"}),
        twice(TARGETS, 96, indicator_level_2="成本指标", indicator_name="设备单价", target=target),
    ]


def divided(whole: str, *parts: str) -> list[Change]:
    """A sentence that divides an amount in 万元 into parts."""
    sentence = f"项目总预算{whole}万元，其中：" + "，".join(f"分项{part}万元" for part in parts)
    sentence += "。"
    names = {"divided_amount": [(whole, sentence)], "part_of_amount": [(p, "分项") for p in parts]}
    return [
        twice(STATEMENTS, 1, subject=subject, value=value, unit="万元", note=note)
        for subject, amounts in names.items()
        for value, note in amounts
    ]


def spent(amount: str) -> list[Change]:
    """A sentence that divides the expenditure of Songjiang, and names a class among the parts."""
    sentence = f"支出3,899.37万元，包括城乡社区支出{amount}万元。"
    rows = {"divided_amount": ("3,899.37", sentence), "part_of_amount": (amount, "城乡社区支出")}
    return [
        twice(STATEMENTS, 1, subject=subject, value=value, unit="万元", note=note)
        for subject, (value, note) in rows.items()
    ]


def listed(*tables: str) -> list[Change]:
    """Contents that name these tables."""
    return [stated("in_contents", table, note=table) for table in tables]


def own_level(row: Row) -> dict[str, str]:
    """A code of which only the part of its level is printed."""
    if row["item_code"]:
        return {"class_code": "", "section_code": ""}
    return {"class_code": ""} if row["section_code"] else {}


def in_one_cell(row: Row) -> dict[str, str]:
    """A code and its name in one cell."""
    code = row["class_code"] + row["section_code"] + row["item_code"]
    cell = f"{code}-{row['name']}" if code else ""
    return {"class_code": cell, "section_code": "", "item_code": ""}


def economic(code: str, **values: str) -> Change:
    return Change(T8, lambda row: row["class_code"] + row["item_code"] == code, values)


def function(file: str, code: str, **values: str) -> Change:
    return Change(
        file, lambda row: row["class_code"] + row["section_code"] + row["item_code"] == code, values
    )


def project(number: int, amount: str) -> Change:
    columns = ("total", "fiscal_funds", "annual_total", "annual_fiscal")
    return Change(PROJECTS, numbered(number), dict.fromkeys(columns, amount))


def evaluated(score: str, **values: str) -> list[Change]:
    """The first project of final accounts with its money, and an indicator that has 90 of 100."""
    money = {"unit": "万元", "adjusted_budget": "100", "executed": "91", "score": score}
    target = {"project_name": "质量抽检和试验检测管理", "indicator_level_1": "产出指标"}
    target |= {"row_number": "1", "indicator_name": "抽检次数", "target": "5次", "score": "88"}
    return [
        Change(PROJECTS, numbered(1), money | values),
        Change(TARGETS, every, target | {"note": "分值 90"}, is_new=True),
    ]


def weighed(first: str) -> Change:
    """A weight of 90 for the first indicator of each project but one, and of 0 for the rest."""
    _, rows = read_csv(SEEDS / "disclosures" / SONGJIANG / f"{TARGETS}.csv")
    weights = {row["project_name"]: (row["row_number"], "90") for row in reversed(rows)}
    weights[rows[0]["project_name"]] = (rows[0]["row_number"], first)

    def weight(row: dict[str, str]) -> dict[str, str]:
        number, points = weights[row["project_name"]]
        return {"note": points if row["row_number"] == number else "0"}

    return Change(TARGETS, every, weight)


def self_evaluated(executed: str) -> Change:
    """Give the prose's word on that project."""
    amounts = {"amount": executed, "base_amount": "100", "completion_percent": f"{executed}%"}
    name = {"measure": "self_evaluated_project", "name": "某局质量抽检和试验检测管理"}
    return claim(40, **name, **amounts)


def awarded(share: str) -> list[Change]:
    """Final accounts that award 225.10 of 2319.21 万元 to small and medium enterprises."""
    statement = {"row_number": "190", "subject": "sme_share", "value": share, "unit": "%"}
    statement |= {"note": "政府采购支出总额", "source_ref": "p.27"}
    return [
        claim(62, measure="sme_awarded"),
        Change(STATEMENTS, every, statement, is_new=True),
    ]


EVALUATED = "年度资金总额 分值 10 执行率 91.00% 得分 9.1；总分 100"
INCREASES = [claim(number, change="3,300.65") for number in (2, 7, 8)]

MUTATIONS = {
    "NT-01": Mutation(
        SONGJIANG, [claim(1, amount="3,901.37")], {"NT-01", "NT-08", "NT-23"}, "20023.83"
    ),
    "NT-02": Mutation(SONGJIANG, [claim(2, amount="3,909.37")], {"NT-02", "NT-06"}, "100023.83"),
    "NT-03": Mutation(SONGJIANG, [claim(3, amount="3,909.37")], {"NT-03"}, "100023.83"),
    "NT-04": Mutation(SONGJIANG, [claim(4, amount="5.00")], {"NT-04"}, "50000.00"),
    "NT-05": Mutation(SONGJIANG, [claim(7, amount="65.13")], {"NT-05", "NT-06"}, "10017.12"),
    "NT-06": Mutation(
        SONGJIANG, [Change(CLAIMS, numbered(9), None)], {"NT-06"}, "a paragraph of the prose"
    ),
    "NT-06-name": Mutation(
        SONGJIANG, [claim(8, name="事业单位离退休")], {"NT-06"}, "an account that the tables name"
    ),
    "NT-07": Mutation(WANLI_2025, [claim(15, ordinal="6")], {"NT-07"}, "a number 5"),
    "NT-08": Mutation(SONGJIANG, [claim(10, amount="3900.37")], {"NT-08"}, "10023.83"),
    "NT-09": Mutation(WANLI_2025, [claim(8, direction="减少")], {"NT-09"}, "67113000.00"),
    "NT-10": Mutation(SONGJIANG, [claim(10, change_percent="46.65%")], {"NT-10"}, "增加 46.65%"),
    "NT-11": Mutation(
        WANLI_2023, [claim(20, direction="减少")], {"NT-10", "NT-11"}, "the direction of"
    ),
    "NT-12": Mutation(SONGJIANG, [claim(12, change="5.00")], {"NT-12"}, "持平 5.00"),
    "NT-14": Mutation(SONGJIANG, [claim(17, amount="1,318.57")], {"NT-14"}, "-10000.00"),
    "NT-15": Mutation(SONGJIANG, [claim(21, amount="2.00")], {"NT-15"}, "-10000.00"),
    "NT-16": Mutation(
        WANLI_2023, [Change(STATEMENTS, numbered(2), {"value": "6"})], {"NT-16"}, "6 projects"
    ),
    "NT-17": Mutation(
        WANLI_2025, [Change(STATEMENTS, numbered(1), {"value": "2024"})], {"NT-17"}, "2024"
    ),
    "NT-19": Mutation(SONGJIANG, [Change(STATEMENTS, numbered(4), {"value": "2"})], {"NT-19"}, "2"),
    "NT-20": Mutation(WANLI_2025, [claim(10, amount="1.00")], {"NT-20"}, "10000.00"),
    "NT-23": Mutation(WANLI_2025, [claim(56, measure="sme_reserved")], {"NT-23"}, "5785400.00"),
    "NT-25": Mutation(WANLI_2024, [claim(74, amount="330.17")], {"NT-25"}, "-100000.00"),
    "NT-26": Mutation(SONGJIANG, [claim(12, base_year="2019")], {"NT-26"}, "2019"),
    "NT-27": Mutation(
        WANLI_2025, [claim(2, base_stage="executed", change="3,300.65")], {"NT-27"}, "-550000.00"
    ),
    "NT-40": Mutation(
        WANLI_2025, [Change(STATEMENTS, numbered(14), {"value": "7"})], {"NT-40"}, "8 | 7 by kind"
    ),
    "NT-41": Mutation(
        WANLI_2025,
        [Change(STATEMENTS, numbered(5), {"value": "2023", "note": "2023年8月31日"})],
        {"NT-41"},
        "2023年8月31日 | 2024",
    ),
    "NT-42": Mutation(
        WANLI_2025,
        [twice(STATEMENTS, 4, value="2024", note="一、2024年“三公”经费预算情况说明")],
        {"NT-42"},
        "一、2024年“三公”经费预算情况说明",
    ),
    "NT-43": Mutation(
        FINAL_ACCOUNTS, awarded("97.10"), {"NT-43"}, "97.10% | 2251000.00 of 23192100.00: 9.71%"
    ),
    "NT-44": Mutation(SONGJIANG, divided("100.00", "60.00", "30.00"), {"NT-44"}, "100000.00"),
    "NT-45": Mutation(
        SONGJIANG,
        [stated("reason_of_increase", "压缩经费", note="增加9.49万元，减少的主要原因是")],
        {"NT-45"},
        "增加9.49万元，减少的主要原因是压缩经费",
    ),
    "NT-46": Mutation(
        SONGJIANG,
        [stated("withheld_table", "“三公”经费不予公开", note=T9)],
        {"NT-46"},
        "“三公”经费不予公开",
    ),
    "NT-47": Mutation(
        SONGJIANG,
        [stated("share_without_sign", "城乡社区支出15,411.43万元，占76.23")],
        {"NT-47"},
        "城乡社区支出15,411.43万元，占76.23",
    ),
    "NT-48": Mutation(
        FINAL_ACCOUNTS,
        [
            twice(
                CLAIMS,
                1,
                measure="function_item",
                name="城乡社区支出（类）城乡社区管理事务（款）城管执法（项）",
                account_path="城乡社区支出（类）城乡社区管理事务（款）城管执法（项）",
            )
        ],
        {"NT-48"},
        "城管执法（项）",
    ),
    "WT-36": Mutation(
        WANLI_2025,
        [moved(WANLI_2025, T5, 10)],
        {
            *("CT-07", "CT-08", "CT-09", "CT-10", "CT-11", "CT-13"),
            *("NT-03", "NT-05", "WT-10", "WT-11", "WT-36"),
        },
    ),
    "WT-35": Mutation(
        OF_WUXI,
        [Change("agency_operating_expenses_by_economic", numbered(4), {"total": "10.76"})],
        {"WT-35"},
        "-1000.00",
    ),
    "WT-37": Mutation(
        OF_HANGZHOU,
        [Change(T5, numbered(6), {"total": "397.67", "basic": "397.67", "personnel": "396.77"})],
        {"WT-37", "WT-35"},
        "10000.00",
    ),
    "UC-01": Mutation(SONGJIANG, [table(T3, unit="")], {"UC-01", "WT-24"}, "no unit"),
    "UC-02": Mutation(SONGJIANG, [claim(7, amount="64.12")], {"UC-02"}, "-82.88"),
    "UC-03": Mutation(
        SONGJIANG,
        [
            claim(5, amount="3,566.75"),
            claim(6, amount="128.31"),
            claim(7, amount="64.18"),
            claim(8, amount="84.22"),
            claim(9, amount="56.16"),
        ],
        {"UC-03", "NT-05", "NT-06"},
        "2523.83",
    ),
    "UC-04": Mutation(
        SONGJIANG, [claim(2, amount="38,993,676.17")], {"UC-04", "NT-02"}, "389897768023.83"
    ),
    "UC-07": Mutation(SONGJIANG, [table(T3, unit="美元")], {"UC-07", "UC-01"}, "美元"),
    "UC-08": Mutation(
        SONGJIANG, [Change(T3, numbered(3), {"unit": "圆"})], {"UC-08"}, "圆 | 元, 千元"
    ),
    "NT-51": Mutation(SONGJIANG, spent("3,565.70"), {"NT-51"}, "-10021.23"),
    "NT-50": Mutation(OF_WUXI, [claim(38, amount="58.54")], {"NT-50"}, "1000.00"),
    "NT-28": Mutation(FINAL_ACCOUNTS, [claim(9, amount="9756.50")], {"NT-28"}, "100000.00"),
    "NT-29": Mutation(
        FINAL_ACCOUNTS, [claim(18, completion_percent="99.00%")], {"NT-29"}, "99.00%"
    ),
    "NT-30": Mutation(
        SONGJIANG, [stated("listed_public_use_account", "咨询费")], {"NT-30"}, "咨询费"
    ),
    "NT-31": Mutation(
        SONGJIANG,
        [
            stated("listed_personnel_account", "基本工资"),
            stated("listed_public_use_account", "办公费"),
        ],
        {"NT-31"},
        "住房公积金",
    ),
    "NT-32": Mutation(
        SONGJIANG,
        [twice(CLAIMS, 1, measure="general_public_budget_personnel", amount="1.00")],
        {"NT-32"},
    ),
    "NT-33": Mutation(
        SONGJIANG,
        [stated("share", "项目支出2,131.61万元，占63.3%", note="5,876.68万元")],
        {"NT-33"},
        "36.27",
    ),
    "NT-34": Mutation(
        SONGJIANG,
        [stated("placeholder", "比上年增加（减少）0万元。", note="增加（减少）")],
        {"NT-34"},
        "比上年增加（减少）0万元。",
    ),
    "NT-35": Mutation(
        SONGJIANG, [stated("calculation", "9台*11000元/年=90000元")], {"NT-35"}, "-9000.00"
    ),
    "NT-36": Mutation(
        WANLI_2025,
        [Change(STATEMENTS, lambda row: row["subject"] == "vehicles_to_be_bought", {"value": "0"})],
        {"NT-36"},
        "150000.00",
    ),
    "NT-37": Mutation(
        SONGJIANG,
        [
            stated("purpose", "城管队伍的行政运行", note="城乡社区管理事务（款）行政运行（项）"),
            stated("purpose", "城管队伍的行政运行", note="城乡社区管理事务（款）城管执法（项）"),
        ],
        {"NT-37"},
        "copied from 城乡社区管理事务（款）行政运行（项）",
    ),
    "XY-09": Mutation(
        WANLI_2025,
        [
            stated("reason", "新增三个基层站点的运行保障", note="会议费"),
            stated("reason", "全年举办两期业务骨干培训班", note="培训费"),
        ],
        {"XY-09"},
        "新增三个基层站点的运行保障",
        {WANLI_2024: "2024"},
        [
            stated("reason", "新增三个基层站点的运行保障", note="会议费"),
            stated("reason", "全年举办一期业务骨干培训班", note="培训费"),
        ],
    ),
    "NT-49": Mutation(
        SONGJIANG,
        [
            stated("reason", "新增三个基层站点的运行保障", note="会议费"),
            stated("reason", "新增三个基层站点的运行保障", note="培训费"),
        ],
        {"NT-49"},
        "the same words as for 会议费",
    ),
    "NT-38": Mutation(
        WANLI_2025,
        [
            Change(
                CLAIMS,
                lambda row: "卫生健康支出（类）" in row["name"],
                lambda row: {"name": row["name"].replace("卫生健康支出", "医疗卫生与计划生育支出")},
            )
        ],
        {"NT-38"},
        "卫生健康支出",
    ),
    "XY-08": Mutation(
        FINAL_ACCOUNTS,
        # 万里街道's budget of that year prints 0 and 46.56.
        [claim(35, base_amount="5.00"), claim(36, base_amount="46.56")],
        {"XY-08"},
        "50000.00",
        {WANLI_2024: "2024"},
    ),
    "XY-01": Mutation(WANLI_2025, INCREASES, {"XY-01"}, "-549928.00", {WANLI_2024: "2024"}),
    "XY-02": Mutation(
        WANLI_2024,
        [claim(12, base_stage="initial_budget", base_amount="61.13", change_percent="57.84%")],
        {"XY-02"},
        "10000.00",
        {WANLI_2023: "2023"},
    ),
    "XY-03": Mutation(
        WANLI_2025,
        [function(T3, "2120104", name="市政执法")],
        {"XY-03", "CT-16", "CC-02"},
        "市政执法",
        {WANLI_2024: "2024"},
    ),
    "XY-04": Mutation(
        WANLI_2023,
        [claim(26, base_amount="0", direction="增加", change_percent="100.00%")],
        {"XY-04"},
        "from 0万元 增加 100.00%",
    ),
    "XY-05": Mutation(
        SONGJIANG,
        [Change(PROJECTS, numbered(1), {"project_name": "以前年度批复的法律咨询"})],
        {"XY-05"},
        "approved in earlier years, 0.00 carried over",
    ),
    "CC-01": Mutation(
        SONGJIANG, [economic("30199", item_code="98")], {"CC-01"}, "30199 其他工资福利支出"
    ),
    "CC-01-class": Mutation(
        SONGJIANG,
        [Change(T8, lambda row: row["class_code"] == "303", {"class_code": "398"})],
        {"CC-01", "CC-06", "CC-09"},
        "398 对个人和家庭的补助",
    ),
    "CC-02": Mutation(SONGJIANG, [economic("30101", name="基本工次")], {"CC-02"}, "基本工次"),
    "CC-03": Mutation(
        SONGJIANG, [economic("303", name="对个人和家庭补助")], {"CC-03"}, "对个人和家庭补助"
    ),
    "CC-04": Mutation(SONGJIANG, [economic("302", row_number="900")], {"CC-04"}, "below 301"),
    "CC-05": Mutation(
        SONGJIANG,
        [
            *(
                function(file, "2101102", item_code="01", name="行政单位医疗")
                for file in (T2, T3, T5)
            ),
            claim(8, name="行政单位医疗"),
        ],
        {"CC-05"},
        "the account of institutions",
    ),
    "CC-06": Mutation(
        SONGJIANG,
        [Change(T8, numbered(27), {"personnel": "21,511,329.46"})],
        {"CC-06", "UC-09", "WT-14", "WT-15"},
        "0.01",
    ),
    "CC-07": Mutation(
        SONGJIANG, [function(T5, "2210201", name="住房 公积金")], {"CC-07"}, "住房 公积金"
    ),
    "CC-10": Mutation(
        SONGJIANG, [Change(DISCLOSURE, every, {"region_code": "319999"})], {"CC-10"}, "319999"
    ),
    "PJ-01": Mutation(SONGJIANG, [project(7, "250000")], {"PJ-01"}, "-5000.00"),
    "PJ-01-less": Mutation(SONGJIANG, [project(7, "240000")], {"PJ-01"}, "5000.00"),
    "PJ-02": Mutation(
        SONGJIANG, [Change(PROJECTS, numbered(1), {"other_funds": "5"})], {"PJ-02"}, "-5.00"
    ),
    "PJ-03": Mutation(
        SONGJIANG, [Change(PROJECTS, numbered(1), {"annual_other": "5"})], {"PJ-03"}, "-5.00"
    ),
    "PJ-04": Mutation(
        SONGJIANG,
        [Change(PROJECTS, numbered(1), {"total": "30005", "other_funds": "5"})],
        {"PJ-04"},
        "5.00",
    ),
    "PJ-05": Mutation(
        SONGJIANG,
        [Change(PROJECTS, numbered(1), {"ends_on": "2020-12-31"})],
        {"PJ-05"},
        "2021 2021-01-01 to 2020-12-31",
    ),
    "PJ-07": Mutation(
        SONGJIANG,
        [
            Change(
                PROJECTS,
                numbered(1),
                {"supervising_organization_name": "别局", "implementing_organization_name": "别所"},
            )
        ],
        {"PJ-07", "CT-17"},
        "法律咨询与服务, 别局, 别所",
    ),
    "PJ-09": Mutation(SONGJIANG, [Change(TARGETS, numbered(102), None)], {"PJ-09"}, "产出, 效益"),
    "PJ-10": Mutation(
        SONGJIANG,
        [Change(TARGETS, numbered(96), {"target": "=100%"})],
        {"PJ-10"},
        "设备购置: =100%",
    ),
    "PJ-11": Mutation(
        SONGJIANG,
        [Change(TARGETS, numbered(96), {"indicator_name": "数量指标1"})],
        {"PJ-11"},
        "设备购置: 数量指标1",
    ),
    "PJ-12": Mutation(
        SELF_EVALUATED,
        evaluated("97.1", note=EVALUATED.replace("91.00%", "910.00%")),
        {"PJ-12"},
        "910.00% | 910000.00 of 1000000.00: 91.00%",
    ),
    "PJ-13": Mutation(
        SELF_EVALUATED,
        evaluated("99.1", note=EVALUATED),
        {"PJ-13"},
        "99.1 | indicators 88.00, execution 9.10",
    ),
    "PJ-14": Mutation(
        SELF_EVALUATED,
        evaluated("97.1", note=EVALUATED, project_kind="部门整体支出"),
        {"PJ-14"},
        "0 | 97.1",
    ),
    "PJ-15": Mutation(SONGJIANG, [twice(TARGETS, 96, target="≥1台")], {"PJ-15"}, "≥1台"),
    "PJ-20": Mutation(SONGJIANG, unit_cost("≤3000元/台"), {"PJ-20"}, "≤3000元/台"),
    "PJ-16": Mutation(
        SONGJIANG,
        [Change(TARGETS, numbered(96), {"target": "2020年12月底前"})],
        {"PJ-16"},
        "设备购置: 2020年12月底前",
    ),
    "PJ-17": Mutation(
        SELF_EVALUATED,
        [*evaluated("97.1", note=EVALUATED), self_evaluated("92")],
        {"PJ-17"},
        "10000.00 | 920000.00",
    ),
    "UC-09": Mutation(
        SONGJIANG,
        [economic("", total="22,430,410.18")],
        {"UC-09", "WT-14", "WT-15", "CT-11", "CT-12"},
        "0.01",
    ),
    "PJ-18": Mutation(
        FINAL_ACCOUNTS,
        [
            Change(
                STATEMENTS,
                lambda row: row["subject"] == "self_evaluated_projects",
                {"value": "40"},
            )
        ],
        {"PJ-18"},
        "40 projects",
    ),
    "PJ-19": Mutation(
        SELF_EVALUATED,
        [stated("self_evaluated_projects", "7"), stated("self_evaluation_score", "95")],
        {"PJ-19"},
        "7 forms",
    ),
    "PJ-21": Mutation(SONGJIANG, [weighed("80")], {"PJ-21"}, "80.00"),
    "DC-21": Mutation(
        SONGJIANG,
        [*listed(T1), stated("only_in_contents", "政府采购预算表", note="procurements")],
        {"DC-21"},
        "政府采购预算表",
    ),
    "DC-22": Mutation(SONGJIANG, listed(T1, T2, T3, T4, T5), {"DC-22"}, "2021"),
    "DC-23": Mutation(
        SONGJIANG, [stated("empty_in_contents", "三公经费表", note=T9)], {"DC-23"}, "三公经费表"
    ),
    "DC-01": Mutation(SONGJIANG, without(T1), {"DC-01"}, "not printed"),
    "DC-02": Mutation(SONGJIANG, without(T2), {"DC-02"}, "not printed"),
    "DC-03": Mutation(SONGJIANG, without(T3), {"DC-03"}, "not printed"),
    "DC-04": Mutation(SONGJIANG, without(T4), {"DC-04"}, "not printed"),
    "DC-05": Mutation(SONGJIANG, without(T5), {"DC-05"}, "not printed"),
    "DC-06": Mutation(SONGJIANG, without(T8), {"DC-06"}, "not printed"),
    "DC-07": Mutation(SONGJIANG, without(T9), {"DC-07"}, "not printed"),
    "DC-08": Mutation(SONGJIANG, without(T6), {"DC-08"}, "not printed"),
    "DC-09": Mutation(WANLI_2025, without(T7), {"DC-09"}, "not printed"),
    "DC-10": Mutation(WANLI_2025, [table(T6, remark="")], {"DC-10"}, "no note"),
    "DC-13": Mutation(
        WANLI_2025,
        [
            Change(CLAIMS, numbered(50), None),
            Change(T9, every, {"agency_operating_expenses": ""}),
        ],
        {"DC-13"},
        "not stated",
    ),
    "DC-14": Mutation(
        WANLI_2025, [Change(CLAIMS, numbered(51, 52, 53, 54), None)], {"DC-14"}, "not stated"
    ),
    "DC-16": Mutation(
        WANLI_2025,
        [Change(CLAIMS, numbered(57), None), Change(STATEMENTS, numbered(1, 2), None)],
        {"DC-16"},
        "not stated",
    ),
    "DC-18": Mutation(
        WANLI_2025,
        [Change(DISCLOSURE, every, {"published_on": "2025-11-30"})],
        {"DC-18"},
        "2025-11-30",
    ),
    "DC-19": Mutation(
        WANLI_2025,
        [table(T6, remark="注:本部门2025年无国有资本经营预算，故本表为空表。")],
        {"DC-19"},
        "the fund and the year of the table",
    ),
    "DC-20": Mutation(
        WANLI_2025, [table(T3, remark="注：合计请手工填写")], {"DC-20"}, "注：合计请手工填写"
    ),
    "DC-24": Mutation(
        WANLI_2025,
        [
            Change(T4, every, None),
            table(
                T4,
                numbers_printed="0",
                numbers_placed="0",
                remark="注：2025年没有使用财政拨款收入和支出，本表为空表。",
            ),
        ],
        {"DC-24"},
        "2025年没有使用财政拨款收入和支出",
    ),
    "PL-01": Mutation(
        WANLI_2025,
        [claim(55, amount="1000.00"), claim(56, amount="700.00")],
        {"PL-01"},
        "-4463600.00",
    ),
    "PL-03": Mutation(WANLI_2023, [project(1, "33,500,000.00")], {"PL-03"}, "of 65572343.00"),
    "PL-04": Mutation(
        WANLI_2025,
        [claim(number, change="9,000.00") for number in (2, 7, 8)],
        {"PL-04"},
        "增加 9,000.00万元",
    ),
    "PL-06": Mutation(
        SONGJIANG,
        [
            economic("30109", total="100,000.00", personnel="100,000.00"),
            economic("30199", total="9,556,700.88", personnel="9,556,700.88"),
        ],
        {"PL-06", "CT-13"},
        "of 1282565.76 pension contributions",
    ),
    "PL-07": Mutation(
        SONGJIANG,
        [
            economic("30201", total="561,122.52", public_use="561,122.52"),
            economic("30228", total="143,798.20", public_use="143,798.20"),
        ],
        {"PL-07"},
        "another amount than",
    ),
}

# Texts that no document of the repository has as it stands: a date of publication, and the like.
CORRECT = {
    "PJ-12": (SELF_EVALUATED, evaluated("97.1", note=EVALUATED)),
    "PJ-13": (SELF_EVALUATED, evaluated("97.1", note=EVALUATED)),
    "PJ-14": (
        SELF_EVALUATED,
        [
            *evaluated("97.1", note=EVALUATED, project_kind="部门整体支出"),
            Change(STATEMENTS, numbered(12), {"value": "97.10"}),
        ],
    ),
    "PJ-17": (SELF_EVALUATED, [*evaluated("97.1", note=EVALUATED), self_evaluated("91")]),
    "NT-43": (FINAL_ACCOUNTS, awarded("9.71")),
    "PJ-16": (SONGJIANG, [Change(TARGETS, numbered(96), {"target": "2021年12月底前"})]),
    "DC-18": (WANLI_2025, [Change(DISCLOSURE, every, {"published_on": "2025-02-10"})]),
    "NT-32": (
        SONGJIANG,
        [twice(CLAIMS, 1, measure="general_public_budget_personnel", amount="2,151.13")],
    ),
    "NT-35": (SONGJIANG, [stated("calculation", "9台*11000元/年=99000元")]),
    "NT-36": (WANLI_2025, [stated("service_vehicles_to_be_bought", "1")]),
    "NT-44": (SONGJIANG, divided("100.00", "60.00", "40.00")),
    "NT-51": (SONGJIANG, spent("3,566.70")),
    "NT-46": (SONGJIANG, [stated("withheld_table", "政府采购不予公开", note="procurements")]),
    "UC-09": (
        SONGJIANG,
        [economic("", total="22,430,410.18"), stated("rounding_note", "因四舍五入存在尾差")],
    ),
    "PJ-19": (
        SELF_EVALUATED,
        [stated("self_evaluated_projects", "7"), stated("self_evaluation_score", "99.16")],
    ),
    "PJ-20": (SONGJIANG, unit_cost("≤3500元/台")),
    "PJ-21": (SONGJIANG, [weighed("90")]),
    "DC-21": (SONGJIANG, listed(T1)),
    "DC-24": (
        SONGJIANG,
        [
            Change(T6, every, None),
            table(T6, numbers_printed="0", numbers_placed="0", remark="注：本表为空表。"),
            Change(T4, numbered(3), {"total": "0.00"}),
        ],
    ),
    "DC-23": (SONGJIANG, [stated("empty_in_contents", "政府性基金表", note=T6)]),
    "XY-02": (WANLI_2024, [claim(12, base_stage="initial_budget", base_amount="60.13")]),
    "XY-05": (
        SONGJIANG,
        [
            Change(
                PROJECTS,
                numbered(4),
                {"annual_carryover": "560486", "annual_fiscal": "13000000"},
            )
        ],
    ),
}

# Misprints accepted as printed: the only rules that report them, and the subject.
MISPRINTS = {
    "class of one digit": (
        [Change(T3, numbered(1), {"class_code": "7"})],
        {("WT-20", f"{T3} row 1"): "7 社会保障和就业支出 | a code in parts"},
    ),
    "code too long": (
        [Change(T8, numbered(2), {"item_code": "011"})],
        {
            ("WT-20", f"{T8} row 2"): "301011 基本工资 | a code in parts",
            ("WT-15", f"{T8} 301 total"): "1413840.00",
            ("WT-15", f"{T8} 301 personnel"): "1413840.00",
        },
    ),
    "letter in a code": (
        [Change(T3, numbered(3), {"item_code": "O5"})],
        {
            ("WT-20", f"{T3} row 3"): "20805O5 机关事业单位基本养老保险缴费支出 | a code in parts",
            ("WT-08", f"{T3} 20805 total"): "1282565.76",
            ("WT-08", f"{T3} 20805 basic"): "1282565.76",
        },
    ),
    "code of one level": (
        [Change(T3, numbered(3), own_level)],
        {("WT-20", f"{T3} 2080505"): "a code in parts"},
    ),
    "blank class above a section": (
        [Change(T3, numbered(2), own_level)],
        {("WT-20", f"{T3} 20805"): "a code in parts"},
    ),
    "row twice": (
        [twice(T3, 3)],
        {("WT-20", f"{T3} 2080505 row 15"): "every row once"},
    ),
    "page twice": ([twice(T3)], {("WT-20", f"{T3} rows 15 to 28"): "every row once"}),
    "account twice": (
        [twice(T8, 26, total="", personnel="0")],
        {("WT-20", f"{T8} 30399"): "one row for each account"},
    ),
    "line of a summary twice": (
        [twice(T1)],
        {("WT-20", f"{T1} rows 13 to 24"): "every row once"},
    ),
    "row of a unit": (
        [twice(T3, 14, name="某某中心")],
        {("WT-20", f"{T3} row 15"): "某某中心 | an account code beside the amount"},
    ),
    "unit of a claim": (
        [claim(17, unit="块")],
        {("UC-08", CLAIMS): "块 | 元, 千元"},
    ),
    "region in words": (
        [Change(DISCLOSURE, every, {"region_code": "松江"})],
        {("CC-10", "region"): "松江 | a region of GB/T 2260"},
    ),
}

# The form of a place, which is no misprint.
FORMS = {
    "codes of one level": [Change(T3, every, own_level)],
    "code and name in one cell": [Change(T3, every, in_one_cell)],
    "names without codes": [
        Change(T3, every, {"class_code": "", "section_code": "", "item_code": ""})
    ],
    "accounts below an item": [
        twice(T8, 26, class_code="", item_code="3039901", name="慰问"),
        twice(T8, 26, class_code="", item_code="3039902", name="其他", total="0", personnel="0"),
    ],
}

# Whatever a document repeats, its checks are told apart: (file, rows that stand twice, new values).
LARGEST = "999,999,999,999,999.99"
NASTY = "<script>alert(1)</script> $name {{ x }} 'a\"b \x01\x0b\n" + "长" * 3_000
REPEATED = {
    "two claims": [twice(CLAIMS, 22, amount="0")],
    "claims against many years": [
        twice(CLAIMS, base_year="2018"),
        twice(CLAIMS, base_year="2017", base_stage="executed"),
    ],
    "two projects of one name": [twice(PROJECTS, total="1", annual_total="1"), twice(TARGETS)],
    "two statements": [twice(STATEMENTS), twice(STATEMENTS, value="")],
    "accounts twice with figures beside them": [
        change
        for name in (T1, T2, T3, T4, T5, T8, T9)
        for change in (twice(name, note="1.00"), Change(name, every, {"note": "12.34"}))
    ],
    "head of the forms": [
        Change(
            TABLES,
            lambda row: row["table_name"] == T3,
            {"table_name": "projects"},
            is_added=True,
        ),
    ],
    "large": [
        *(
            twice(T1, 2, amount=LARGEST, label=f"{'一' * (number + 1)}、国防支出")
            for number in range(120)
        ),
        claim(1, amount="99,999,999,999.99", change_percent="9999999%"),
        claim(10, amount="0.000001", change="99,999,999,999.99", change_percent="9999999%"),
        Change(T9, every, {"total": "99,999,999,999.99", "official_hospitality": "0.000001"}),
        project(1, LARGEST),
        Change(STATEMENTS, numbered(4), {"value": "9" * 30}),
        Change(
            STATEMENTS,
            numbered(9),
            {"subject": "calculation", "value": f"{'9' * 20}×{'9' * 20}={'9' * 24}万元"},
        ),
        Change(TARGETS, numbered(1), {"target": "≥" + "9" * 40}),
    ],
    "nasty": [
        *(Change(name, every, {"name": NASTY}) for name in (T2, T3, T5, T8, CLAIMS)),
        *(Change(name, every, {"label": NASTY}) for name in (T1, T4)),
        Change(PROJECTS, every, {"project_name": NASTY}),
        Change(TARGETS, every, {"indicator_name": NASTY, "target": NASTY}),
        Change(STATEMENTS, every, {"value": NASTY}),
        Change(TABLES, every, {"title": NASTY, "remark": NASTY, "compiling_entity": NASTY}),
    ],
}

# Rules that the documents of the repository break as they stand, and the figure that tells it.
FOUND = {
    "CC-08": (SONGJIANG, "35667021.23"),
    "PL-05": (SONGJIANG, "9021418.00"),
    "UC-04": (SONGJIANG, "990000000.00"),
    "NT-09": (SONGJIANG, "-12583800.00"),
    "NT-27": ("putuo-commerce-2025-budget-unit", "245581800.00"),
    "NT-25": (WANLI_2023, "2206300.00"),
    "NT-16": (WANLI_2023, "33281300.00"),
    "PJ-03": (WANLI_2023, "10903043.00"),
}


def clone(base: str, seeds: Path, name: str, organization: str) -> Path:
    """A copy as another organization's document, which names that organization throughout."""
    folder = copied(base, seeds, name)
    edit(folder / "disclosure.csv", lambda row: row.update(organization_name=organization))
    edit(folder / "tables.csv", lambda row: row.update(compiling_entity=organization))
    if (folder / "projects.csv").exists():
        edit(
            folder / "projects.csv",
            lambda row: row.update(
                supervising_organization_name=organization,
                implementing_organization_name=organization,
            ),
        )
    return folder


def mutate(folder: Path, change: Change) -> None:
    file = folder / f"{change.file}.csv"
    if change.is_new:
        columns, _ = read_csv(SEEDS / "disclosures" / SONGJIANG / f"{change.file}.csv")
        _, rows = read_csv(file) if file.exists() else ([], [])
        assert isinstance(change.values, dict)
        new = dict.fromkeys(columns, "") | {"disclosure_id": folder.name} | change.values
        write_csv(file, columns, [*rows, new])
        return
    columns, rows = read_csv(file)
    kept: list[Row] = []
    added: list[Row] = []
    for row in rows:
        chosen = change.rows(row)
        if change.is_added or change.values is not None or not chosen:
            kept.append(row)
        if chosen and change.values is not None:
            changed = dict(row) if change.is_added else row
            changed.update(change.values(row) if callable(change.values) else change.values)
            if change.is_added:
                if "row_number" in columns:
                    changed["row_number"] = str(len(rows) + len(added) + 1)
                added.append(changed)
    write_csv(file, columns, kept + added)


@pytest.fixture(scope="module")
def mutants(statements: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One warehouse: the repository's documents, and a broken and an unbroken copy by rule."""
    seeds = tmp_path_factory.mktemp("families")
    for name in DISCLOSURES:
        copied(name, seeds)
    for name, mutation in MUTATIONS.items():
        folder = clone(mutation.base, seeds, name, f"organization {name}")
        for change in mutation.changes:
            mutate(folder, change)
        clone(mutation.base, seeds, f"unbroken {name}", f"unbroken {name}")
        for earlier, year in mutation.years.items():
            folder = clone(earlier, seeds, f"{year} {name}", f"organization {name}")
            for change in mutation.earlier:
                mutate(folder, change)
            clone(earlier, seeds, f"{year} unbroken {name}", f"unbroken {name}")
    for name, (base, correct) in CORRECT.items():
        folder = clone(base, seeds, f"correct {name}", f"correct {name}")
        for change in correct:
            mutate(folder, change)
    clone(WANLI_2023, seeds, "2023 correct XY-02", "correct XY-02")
    changed = {name: changes for name, (changes, _) in MISPRINTS.items()} | FORMS | REPEATED
    for name, changes in {**changed, "sound": []}.items():
        folder = clone(SONGJIANG, seeds, name, f"organization {name}")
        for one in changes:
            mutate(folder, one)
    for name, stage in {"budgeted": "initial_budget", "executed": "final_accounts"}.items():
        folder = clone(SONGJIANG, seeds, name, "organization XY-07")
        mutate(folder, Change(DISCLOSURE, every, {"stage": stage}))
    for name, stage in {
        "well budgeted": "initial_budget",
        "well executed": "final_accounts",
    }.items():
        folder = clone(SONGJIANG, seeds, name, "correct XY-07")
        mutate(folder, Change(DISCLOSURE, every, {"stage": stage}))
    edit(
        seeds / "disclosures" / "executed" / f"{T3}.csv",
        lambda row: row["class_code"] == "" and row.update(total="48,993,676.17"),
    )
    built = judged(seeds, tmp_path_factory.mktemp("families-warehouse"), statements)
    warehouse = Warehouse(seeds, built.warehouse)
    write_report(warehouse)
    warehouse.next_reports.rename(warehouse.reports)
    return built


def findings(built: Built, disclosure: str) -> dict[tuple[str, str], str]:
    """List the rules a disclosure breaks, by rule and subject, with the whole finding."""
    return {
        (rule, subject): " | ".join(str(part) for part in texts)
        for rule, subject, *texts in built.rows(
            "select rule_code, subject, gap_yuan, stated_yuan, stated_text, computed_text"
            " from marts.fct_reconciliations where outcome = 'fail' and disclosure_id = ?",
            disclosure,
        )
    }


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_broken_document_is_reported_by_its_rules_and_no_others(
    mutants: Built, name: str
) -> None:
    mutation = MUTATIONS[name]
    before = findings(mutants, f"unbroken {name}")
    new = {key: texts for key, texts in findings(mutants, name).items() if key not in before}
    assert {rule for rule, _ in new} == mutation.rules, new
    if mutation.shown:
        texts = [texts for (rule, _), texts in new.items() if rule == name[:5]]
        assert any(mutation.shown in one for one in texts), texts


@pytest.mark.parametrize("name", MISPRINTS)
def test_a_misprint_is_told_once_with_its_row(mutants: Built, name: str) -> None:
    before = findings(mutants, "sound")
    new = {key: texts for key, texts in findings(mutants, name).items() if key not in before}
    expected = MISPRINTS[name][1]
    assert new.keys() == expected.keys(), new
    for key, texts in expected.items():
        assert texts in new[key]


@pytest.mark.parametrize("name", FORMS)
def test_the_form_of_a_place_is_no_misprint(mutants: Built, name: str) -> None:
    before = findings(mutants, "sound")
    others = {key for key in findings(mutants, name).keys() - before.keys() if key[0] != "WT-14"}
    assert others == set()


@pytest.mark.parametrize("family", [*ALL_FAMILIES, "stated_changes", "compared_amounts"])
def test_no_two_checks_of_a_rule_have_one_subject(mutants: Built, family: str) -> None:
    checks, subjects, unnamed = mutants.rows(
        "select count(*), count(distinct (rule_code, disclosure_id, subject)),"
        f" count(*) filter (where subject is null) from reconciliations.rec_{family}"
    )[0]
    assert checks > 1_000
    assert (subjects, unnamed) == (checks, 0)


def test_a_check_names_its_claim_only_where_there_are_several(mutants: Built) -> None:
    query = "select subject from reconciliations.rec_narrative where disclosure_id = ?"
    query += " and rule_code = 'NT-16' and subject like '%amount%' order by all"
    assert mutants.rows(query, "sound") == [("performance_project_amount",)]
    assert mutants.rows(query, "two claims") == [
        ("performance_project_amount claim 22",),
        ("performance_project_amount claim 23",),
    ]


def test_what_is_too_much_for_a_column_is_judged_and_not_shown(mutants: Built) -> None:
    ((outcome, stated, computed, excess),) = mutants.rows(
        "select outcome, stated_yuan, computed_yuan, excess_fen from marts.fct_reconciliations"
        " where disclosure_id = 'large' and rule_code = 'WT-03'"
    )
    # 120 lines of 10^15 yuan are 1.2 * 10^17, or 1.2 * 10^19 fen.
    assert (outcome, stated, computed) == ("fail", Decimal("38993676.17"), None)
    assert excess == 9_000_000_000_000_000_000


def test_a_page_of_nasty_texts_can_be_read(mutants: Built) -> None:
    reports = mutants.warehouse / "reports"
    for page in (reports / "nasty.html", *reports.rglob("validations/**/*.html")):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
        assert html.fromstring(text).xpath("//script") == []
    shown = html.parse(reports / "nasty.html").getroot().text_content()
    assert "<script>alert(1)</script> $name {{ x }} 'a\"b ��" in shown
    assert "长" * 1_900 in shown
    assert "长" * 2_001 not in shown


@pytest.mark.parametrize("rule", FOUND)
def test_what_is_wrong_in_a_published_document_is_found_with_its_figure(
    mutants: Built, rule: str
) -> None:
    disclosure, figure = FOUND[rule]
    texts = [texts for (code, _), texts in findings(mutants, disclosure).items() if code == rule]
    assert any(figure in one for one in texts), texts


@pytest.mark.parametrize("rule", CORRECT)
def test_what_is_right_is_passed(mutants: Built, rule: str) -> None:
    assert rule not in {code for code, _ in findings(mutants, f"correct {rule}")}
    assert mutants.value(
        "select sum(checked_count) from marts.fct_reconciliations"
        " where rule_code = ? and outcome = 'pass' and disclosure_id = ?",
        rule,
        f"correct {rule}",
    )


def test_execution_is_compared_with_the_budget_of_its_year(mutants: Built) -> None:
    reported = findings(mutants, "executed")
    (texts,) = [texts for (rule, _), texts in reported.items() if rule == "XY-07"]
    assert texts.startswith("10000000.00 | 48993676.17")
    assert not [rule for rule, _ in findings(mutants, "budgeted") if rule == "XY-07"]


def test_a_change_against_the_execution_is_not_held_against_the_budget(mutants: Built) -> None:
    # 商务委's revenue is compared with the execution of 2024: no rule takes the two for one base.
    rows = mutants.rows(
        "select subject, outcome from marts.fct_reconciliations where rule_code = 'XY-02'"
        " and disclosure_id = 'putuo-wanli-2024-budget' group by all"
    )
    assert {outcome for _, outcome in rows} == {"insufficient_data"}


def test_the_songjiang_budget_reports_what_is_known_of_it_and_nothing_else(mutants: Built) -> None:
    rows = mutants.rows(
        "select rule_code, severity from marts.fct_reconciliations"
        " where disclosure_id = ? and outcome = 'fail' and severity <> 'info'",
        SONGJIANG,
    )
    assert {rule for rule, _ in rows} == {
        *("WT-19", "WT-24", "NT-07", "NT-09", "NT-16", "NT-17", "UC-04", "CC-02"),
        *("PJ-10", "PJ-11", "DC-20", "XY-05"),
    }


def test_no_finding_of_the_repository_is_left_unexplained(mutants: Built) -> None:
    assert (
        mutants.rows(
            "select disclosure_id, rule_code, subject from marts.fct_reconciliations"
            " where outcome = 'fail' and known_finding_reason is null"
            f" and disclosure_id in ({', '.join('?' * len(DISCLOSURES))})",
            *DISCLOSURES,
        )
        == []
    )


def test_every_rule_fails_somewhere_and_passes_somewhere(mutants: Built) -> None:
    outcomes: dict[str, set[str]] = {}
    for rule, outcome in mutants.rows(
        "select distinct rule_code, outcome from marts.fct_reconciliations"
        f" where family in ({', '.join('?' * len(NEW_FAMILIES))})",
        *NEW_FAMILIES,
    ):
        outcomes.setdefault(rule, set()).add(outcome)
    with (SEEDS / "reference" / "reconciliation_rules.csv").open(encoding="utf-8") as file:
        rules = {row["rule_code"] for row in csv.DictReader(file) if row["family"] in NEW_FAMILIES}
    assert set(outcomes) == rules
    assert {rule for rule, seen in outcomes.items() if "fail" not in seen} == set()
    assert {rule for rule, seen in outcomes.items() if not seen & {"pass", "hint"}} == set()


def test_coverage_adds_up(mutants: Built) -> None:
    assert (
        mutants.rows(
            "select * from marts.fct_rule_coverage where"
            " executed_count <> passed_count + failed_count or rule_count <>"
            " executed_count + insufficient_data_count + not_applicable_count"
            " or (not_executed_reason is null) <> (executed_count = rule_count)"
        )
        == []
    )
    rules = mutants.value("select count(*) from marts.dim_reconciliation_rules")
    assert mutants.rows(
        "select distinct sum(rule_count) from marts.fct_rule_coverage group by disclosure_id"
    ) == [(rules,)]


def test_great_expectations_and_dbt_agree_on_every_rule(mutants: Built) -> None:
    of_judge, outcomes = mutants.judged_outcomes(), mutants.outcomes()
    assert len(outcomes) > 110
    assert {rule: of_judge[rule] for rule in outcomes} == outcomes


def test_money_stays_exact(mutants: Built) -> None:
    assert (
        mutants.rows(
            "select table_name, column_name, data_type from information_schema.columns"
            " where column_name like '%_yuan' and data_type <> 'DECIMAL(18,2)'"
        )
        == []
    )
    assert Decimal("0.00") in {
        gap
        for (gap,) in mutants.rows(
            "select gap_yuan from reconciliations.rec_projects where gap_yuan is not null"
        )
    }
