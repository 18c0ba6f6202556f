"""The prose of final accounts, one wording at a time: each amount with its stage."""

import pytest

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.outturns import read_outturns
from budget_warehouse.reader.parsing.page_breaks import over_pages
from budget_warehouse.reader.parsing.statements import read_statements

Claim = dict[str, str]

INITIAL = {"base_year": "2024", "base_stage": "initial_budget"}
ADJUSTED = {"base_year": "2024", "base_stage": "adjusted_budget"}
SOME_BUDGET = {"base_year": "2024"}
LAST_YEAR = {"base_year": "2023", "base_stage": "executed"}


def claims(*texts: str) -> list[Claim]:
    """Return the claims of a final account of 2024, without blank columns, place and 万元."""
    prose = [Paragraph(text, "p.1") for text in texts]
    return [
        {
            column: value
            for column, value in row.items()
            if value and column not in ("source_ref", "account_path")
            and (column, value) != ("unit", "万元")
        }
        for row in read_outturns(prose, "2024").rows
    ]  # fmt: skip


def placed(text: str) -> list[str]:
    return [number for _, number in read_outturns([Paragraph(text, "p.1")], "2024").used]


def test_an_account_has_its_budget_its_outturn_and_how_much_was_completed() -> None:
    assert claims(
        "3.农林水支出（类）水利（款）防汛（项）。主要用于：抢险支出、物资支出。年初预算为80.50万元，"
        "支出决算为64.40万元，完成年初预算的80.00%。决算数小于预算数的主要原因：汛情较轻，少支12万元。"
    ) == [
        {
            "ordinal": "3",
            "measure": "function_item",
            "name": "农林水支出（类）水利（款）防汛（项）",
            "amount": "64.40",
            "base_amount": "80.50",
            "completion_percent": "80.00%",
        }
        | INITIAL
    ]


def test_the_path_of_an_account_is_kept_as_printed() -> None:
    (row,) = read_outturns(
        [Paragraph("1、教育支出（类）职业教育（款）中等职业教育（项）。决算数为7万元。", "p.3")],
        "2024",
    ).rows
    assert row["account_path"] == row["name"] == "教育支出（类）职业教育（款）中等职业教育（项）"
    assert row["source_ref"] == "p.3"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2.公共安全支出(类)公安(款)行政运行(项)年初预算数为9万元，支出决算数为8万元。",
         "公共安全支出(类)公安(款)行政运行(项)"),
        ("（4）卫生健康支出（类）公立医院（款）中医（民族）医院（项）年初预算9万元，支出决算8万元。",
         "卫生健康支出（类）公立医院（款）中医（民族）医院（项）"),
        ("5.行政运行（2010301）年初预算为9万元，决算为8万元。", "行政运行（2010301）"),
        ("6.“水质监测”科目年初预算9万元，支出决算8万元。", "水质监测"),
        ("教育支出年初预算为9万元，支出决算为8万元。", "教育支出"),
        ("7.外交支出（类）支出年初预算为9万元，支出决算为8万元。", "外交支出（类）"),
    ],
)  # fmt: skip
def test_an_account_is_named_in_several_ways(text: str, name: str) -> None:
    (claim,) = claims(text)
    assert claim["name"] == name
    assert (claim["amount"], claim["base_amount"]) == ("8", "9")


def test_an_account_may_stand_in_the_line_above() -> None:
    (claim,) = claims(
        "1.节能环保支出（类）污染防治（款）大气（项）。",
        "年初预算为40.0万元，支出决算为50.0万元，完成年初预算的125%。",
    )
    assert claim["name"] == "节能环保支出（类）污染防治（款）大气（项）"
    assert claim["amount"] == "50.0"


def test_a_completion_without_its_budget_is_of_the_budget_before_it() -> None:
    (row,) = claims(
        "4.行政运行（2010601）：2024年年初预算1200.00万元，决算1250.00万元，完成104.17%。"
    )
    assert (row["base_amount"], row["amount"]) == ("1200.00", "1250.00")
    assert row["completion_percent"] == "104.17%"


