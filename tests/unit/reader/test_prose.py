"""Claims and statements of the prose, one wording at a time."""

import pytest

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.claims import read_claims
from budget_warehouse.reader.parsing.counts import read_years_and_counts
from budget_warehouse.reader.parsing.statements import read_calculations, read_statements

Claim = dict[str, str]


def claims(text: str, fiscal_year: str = "2025", organization: str = "") -> list[Claim]:
    """Return the claims of one paragraph, without the columns that stay blank."""
    return [
        {column: value for column, value in row.items() if value and column != "source_ref"}
        for row in read_claims([Paragraph(text, "p.1")], fiscal_year, organization).rows
    ]


def amounts(text: str, organization: str = "") -> list[tuple[str, str]]:
    """Return what one paragraph claims and how much."""
    return [(row["measure"], row["amount"]) for row in claims(text, "2026", organization)]


def statements(text: str) -> list[tuple[str, str]]:
    return [
        (row["subject"], row["value"]) for row in read_statements([Paragraph(text, "p.1")]).rows
    ]


def test_a_comparison_belongs_to_the_claim_before_it() -> None:
    assert claims(
        "2023年，某局支出预算16497.86万元，其中：财政拨款支出预算16497.86万元，"
        "比2022年（上一年度，下同）预算增加1421.25万元；政府性基金拨款支出预算0万元，"
        "比2022年预算持平。",
        "2023",
    ) == [
        {"measure": "total_expenditure", "amount": "16497.86", "unit": "万元"},
        {
            "measure": "fiscal_appropriation_expenditure",
            "amount": "16497.86",
            "base_year": "2022",
            "base_stage": "initial_budget",
            "direction": "增加",
            "change": "1421.25",
            "unit": "万元",
        },
        {
            "measure": "government_funds_expenditure",
            "amount": "0",
            "base_year": "2022",
            "base_stage": "initial_budget",
            "direction": "持平",
            "unit": "万元",
        },
    ]


@pytest.mark.parametrize(
    ("words", "year", "stage"),
    [
        ("比2024年预算", "2024", "initial_budget"),
        ("与2024年年初预算相比", "2024", "initial_budget"),
        ("比2024年预算执行数", "2024", "executed"),
        ("较2024年决算数", "2024", "executed"),
        ("比2023年调整预算数", "2023", "adjusted_budget"),
        ("比上年", "2024", ""),
        ("与上年相比", "2024", ""),
        ("较上年预算", "2024", "initial_budget"),
        ("同比", "2024", ""),
    ],
)
def test_a_base_is_named_as_far_as_the_prose_names_it(words: str, year: str, stage: str) -> None:
    (claim,) = claims(f"本部门收入预算100.00万元，{words}增加10.00万元，增长11.11%。")
    assert claim["base_year"] == year
    assert claim.get("base_stage", "") == stage
    assert (claim["direction"], claim["change"]) == ("增加", "10.00")
    assert claim["change_percent"] == "11.11%"


@pytest.mark.parametrize(
    "text",
    [
        "政策绩效目标0个、涉及预算资金0万元；项目绩效目标共1个，涉及项目预算资金382.00万元。",
        "政策绩效目标2个，涉及预算资金50万元，项目绩效目标1个，涉及预算资金382.00万元。",
        "编报单位整体绩效目标1个，涉及预算资金900万元；项目绩效目标1个，涉及预算资金382.00万元。",
        "编报单位整体绩效目标1个，项目绩效目标1个，涉及预算资金382.00万元。",
        "编报绩效目标的政策共2个，涉及预算资金50万元；项目共1个，涉及预算资金382.00万元。",
        "按照绩效管理政策的要求编报绩效目标1个，涉及预算资金382.00万元。",
        "整体支出纳入绩效目标管理，涉及财政性资金900万元；共1个项目纳入绩效目标管理，涉及财政性资金"
        "合计382.00万元。",
    ],
)
def test_an_amount_of_policies_or_of_the_whole_is_not_that_of_the_projects(text: str) -> None:
    assert claims(text) == [
        {"measure": "performance_project_amount", "amount": "382.00", "unit": "万元"}
    ]


