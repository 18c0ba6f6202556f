"""Claims of budgets in the wordings of many places, with the values that a person reads."""

import pytest

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.claims import read_claims
from budget_warehouse.reader.parsing.statements import read_statements

_COLUMNS = ("measure", "name", "amount", "base_year", "base_stage", "base_amount")
_CHANGES = ("direction", "change", "change_percent")


def claims(*paragraphs: str) -> list[str]:
    """Return the claims of paragraphs of 2026, each in one line without what is blank."""
    prose = [Paragraph(text, "p.1") for text in paragraphs]
    return [
        " ".join(row[column] for column in (*_COLUMNS, *_CHANGES) if row.get(column))
        for row in read_claims(prose, "2026", "某局").rows
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2026年度收入预算110896.62万元，比2025年年初预算数115041.34万元减少4144.72万元，下降3.60%。",
            "total_revenue 110896.62 2025 initial_budget 115041.34 减少 4144.72 3.60%",
        ),
        (
            "2026年财政拨款“三公”经费预算77.67万元，比2025年财政拨款“三公”经费年初预算增加6.77万元，"
            "增长9.55%。",
            "three_public_total 77.67 2025 initial_budget 增加 6.77 9.55%",
        ),
        (
            "住房公积金（项）2026年预算数为300.12万元，较2025年预算数288.00万元增加12.12万元，增长4.21%。",
            "function_item 住房公积金（项） 300.12 2025 initial_budget 288.00 增加 12.12 4.21%",
        ),
        (
            "2026年公务接待费预算数为5.60万元。比2025年6.00万元减少0.40万元，减少6.67%。",
            "official_hospitality 5.60 2025 6.00 减少 0.40 6.67%",
        ),
        (
            "公务用车购置和运行维护费30.00万元，与上年相比，减少2.00万元，降低6.25%。",
            "vehicle_total 30.00 2025 减少 2.00 6.25%",
        ),
        (
            "2026年公务接待费预算5.60万元，同比减少0.40万元，同比下降6.67%。",
            "official_hospitality 5.60 2025 减少 0.40 6.67%",
        ),
        (
            "公务用车运行维护费预算30.00万元，较上年减少2.00万元，减幅6.25%。",
            "vehicle_operation 30.00 2025 减少 2.00 6.25%",
        ),
        (
            "因公出国（境）费0万元，与2025年预算数相等。",
            "overseas_visits 0 2025 initial_budget 相等",
        ),
        (
            "机关运行经费安排210.32万元，比上年1.43万元，增加0.68%。",
            "agency_operating_expenses 210.32",
        ),
        (
            "公务接待费5.00万元，比上年“三公”经费预算减少3.00万元。",
            "official_hospitality 5.00",
        ),
        (
            "某局2026年度财政拨款支出预算80.00万元。与上年相比，财政拨款支出增加4.00万元，增长5.26%。",
            "fiscal_appropriation_expenditure 80.00 2025 增加 4.00 5.26%",
        ),
        (
            "2026年财政拨款支出预算80.00万元，与上年相比，三公经费增加4.00万元。",
            "fiscal_appropriation_expenditure 80.00",
        ),
    ],
)
def test_a_comparison_names_its_base_in_many_ways(text: str, expected: str) -> None:
    assert claims(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（一）204-公共安全支出4481.91万元。", "公共安全支出 4481.91"),
        ("（八）2101501-行政运行3530.82万元。主要用于人员支出。", "行政运行（2101501） 3530.82"),
        ("2010601行政运行2000.00万元，主要用于人员经费。", "行政运行（2010601） 2000.00"),
        (
            "2080505机关事业单位基本养老保险缴费支出预算320.00万元，比上年增加10.00万元。",
            "机关事业单位基本养老保险缴费支出（2080505） 320.00 2025 增加 10.00",
        ),
        (
            "1.一般公共服务支出（类）财政事务（款）行政运行（项）：2026年预算数为1234.50万元，"
            "比2025年预算数增加34.50万元，增长2.88%。",
            "一般公共服务支出（类）财政事务（款）行政运行（项） 1234.50 2025 initial_budget"
            " 增加 34.50 2.88%",
        ),
        (
            "教育支出（类）进修及培训（款）培训支出（项）。2026年预算数为8.00万元，与上年预算数持平。",
            "教育支出（类）进修及培训（款）培训支出（项） 8.00 2025 initial_budget 持平",
        ),
        (
            "行政运行（2010601）：2026年预算安排2000.00万元，比上年减少50.00万元。",
            "行政运行（2010601） 2000.00 2025 减少 50.00",
        ),
    ],
)
def test_an_account_stands_by_its_code_or_before_its_amount(text: str, expected: str) -> None:
    assert claims(text) == [f"function_item {expected}"]