def test_a_comparison_with_two_budgets_is_two_claims() -> None:
    assert claims(
        "公务接待费年初预算数为20万元，调整预算数为25万元，支出决算数为24万元，完成年初预算的120%，"
        "完成调整预算的96%。"
    ) == [
        {
            "measure": "official_hospitality",
            "amount": "24",
            "base_amount": base_amount,
            "completion_percent": percent,
        }
        | stage
        for base_amount, percent, stage in (("20", "120%", INITIAL), ("25", "96%", ADJUSTED))
    ]


def test_a_budget_and_last_year_are_two_claims() -> None:
    assert claims(
        "培训费2024年年初预算数为3万元，决算数为2.5万元，完成年初预算的83.3%，与2023年决算数相比减少0.5"
        "万元，下降16.7%。"
    ) == [
        {
            "measure": "trainings",
            "amount": "2.5",
            "base_amount": "3",
            "completion_percent": "83.3%",
        }
        | INITIAL,
        {
            "measure": "trainings",
            "amount": "2.5",
            "direction": "减少",
            "change": "0.5",
            "change_percent": "16.7%",
        }
        | LAST_YEAR,
    ]


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("与2023年度相比", LAST_YEAR),
        ("比上年", LAST_YEAR),
        ("较上一年度决算数", LAST_YEAR),
        ("同比", LAST_YEAR),
        ("比上年年初预算数", {"base_year": "2023", "base_stage": "initial_budget"}),
        ("比上年预算数", {"base_year": "2023"}),
        ("比年初预算数", INITIAL),
        ("较2024年年初预算", INITIAL),
        ("与全年预算数相比", ADJUSTED),
        ("决算数较预算数", SOME_BUDGET),
    ],
)
def test_a_base_has_the_stage_that_the_prose_gives_it(words: str, base: Claim) -> None:
    assert claims(f"机关运行经费支出90.00万元，{words}，增加9.00万元，增长11.11%。") == [
        {
            "measure": "agency_operating_expenses",
            "amount": "90.00",
            "direction": "增加",
            "change": "9.00",
            "change_percent": "11.11%",
        }
        | base
    ]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("会议费支出6万元，与年初预算数持平。", INITIAL),
        ("会议费年初预算6万元，支出决算6万元，决算数等于预算数。", INITIAL | {"base_amount": "6"}),
        ("会议费支出6万元，与上年决算数持平。", LAST_YEAR),
    ],
)
def test_what_is_unchanged(text: str, base: Claim) -> None:
    assert claims(text) == [{"measure": "meetings", "amount": "6", "direction": "持平"} | base]


def test_no_budget_at_the_beginning_of_the_year() -> None:
    assert claims("2.其他支出（类）彩票（款）体育（项）。年初无预算，支出决算为3.20万元。") == [
        {
            "ordinal": "2",
            "measure": "function_item",
            "name": "其他支出（类）彩票（款）体育（项）",
            "amount": "3.20",
            "note": "年初无预算",
        }
        | INITIAL
    ]


def test_last_years_outturn_is_a_base() -> None:
    assert claims("机关运行经费支出决算60万元，2023年度支出决算50万元，增加10万元，增长20%。") == [
        {
            "measure": "agency_operating_expenses",
            "amount": "60",
            "base_amount": "50",
            "direction": "增加",
            "change": "10",
            "change_percent": "20%",
        }
        | LAST_YEAR
    ]


def test_the_total_of_both_sides_is_a_claim_of_each() -> None:
    both = claims(
        "2024年度收、支总计均为321.00万元。与2023年度相比，收、支总计各减少9.00万元，下降2.73%，"
        "主要原因是项目减少8万元。"
    )
    assert [claim.pop("measure") for claim in both] == ["total_revenue", "total_expenditure"]
    assert (
        both
        == [
            {"amount": "321.00", "direction": "减少", "change": "9.00", "change_percent": "2.73%"}
            | LAST_YEAR
        ]
        * 2
    )


