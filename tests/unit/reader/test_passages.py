"""Passages of the prose that rules hold against the tables, one wording at a time."""

import pytest

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.account_lists import read_account_lists
from budget_warehouse.reader.parsing.claims import read_claims
from budget_warehouse.reader.parsing.placeholders import read_placeholders
from budget_warehouse.reader.parsing.purposes import read_purposes, read_reasons
from budget_warehouse.reader.parsing.shares import read_shares
from budget_warehouse.reader.parsing.vehicles import read_planned_vehicles

PERSONNEL, PUBLIC_USE = "listed_personnel_account", "listed_public_use_account"
HEADING = "某局2026年度一般公共预算财政拨款基本支出预算2,000万元，其中："
LIST = "（一）人员经费1,500万元。主要包括：基本工资、津贴补贴、维修（护）费。"


def prose(*lines: str) -> list[Paragraph]:
    """Return lines as the paragraphs of one page."""
    return [Paragraph(line, "p.1") for line in lines]


def listed(*lines: str) -> list[tuple[str, str, str]]:
    return [
        (row["subject"], row["value"], row["note"])
        for row in read_account_lists(prose(*lines)).rows
    ]


def shares(*lines: str) -> list[tuple[str, str, str]]:
    return [(row["subject"], row["value"], row["note"]) for row in read_shares(prose(*lines)).rows]


def test_a_list_of_accounts_is_of_the_general_public_budget() -> None:
    assert listed(HEADING, LIST) == [
        (PERSONNEL, "基本工资", ""),
        (PERSONNEL, "津贴补贴", ""),
        (PERSONNEL, "维修（护）费", ""),
    ]
    assert not listed(HEADING.replace("一般公共预算", ""), LIST)
    assert not listed(LIST)
    assert not listed(HEADING, *["某行。"] * 6, LIST)


def test_a_list_that_ends_in_and_so_on_or_breaks_off_is_open() -> None:
    line = "一般公共预算基本支出10万元，其中：日常公用支出10万元，主要包括办公费、印刷费、水费等。"
    open_list = [(PUBLIC_USE, name, "等") for name in ("办公费", "印刷费", "水费")]
    assert listed(line) == open_list
    assert listed(line.removesuffix("等。")) == open_list


@pytest.mark.parametrize(
    "names",
    ["基本工资、津贴补贴", "基本工资、奖金……其他对个人和家庭的补助、退休费", "3人、5人、7人"],
)
def test_examples_and_other_words_are_no_list(names: str) -> None:
    assert not listed(f"一般公共预算基本支出10万元。其中：人员经费10万元，主要包括：{names}。")