def test_an_account_has_its_heading_and_its_planned_amount() -> None:
    heading, planned = claims(
        " 27. “城乡社区支出（类）城乡社区管理事务（款）城管执法（项）”690.58万元，主要用于执法。"
        "2022年当年预算执行数为767.68万元，2023年预算安排690.58万元，"
        "比2022年预算执行数减少10.04 %。",
        "2023",
    )
    account = {
        "ordinal": "27",
        "measure": "function_item",
        "name": "城乡社区支出（类）城乡社区管理事务（款）城管执法（项）",
        "amount": "690.58",
        "unit": "万元",
    }
    assert heading == account
    assert planned == account | {
        "base_year": "2022",
        "base_stage": "executed",
        "base_amount": "767.68",
        "direction": "减少",
        "change_percent": "10.04%",
    }


@pytest.mark.parametrize(
    ("text", "name", "amount"),
    [
        ("1.“一般公共服务支出”科目12,789万元，主要用于经费。", "一般公共服务支出", "12,789"),
        (
            "1．住房改革支出（款）住房公积金（项）支出715.28万元，增加。",
            "住房改革支出（款）住房公积金（项）",
            "715.28",
        ),
        ("（6）行政运行(2150701)1093.67 万元，较少。", "行政运行(2150701)", "1093.67"),
        ("1.①行政运行（2010301）12.50万元。", "行政运行（2010301）", "12.50"),
    ],
)
def test_an_account_is_named_in_several_ways(text: str, name: str, amount: str) -> None:
    (claim,) = claims(text)
    assert (claim["measure"], claim["name"], claim["amount"]) == ("function_item", name, amount)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "（一）基本支出。基本支出预算37789.36万元，占本年支出预算3.55%。",
            [],
        ),
        (
            "（一）收入预算总计15897.44万元。包括：1.财政拨款收入预算总计15897.44万元。",
            [("total_revenue", "15897.44"), ("fiscal_appropriation_revenue", "15897.44")],
        ),
        ("（1）一般公共预算收入预算15897.44万元，与上年相比增加2248.37万元。", []),
        ("（2）政府性基金收入预算0万元，与上年相比增加0万元。", []),
        ("2．财政专户管理资金收入预算总计0万元。", []),
        ("3．其他资金收入预算总计0万元。", []),
        ("上级专项转移支付支出预算393.23万元，无政府性基金预算支出。", []),
        (
            "某局2018年度收入、支出预算总计15897.44万元。",
            [("total_revenue", "15897.44"), ("total_expenditure", "15897.44")],
        ),
        (
            "2026年财政拨款收入、支出预算总计80.00万元。",
            [
                ("fiscal_appropriation_total_revenue", "80.00"),
                ("fiscal_appropriation_total_expenditure", "80.00"),
            ],
        ),
        (
            "2026年一般公共预算财政拨款收入101,833.84万元，"
            "一般公共预算财政拨款支出101,833.84万元。",
            [("general_public_budget_expenditure", "101,833.84")],
        ),
        ("2026年政府性基金预算财政拨款收入41,534.73万元。", []),
        (
            "本部门财政拨款收入预算总计181807.13万元，全部为一般公共预算拨款。"
            "支出预算总计181807.13万元，全部为一般公共预算拨款。",
            [("fiscal_appropriation_revenue", "181807.13")],
        ),
        (
            "收入预算100万元，其中：财政拨款收入90万元；支出预算100万元。",
            [
                ("total_revenue", "100"),
                ("fiscal_appropriation_revenue", "90"),
                ("total_expenditure", "100"),
            ],
        ),
        (
            "项目支出均实行绩效目标管理，涉及一般公共预算支出24,991.96万元。",
            [],
        ),
        (
            "绩效目标管理全覆盖，涉及当年一般公共预算当年拨款181716.56万元。",
            [("general_public_budget_expenditure", "181716.56")],
        ),
    ],
)
def test_a_part_is_not_the_whole(text: str, expected: list[tuple[str, str]]) -> None:
    assert amounts(text) == expected


