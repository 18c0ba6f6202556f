"""The official tables in the variants that units, years and regions print."""

import pytest
from test_tables import T3_HEAD, figures, grid, read_blocks

from budget_warehouse.reader.parsing.titles import table_titled
from budget_warehouse.reader.parsing.wording import is_amount, plain, without_unit

Fields = dict[str, str]
THREE_PUBLIC_TITLE = "2026年部门“三公”经费和机关运行经费预算表"
BASIC_TITLE = "一般公共预算基本支出情况表"
T3 = grid(*T3_HEAD, ("208", "05", "05", "机关事业单位基本养老保险", "9.00", "9.00", ""))


def filled(row: Fields) -> Fields:
    """Return what a row prints in the columns of its table."""
    apart = ("disclosure_id", "row_number", "unit", "source_ref")
    return {column: value for column, value in row.items() if value and column not in apart}


TITLES = {
    "revenue_expenditure_summary": (
        "2025年部门收支总表",
        "单位收支预算总表",
        "2025年预算单位财务收支预算总表",
        "部门收支总体情况表",
        "二〇二六年部门收支总表",
        "２０２６ 年 部 门 收 支 总 表",
        "表一：部门收支总体情况表",
        "表一 部门收支总体情况表",
        "预算01表 部门收支总体情况表",
        "附表1.部门收支总体情况表",
        "附件1-1 部门收支总体情况表",
        "收支预算总表(公开表1)",
        "2025年度收支总体情况表（单位：万元）",
        "部门收支总表（续）",
        "收支总体情况表续表",
        "部门（单位）收支总体情况表",
        "2025年上海市黄浦区人民政府外滩街道办事处部门财务收支预算总表",
    ),
    "revenue_by_function": ("部门收入总体情况表", "部门（单位）收入总表"),
    "expenditure_by_function": ("部门支出总体情况表", "2025年预算单位支出预算总表"),
    "fiscal_appropriation_summary": ("财政拨款收支总体情况表", "财政拨款收支情况总表"),
    "general_public_budget_by_function": (
        "一般公共预算支出情况表",
        "一般公共预算支出预算表",
        "一般公共预算当年拨款情况表",
        "2025年单位一般公共预算支出功能分类预算表",
    ),
    "basic_expenditure_by_economic": (
        "一般公共预算基本支出情况表",
        "一般公共预算基本支出预算部门经济分类表",
        "一般公共预算基本支出部门经济分类预算表",
        "2025年部门一般公共预算基本支出部门预算经济分类预算表",
    ),
    "government_funds_by_function": ("政府性基金预算支出情况表", "政府性基金支出情况表"),
    "state_capital_by_function": ("国有资本经营预算支出情况表", "国有资本经营支出预算表"),
    "three_public_expenses": ("一般公共预算“三公”经费支出情况表", "＂三公＂经费支出预算表"),
}


@pytest.mark.parametrize(
    ("title", "table_name"),
    [(title, table_name) for table_name, titles in TITLES.items() for title in titles],
)
def test_a_title(title: str, table_name: str) -> None:
    assert table_titled(without_unit(plain(title))[0]) == table_name


@pytest.mark.parametrize("mark", ["预算01表", "公开01表", "（部门预算公开01表）", "附表"])
def test_the_number_of_a_table_is_not_its_title(mark: str) -> None:
    assert table_titled(plain(mark)) is None
    reading = read_blocks("部门支出总体情况表", mark, "单位：元", T3)
    assert len(reading.rows["expenditure_by_function"]) == 1


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("1,234 ,567.00", True),
        ("12 345.00", True),
        ("1 234 567", True),
        ("１２，３４５．００", True),
        ("12 34", False),
        ("1.00 2.00", False),
        ("1,234.00 567", False),
    ],
)
def test_a_space_within_a_number(text: str, is_one: bool) -> None:
    assert is_amount(text) is is_one


def test_a_title_in_two_lines_is_read_whole_also_when_its_end_is_a_title() -> None:
    reading = read_blocks(
        "2026年部门财政拨款",
        "收支预算总表",
        grid(
            ("项目", "预算数", "项目", "合计", "一般公共预算"),
            ("一、一般公共预算资金", "5.00", "一、教育支出", "5.00", "5.00"),
        ),
    )
    assert [row["table_name"] for row in reading.rows["tables"]] == ["fiscal_appropriation_summary"]


