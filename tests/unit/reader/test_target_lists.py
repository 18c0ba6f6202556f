"""Lists of projects with a row for each indicator."""

from budget_warehouse.reader.document import Grid, Row
from budget_warehouse.reader.parsing.sections import Section
from budget_warehouse.reader.parsing.target_lists import is_target_list, read_target_list
from budget_warehouse.reader.parsing.titles import FORM


def section(page: int, *rows: tuple[str, ...], unit: str = "") -> Section:
    made = Section(FORM, "2025年项目支出绩效目标表", f"p.{page}", unit=unit)
    made.grids.append(
        Grid(tuple(Row(cells, f"p.{page} r.{at}") for at, cells in enumerate(rows, start=1)), page)
    )
    return made


CHANGSHA = (
    ("单位编码", "单位（项目）名称", "资金总额", "绩效目标", "绩效指标", *[""] * 8),
    (
        *("", "", "", "", "一级指标", "二级指标", "三级指标", "指标值", "指标值内容"),
        *("评（扣）分标准", "度量单位", "指标值类型", "备注"),
    ),
)
NAME = "大型警保卫及基础设施安全保护工作经费"
GOAL = "发挥公安职能，切实做好大型警保卫及基础设施安全保护工作"


def test_a_list_with_a_head_and_the_open_project_on_each_page() -> None:
    """长沙市公安局 2025, p.23 and 24."""
    first = section(
        23,
        *CHANGSHA,
        ("合计", "", "40,233.95", *[""] * 10),
        ("106001", "长沙市公安局", "40,233.95", *[""] * 10),
        (
            *("106001", NAME, "428.69", GOAL, "产出指标", "数量指标"),
            *("警保卫活动次数", "10", "活动次数", "每少一次扣1分", "次", "≥", "4"),
        ),
        unit="万元",
    )
    second = section(
        24,
        *CHANGSHA,
        (
            *("106001", NAME, "428.69", GOAL, "产出指标", "质量指标"),
            *("警保卫任务质量", "符合要求", "", "否则不得分", "", "定性", "2"),
        ),
        unit="万元",
    )
    assert is_target_list(first)
    forms, leftovers = read_target_list(first, [])
    more, _ = read_target_list(second, forms)
    (form,) = [*forms, *more]
    assert form.project == {
        "project_name": NAME,
        "total": "428.69",
        "fiscal_year": "2025",
        "source_ref": "p.23 r.5",
    }
    assert (form.unit, [paragraph.text for paragraph in form.prose]) == ("万元", [GOAL])
    targets = [(target["indicator_name"], target["target"]) for target in form.targets]
    assert targets == [("警保卫活动次数", "≥10次"), ("警保卫任务质量", "符合要求")]
    assert form.targets[0]["note"] == "活动次数 每少一次扣1分 4"
    assert [leftover.text for leftover in leftovers] == ["40,233.95", "40,233.95"]


def test_a_list_with_its_funds_below_one_head_and_a_name_for_two_projects() -> None:
    """A department of 北京 2026, p.16: the cell of 培训类项目 reaches over two amounts."""
    listed = section(
        16,
        ("预算表12项目支出绩效目标表", *[""] * 10),
        (*[""] * 9, "金额单位：万元", ""),
        (
            *("项目名称", "项目总额", "其中：", "", "绩效目标", "一级指标", "二级指标", "三级指标"),
            *("绩效指标性质", "本年绩效指标值", "绩效度量单位"),
        ),
        ("", "", "财政资金", "其他资金", *[""] * 7),
        (
            *("培训类项目", "9.574090", "9.574090", "", "加强培训工作。", "产出指标", "时效指标"),
            *("培训计划按期完成", "≤", "8", "月"),
        ),
        (*[""] * 5, "产出指标", "质量指标", "培训条件相符性", "＝", "100", "%"),
        (
            *("", "192.145664", "192.145664", "", "造就高素质人才队伍。", "产出指标", "时效指标"),
            *("培训计划按期完成率", "≥", "90", "%"),
        ),
    )
    forms, leftovers = read_target_list(listed, [])
    amounts = [(form.project["project_name"], form.project["fiscal_funds"]) for form in forms]
    assert amounts == [("培训类项目", "9.574090"), ("培训类项目", "192.145664")]
    assert [target["target"] for target in forms[0].targets] == ["≤8月", "=100%"]
    assert (forms[0].unit, leftovers) == ("万元", [])


def test_a_list_of_what_the_appropriation_of_the_year_is_for() -> None:
    """重庆市商务委员会 2026, p.28."""
    listed = section(
        28,
        (
            *("序号", "项目名称", "当年财政拨款预算金额", "当年绩效目标", "指标名称", "指标性质"),
            *("指标值", "计量单位", "指标权重（%）"),
        ),
        (
            *("1", "市商务发展一般性项目", "8,071.45", "办理审批。", "在校生规模", "≥"),
            *("27800", "人", "10"),
        ),
    )
    ((form,), _) = read_target_list(listed, [])
    assert form.project["annual_fiscal"] == "8,071.45"
    (target,) = form.targets
    assert (target["target"], target["note"]) == ("≥27800人", "分值 10")


def test_a_form_of_one_project_is_no_list() -> None:
    form = section(
        1,
        ("项目名称", "办公设备购置", "", "", ""),
        ("", "一级指标", "二级指标", "三级指标", "指标值"),
    )
    assert not is_target_list(form)
