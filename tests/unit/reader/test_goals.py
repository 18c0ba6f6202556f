"""Lists of projects with what they are for, as places print them among their prose."""

from test_tables import grid, read_blocks

from budget_warehouse.reader.document import Grid

HEAD = ("二级预算单位名称", "一级项目名称", "预算数（万元）", "绩效目标")
SUMMARY = (
    "2026年部门收支总表",
    "单位：元",
    grid(("项目", "预算数", "项目", "预算数"), ("收入总计", "1.00", "支出总计", "1.00")),
    "以下为说明，按要求公开。",
)


def projects(*tables: Grid) -> list[dict[str, str]]:
    reading = read_blocks(*SUMMARY, *tables)
    assert reading.report.unplaced_numbers == 0
    return reading.rows["projects"]


def test_a_list_of_goals_without_a_title_is_read_by_its_head() -> None:
    (row,) = projects(grid(HEAD, ("某中心", "信息化", "506.95", "系统稳定运行。")))
    assert (row["implementing_organization_name"], row["project_name"]) == ("某中心", "信息化")
    assert (row["annual_total"], row["unit"], row["note"]) == ("506.95", "万元", "系统稳定运行。")


def test_the_next_page_carries_on_what_the_page_before_has_cut_off() -> None:
    rest = (
        "的长期稳定；通过知识积累的自动化工具，提升运维服务的自动与智能化水平，降低重复性工作占比。"
    )
    rows = projects(
        grid(HEAD, ("某中心", "信息化（财政审", "80.00", "支持业务")),
        grid(("", "核）", "", rest), ("某中心", "综合管理", "918.01", "运转。"), page=2),
    )
    assert [(row["project_name"], row["annual_total"]) for row in rows] == [
        ("信息化（财政审核）", "80.00"),
        ("综合管理", "918.01"),
    ]
    assert rows[0]["note"] == f"支持业务{rest}"


def test_a_table_with_a_column_more_is_reported_and_not_read() -> None:
    head = (*HEAD, "责任人数")
    reading = read_blocks(*SUMMARY, grid(head, ("某中心", "信息化", "506.95", "稳定。", "3")))
    assert reading.rows["projects"] == []
    assert "信息化 | 506.95" in reading.report.text()


def test_the_total_of_a_list_is_no_project_and_is_reported() -> None:
    reading = read_blocks(
        *SUMMARY, grid(HEAD, ("", "合计", "9.00", ""), ("某中心", "信息化", "9.00", "稳定。"))
    )
    assert [row["project_name"] for row in reading.rows["projects"]] == ["信息化"]
    assert "9.00 (is the amount of no project)" in reading.report.text()
