"""Amounts that the prose divides, reasons of changes, and what a document says of itself."""

from pathlib import Path

import pytest

from budget_warehouse.reader.document import Document, Grid, Paragraph, Row
from budget_warehouse.reader.parsing.change_reasons import read_change_reasons
from budget_warehouse.reader.parsing.divisions import read_divisions
from budget_warehouse.reader.parsing.notices import (
    read_rounding_note,
    read_unread_forms,
    read_withheld_tables,
)
from budget_warehouse.reader.parsing.sections import Section
from budget_warehouse.reader.parsing.self_evaluations import read_self_evaluations


def prose(*lines: str) -> list[Paragraph]:
    return [Paragraph(line, "p.1") for line in lines]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        (
            "项目总预算1170.00万，其中支持规模化发展1100.00万，支持创新化发展70.00万，合计1170.00万。",
            ["1170.00万元", "支持规模化发展1100.00万元", "支持创新化发展70.00万元"],
        ),
        (
            "某院预算15,368.50万元，包括在职人员经费2,401.78万元、项目支出12,966.72万元。",
            ["15,368.50万元", "在职人员经费2,401.78万元", "项目支出12,966.72万元"],
        ),
        (
            "本年支出合计100万元，其中：基本支出60万元，占60%；项目支出40万元，占40%。",
            ["100万元", "基本支出60万元", "项目支出40万元"],
        ),
        (
            "“三公”经费预算数为8元，其中，公务接待费3元，车辆费5元（其中，购置费0元，运行费5元）。",
            ["8元", "公务接待费3元", "车辆费5元"],
        ),
        (
            "年初预算数9.5万元。按支出功能分类，包括教育支出4万元，住房保障支出5.5万元。",
            ["9.5万元", "教育支出4万元", "住房保障支出5.5万元"],
        ),
        ("维修3万元+耗材20000元=5万元。", ["5万元", "3万元", "20000元"]),
        ("全年费用1.5+2.5=4万元", ["4万元", "1.5万元", "2.5万元"]),
        ("3×2+1=7万元，K23+712=5元", []),
        ("支出预算减少49.81万元，其中基本支出增加75.19万元，项目支出减少125万元。", []),
        ("政府采购预算总额5万元，其中：货物3万元，服务2万元。", []),
        ("预算5万元，其中：每人2万元，单价3万元。", []),
        ("预算5万元，其中：2026年安排3万元。", []),
    ],
)
def test_an_amount_that_a_sentence_divides(text: str, amounts: list[str]) -> None:
    rows = read_divisions(prose(text)).rows
    names = ["" if row["subject"] == "divided_amount" else row["note"] for row in rows]
    read_amounts = zip(names, rows, strict=True)
    assert [name + row["value"] + row["unit"] for name, row in read_amounts] == amounts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "较上年增加9.49万元，减少的主要原因是压缩经费；",
            ("reason_of_increase", "增加9.49万元，减少的主要原因是", "压缩经费"),
        ),
        (
            "比2023年减少3.2万元，减少2.98%。主要原因是：宣传事务经费增加。",
            ("reason_of_decrease", "减少3.2万元，减少2.98%。主要原因是：", "宣传事务经费增加"),
        ),
        (
            "减少5万元，主要原因是一是人员增加；二是项目减少。",
            ("reason_of_decrease", "减少5万元，主要原因是", "一是人员增加；二是项目减少"),
        ),
        (
            "比上年增加0万元，增长0%，主要原因是与上年持平。",
            ("reason_of_no_change", "增加0万元，增长0%，主要原因是", "与上年持平"),
        ),
        (
            "与上年持平，主要原因是不再安排出国；",
            ("reason_of_no_change", "持平，主要原因是", "不再安排出国"),
        ),
        ("比上年增加5万元。某项经费3万元，主要原因是人员减少。", None),
    ],
)
def test_a_reason_of_a_change(text: str, expected: tuple[str, str, str] | None) -> None:
    rows = read_change_reasons(prose(text)).rows
    reasons = [(row["subject"], row["note"], row["value"]) for row in rows]
    assert reasons == ([expected] if expected else [])


REVENUE = "2026年，某中心收入预算18037万元，其中：财政拨款收入17883万元，比2025年预算增加156万元；"
EXPENDITURE = "支出预算18037万元，其中：财政拨款支出预算17883万元，比2025年预算{}万元。"
REASON = "财政拨款收入支出减少的主要原因是跨年合并政府采购项目，按年度计划本年度预算减少。"