def measured(*texts: str) -> list[tuple[str, str]]:
    return [(claim["measure"], claim.get("amount", "")) for claim in claims(*texts)]


def test_revenue_and_expenditure_of_the_year() -> None:
    assert measured(
        "本年收入合计90万元，其中：财政拨款收入60万元，占66.7%；上级补助收入5万元；事业收入10万元；"
        "经营收入4万元；附属单位上缴收入0万元；其他收入11万元。",
        "本年支出合计80万元，其中：基本支出50万元，占62.5%；项目支出30万元，占37.5%；上缴上级支出0万元；"
        "经营支出0万元；对附属单位补助支出0万元。",
    ) == [
        ("revenue_subtotal", "90"),
        ("fiscal_appropriation_revenue", "60"),
        ("superior_subsidy", "5"),
        ("institution_revenue", "10"),
        ("business_revenue", "4"),
        ("affiliated_remittance", "0"),
        ("other_revenue", "11"),
        ("expenditure_subtotal", "80"),
        ("basic_expenditure", "50"),
        ("project_expenditure", "30"),
        ("remitted_to_superior", "0"),
        ("business_operation", "0"),
        ("subsidies_to_affiliated", "0"),
    ]


def test_lines_of_a_fund_are_the_funds() -> None:
    assert measured(
        "2024年度一般公共预算财政拨款基本支出70万元，其中：",
        "人员经费60万元，主要包括：基本工资、公务接待费。",
        "公用经费10万元，主要包括：办公费、会议费。",
        "2024年度政府性基金预算财政拨款年初结转和结余1.5万元，本年收入20万元，本年支出19万元，"
        "年末结转和结余2.5万元。",
        "年初结转和结余7万元。",
    ) == [
        ("general_public_budget_basic_expenditure", "70"),
        ("general_public_budget_personnel", "60"),
        ("general_public_budget_public_use", "10"),
        ("government_funds_carried_in", "1.5"),
        ("government_funds_revenue", "20"),
        ("government_funds_expenditure", "19"),
        ("government_funds_carried_out", "2.5"),
        ("carried_in", "7"),
    ]


def test_the_classes_of_a_structure() -> None:
    assert [
        (claim["name"], claim["amount"])
        for claim in claims(
            "主要用于以下方面：国防（类）支出6万元，占60%；教育支出（类）1万元，占10%；"
            "住房保障支出3万元，占30%。"
        )
    ] == [("国防（类）", "6"), ("教育支出（类）", "1"), ("住房保障支出", "3")]


def test_a_class_in_quotes_may_do_without_expenditure_and_bear_a_former_name() -> None:
    assert [
        (claim["ordinal"], claim["name"], claim["amount"])
        for claim in claims(
            "1.“一般公共服务”306.90万元，占1.61%；", "5．“文化体育与传媒支出”82.51万元，占0.43%；"
        )
    ] == [("1", "一般公共服务", "306.90"), ("5", "文化体育与传媒支出", "82.51")]


def test_an_outturn_that_heads_its_paragraph_is_a_statement_beside_the_later_one() -> None:
    account = {
        "measure": "function_item",
        "name": "社会保障和就业支出（类）行政事业单位养老支出（款）职业年金缴费支出（项）",
    }
    assert claims(
        "“社会保障和就业支出（类）行政事业单位养老支出（款）职业年金缴费支出（项）”257.14万元，"
        "主要用于：缴纳职业年金。年初预算为274.82万元，支出决算为245.53万元，完成年初预算的93.57%。"
    ) == [
        account | {"amount": "257.14"},
        account
        | {"amount": "245.53", "base_amount": "274.82", "completion_percent": "93.57%"}
        | INITIAL,
    ]
    assert claims(
        "“社会保障和就业支出（类）行政事业单位养老支出（款）职业年金缴费支出（项）”支出决算为257.14万元。"
        "年初预算为274.82万元，完成年初预算的93.57%。"
    ) == [
        account
        | {"amount": "257.14", "base_amount": "274.82", "completion_percent": "93.57%"}
        | INITIAL
    ]


