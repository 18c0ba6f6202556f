"""Project forms as different years lay them out."""

from budget_warehouse.reader.document import Grid, Paragraph, Row
from budget_warehouse.reader.parsing.forms import (
    FormReading,
    is_form,
    is_score_list,
    read_forms,
    read_score_list,
)
from budget_warehouse.reader.parsing.sections import Section
from budget_warehouse.reader.parsing.titles import FORM

HEAD = (
    ("（2023年度）", "", "", "", "", ""),
    ("项目名称", "", "就业援助", "项目性质", "经常性项目", ""),
    ("主管部门", "", "某街道", "实施单位", "某街道", ""),
    ("计划开始日期", "", "2023-01-01", "计划完成日期", "2023-12-31", ""),
    ("项目资金（元）", "项目资金总额", "6,351,000.00", "年度资金申请总额", "6,351,000.00", ""),
    ("", "其中：财政资金", "6,350,000.00", "其中：当年财政拨款", "6,340,000.00", ""),
    ("", "", "", "上年结转资金", "10,000.00", ""),
    ("", "其他资金", "1,000.00", "其他资金", "", ""),
    ("项目绩效目标", "项目总目标", "", "年度总体目标", "", ""),
    ("", "管理1类费用", "", "管理各类费用", "", ""),
)
INDICATORS = (
    ("绩效指标", "一级指标", "二级指标", "三级指标", "年度(/项目)指标值", ""),
    ("", "产出指标", "数量指标", "审核完成率", "=100.00(%)", ""),
    ("", "", "", "审核次数", "≥12.00(次)", ""),
)


Rows = tuple[tuple[str, ...], ...]


def section(*grids: Rows, table_name: str = FORM) -> Section:
    made = Section(table_name, "财政项目支出绩效目标填报表", "p.9 r.1")
    for page, rows in enumerate(grids, start=9):
        made.grids.append(
            Grid(tuple(Row(row, f"p.{page} r.{n}") for n, row in enumerate(rows, start=2)), page)
        )
    return made


def form(*grids: Rows) -> FormReading:
    (reading,) = read_forms(section(*grids))
    return reading


def test_every_label_finds_its_value() -> None:
    reading = form(HEAD + INDICATORS)
    assert reading.project == {
        "source_ref": "p.9 r.1",
        "fiscal_year": "2023",
        "project_name": "就业援助",
        "project_kind": "经常性项目",
        "supervising_organization_name": "某街道",
        "implementing_organization_name": "某街道",
        "starts_on": "2023-01-01",
        "ends_on": "2023-12-31",
        "total": "6,351,000.00",
        "fiscal_funds": "6,350,000.00",
        "other_funds": "1,000.00",
        "annual_total": "6,351,000.00",
        "annual_fiscal": "6,340,000.00",
        "annual_carryover": "10,000.00",
    }
    assert reading.unit == "元"


def test_a_merged_level_is_written_once_where_it_starts() -> None:
    first, second = form(HEAD + INDICATORS).targets
    assert first == {
        "indicator_level_1": "产出指标",
        "indicator_level_2": "数量指标",
        "indicator_name": "审核完成率",
        "target": "=100.00(%)",
        "project_name": "就业援助",
        "source_ref": "p.9 r.13",
    }
    assert "indicator_level_1" not in second
    assert (second["indicator_name"], second["target"]) == ("审核次数", "≥12.00(次)")


def test_the_goals_are_prose() -> None:
    reading = form(HEAD + INDICATORS)
    assert reading.prose == [
        Paragraph("管理1类费用", "p.9 r.11"),
        Paragraph("管理各类费用", "p.9 r.11"),
    ]


def test_a_form_continues_on_the_next_page() -> None:
    rest = (("", "满意度指标", "服务对象满意度指标", "居民满意度", "90%", ""),)
    targets = form(HEAD + INDICATORS, rest).targets
    assert len(targets) == 3
    assert (targets[-1]["project_name"], targets[-1]["source_ref"]) == ("就业援助", "p.10 r.2")


def test_a_category_is_a_note_beside_the_nature_and_the_kind_without_it() -> None:
    both = (("项目名称", "某", "项目性质", "经常性项目", "项目类别", "特定目标类"),)
    alone = (("项目名称", "某", "项目类别", "一次性项目", "", ""),)
    assert form(both).project["note"] == "项目类别：特定目标类"
    assert form(both).project["project_kind"] == "经常性项目"
    assert form(alone).project["project_kind"] == "一次性项目"
    assert "note" not in form(alone).project