def test_a_reason_that_names_the_appropriation_again() -> None:
    """上海市海洋监测预报中心 2026, p.6: the appropriation grew."""
    (row,) = read_change_reasons(prose(REVENUE, EXPENDITURE.format("增加156"), REASON)).rows
    assert (row["subject"], row["value"]) == (
        "reason_of_increase",
        "跨年合并政府采购项目，按年度计划本年度预算减少",
    )
    assert row["note"] == (
        "财政拨款收入17883万元，比2025年预算增加156万元…财政拨款收入支出减少的主要原因是"
    )


def test_a_reason_of_revenue_and_expenditure_that_went_two_ways_is_of_neither() -> None:
    assert not read_change_reasons(prose(REVENUE, EXPENDITURE.format("减少4"), REASON)).rows
    assert not read_change_reasons(prose(REASON)).rows


def test_the_first_note_on_rounding_stands_for_all() -> None:
    row = Row(("注：由于四舍五入因素，分项与合计可能略有差异", ""), "p.9 r.4")
    document = Document(Path("a.pdf"), "", (*prose("收支总表"), Grid((row,), 9), *prose("尾差。")))
    (note,) = read_rounding_note(document).rows
    assert (note["subject"], note["source_ref"]) == ("rounding_note", "p.9 r.4")
    assert not read_rounding_note(Document(Path("a.pdf"), "", tuple(prose("收支总表")))).rows


@pytest.mark.parametrize(
    ("lines", "table"),
    [
        (["五、“三公”经费说明", "此项内容为涉密内容，按规定不予公开。"], "three_public_expenses"),
        (["本部门国有资本经营预算不予公开。"], "state_capital_by_function"),
        (["四、人员情况说明", "此项内容为涉密内容，按规定不予公开。"], None),
        (["五、“三公”经费说明", "职能如下。", "此项内容为涉密内容，不予公开。"], None),
        (["项目支出绩效目标：涉密项目按要求不予公开。"], None),
        (["“三公”经费由机关统一公开，不再重复公开。"], None),
        (["因公出国经费由外办统一编制，“三公”经费中不公开该项。"], None),
        (["政府采购：以不公开招标方式采购2项。"], None),
    ],
)
def test_a_table_that_is_withheld(lines: list[str], table: str | None) -> None:
    tables = [row["note"] for row in read_withheld_tables(prose(*lines)).rows]
    assert tables == ([table] if table else [])


def unread_form(page: int, title: str, *rows: tuple[str, ...]) -> Section:
    grid = Grid(tuple(Row(row, f"p.{page}") for row in rows), page)
    return Section("", f"2026年{title}绩效目标表", f"p.{page}", grids=[grid])


FORM_HEADS = ("绩效指标", "指标名称", "指标性质", "指标值", "计量单位", "指标权重(%)")
FORM_ROWS = (
    ("", "市政府门户网站优化整改次数", "≥", "4", "次", "10"),
    ("", "人大代表建议和政协提案办理率", "＝", "100", "%", "10"),
    ("", "市政府网络可用率", "≥", "99.5", "%", "5"),
)


def test_a_form_that_is_filled_in_and_was_not_read() -> None:
    """重庆市人民政府办公厅 2026, p.22 and 23: the second form is blank."""
    filled = unread_form(22, "部门整体", FORM_HEADS, *FORM_ROWS)
    blank = unread_form(23, "市级重点专项资金", FORM_HEADS)
    (row,) = read_unread_forms([filled, blank]).rows
    assert row == {
        "subject": "unread_form",
        "value": "2026年部门整体绩效目标表",
        "note": "performance_targets",
        "source_ref": "p.22",
    }


def test_a_form_that_was_not_read_may_begin_with_a_blank_row() -> None:
    (row,) = read_unread_forms([unread_form(22, "部门整体", ("",) * 6, *FORM_ROWS)]).rows
    assert row["value"] == "2026年部门整体绩效目标表"


def test_projects_that_were_evaluated_and_those_of_each_grade() -> None:
    text = "编报目标的2024年度项目40个；绩效自评的2024年度项目39个，平均得分99.33分（其中，"
    text += "绩效评级为“优”的项目38个；绩效评级为“良”的项目1个）。绩效自评中共发现问题0个。"
    rows = read_self_evaluations(prose(text)).rows
    assert [(row["subject"], row["value"], row.get("note", "")) for row in rows] == [
        ("self_evaluated_projects", "39", ""),
        ("projects_of_grade", "38", "优"),
        ("projects_of_grade", "1", "良"),
    ]