@pytest.mark.parametrize(
    "text",
    [
        "2026年-2028年项目支出100.00万元。",
        "共210人的工资5万元。",
        "面积2120平方米的房屋租金80.00万元。",
        "项目编号12010601行政运行2000.00万元。",
    ],
)
def test_other_numbers_are_no_codes(text: str) -> None:
    assert claims(text) == []


def test_the_path_of_an_account_by_its_code_is_as_printed() -> None:
    (row,) = read_claims([Paragraph("（一）2101501-行政运行3530.82万元。", "p.1")], "2026").rows
    assert row["account_path"] == "2101501-行政运行"


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("某局2026年收支总预算12345.67万元。", "total", "12345.67"),
        (
            "某局2026年收支总预算12345.67万元，比2025年收支预算总数增加234.50万元。",
            "total",
            "12345.67 2025 initial_budget 增加 234.50",
        ),
        (
            "某局2026年度收入、支出预算总计13649.07万元，与上年相比收、支预算总计各增加844.15万元，"
            "增长6.59%。",
            "total",
            "13649.07 2025 initial_budget 增加 844.15 6.59%",
        ),
        (
            "某局2026年度财政拨款收、支总预算13649.07万元。与上年相比，财政拨款收、支总计各增加844.15万元，"
            "增长6.59%。",
            "fiscal_appropriation_total",
            "13649.07 2025 增加 844.15 6.59%",
        ),
        ("2026年部门总收入100.00万元，总支出100.00万元，收支平衡。", "total", "100.00"),
        ("2026年收入总额100.00万元，支出总额100.00万元。", "total", "100.00"),
        ("2026年部门收入总预算100.00万元，支出总预算100.00万元。", "total", "100.00"),
    ],
)
def test_revenue_and_expenditure_have_one_total(text: str, kind: str, rest: str) -> None:
    assert claims(text) == [f"{kind}_revenue {rest}", f"{kind}_expenditure {rest}"]


def test_a_total_of_a_fund_or_of_another_organization_is_not_the_whole() -> None:
    assert claims("2026年政府性基金收支总预算50.00万元。") == []
    assert claims("某中心2026年收支总预算50.00万元。") == []


def test_a_heading_says_what_the_amounts_below_it_are() -> None:
    assert claims(
        "六、一般公共预算“三公”经费支出情况",
        "（一）因公出国（境）经费",
        "2026年预算安排0.00万元，与上年持平。",
        "（二）公务接待费",
        "2026年预算安排6.10万元，比上年减少0.10万元，下降1.61%。主要是厉行节约。",
        "（三）公务用车购置及运行费",
        "2026年预算安排8.00万元，其中：公务用车运行费8.00万元，与上年持平；公务用车购置费0.00万元。",
        "七、预算绩效目标情况",
        "2026年预算安排9.00万元。",
    ) == [
        "overseas_visits 0.00 2025 持平",
        "official_hospitality 6.10 2025 减少 0.10 1.61%",
        "vehicle_total 8.00",
        "vehicle_operation 8.00 2025 持平",
        "vehicle_purchase 0.00",
    ]


def test_a_comparison_may_stand_before_its_amount_or_alone() -> None:
    assert claims(
        "（一）因公出国（境）经费较2025年预算持平。2026年因公出国（境）经费预算10万元。"
    ) == ["overseas_visits 10 2025 initial_budget 持平"]
    assert claims("（二）公务接待费较2025年预算下降5%。2026年公务接待费计划用于公务。") == [
        "official_hospitality 2025 initial_budget 下降 5%"
    ]


def test_a_comparison_behind_brackets_is_of_the_amount_before_them() -> None:
    assert claims(
        "公务用车购置及运行维护费567.72万元（公务用车购置费230.55万元，比上年增加49.45万元；"
        "公务用车运行维护费337.17万元，比上年减少2.96万元。）比上年增加46.49万元，增长8.9%；"
        "公务接待费19.28万元，比上年增加0万元，增长0%。"
    ) == [
        "vehicle_total 567.72 2025 增加 46.49 8.9%",
        "vehicle_purchase 230.55 2025 增加 49.45",
        "vehicle_operation 337.17 2025 减少 2.96",
        "official_hospitality 19.28 2025 增加 0 0%",
    ]


@pytest.mark.parametrize(
    "parts",
    [
        "货物类200万元，工程类300万元，服务类700万元",
        "货物预算200万元、工程预算300万元、服务预算700万元",
        "拟购买货物200万元，拟购买工程300万元，拟购买服务700万元",
        "政府采购货物预算200万元；政府采购工程预算300万元；政府采购服务预算700万元",
        "政府采购货物类预算200万元、政府采购工程类预算300万元、政府采购服务类预算700万元",
    ],
)
def test_procurement_has_parts_in_other_words(parts: str) -> None:
    assert claims(f"2026年政府采购预算总额1200万元，其中：{parts}。") == [
        "procurement_total 1200",
        "procurement_goods 200",
        "procurement_works 300",
        "procurement_services 700",
    ]