def test_the_amount_of_a_list_is_claimed_of_the_general_public_budget() -> None:
    def claimed(*texts: str) -> list[tuple[str, str]]:
        return [(row["measure"], row["amount"]) for row in read_claims(prose(*texts), "2026").rows]

    basic = ("general_public_budget_basic_expenditure", "2,000")
    assert claimed(HEADING, LIST) == [basic, ("general_public_budget_personnel", "1,500")]
    assert claimed("财政拨款基本支出2,000万元，其中：", LIST) == [
        ("fiscal_appropriation_basic_expenditure", "2,000")
    ]
    assert claimed(HEADING, "人员经费1,500万元，公用经费500万元。") == [basic]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["收入合计100万元，其中：一般公共预算拨款收入98万元，占98%；其他收入2万元，占2.0%。"],
            [
                ("share", "一般公共预算拨款收入98万元，占98%", "100万元"),
                ("share", "其他收入2万元，占2.0%", "100万元"),
            ],
        ),
        (
            [
                "2024年度“三公”经费财政拨款支出决算中，因公出国（境）费支出决算10.00万元，占25.00%；"
                "公务接待费支出决算5.00万元，占12.50%。"
            ],
            [
                (
                    "share_of_three_public_total",
                    "因公出国（境）费支出决算10.00万元，占25.00%",
                    "",
                ),
                ("share_of_three_public_total", "公务接待费支出决算5.00万元，占12.50%", ""),
            ],
        ),
        (
            [
                "某局支出预算合计100万元，其中：",
                "基本支出60万元，占60%；",
                "项目支出40万元，占40%。",
            ],
            [
                ("share", "基本支出60万元，占60%", "100万元"),
                ("share", "项目支出40万元，占40%", "100万元"),
            ],
        ),
        (
            [
                "收入预算合计100万元，包括本年收入90万元，上年结转10万元。",
                "其中：",
                "本年收入90万元，占90%；",
            ],
            [("share", "本年收入90万元，占90%", "100万元")],
        ),
        (
            ["2025年收入预算200万元，比上年增加5万元。", "其中：其他收入20万元，占10%。"],
            [("share", "其他收入20万元，占10%", "200万元")],
        ),
        (
            ["包括本年收入90万元，上年结转10万元。", "其中：", "本年收入90万元，占90%；"],
            [],
        ),
        (
            ["基本支出预算11161.56万元，占本年支出预算10.06%。"],
            [("share_of_total_expenditure", "基本支出预算11161.56万元，占本年支出预算10.06%", "")],
        ),
        (
            ["支出决算2.00万元，完成年初预算的212.65%，占本年支出合计的14.27%。"],
            [
                (
                    "share_of_total_expenditure",
                    "支出决算2.00万元，完成年初预算的212.65%，占本年支出合计的14.27%",
                    "",
                )
            ],
        ),
        (
            [
                "授予中小企业合同金额200万元，其中：授予小微企业合同金额50万元，占授予中小企业合同金额的25%。"
            ],
            [("share", "授予小微企业合同金额50万元，占授予中小企业合同金额的25%", "200万元")],
        ),
        (
            [
                "一般公共预算财政拨款支出1,000万元，主要用于以下方面：",
                "1.“一般公共服务”300万元，占30%；",
                "2.“城乡社区支出”700万元，占70",
            ],
            [
                ("share", "“一般公共服务”300万元，占30%", "1,000万元"),
                ("share_without_sign", "“城乡社区支出”700万元，占70", ""),
            ],
        ),
        (["涉及资金339.5万元，占财政性资金总额的比例为100%。"], []),
        (["推动社会物流总费用占GDP比重降至10%左右。"], []),
    ],
)
def test_a_share_has_its_whole(lines: list[str], expected: list[tuple[str, str, str]]) -> None:
    assert shares(*lines) == expected


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [
        ("公务用车购置费0万元，较上年增加（减少）0万元。", "增加（减少）"),
        ("决算数减少0.15万元，下降（增长）27.78%，其中：持平。", "下降（增长）"),
        ("比上年减少3万元，主要原因是。", "原因是"),
        ("比上年减少3万元，主要原因是：（说明增减原因）。", "原因是：（说明增减原因）"),
        ("决算数大小于预算数的主要原因：按进度调减。", "大小于"),
        ("“三公”经费决算数比2024年度减增加21.90万元，增长141.75%。", "减增加"),
        ("公务接待费30万元，占%，比上年减少2万元。", "占%"),
        ("因公出国（境）费0万元，比上年减少万元。", "减少万元"),
        ("XX局2026年收入预算XXX万元。", "XX"),
        ("主要包括：基本工资（不涉及的不列）。", "（不涉及的不列）"),
        ("（请核实单位是否有涉", "（请核实"),
    ],
)
def test_a_placeholder(text: str, placeholder: str) -> None:
    (row,) = read_placeholders(prose(f"某局概况。{text}")).rows
    assert (row["value"], row["note"]) == (text, placeholder)


@pytest.mark.parametrize(
    "text",
    [
        "主要原因是（一）强化零基预算管理；（二）压减支出。",
        "2、立项依据（说明立项依据的文件名称等）",
        "收支预算比上年增加（含结转）3万元，主要原因是人员减少。",
        "购置XXL型设备3台。",
    ],
)
def test_words_that_only_look_like_a_placeholder(text: str) -> None:
    assert not read_placeholders(prose(text)).rows


@pytest.mark.parametrize(
    ("text", "account", "purpose"),
    [
        (
            "7.“城乡社区支出（类）城乡社区管理事务（款）城管执法（项）”690万元，主要用于执法队伍。",
            "城乡社区支出（类）城乡社区管理事务（款）城管执法（项）",
            "执法队伍",
        ),
        ("3.“住房保障支出”科目205万元，主要用于缴纳住房公积金。", "住房保障支出", "缴纳住房公积金"),
    ],
)
def test_a_purpose_has_its_account(text: str, account: str, purpose: str) -> None:
    (row,) = read_purposes(prose(text)).rows
    assert (row["note"], row["value"]) == (account, purpose)


def test_a_purpose_of_several_accounts_is_of_none() -> None:
    text = "“行政运行（项）”2万元、“机关服务（项）”3万元，主要用于机关运转。"
    assert not read_purposes(prose(text)).rows


def test_a_reason_has_its_expense() -> None:
    text = "会议费1.96万元，较上年减少0.04万元，下降的主要原因是：减少公务接待费预算。培训费2万元。"
    (row,) = read_reasons(prose(text)).rows
    assert (row["note"], row["value"]) == ("会议费", "减少公务接待费预算")
    assert not read_reasons(prose("会议费、培训费3万元，减少的主要原因是压减会议和培训。")).rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年部门预算安排购置车辆1辆，其中：其他用车1辆。", ("vehicles_to_be_bought", "1")),
        ("主要用于经批准购置的0辆公务用车。", ("service_vehicles_to_be_bought", "0")),
        ("2025年拟新增配置公务用车6辆。", ("service_vehicles_to_be_bought", "6")),
        ("上年度购置一辆公务用车，本年度未编列。", None),
    ],
)
def test_vehicles_to_be_bought(text: str, expected: tuple[str, str] | None) -> None:
    rows = read_planned_vehicles(prose(text)).rows
    assert [(row["subject"], row["value"]) for row in rows] == ([expected] if expected else [])