def test_a_line_break_cuts_neither_the_unit_nor_the_name_above_a_table() -> None:
    """江苏省高级人民法院 2019, p.12 and 14."""
    captions = (
        ("部门名称：江苏省高级人民法", "院    单位：万元"),
        ("单位：万", "部门名称：江苏省高级人民法院    元"),
    )
    for lines in captions:
        (table,) = read_blocks("部门支出预算总表", *lines, T3).rows["tables"]
        assert (table["compiling_entity"], table["unit"]) == ("江苏省高级人民法院", "万元")


def test_a_word_below_a_name_that_is_whole_is_no_part_of_it() -> None:
    lines = ("部门名称：江苏省高级人民法院    单位：万元", "机关服务中心")
    (table,) = read_blocks("部门支出预算总表", *lines, T3).rows["tables"]
    assert table["compiling_entity"] == "江苏省高级人民法院"


@pytest.mark.parametrize("again", ["部门支出预算总表（续）", "续表", "部门支出预算总表"])
def test_a_table_carried_on_under_its_title_is_one_table(again: str) -> None:
    rest = grid(*T3_HEAD, ("", "", "", "合计", "9.00", "9.00", ""), page=2)
    reading = read_blocks("部门支出预算总表", "单位：元", T3, again, "单位：元", rest)
    assert [row["name"] for row in reading.rows["expenditure_by_function"]][1:] == ["合计"]
    assert len(reading.rows["tables"]) == 1


def test_a_row_broken_by_the_page_has_its_amounts_on_the_second() -> None:
    first = grid(*T3_HEAD, ("208", "05", "05", "机关事业单位基本", "", "", ""))
    second = grid(
        ("", "", "", "养老保险缴费支出", "9.00", "9.00", ""),
        ("", "", "", "合计", "9.00", "9.00", ""),
        page=2,
    )
    rows = read_blocks("部门支出预算总表", first, second).rows["expenditure_by_function"]
    assert [row["name"] for row in rows] == ["机关事业单位基本养老保险缴费支出", "合计"]
    assert [figures(row) for row in rows] == [("9.00", "9.00", "")] * 2


@pytest.mark.parametrize("numbering", [("**", "**", "1", "2", "3"), ("甲", "乙", "1", "2", "3")])
def test_a_row_that_numbers_the_columns_is_no_row(numbering: tuple[str, ...]) -> None:
    reading = read_blocks(
        "支出总表",
        grid(
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            numbering,
            ("201", "某支出", "9.00", "5.00", "4.00"),
        ),
    )
    assert len(reading.rows["expenditure_by_function"]) == 1
    assert [item.text for item in reading.report.leftovers] == ["1", "2", "3"]


def test_revenue_by_unit_with_what_was_carried_in() -> None:
    reading = read_blocks(
        "部门收入总体情况表",
        "单位：万元",
        grid(
            (
                *("部门（单位）代码", "部门（单位）名称", "合计", "本年收入", "", "", "", "", ""),
                *("上年结转结余", ""),
            ),
            (
                *("", "", "", "小计", "一般公共预算", "事业收入", "事业单位经营收入"),
                *("上级补助收入", "其他收入", "小计", "一般公共预算"),
            ),
            ("", "合计", "100.00", "90.00", "80.00", "5.00", "", "2.00", "3.00", "10.00", "10.00"),
            ("271001", "某局本级", "60.00", "50.00", "40.00", "5.00", "", "2.00", "3.00", "", ""),
        ),
    )
    total, unit = reading.rows["revenue_by_function"]
    assert filled(total) == {
        "organization_name": "合计",
        "total": "100.00",
        "current_year_revenue": "90.00",
        "general_public_budget": "80.00",
        "institution_revenue": "5.00",
        "superior_subsidy": "2.00",
        "other_revenue": "3.00",
        "carried_in": "10.00",
        "carried_in_general_public_budget": "10.00",
    }
    assert (unit["organization_code"], unit["current_year_revenue"]) == ("271001", "50.00")
    assert reading.report.leftovers == []