def test_a_part_of_the_procurement_is_not_all_of_it() -> None:
    assert amounts(
        "所属各预算单位政府采购预算总额712.49万元：政府采购货物预算486.50万元、"
        "政府采购工程预算0万元、政府采购服务预算225.99万元；其中一般公共预算拨款政府采购"
        "504.98万元：政府采购货物预算480.50万元、政府采购服务预算24.48万元。"
    ) == [
        ("procurement_total", "712.49"),
        ("procurement_goods", "486.50"),
        ("procurement_works", "0"),
        ("procurement_services", "225.99"),
    ]


def test_what_operating_expenses_hold_is_no_part_of_the_three_public_expenses() -> None:
    assert amounts(
        "2020年机关运行经费预算总计82万元，其中：办公经费41.47万元，公务接待费2万元，"
        "公务用车运行维护费12万元。"
    ) == [("agency_operating_expenses", "82")]


def test_accounts_of_one_kind_of_spending_are_not_the_accounts() -> None:
    assert (
        amounts(
            "（2）公用经费：①行政运行（2013201）124.00万元，较上年减少55.42万元；"
            "②培训支出（2050803）2万元。"
        )
        == []
    )


@pytest.mark.parametrize(
    ("subject", "is_claimed"),
    [
        ("2026年深圳市人力资源和社会保障局", True),
        ("深圳人力资源社会保障局", True),
        ("深圳市人力资源和社会保障局及下属单位", True),
        ("本部门2026年", True),
        ("", True),
        ("深圳市社会保险基金管理局龙华分局", False),
        ("局本级", False),
        ("全市", False),
    ],
)
def test_only_the_total_of_the_publisher_is_claimed(subject: str, is_claimed: bool) -> None:
    read = amounts(f"{subject}部门预算收入5,127.91万元。", "深圳市人力资源和社会保障局")
    assert read == ([("total_revenue", "5,127.91")] if is_claimed else [])


def test_a_fund_of_another_organization_is_not_claimed() -> None:
    text = "无锡市水利局2026年一般公共预算财政拨款支出预算64,092.25万元。"
    assert amounts(text, "无锡市水利局")
    assert amounts(text, "无锡市水利工程管理中心") == []


def test_the_three_public_expenses() -> None:
    read = claims(
        "（二）公务用车购置及运行费36.56万元，比2024年预算减少10万元，主要原因是新增1辆公务用车。"
        "其中：公务用车购置费15万元，比2024年预算减少10万元；公务用车运行费21.56万元，"
        "比2024年预算持平。"
    )
    assert [(claim["measure"], claim["amount"], claim["direction"]) for claim in read] == [
        ("vehicle_total", "36.56", "减少"),
        ("vehicle_purchase", "15", "减少"),
        ("vehicle_operation", "21.56", "持平"),
    ]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (
            "2025年收入预算500.00万元，其中，其他收入20.00万元。收入较去年增加30.00万元，上升6.38%。"
            "支出较去年增加1.00万元。",
            [("total_revenue", "增加", "30.00"), ("other_revenue", "", "")],
        ),
        (
            "某局“三公”经费预算数为0.60万元，其中，公务接待费0.60万元。"
            "2025年“三公”经费预算与2024年持平。",
            [("three_public_total", "持平", ""), ("official_hospitality", "", "")],
        ),
        (
            "本年支出预算70万元，其他收入3万元。其他支出较去年增加2万元。",
            [("total_expenditure", "", ""), ("other_revenue", "", "")],
        ),
    ],
)
def test_a_sentence_compares_what_was_stated_before(
    text: str, changes: list[tuple[str, str, str]]
) -> None:
    assert [
        (row["measure"], row.get("direction", ""), row.get("change", "")) for row in claims(text)
    ] == changes