def test_an_amount_before_its_budget_is_an_outturn() -> None:
    beside_budget = {"base_amount": "2.00"} | INITIAL
    assert claims(
        "2024年度财政拨款安排的“三公”经费支出2.05万元，年初预算为2.00万元，差值为0.05万元。其中："
        "公务用车运行维护费用支出0.10万元，年初预算为2.00万元，差值为1.90万元；"
        "公务接待费支出1.95万元，年初预算为2.00万元。"
    ) == [
        {"measure": "three_public_total", "amount": "2.05"} | beside_budget,
        {"measure": "vehicle_operation", "amount": "0.10"} | beside_budget,
        {"measure": "official_hospitality", "amount": "1.95"} | beside_budget,
    ]


def test_two_percentages_of_two_totals_are_of_neither() -> None:
    assert not any(
        claim.get("change_percent")
        for claim in claims("与2023年相比，收、支总计各减少12.1,25.7万元，各下降23.51%、38.28%。")
    )


def test_the_three_public_expenses() -> None:
    read = claims(
        "“三公”经费财政拨款支出年初预算为9.00万元，支出决算为6.30万元，完成预算的70.00%，其中：因公出国"
        "（境）费决算为0.00万元，完成预算的0.00%；公务接待费支出决算为6.30万元，完成预算的90.00%。"
    )
    assert [claim.pop("measure") for claim in read] == [
        "three_public_total",
        "overseas_visits",
        "official_hospitality",
    ]
    assert read == [
        {"amount": "6.30", "base_amount": "9.00", "completion_percent": "70.00%"} | INITIAL,
        {"amount": "0.00", "completion_percent": "0.00%"} | INITIAL,
        {"amount": "6.30", "completion_percent": "90.00%"} | INITIAL,
    ]


def test_a_budget_that_no_word_tells_apart_has_no_stage() -> None:
    assert claims("公务接待费支出决算为2万元，完成预算4万元的50%。") == [
        {
            "measure": "official_hospitality",
            "amount": "2",
            "base_amount": "4",
            "completion_percent": "50%",
        }
        | SOME_BUDGET
    ]


def test_a_comparison_holds_for_the_parts_that_follow_it() -> None:
    read = claims(
        "2024年度“三公”经费支出决算数比2023年度减少0.90万元，下降12%。其中：因公出国（境）费支出决算增加"
        "0.10万元，增长5%；公务用车购置及运行维护费支出与上年持平；公务接待费支出减少1.00万元，下降20%。"
    )
    assert [(claim["measure"], claim.get("change", "")) for claim in read] == [
        ("three_public_total", "0.90"),
        ("overseas_visits", "0.10"),
        ("vehicle_total", ""),
        ("official_hospitality", "1.00"),
    ]
    assert all(claim.items() >= LAST_YEAR.items() for claim in read)


def test_after_a_list_of_parts_comes_the_whole_again() -> None:
    read = claims(
        "“三公”经费年初预算10万元，其中：因公出国（境）费6万元，公务接待费4万元；支出决算8万元，其中：因公出国"
        "（境）费5万元，公务接待费3万元；完成年初预算的80%。"
    )
    assert [
        (claim["measure"], claim.get("amount"), claim.get("base_amount")) for claim in read
    ] == [
        ("three_public_total", None, "10"),
        ("overseas_visits", None, "6"),
        ("official_hospitality", None, "4"),
        ("three_public_total", "8", None),
        ("overseas_visits", "5", None),
        ("official_hospitality", "3", None),
        ("three_public_total", None, None),
    ]
    assert read[0].items() >= INITIAL.items()
    assert read[-1] == {"measure": "three_public_total", "completion_percent": "80%"} | INITIAL


