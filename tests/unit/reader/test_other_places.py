"""Tables as other places of the country print them; the figures are of published documents."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_tables import account, grid, read_blocks

from budget_warehouse.contract.printed_tables import reference_folder
from budget_warehouse.reader.document import Grid, Row
from budget_warehouse.reader.parsing.sums import sums_of

Fields = dict[str, str]


def filled(row: Fields) -> Fields:
    apart = ("disclosure_id", "row_number", "unit", "source_ref")
    return {column: value for column, value in row.items() if value and column not in apart}


def test_beijing_prints_codes_and_names_in_one_cell_by_three_classifications() -> None:
    reading = read_blocks(
        "预算03表 支出总表",
        grid(
            (
                "支出功能分类科目",
                "政府支出经济分类科目",
                "部门支出经济分类科目",
                "合计",
                "基本支出",
            ),
            ("2050803-培训支出", "50203-培训费", "30216-培训费", "101.812380", "20.000000"),
            ("2101501-行政运行", "50201-办公经费", "3021101-差旅费", "50.643750", "50.643750"),
        ),
    )
    first, second = reading.rows["expenditure_by_function"]
    assert filled(first) == {
        "class_code": "205",
        "section_code": "08",
        "item_code": "03",
        "name": "培训支出",
        "economic_class_code": "302",
        "economic_item_code": "16",
        "economic_name": "培训费",
        "government_class_code": "502",
        "government_item_code": "03",
        "government_name": "培训费",
        "total": "101.812380",
        "basic": "20.000000",
    }
    assert (second["economic_class_code"], second["economic_item_code"]) == ("302", "1101")


def test_yantai_prints_the_code_of_each_rows_own_level_only() -> None:
    rows = read_blocks(
        "支出总体情况表",
        grid(
            ("科目编码", "", "", "科目名称", "合计"),
            ("类", "款", "项", "", ""),
            ("", "", "", "合 计", "178.50"),
            ("208", "", "", "社会保障和就业支出", "178.50"),
            ("", "05", "", "行政事业单位养老支出", "178.50"),
            ("", "", "01", "行政单位离退休", "53.13"),
            ("", "", "05", "机关事业单位基本养老保险缴费支出", "125.37"),
        ),
    ).rows["expenditure_by_function"]
    assert [(account(row), row["level"]) for row in rows] == [
        (("", "", ""), ""),
        (("208", "", ""), "1"),
        (("", "05", ""), "2"),
        (("", "", "01"), "3"),
        (("", "", "05"), "3"),
    ]
    assert [one.ties for one in sums_of("expenditure_by_function", rows)] == [True]


def test_xian_prints_the_section_of_an_account_alone_in_the_column_of_whole_codes() -> None:
    rows = read_blocks(
        "2020年部门综合预算一般公共预算支出明细表（按支出功能分类科目）",
        grid(
            ("功能科目编码", "功能科目名称", "合计", "人员经费支出", "专项业务经费支出"),
            ("201", "一般公共服务支出", "56.52", "0", "56.52"),
            ("10", "人力资源事务", "56.52", "0", "56.52"),
            ("2011007", "博士后日常经费", "56.52", "0", "56.52"),
        ),
    ).rows["general_public_budget_by_function"]
    assert [account(row) for row in rows] == [
        ("201", "", ""),
        ("", "10", ""),
        ("201", "10", "07"),
    ]
    assert rows[0]["special_operations"] == "56.52"


def test_a_row_may_carry_the_accounts_of_department_and_of_government() -> None:
    (row,) = read_blocks(
        "一般公共预算基本支出情况表",
        grid(
            (
                *("科目编码", "", "部门预算支出经济分类科目名称", "科目编码", ""),
                *("政府预算支出经济分类科目名称", "基本支出预算", "", ""),
            ),
            ("类", "款", "", "类", "款", "", "小计", "人员支出", "日常公用支出"),
            ("301", "02", "津贴补贴", "501", "01", "工资奖金津补贴", "153.49", "153.49", ""),
        ),
    ).rows["basic_expenditure_by_economic"]
    assert filled(row) == {
        "class_code": "301",
        "item_code": "02",
        "name": "津贴补贴",
        "government_class_code": "501",
        "government_item_code": "01",
        "government_name": "工资奖金津补贴",
        "total": "153.49",
        "personnel": "153.49",
    }


def test_a_sub_account_keeps_the_digits_of_its_item() -> None:
    (row,) = read_blocks(
        "一般公共预算基本支出情况表",
        grid(("科目编码", "科目名称", "总计"), ("3010201", "国家统一规定的津贴补贴", "5.00")),
    ).rows["basic_expenditure_by_economic"]
    assert (row["class_code"], row["item_code"]) == ("301", "0201")


def test_hangzhou_tells_levels_by_indentation() -> None:
    names = (("合计", 90.0), ("城乡社区支出", 4.0), ("土地出让支出", 14.0), ("农村支出", 24.0))
    rows = tuple(
        Row((name, "5.00"), f"p.1 r.{number}", indents=(indent, 40.0))
        for number, (name, indent) in enumerate(names, start=3)
    )
    head = grid(("功能分类科目名称", "合计"), ("**", "1")).rows
    table = read_blocks("支出预算总表", Grid((*head, *rows), 1)).rows["expenditure_by_function"]
    assert [row["level"] for row in table] == ["", "1", "2", "3"]


def test_shenzhen_prints_units_above_their_accounts() -> None:
    rows = read_blocks(
        "支出总表",
        grid(
            ("预算单位", "科目编码", "科目名称", "支出总计", "基本支出", "2026年政府采购项目", ""),
            (
                *("", "", "", "", "", "小计"),
                "其中：2026年政府采购项目中预留给中小企业的项目资金规模",
            ),
            ("深圳市信访局", "", "", "4,684.30", "3,072.01", "1,100.30", "156.69"),
            ("", "2014001", "行政运行", "4,684.30", "3,072.01", "1,100.30", "156.69"),
        ),
    ).rows["expenditure_by_function"]
    assert (rows[0]["organization_name"], rows[0]["procurement_total"]) == (
        "深圳市信访局",
        "1,100.30",
    )
    assert account(rows[1]) == ("201", "40", "01")
    assert rows[1]["procurement_sme_reserved"] == "156.69"
    assert all(one.ties for one in sums_of("expenditure_by_function", rows))


def test_projects_have_their_sources() -> None:
    total, project = read_blocks(
        "表10：2026年市级部门项目支出预算表",
        grid(
            ("单位名称", "项目名称", "总计", "财政拨款收入", "", "财政专户管理资金", "单位资金"),
            ("", "", "", "一般公共预算", "政府性基金", "", ""),
            ("", "合计", "576,171.11", "350,034.42", "221,670.92", "", "4,465.78"),
            ("杭州市交通运输局", "日常保障运行", "64.90", "64.90", "", "", ""),
        ),
    ).rows["expenditure_by_project"]
    assert filled(total) == {
        "project_name": "合计",
        "total": "576,171.11",
        "general_public_budget": "350,034.42",
        "government_funds": "221,670.92",
        "unit_funds": "4,465.78",
    }
    assert (project["organization_name"], project["project_name"]) == (
        "杭州市交通运输局",
        "日常保障运行",
    )


def test_three_public_expenses_beside_meetings_and_trainings_have_two_totals() -> None:
    (row,) = read_blocks(
        "“三公”经费、会议费、培训费支出预算表",
        grid(
            ("合计", "“三公”经费", "", "", "会议费", "培训费"),
            ("", "小计", "因公出国（境）费", "公务接待费", "", ""),
            ("1,852.32", "676.10", "76.00", "600.10", "1,094.62", "81.60"),
        ),
    ).rows["three_public_expenses"]
    assert (row["combined_total"], row["total"]) == ("1,852.32", "676.10")
    assert all(one.ties for one in sums_of("three_public_expenses", [row]))


@pytest.mark.parametrize("is_by_column", [True, False])
def test_final_accounts_pair_the_budget_with_the_outturn(is_by_column: bool) -> None:
    heads = ("合计", "因公出国（境）费", "公务接待费")
    rows: tuple[tuple[str, ...], ...] = (
        ("预算数", "", "", "决算数", "", ""),
        (*heads, *heads),
        ("1", "2", "3", "4", "5", "6"),
        ("2.85", "0.00", "2.85", "0.39", "0.00", "0.39"),
    )
    if not is_by_column:
        rows = (
            ("项目", *heads),
            ("预算数", "2.85", "0.00", "2.85"),
            ("决算数", "0.39", "0.00", "0.39"),
        )
    (row,) = read_blocks("财政拨款“三公”经费支出决算表", grid(*rows)).rows["three_public_expenses"]
    assert (row["total"], row["adjusted_budget_total"]) == ("0.39", "2.85")
    assert row["adjusted_budget_official_hospitality"] == "2.85"
    assert row["official_hospitality"] == "0.39"


def test_budget_and_outturn_stand_side_by_side_under_each_expense() -> None:
    (row,) = read_blocks(
        "2024年度财政拨款“三公”经费支出决算表",
        "单位：万元",
        grid(
            ("财政拨款“三公”经费", *[""] * 7),
            ("合计", "", "因公出国（境）费", "", "公务接待费", "", "会议费", ""),
            ("预算数", "决算数") * 4,
            ("2.85", "0.39", "0.00", "0.00", "2.85", "0.39", "1.00", "0.50"),
        ),
    ).rows["three_public_expenses"]
    assert filled(row) == {
        "total": "0.39",
        "overseas_visits": "0.00",
        "official_hospitality": "0.39",
        "meetings": "0.50",
        "adjusted_budget_total": "2.85",
        "adjusted_budget_overseas_visits": "0.00",
        "adjusted_budget_official_hospitality": "2.85",
        "adjusted_budget_meetings": "1.00",
    }


def test_final_accounts_number_their_lines() -> None:
    reading = read_blocks(
        "收入支出决算总表",
        grid(
            ("收入", "", "", "支出", "", ""),
            ("项目", "行次", "决算数", "项目", "行次", "决算数"),
            ("栏次", "", "1", "栏次", "", "2"),
            (
                "一、一般公共预算财政拨款收入",
                "1",
                "296,030.91",
                "一、一般公共服务支出",
                "31",
                "56.00",
            ),
        ),
    )
    revenue, expenditure = reading.rows["revenue_expenditure_summary"]
    assert (revenue["line_number"], revenue["amount"]) == ("1", "296,030.91")
    assert (expenditure["side"], expenditure["line_number"]) == ("expenditure", "31")
    assert reading.rows["disclosure"][0]["stage"] == "final_accounts"


def test_final_accounts_of_government_funds_carry_balances() -> None:
    (row,) = read_blocks(
        "政府性基金预算财政拨款收入支出决算表",
        grid(
            ("项目", "", "年初结转和结余", "本年收入", "本年支出", "", "", "年末结转和结余"),
            ("科目代码", "科目名称", "", "", "小计", "基本支出", "项目支出", ""),
            ("229", "其他支出", "58,830.98", "509,220.66", "568,051.63", "", "568,051.63", "0.01"),
        ),
    ).rows["government_funds_by_function"]
    assert filled(row) == {
        "class_code": "229",
        "name": "其他支出",
        "carried_in_total": "58,830.98",
        "revenue": "509,220.66",
        "total": "568,051.63",
        "project": "568,051.63",
        "carried_out_total": "0.01",
    }


def test_final_accounts_print_basic_expenditure_in_blocks_side_by_side() -> None:
    rows = read_blocks(
        "一般公共预算财政拨款基本支出决算表",
        grid(
            ("科目代码", "科目名称", "决算数") * 3,
            (
                *("301", "工资福利支出", "92,835.98", "302", "商品和服务支出", "2,085.91"),
                *("310", "资本性支出", "7.17"),
            ),
        ),
    ).rows["basic_expenditure_by_economic"]
    assert [(row["class_code"], row["total"]) for row in rows] == [
        ("301", "92,835.98"),
        ("302", "2,085.91"),
        ("310", "7.17"),
    ]


def test_a_head_cut_by_the_end_of_the_page_is_one_head() -> None:
    (row,) = read_blocks(
        "支出总表",
        grid(("科目编码", "科目名称", "合计", "项目支出", "")),
        grid(
            ("", "", "", "小计", "特定目标类"),
            ("201", "某支出", "9.00", "5.00", "4.00"),
            page=2,
        ),
    ).rows["expenditure_by_function"]
    assert (row["project"], row["specific_target_projects"]) == ("5.00", "4.00")


def test_a_page_printed_twice_is_read_once_with_a_doubt() -> None:
    page = (
        ("科目编码", "科目名称", "合计"),
        ("201", "某支出", "9.00"),
        ("", "合计", "9.00"),
    )
    reading = read_blocks("支出总表", grid(*page), grid(*page, page=2))
    assert len(reading.rows["expenditure_by_function"]) == 2
    assert "p.2 repeats a page" in " ".join(reading.report.doubts)


@pytest.mark.parametrize(
    ("caption", "unit"),
    [
        ("单位：元（保留两位小数）", "元"),
        ("单位：人民币（元）", "元"),
        ("金额单位:百万元", "百万元"),
        ("金额单位：美元", ""),
    ],
)
def test_a_unit_is_that_of_its_own_caption(caption: str, unit: str) -> None:
    table = grid(("科目编码", "科目名称", "合计"), ("201", "某支出", "9.00"))
    reading = read_blocks("收入总表", "单位：万元", table, "支出总表", caption, table)
    assert [row["unit"] for row in reading.rows["tables"]] == ["万元", unit]
    assert any("is not understood" in doubt for doubt in reading.report.doubts) == (not unit)


def test_the_second_of_a_kind_is_reported() -> None:
    table = grid(("科目编码", "科目名称", "合计"), ("201", "某支出", "9.00"))
    other = grid(("科目编码", "科目名称", "合计"), ("202", "别的支出", "7.00"), page=3)
    reading = read_blocks("支出总表", table, "支出预算总表", other)
    assert [row["total"] for row in reading.rows["expenditure_by_function"]] == ["9.00"]
    assert "is a second expenditure_by_function" in " ".join(reading.report.doubts)
    assert reading.report.unplaced_numbers == 1


@pytest.fixture
def made_up_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lists with a table and headings that no place has, by rows alone."""
    folder = tmp_path / "reference"
    folder.mkdir()
    for name in ("raw_tables.csv", "raw_columns.csv"):
        shutil.copy(reference_folder() / name, folder / name)
    with (folder / "raw_tables.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(
            ["moon_expenditure", "月球支出一览表", "", "functions"]
        )
    blank = [""] * 5
    with (folder / "raw_columns.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [
                ["name", "月面科目", "key", "moon_expenditure", *blank, "", "", ""],
                ["basic", "月常花费", "measure", "", "basic", *blank[1:], "", "", "total"],
                [
                    "lunar",
                    "登月 / 花费",
                    "measure",
                    "moon_expenditure",
                    "lunar",
                    *blank[1:],
                    "",
                    "",
                    "",
                ],
            ]
        )
    monkeypatch.setenv("SEEDS", str(tmp_path))
    yield


@pytest.mark.usefixtures("made_up_place")
def test_a_made_up_place_is_read_by_rows_of_the_lists_alone() -> None:
    (row,) = read_blocks(
        "2026年部门月球支出表",
        "单位：万元",
        grid(
            ("登月", "月常花费（万元）", "合计", "月面科目", "科目编码"),
            ("花费", "", "", "", ""),
            ("1.00", "2.00", "3.00", "环月支出", "2060101"),
        ),
    ).rows["moon_expenditure"]
    assert filled(row) == {
        "class_code": "206",
        "section_code": "01",
        "item_code": "01",
        "name": "环月支出",
        "total": "3.00",
        "basic": "2.00",
        "lunar": "1.00",
    }