def test_a_comparison_of_something_else_is_not_taken() -> None:
    (claim,) = claims("政府性基金拨款支出0万元，2025年本部门预算支出较上年减少3083.36万元。")
    assert (claim["measure"], claim.get("change")) == ("government_funds_expenditure", None)


def test_a_year_is_no_amount() -> None:
    (claim,) = claims("公务用车购置费2026年预算数7.40万元，较2025年年初预算增加0.00万元。", "2026")
    assert (claim["measure"], claim["amount"]) == ("vehicle_purchase", "7.40")
    assert claims("公务用车购置费2026年未安排。") == []


def test_half_width_punctuation_says_the_same() -> None:
    wide = (
        "“一般公共服务支出（类）财政事务（款）行政运行（项）”2.63万元，用于运行。"
        "比2024年预算增加1.00万元，增长61.35%。"
    )
    narrow = wide.translate(str.maketrans("“”（），：", '""(),:'))
    (one,), (other,) = claims(wide), claims(narrow)
    assert one["change_percent"] == "61.35%"
    assert one | {"name": ""} == other | {"name": ""}
    (visits,) = claims("(一)因公出国(境)费0万元,与2024年预算持平。")
    assert (visits["measure"], visits["direction"]) == ("overseas_visits", "持平")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2025年度“三公”经费预算数为12.30万元，比上年预算数减少1.20万元，下降8.89%。",
            {"base_stage": "initial_budget", "direction": "减少", "change_percent": "8.89%"},
        ),
        (
            "收入预算总计1000万元，比上年增加100万元，增幅11.11%。",
            {"direction": "增加", "change": "100", "change_percent": "11.11%"},
        ),
        (
            "公务接待费1.20万元，较上年减少0.30万元，下降20%，增长率下降3.2个百分点。",
            {"direction": "减少", "change": "0.30", "change_percent": "20%"},
        ),
        (
            "1、教育支出（类）进修及培训（款）教师进修（项）年初预算为300万元，比上年执行数持平。",
            {"name": "教育支出（类）进修及培训（款）教师进修（项）", "base_stage": "executed"},
        ),
        (
            "小学教育（项）2025年预算数为1,234.56万元，比2024年执行数增加12.34万元。",
            {"name": "小学教育（项）", "amount": "1,234.56", "change": "12.34"},
        ),
        (
            "2.公务接待费。2025年预算数9.46万元，较2024年年初预算增加0.00万元。",
            {"measure": "official_hospitality", "amount": "9.46", "change": "0.00"},
        ),
        (
            "因公出国（境）费预算120000元，与上年预算数持平。",
            {"amount": "120000", "unit": "元", "direction": "持平"},
        ),
        (
            "2025年一般公共预算当年拨款1000.00万元，比2024年执行数减少50.00万元。",
            {"measure": "general_public_budget_expenditure", "change": "50.00"},
        ),
    ],
)
def test_a_claim_in_other_words(text: str, expected: Claim) -> None:
    (claim,) = claims(text)
    assert {column: claim.get(column) for column in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "财政拨款支出总预算1.23亿元，比2024年预算增加0.1亿元。",
        "公务接待费2024年预算数5.00万元。",
        "各项支出与上年相比增加3.00万元，增长5%。",
    ],
)
def test_what_is_not_understood_is_neither_claimed_nor_lost(text: str) -> None:
    read = read_claims([Paragraph(text, "p.1")], "2025")
    assert (read.rows, read.used) == ([], [])


def test_a_change_in_another_unit_is_a_note() -> None:
    (claim,) = claims("公务接待费2.00万元，比2024年预算减少500元。")
    assert (claim.get("change"), claim["note"]) == (None, "500元")