def test_procurement_counted_as_projects() -> None:
    """深圳市审计局 2026, p.11."""
    assert claims(
        "纳入2026年部门预算的政府采购项目共有775.86万元，其中：货物类项目36.50万元、工程类项目"
        "0.00万元、服务类项目739.36万元。"
    ) == [
        "procurement_total 775.86",
        "procurement_goods 36.50",
        "procurement_works 0.00",
        "procurement_services 739.36",
    ]
    assert claims("我部门政府采购预算总金额为2247.85万元。其中拟购买货物59万元。") == [
        "procurement_total 2247.85",
        "procurement_goods 59",
    ]


def test_goods_and_services_of_anything_else_are_no_procurement() -> None:
    assert claims("商品和服务支出100.00万元，货物200.00万元。") == []


def test_basic_expenditure_of_a_named_fund() -> None:
    assert claims("2026年度一般公共预算拨款基本支出7841.26万元，其中：") == [
        "general_public_budget_basic_expenditure 7841.26"
    ]
    assert claims("某局2026年度财政拨款基本支出预算7666.68万元，其中：") == [
        "fiscal_appropriation_basic_expenditure 7666.68"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "相应安排支出预算351904.90万元，比上年增加125454.38万元，增长55.40%。其中：基本支出7841.26万元、"
            "项目支出344063.64万元。",
            [
                "total_expenditure 351904.90 2025 增加 125454.38 55.40%",
                "basic_expenditure 7841.26",
                "project_expenditure 344063.64",
            ],
        ),
        (
            "2026年一般公共预算财政拨款支出18,417.70万元，比2025年增加2,781.90万元。"
            "其中：基本支出9,018.47万元，主要用于保障工资福利，比2025年增加362.10万元；"
            "项目支出9,399.23万元，主要用于重点工作，比2025年增加2,419.80万元。",
            [
                "general_public_budget_expenditure 18,417.70 2025 增加 2,781.90",
                "general_public_budget_basic_expenditure 9,018.47 2025 增加 362.10",
                "general_public_budget_project_expenditure 9,399.23 2025 增加 2,419.80",
            ],
        ),
        ("2026年项目支出预算417.41万元，主要是专项业务费。", []),
        (
            "支出预算100.00万元，比2025年增加9.00万元，主要是基本支出增加4.00万元，项目支出增加5.00万元。",
            ["total_expenditure 100.00 2025 增加 9.00"],
        ),
        (
            "支出预算100.00万元，其中：行政运行（2010601）60.00万元，项目支出40.00万元。",
            ["total_expenditure 100.00", "function_item 行政运行（2010601） 60.00"],
        ),
        (
            "支出预算100.00万元，其中：下属中心基本支出20.00万元。",
            ["total_expenditure 100.00"],
        ),
    ],
)
def test_basic_and_project_expenditure_are_parts_of_what_was_stated(
    text: str, expected: list[str]
) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年，某局的机关运行经费财政拨款预算为456.70万元，比2025年预算增加12.30万元，增长2.77%。",
         ["agency_operating_expenses 456.70 2025 initial_budget 增加 12.30 2.77%"]),
        ("本部门2026年机关运行经费预算总额456.70万元，较上年预算444.40万元增加12.30万元，上升2.77%。",
         ["agency_operating_expenses 456.70 2025 initial_budget 444.40 增加 12.30 2.77%"]),
        ("2026年“三公”经费财政拨款预算安排45.60万元，与上年预算数一致。",
         ["three_public_total 45.60 2025 initial_budget 一致"]),
        ("2026年度一般公共预算拨款“三公”经费支出预算为45.60万元，比上年减少4.40万元。",
         ["three_public_total 45.60 2025 减少 4.40"]),
        ("2026年“三公”经费预算支出45.60万元，较上年减少4.40万元（减少8.80%）。",
         ["three_public_total 45.60 2025 减少 4.40 8.80%"]),
        ("本年度收入预算总计4567.89万元，与2025年相比增加45.00万元，增幅为0.99%。",
         ["total_revenue 4567.89 2025 增加 45.00 0.99%"]),
        ("政府采购预算1200万元，比上年减少50万元，其中：货物采购预算200万元，服务采购预算1000万元。",
         ["procurement_total 1200 2025 减少 50", "procurement_goods 200",
          "procurement_services 1000"]),
        ("2026年某局实行绩效目标管理的项目15个，涉及预算2345.00万元。",
         ["performance_project_amount 2345.00"]),
        ("卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）2026年预算数为56.78万元，用于医疗。",
         ["function_item 卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项） 56.78"]),
    ],
)  # fmt: skip
def test_other_places_state_the_same_in_their_own_words(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


def test_projects_with_goals_are_counted() -> None:
    text = "2026年某局实行绩效目标管理的项目15个，涉及预算2345.00万元。"
    (row,) = read_statements([Paragraph(text, "p.1")]).rows
    assert (row["subject"], row["value"]) == ("performance_project_count", "15")