def test_revenue_with_columns_of_other_regions_shifts_nothing() -> None:
    reading = read_blocks(
        "部门收入总体情况表",
        "单位：元",
        grid(
            (
                *("科目编码", "科目名称", "合计", "上年结转", "财政拨款收入", "", "事业收入", ""),
                *("上级补助收入", "附属单位上缴收入", "其他收入", "用事业基金弥补收支差额"),
            ),
            ("", "", "", "", "小计", "政府性基金", "金额", "其中：教育收费", "", "", "", ""),
            (
                "201",
                "某支出",
                "99.00",
                "1.00",
                "80.00",
                "7.00",
                "5.00",
                "4.00",
                "",
                "",
                "3.00",
                "9",
            ),
        ),
    )
    (row,) = reading.rows["revenue_by_function"]
    assert filled(row) == {
        "class_code": "201",
        "name": "某支出",
        "total": "99.00",
        "fiscal_appropriation": "80.00",
        "government_funds": "7.00",
        "institution_revenue": "5.00",
        "institution_revenue_education_fees": "4.00",
        "other_revenue": "3.00",
        "non_fiscal_surplus_used": "9",
        "carried_in": "1.00",
    }
    assert reading.report.leftovers == []


def test_a_summary_with_heads_in_one_row_and_last_years_figures() -> None:
    rows = read_blocks(
        "收支总表",
        grid(
            ("收入", "上年预算数", "预算数（万元）", "支出", "上年预算数", "2026年度预算数"),
            ("一、财政拨款收入", "4.00", "5.00", "一、教育支出", "4.00", "5.00"),
            ("上年结转", "", "1.00", "结转下年", "", "1.00"),
        ),
    ).rows["revenue_expenditure_summary"]
    assert [(row["side"], row["label"], row["amount"]) for row in rows] == [
        ("revenue", "一、财政拨款收入", "5.00"),
        ("expenditure", "一、教育支出", "5.00"),
        ("revenue", "上年结转", "1.00"),
        ("expenditure", "结转下年", "1.00"),
    ]


def test_the_execution_of_last_year_beside_the_budget() -> None:
    reading = read_blocks(
        "一般公共预算支出情况表",
        grid(
            ("功能分类科目", "", "上年执行数", "本年预算数", "", "", "预算数比上年执行数", ""),
            ("科目编码", "科目名称", "", "小计", "基本支出", "项目支出", "增减额", "增减%"),
            ("201", "某支出", "8.00", "10.00", "9.00", "1.00", "2.00", "25%"),
        ),
    )
    (row,) = reading.rows["general_public_budget_by_function"]
    assert figures(row) == ("10.00", "9.00", "1.00")
    assert row["last_year_executed_total"] == "8.00"
    assert (row["change_total"], row["change_ratio_total"]) == ("2.00", "25%")


def basic(*rows: tuple[str, ...], title: str = BASIC_TITLE) -> list[Fields]:
    reading = read_blocks(title, "单位：元", grid(*rows))
    return [filled(row) for row in reading.rows["basic_expenditure_by_economic"]]


def test_basic_expenditure_without_codes() -> None:
    assert basic(
        ("项目", "合计", "人员经费", "公用经费"),
        ("合计", "10.00", "8.00", "2.00"),
        ("工资福利支出", "8.00", "8.00", ""),
    ) == [
        {"name": "合计", "total": "10.00", "personnel": "8.00", "public_use": "2.00"},
        {"name": "工资福利支出", "total": "8.00", "personnel": "8.00"},
    ]


def test_basic_expenditure_with_the_whole_code_and_the_total_first() -> None:
    rows = basic(
        ("部门预算支出经济分类科目", "", "本年一般公共预算基本支出", "", ""),
        ("编码", "名称", "合计", "人员经费", "公用经费"),
        ("", "合计", "10.00", "8.00", "2.00"),
        ("30101", "基本工资", "8.00", "8.00", ""),
    )
    assert rows[1] == {
        "class_code": "301",
        "item_code": "01",
        "name": "基本工资",
        "total": "8.00",
        "personnel": "8.00",
    }


def test_basic_and_project_expenditure_by_economic_item_are_a_table_of_their_own() -> None:
    reading = read_blocks(
        "一般公共预算支出情况表（按经济分类科目）",
        grid(
            ("经济分类科目编码", "经济分类科目名称", "合计", "基本支出", "项目支出"),
            ("301", "工资福利支出", "9.00", "8.00", "1.00"),
        ),
    )
    (row,) = reading.rows["general_public_budget_by_economic"]
    assert figures(row) == ("9.00", "8.00", "1.00")