def test_procurement_and_what_is_reserved() -> None:
    read = claims(
        "2025年本部门政府采购预算4821.20万元，其中：政府采购货物预算57.43万元、政府采购工程预算3780.72万元、"
        "政府采购服务预算983.05万元。面向中小企业预留政府采购项目预算金额1928.48万元，其中，"
        "预留给小型和微型企业的政府采购项目预算为1349.94万元。"
    )
    assert [(claim["measure"], claim["amount"]) for claim in read] == [
        ("procurement_total", "4821.20"),
        ("procurement_goods", "57.43"),
        ("procurement_works", "3780.72"),
        ("procurement_services", "983.05"),
        ("sme_reserved", "1928.48"),
        ("small_micro_reserved", "1349.94"),
    ]


def test_an_amount_without_a_unit_has_the_unit_of_its_paragraph() -> None:
    read = claims(
        "财政拨款支出预算17,192万元；政府性基金拨款支出预算为0；国有资本经营预算拨款支出预算为0。"
    )
    assert [(claim["amount"], claim["unit"]) for claim in read] == [
        ("17,192", "万元"),
        ("0", "万元"),
        ("0", "万元"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "（一）基本支出预算：是区级预算主管部门及所属预算单位编制的年度基本支出计划。",
        "公务接待费主要安排全国性专业会议等支出。",
        "财政拨款收入支出增加的主要原因是项目调整。",
        "2025年上海市普陀区共有车辆8辆，其中：其他用车8辆。",
    ],
)
def test_prose_without_a_figure_of_the_budget_claims_nothing(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至2024年8月31日，某局共有车辆8辆，其中：其他用车8辆。", [("vehicles_kept", "8")]),
        (
            "截至2025年底，某局共有车辆7台，单位价值100万元以上的设备0台（套）。",
            [("vehicles_kept", "7")],
        ),
        ("2025年部门预算安排购置车辆1辆，其中：其他用车1辆。", []),
        ("公务用车保有量0辆，某中心无公务用车，公务用车保有量为零。", [("vehicles_kept", "0")]),
        ("某中心无公务用车，公务用车保有量为零。", [("vehicles_kept", "零")]),
        (
            "固定资产3149.52万元，其中：房屋14609.83平方米；车辆7辆（一般公务用车3辆）。",
            [("floor_area", "14609.83"), ("vehicles_kept", "7")],
        ),
        ("用地面积约为4000.6平方米，建筑面积约为13459平方米。", []),
        (
            "本部门1个预算单位开展了2020年项目预算绩效目标编报工作，编报绩效目标的项目11个，涉及。",
            [("performance_fiscal_year", "2020"), ("performance_project_count", "11")],
        ),
        (
            "2025年度，本单位编报绩效目标的项目共12个，涉及项目预算资金4,222.51万元。",
            [("performance_fiscal_year", "2025"), ("performance_project_count", "12")],
        ),
        (
            "按照绩效评价要求，本部门对12个项目编报绩效目标，涉及项目预算资金345.67万元。",
            [("performance_project_count", "12")],
        ),
        (
            "本单位整体支出纳入绩效目标管理；共8个项目纳入绩效目标管理，涉及财政性资金合计60万元。",
            [("performance_project_count", "8")],
        ),
        (
            "其他运转类项目均实行绩效目标管理，共计5个一级项目，涉及资金70.00万元。",
            [("performance_project_count", "5")],
        ),
        ("本单位共有公务用车4辆。", [("vehicles_kept", "4")]),
        (
            "2025年年初本单位共有公务用车6辆，2辆报废，截至2025年9月共有公务用车4辆。",
            [("vehicles_kept", "4")],
        ),
        (
            "某中心是事业单位，无机关运行经费。",
            [("agency_operating_expenses_statement", "某中心是事业单位，无机关运行经费。")],
        ),
        (
            "本单位2021年度无国有资本经营预算拨款收支。",
            [("state_capital_statement", "本单位2021年度无国有资本经营预算拨款收支。")],
        ),
        (
            "因公出国（境）费0万元，与2024年预算持平，主要原因是此部分预算由区外办统一安排。",
            [("reported_elsewhere", "overseas_visits")],
        ),
    ],
)
def test_a_statement(text: str, expected: list[tuple[str, str]]) -> None:
    assert statements(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "截至2024年8月31日，某局共有车辆3辆，其中：部级领导干部用车0辆、其他用车3辆；设备0台。",
            [
                ("counted_in_year", "2024", "2024年8月31日"),
                ("vehicles_in_all", "3", ""),
                ("vehicles_of_kind", "0", "部级领导干部用车"),
                ("vehicles_of_kind", "3", "其他用车"),
            ],
        ),
        (
            "某局共有车辆11辆，其中机要通信用车1台,其他按照规定配备的公务用车10台,单价100万元设备2台",
            [
                ("vehicles_in_all", "11", ""),
                ("vehicles_of_kind", "1", "机要通信用车"),
                ("vehicles_of_kind", "10", "其他按照规定配备的公务用车"),
            ],
        ),
        (
            "截至2024年12月底，本单位共有公务用车2辆，其中，机要通信用车1辆，特种专业技术用车1辆；"
            "设备0台。",
            [
                ("counted_in_year", "2024", "2024年12月底"),
                ("vehicles_in_all", "2", ""),
                ("vehicles_of_kind", "1", "机要通信用车"),
                ("vehicles_of_kind", "1", "特种专业技术用车"),
            ],
        ),
        ("某局共有车辆7台，单位价值100万元以上的设备0台（套）。", []),
        ("某局共有车辆7辆，其中：其他用车5辆，特种车若干。", []),
        (
            "第一部分 2026年部门预算说明",
            [("heading_fiscal_year", "2026", "第一部分2026年部门预算说明")],
        ),
        ("二、2025年预算执行情况", []),
        ("三、2025年国有资产占有使用情况说明", []),
        (
            "本部门无当年政府性基金预算收支，并已公开空表。",
            [
                (
                    "government_funds_statement",
                    "本部门无当年政府性基金预算收支，并已公开空表。",
                    "",
                )
            ],
        ),
        ("政府性基金预算支出5万元。", []),
        (
            "授予中小企业合同金额24,498.01万元，占政府采购支出总额的9 %，其中：授予小微企业合同金额"
            "7,086.06万元，占授予中小企业合同金额的28.93%；货物采购授予中小企业合同金额占货物支出的4%。",
            [
                ("sme_share", "9", "政府采购支出总额"),
                ("small_micro_share", "28.93", "授予中小企业合同金额"),
            ],
        ),
    ],
)
def test_a_year_and_a_count(text: str, expected: list[tuple[str, str, str]]) -> None:
    rows = read_years_and_counts([Paragraph(text, "p.1")]).rows
    assert [(row["subject"], row["value"], row.get("note", "")) for row in rows] == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("话务设备 ：9台*11000元/年=99000万元维护费", "9台*11000元/年=99000万元"),
        ("更换手机（约70*3500元/台=245000元）", "约70*3500元/台=245000元"),
        ("12次×0.5万元＝6万元", "12次×0.5万元=6万元"),
    ],
)
def test_a_sum_written_out(text: str, value: str) -> None:
    (row,) = read_calculations([Paragraph(text, "line 7")], "宣传").rows
    assert (row["value"], row["note"], row["source_ref"]) == (value, "宣传", "line 7")


def test_a_target_is_no_sum() -> None:
    assert (
        read_calculations([Paragraph("=24小时/天", "p.1"), Paragraph(">=90%", "p.1")], "某").rows
        == []
    )