def test_an_expense_is_named_by_its_heading() -> None:
    assert claims(
        "2.公务用车购置费支出情况说明。",
        "为所属单位购置车辆2辆，预算36.00万元，支出决算36.00万元，完成预算的100%。",
    ) == [
        {
            "measure": "vehicle_purchase",
            "amount": "36.00",
            "base_amount": "36.00",
            "completion_percent": "100%",
        }
        | SOME_BUDGET
    ]


def test_procurement_and_what_small_enterprises_were_awarded() -> None:
    assert measured(
        "政府采购支出总额70万元，其中：政府采购货物支出10万元、政府采购工程支出20万元、政府采购服务支出40"
        "万元。授予中小企业合同金额65万元，占政府采购支出总额的92.86%，其中：授予小微企业合同金额30万元，"
        "占授予中小企业合同金额的46.15%。",
        "面向中小企业预留政府采购项目预算金额8万元，面向小微企业预留政府采购项目预算金额5万元。在面向中小企业"
        "预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额7万元；在其他政府采购项目中，由中小企业"
        "供应商中标或成交的，采购金额1万元。",
    ) == [
        ("procurement_total", "70"),
        ("procurement_goods", "10"),
        ("procurement_works", "20"),
        ("procurement_services", "40"),
        ("sme_awarded", "65"),
        ("small_micro_awarded", "30"),
        ("sme_reserved", ""),
        ("small_micro_reserved", ""),
        ("reserved_awarded_to_sme", "7"),
        ("other_awarded_to_sme", "1"),
    ]


def test_the_self_evaluation_of_a_project() -> None:
    assert claims(
        "4.河道巡查项目绩效自评综述：根据年初设定的绩效目标，项目自评得分为97.5分。项目全年预算数为40万元，"
        "执行数为38万元，完成预算的95%。主要产出：巡查里程较2023年增加12%，公务用车运行维护费下降3%。"
    ) == [
        {
            "measure": "self_evaluated_project",
            "name": "河道巡查",
            "amount": "38",
            "base_amount": "40",
            "completion_percent": "95%",
        }
        | ADJUSTED
    ]


def test_amounts_in_yuan() -> None:
    (claim,) = claims(
        "一般公共预算财政拨款支出决算为1,234,567.89元，较上年度增加234,567.89元，增长23.46%。"
    )
    assert claim["unit"] == "元"
    assert (claim["amount"], claim["change"]) == ("1,234,567.89", "234,567.89")


@pytest.mark.parametrize(
    "text",
    [
        "主要原因：项目支出增加，较上一年度增加55万元。",
        "2024年初预算安排项目支出30万元，追加12万元。",
        "组织对2个项目开展了重点评价，涉及一般公共预算支出16万元，政府性基金预算支出0万元。",
        "机关运行经费增加，是因为2021年中央补助15万元到账。",
        "各项补贴支出总额500万元。",
        "本部门2024年度无国有资本经营预算财政拨款收入和支出。",
    ],
)
def test_what_is_not_understood_is_neither_claimed_nor_lost(text: str) -> None:
    read = read_outturns([Paragraph(text, "p.1")], "2024")
    assert read.rows == []
    assert not any(character.isdigit() for _, used in read.used for character in used)


def test_every_number_of_a_claim_is_accounted_for() -> None:
    assert placed("公务接待费年初预算为4万元，支出决算为2万元，完成年初预算的50%。") == [
        "4",
        "2",
        "完成年初预算的50%",
    ]