def test_personnel_beside_public_use_are_two_blocks_of_rows() -> None:
    assert basic(
        ("人员经费", "", "", "公用经费", "", ""),
        ("科目编码", "科目名称", "金额", "科目编码", "科目名称", "金额"),
        ("301", "工资福利支出", "8.00", "302", "商品和服务支出", "2.00"),
        ("30101", "基本工资", "8.00", "", "", ""),
        ("", "人员经费合计", "8.00", "", "公用经费合计", "2.00"),
    ) == [
        {"class_code": "301", "name": "工资福利支出", "personnel": "8.00"},
        {"class_code": "301", "item_code": "01", "name": "基本工资", "personnel": "8.00"},
        {"name": "人员经费合计", "personnel": "8.00"},
        {"class_code": "302", "name": "商品和服务支出", "public_use": "2.00"},
        {"name": "公用经费合计", "public_use": "2.00"},
    ]


def three_public(*rows: tuple[str, ...]) -> tuple[Fields, list[str]]:
    reading = read_blocks(THREE_PUBLIC_TITLE, "单位：元", grid(*rows))
    (row,) = reading.rows["three_public_expenses"]
    assert row["unit"] == "元"
    return filled(row), [item.text for item in reading.report.leftovers if item.text.isdigit()]


def test_the_three_public_expenses_in_another_order() -> None:
    row, _ = three_public(
        ("因公出国（境）费", "公务用车购置及运行费", "", "", "公务接待费", "合计"),
        ("", "公车购置费", "公车运行费", "小计", "", ""),
        ("0", "1.00", "2.00", "3.00", "1.00", "4.00"),
    )
    assert row == {
        "overseas_visits": "0",
        "vehicle_purchase": "1.00",
        "vehicle_operation": "2.00",
        "vehicle_total": "3.00",
        "official_hospitality": "1.00",
        "total": "4.00",
    }


@pytest.mark.parametrize(
    ("years", "is_later_first"),
    [
        (("2025年预算数", "2026年预算数"), False),
        (("上年预算数", "本年预算数"), False),
        (("2026年预算数", "2025年预算数"), True),
        (("本年预算数", "上年预算数"), True),
    ],
)
def test_of_the_three_public_expenses_of_two_years_the_later_are_the_budget(
    years: tuple[str, str], is_later_first: bool
) -> None:
    blank = ("",) * 4
    heads = ("合计", "因公出国（境）费", "公务用车购置及运行费", "", "公务接待费")
    last, own = ("7", "1", "5", "3", "1"), ("17", "11", "15", "13", "2")
    row, left = three_public(
        (years[0], *blank, years[1], *blank),
        (*heads, *heads),
        ("", "", "小计", "运行费", "", "", "", "小计", "运行费", ""),
        (*own, *last) if is_later_first else (*last, *own),
    )
    own_row = {
        "total": "17",
        "overseas_visits": "11",
        "vehicle_total": "15",
        "vehicle_operation": "13",
        "official_hospitality": "2",
    }
    assert row == own_row | {
        f"last_year_{column}": value for column, value in zip(own_row, last, strict=True)
    }
    assert left == []


def test_the_three_public_expenses_in_rows_with_last_years() -> None:
    row, left = three_public(
        ("项目", "上年预算数", "本年预算数", "增减额"),
        ("合计", "4", "5", "1"),
        ("1、因公出国（境）费用", "", "1", "1"),
        ("2、公务接待费", "1", "1", ""),
        ("3、公务用车费", "3", "3", ""),
        ("其中：（1）公务用车运行维护费", "2", "2", ""),
        ("（2）公务用车购置", "1", "1", ""),
    )
    assert row == {
        "total": "5",
        "overseas_visits": "1",
        "official_hospitality": "1",
        "vehicle_total": "3",
        "vehicle_operation": "2",
        "vehicle_purchase": "1",
        "last_year_total": "4",
        "last_year_official_hospitality": "1",
        "last_year_vehicle_total": "3",
        "last_year_vehicle_operation": "2",
        "last_year_vehicle_purchase": "1",
        "change_total": "1",
        "change_overseas_visits": "1",
    }
    assert left == []


def test_the_three_public_expenses_by_unit() -> None:
    reading = read_blocks(
        THREE_PUBLIC_TITLE,
        grid(
            ("单位名称", "“三公”经费合计", "因公出国（境）费用", "公务接待费"),
            ("合计", "4", "3", "1"),
            ("某局本级", "2", "2", ""),
        ),
    )
    rows = [filled(row) for row in reading.rows["three_public_expenses"]]
    assert rows == [
        {
            "organization_name": "合计",
            "total": "4",
            "overseas_visits": "3",
            "official_hospitality": "1",
        },
        {"organization_name": "某局本级", "total": "2", "overseas_visits": "2"},
    ]
