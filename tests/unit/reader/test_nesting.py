"""Lists whose rows are sums of others: their levels, where only the sums tell them."""

from decimal import Decimal

import pytest
from test_tables import grid, read_blocks

from budget_warehouse.reader.document import Grid
from budget_warehouse.reader.parsing.nesting import levels_by_sums

PROJECTS = "部门综合预算专项业务经费支出表"
PROCUREMENTS = "政府采购支出预算表"


def levels(title: str, table_name: str, *grids: Grid) -> list[str]:
    reading = read_blocks(title, "单位：元", *grids)
    return [row.get("level", "") for row in reading.rows[table_name]]


def test_categories_of_projects_stand_above_what_they_are_the_sums_of() -> None:
    rows = grid(
        ("单位编码", "单位（项目）名称", "项目金额"),
        ("合计", "", "16.00"),
        ("154", "某局", "16.00"),
        ("154001", "某局", "12.00"),
        ("", "通用项目", "9.00"),
        ("", "大型活动", "5.00"),
        ("", "会议", "3.00"),
        ("", "培训", "2.00"),
        ("", "印刷", "4.00"),
        ("", "资料印刷", "4.00"),
        ("", "专用项目", "3.00"),
        ("", "办案", "3.00"),
        ("154002", "某中心", "4.00"),
        ("", "通用项目", "4.00"),
    )
    assert levels(PROJECTS, "expenditure_by_project", rows) == [
        "", "1", "2", "3", "4", "5", "5", "4", "5", "3", "4", "2", "3",
    ]  # fmt: skip


def test_rows_that_come_to_their_total_are_left_as_they_are() -> None:
    rows = grid(
        ("单位编码", "单位（项目）名称", "项目金额"),
        ("合计", "", "9.00"),
        ("", "会议", "3.00"),
        ("", "培训", "3.00"),
        ("", "印刷", "3.00"),
    )
    assert set(levels(PROJECTS, "expenditure_by_project", rows)) == {""}


def test_the_end_of_a_name_on_the_next_page_is_no_item() -> None:
    head = ("经济科目", "专项名称", "采购物品名称", "合计")
    reading = read_blocks(
        PROCUREMENTS,
        grid(head, ("办公费", "定额", "车辆加油、添加燃料服", "1.00")),
        grid(("", "", "务", ""), ("会议费", "定额", "会议服务", "2.00"), page=2),
    )
    items = [row["procurement_item"] for row in reading.rows["procurements"]]
    assert items == ["车辆加油、添加燃料服务", "会议服务"]


def test_the_levels_of_a_catalogue_stand_apart_in_one_name() -> None:
    reading = read_blocks(
        "财政拨款政府购买服务明细表",
        grid(
            ("指导性目录", "", "", "预算金额"),
            ("一级", "二级", "三级", ""),
            ("01-公共服务", "0117-技术性公共服务", "监测服务", "16.344"),
        ),
    )
    (row,) = reading.rows["purchased_services"]
    assert row["procurement_catalogue"] == "01-公共服务 / 0117-技术性公共服务"


@pytest.mark.parametrize(
    ("amounts", "total", "expected"),
    [
        ("5 2 3 4", "9", [1, 2, 2, 1]),
        ("5 5 5", "5", [1, 2, 3]),
        ("2 1 1 2", "4", [1, 2, 2, 1]),
        ("3 1 2", "4", None),  # nothing comes to it
        ("2 1 1 1 1", "4", None),  # the second, or the first, is a sum
        ("0 2 1 1", "2", [1, 1, 2, 2]),
    ],
)
def test_levels_are_those_that_sums_leave_no_other_choice_of(
    amounts: str, total: str, expected: list[int] | None
) -> None:
    rows = [Decimal(amount) for amount in amounts.split()]
    assert levels_by_sums(rows, Decimal(total), Decimal(0)) == expected


def test_a_sum_may_be_rounded() -> None:
    rows = [Decimal(amount) for amount in ("139.70", "100.00", "39.71", "5.00")]
    assert levels_by_sums(rows, Decimal("144.70"), Decimal("0.005")) == [1, 2, 2, 1]
    assert levels_by_sums(rows, Decimal("144.70"), Decimal(0)) is None