def test_a_second_value_beside_a_label_is_not_lost() -> None:
    reading = form((("项目名称", "某", "7.77", "", "", ""),))
    assert reading.project["project_name"] == "某"
    assert [paragraph.text for paragraph in reading.prose] == ["7.77"]


def test_a_form_is_known_by_what_it_asks_for_and_ends_where_the_next_begins() -> None:
    other = (
        ("项目名称", "", "另一项目", "", "", ""),
        ("资金金额（万元）", "", "实施期资金总额：", "94.5", "", ""),
        ("", "", "其中：财政拨款", "94.5", "", ""),
        ("年度绩效指标", "一级指标", "二级指标", "指标内容", "指标值", "备注"),
        ("", "产出指标", "数量指标", "培训", "1次", "全年"),
    )
    made = section(HEAD + INDICATORS, other, table_name="")
    assert is_form(made)
    first, second = read_forms(made)
    assert (first.project["project_name"], len(first.targets)) == ("就业援助", 2)
    assert second.project["project_name"] == "另一项目"
    assert (second.project["total"], second.project["fiscal_funds"]) == ("94.5", "94.5")
    assert (second.unit, second.project["source_ref"]) == ("万元", "p.10 r.2")
    (target,) = second.targets
    assert (target["indicator_name"], target["target"], target["note"]) == ("培训", "1次", "全年")
    assert not is_form(section((("项目名称", "金额", "", "", "", ""),), table_name=""))


EVALUATED = (
    ("项目名称", "", "河道巡查", "", "", "", "", ""),
    ("主管部门", "", "某水务局", "", "实施单位", "", "某河道站", ""),
    (
        "项目资金（万元）",
        "",
        "年初预算数",
        "全年预算数（A）",
        "全年执行数（B）",
        "分值",
        "执行率",
        "得分",
    ),
    ("", "年度资金总额", "50.00", "48.00", "36.00", "10", "75.00%", "7.50"),
    ("", "其中：当年财政拨款", "45.00", "43.00", "31.00", "—", "", "—"),
    ("", "上年结转资金", "", "", "", "—", "", "—"),
    ("", "其他资金", "5.00", "5.00", "5.00", "—", "", "—"),
    ("年度总体目标", "预期目标", "巡查4条河", "", "实际完成情况", "", "巡查5条河", ""),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
    ("", "产出指标", "数量指标", "巡查次数", "≥12次", "15次", "50", "48.5"),
    ("", "效益指标", "社会效益指标", "河道整洁", "整洁", "基本整洁", "40", "35"),
    ("总分", "", "", "", "", "", "100", "91.00"),
)


def test_a_self_evaluation_has_its_budgets_its_outturn_and_its_score() -> None:
    reading = form(EVALUATED)
    assert reading.unit == "万元"
    assert reading.project == {
        "source_ref": "p.9 r.1",
        "project_name": "河道巡查",
        "supervising_organization_name": "某水务局",
        "implementing_organization_name": "某河道站",
        "initial_budget": "50.00",
        "adjusted_budget": "48.00",
        "executed": "36.00",
        "score": "91.00",
        "note": "年度资金总额 分值 10 执行率 75.00% 得分 7.50；"
        "其中：当年财政拨款 年初预算数 45.00 全年预算数 43.00 全年执行数 31.00；"
        "其他资金 年初预算数 5.00 全年预算数 5.00 全年执行数 5.00；总分 100",
    }


def test_an_indicator_of_a_self_evaluation_was_achieved_and_scored() -> None:
    assert [
        (row["indicator_name"], row["target"], row["achieved"], row["score"], row["note"])
        for row in form(EVALUATED).targets
    ] == [
        ("巡查次数", "≥12次", "15次", "48.5", "分值 50"),
        ("河道整洁", "整洁", "基本整洁", "35", "分值 40"),
    ]