def test_a_paragraph_over_two_pages_is_one() -> None:
    first = (
        "2024年度机关运行经费支出决算为88.80万元，比上年少，主要是严格控制各项开支，"
        "其中办公费减少，印刷费减少，差旅费减少，维修费"
    )
    prose = [
        Paragraph(first, "p.7"),
        Paragraph("减少，邮电费减少。", "p.8"),
        Paragraph("二、政府采购支出情况", "p.8"),
    ]
    assert [(part.text, part.place) for part in over_pages(prose)] == [
        (first + "减少，邮电费减少。", "p.7"),
        ("二、政府采购支出情况", "p.8"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年安排因公出国（境）团组2个、累计5人次。",
         [("overseas_groups", "2"), ("overseas_visitors", "5")]),
        ("公务接待3批次、28人次，其中：接待外宾1批次、4人次。",
         [("domestic_receptions", "3"), ("domestic_guests", "28"),
          ("foreign_receptions", "1"), ("foreign_guests", "4")]),
        ("国内公务接待50批次600人次，外事接待2批次，9人次，共计支出1.00万元。",
         [("domestic_receptions", "50"), ("domestic_guests", "600"),
          ("foreign_receptions", "2"), ("foreign_guests", "9")]),
        ("当年购置公务用车1辆，公务用车保有量为6辆。",
         [("vehicles_purchased", "1"), ("vehicles_kept", "6")]),
        ("单价50万元以上通用设备3台（套），单价100万元（含）以上设备（不含车辆）2台（套）。",
         [("equipment_over_500_thousand", "3"), ("equipment_over_1_million", "2")]),
        ("部门整体支出绩效自评得分为95.5分。", [("self_evaluation_score", "95.5")]),
    ],
)  # fmt: skip
def test_what_final_accounts_count(text: str, expected: list[tuple[str, str]]) -> None:
    read = read_statements([Paragraph(text, "p.1")], is_final=True)
    assert [(row["subject"], row["value"]) for row in read.rows] == expected


def test_a_budget_counts_no_guests() -> None:
    read = read_statements([Paragraph("公务接待3批次、28人次。", "p.1")])
    assert read.rows == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年度收、支总计均为12345.67万元。与2023年度相比，收、支总计各增加345.67万元，增长2.88%。",
         [("total_revenue", "12345.67", "增加", "345.67", "2.88%"),
          ("total_expenditure", "12345.67", "增加", "345.67", "2.88%")]),
        ("2024年度“三公”经费财政拨款支出预算为50.00万元，支出决算为40.00万元，完成预算的80.00%。",
         [("three_public_total", "40.00", "", "", "")]),
        ("2024年度机关运行经费支出456.70万元，比2023年增加12.30万元，增长2.77%，主要原因是人员增加。",
         [("agency_operating_expenses", "456.70", "增加", "12.30", "2.77%")]),
        ("一般公共预算财政拨款支出决算10200.00万元，较上年决算数9950.00万元增加250.00万元，增长2.51%。",
         [("general_public_budget_expenditure", "10200.00", "增加", "250.00", "2.51%")]),
        ("2024年度政府性基金预算财政拨款支出300.00万元，年初结转和结余0万元，本年收入300.00万元。",
         [("government_funds_expenditure", "300.00", "", "", ""),
          ("government_funds_carried_in", "0", "", "", ""),
          ("government_funds_revenue", "300.00", "", "", "")]),
        ("2024年度一般公共预算财政拨款基本支出7000.00万元，其中：人员经费6000.00万元，主要包括：基本工资；"
         "公用经费1000.00万元，主要包括：办公费。",
         [("general_public_budget_basic_expenditure", "7000.00", "", "", ""),
          ("general_public_budget_personnel", "6000.00", "", "", ""),
          ("general_public_budget_public_use", "1000.00", "", "", "")]),
    ],
)  # fmt: skip
def test_other_places_state_their_accounts_in_their_own_words(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    columns = ("measure", "amount", "direction", "change", "change_percent")
    rows = read_outturns([Paragraph(text, "p.1")], "2024").rows
    assert [tuple(row.get(column, "") for column in columns) for row in rows] == expected