def test_a_whole_department_evaluates_itself() -> None:
    rows = (
        ("部门（单位）名称", "某水务局", "", "", "", "", ""),
        ("任务名称", "主要内容", "全年预算数（万元）", "", "全年执行数（万元）", "", "得分"),
        ("", "", "总额", "财政拨款", "总额", "财政拨款", ""),
        ("防汛", "保障防汛", "30.5", "20.5", "29.5", "19.5", "9"),
        ("金额合计", "", "330.5", "220.5", "329.5", "219.5", "10"),
        ("一级指标", "二级指标", "指标内容", "年度指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "巡查次数", "12次", "15次", "90", "88"),
        ("总分", "", "", "", "", "100", "98"),
    )
    made = section(rows, table_name="")
    made.title = "某水务局2024年度部门整体支出绩效自评表"
    assert is_form(made)
    (reading,) = read_forms(made)
    assert reading.project["project_name"] == reading.project["project_kind"] == "部门整体支出"
    assert reading.project["adjusted_budget"] == "330.5"
    assert reading.project["executed"] == "329.5"
    assert reading.project["score"] == "98"
    assert "initial_budget" not in reading.project
    assert [target["project_name"] for target in reading.targets] == ["部门整体支出"]
    assert "30.5" in {paragraph.text for paragraph in reading.prose}


def test_a_list_of_scores_is_a_project_a_row() -> None:
    made = section((("项目名称", "自评分数"), ("河道巡查", "96.5"), ("防汛", "88")), table_name="")
    assert is_score_list(made)
    assert [
        (reading.project["project_name"], reading.project["score"])
        for reading in read_score_list(made)
    ] == [("河道巡查", "96.5"), ("防汛", "88")]
    assert not is_score_list(section(EVALUATED, table_name=""))


def test_a_form_of_special_funds_says_its_unit_where_its_amounts_begin() -> None:
    """福州市民政局 2026, p.28: the narrow cell breaks the unit over two lines."""
    reading = form(
        (
            ("项目名称", "e福州留守困境儿童关爱帮扶专栏", "", "", ""),
            ("主管部门", "福州市民政局", "", "实施单位", "福州市民政局"),
            ("专项资金情况（万\n元）", "资金总额", "", "21.50", ""),
            ("", "财政拨款", "", "21.50", ""),
            ("", "其他资金", "", "0.00", ""),
        )
    )
    project = reading.project
    assert (project["total"], project["fiscal_funds"]) == ("21.50", "21.50")
    assert (project["other_funds"], reading.unit, reading.prose) == ("0.00", "万元", [])


def test_a_cell_too_narrow_for_the_label_of_the_total_cuts_off_both_its_ends() -> None:
    """西安市司法局 2026, p.85: 实施期资金总额 stands in a cell of four characters."""
    reading = form(
        (
            ("专项（项目）名称", "", "警用服装购置", "", ""),
            ("资金金额\n（万元）", "", "期资金总", "55.72", "执行率分值（10分）"),
            ("", "", "财政拨款", "55.72", ""),
        )
    )
    assert reading.project["project_name"] == "警用服装购置"
    assert (reading.project["total"], reading.project["fiscal_funds"]) == ("55.72", "55.72")
    assert reading.unit == "万元"


def test_a_page_that_goes_on_with_a_form_may_have_fewer_lines() -> None:
    """西安市司法局 2026, p.81 and 82: the name of an indicator is one cell there, two before."""
    made = section()
    heads = (
        ("项目名称", "", "", "办公设备购置", "", "", ""),
        ("年度绩效指标", "一级指标", "二级指标", "三级指标", "", "指标值", "分值权重（90分）"),
        ("", "效益指标", "社会效益指标", "提高工作效率（%）", "", "≥95", "30"),
    )
    rest = ("", "满意度指标", "服务对象满意度指标", "民警满意度（%）", "≥95", "10")
    edges = (55.0, 104.0, 160.0, 223.0, 348.0, 385.0, 477.0)
    rows = tuple(Row(cells, f"p.81 r.{number}") for number, cells in enumerate(heads, start=1))
    made.grids.append(Grid(rows, 81, edges))
    made.grids.append(Grid((Row(rest, "p.82 r.1"),), 82, edges[:4] + edges[5:]))
    (reading,) = read_forms(made)
    last = reading.targets[-1]
    assert (last["indicator_name"], last["target"], last["note"]) == (
        "民警满意度（%）",
        "≥95",
        "10",
    )
