"""Tables as other places print them, in small made documents."""

from pathlib import Path

import pytest

from budget_warehouse.reader.document import (
    Document,
    Grid,
    Paragraph,
    ProseWithoutTablesError,
    Row,
    UnreadableDocumentError,
)
from budget_warehouse.reader.parsing.disclosure import Region
from budget_warehouse.reader.parsing.reading import Reading, read_document
from budget_warehouse.reader.parsing.titles import table_titled
from budget_warehouse.reader.parsing.wording import plain

REGIONS = [Region("310000", "上海市", ""), Region("310117", "松江区", "310000")]
T3_HEAD = (
    ("项目", "", "", "", "支出预算", "", ""),
    ("功能分类科目编码", "", "", "功能分类科目名称", "合计", "基本支出", "项目支出"),
    ("类", "款", "项", "", "", "", ""),
)
T3_ROWS = (
    ("208", "", "", "社会保障和就业支出", "300.00", "100.00", "200.00"),
    ("208", "05", "", "行政事业单位养老支出", "300.00", "100.00", "200.00"),
)
TITLE = "2025年部门支出预算总表"


def grid(*rows: tuple[str, ...], page: int = 1) -> Grid:
    return Grid(
        tuple(Row(cells, f"p.{page} r.{number}") for number, cells in enumerate(rows, start=1)),
        page,
    )


def read_blocks(*blocks: str | Grid) -> Reading:
    made = tuple(Paragraph(block, "p.1") if isinstance(block, str) else block for block in blocks)
    return read_document(Document(Path("made.pdf"), "0" * 64, made), "made", REGIONS)


def expenditures(*blocks: str | Grid) -> list[dict[str, str]]:
    return read_blocks(TITLE, "编制部门：上海市松江区某某中心", "单位：元", *blocks).rows[
        "expenditure_by_function"
    ]


def figures(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in ("total", "basic", "project"))


def account(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in ("class_code", "section_code", "item_code"))


def test_a_blank_cell_stays_blank_where_it_is() -> None:
    (row,) = expenditures(grid(*T3_HEAD, ("208", "", "05", "离退休", "300.00", "", "300.00")))
    assert account(row) == ("208", "", "05")
    assert figures(row) == ("300.00", "", "300.00")


@pytest.mark.parametrize("repeats_head", [True, False])
def test_a_table_continues_on_the_next_page(repeats_head: bool) -> None:
    rest = (("", "", "", "合计", "300.00", "100.00", "200.00"),)
    rows = expenditures(
        grid(*T3_HEAD, *T3_ROWS),
        grid(*(T3_HEAD if repeats_head else ()), *rest, page=2),
    )
    assert [row["name"] for row in rows] == ["社会保障和就业支出", "行政事业单位养老支出", "合计"]
    assert rows[-1]["row_number"] == "3"
    assert rows[-1]["source_ref"] == ("p.2 r.4" if repeats_head else "p.2 r.1")


def test_a_page_with_other_lines_finds_its_columns_by_their_edges() -> None:
    first = grid(*T3_HEAD, *T3_ROWS)
    first = Grid(first.rows, 1, (50, 90, 130, 170, 400, 500, 600))
    second = grid(("合", "计", "300.00", "100.00", "200.00"), page=2)
    second = Grid(second.rows, 2, (50, 170, 401, 499, 600))
    assert figures(expenditures(first, second)[-1]) == ("300.00", "100.00", "200.00")


def test_a_name_broken_over_two_pages_is_one_name() -> None:
    rows = expenditures(
        grid(*T3_HEAD, ("208", "05", "05", "机关事业单位基本养老保险", "1.00", "1.00", "")),
        grid(
            ("", "", "", "缴费支出", "", "", ""),
            ("221", "", "", "住房保障支出", "2.00", "2.00", ""),
            page=2,
        ),
    )
    assert [row["name"] for row in rows] == ["机关事业单位基本养老保险缴费支出", "住房保障支出"]


@pytest.mark.parametrize(
    "printed",
    [
        *("120258,600", "1,202,58,600", "１２０２５８６００", "120 258 600", "-1.00", "—"),
        *("1,2345.67", "12,34,567.00", "１,2345．67"),
    ],
)
def test_an_amount_is_kept_as_printed(printed: str) -> None:
    (row,) = expenditures(grid(*T3_HEAD, ("208", "", "", "某支出", f" {printed} ", "", "1.00")))
    assert row["total"] == printed


@pytest.mark.parametrize("last", ["2.00", ""])
def test_a_number_beside_the_lines_is_a_note_on_every_page(last: str) -> None:
    head = tuple((*row, "") for row in T3_HEAD)
    first = grid(*head, ("208", "", "", "某支出", "3.00", "1.00", last, "7.77"))
    second = grid(("", "", "", "合计", "3.00", "1.00", last, "8.88"), page=2)
    edges = (50.0, 90.0, 130.0, 170.0, 400.0, 500.0, 600.0)
    rows = expenditures(Grid(first.rows, 1, edges), Grid(second.rows, 2, edges))
    assert [(row["project"], row["note"]) for row in rows] == [(last, "7.77"), (last, "8.88")]


def test_words_in_a_column_of_amounts_are_a_note() -> None:
    (row,) = expenditures(grid(*T3_HEAD, ("208", "", "", "某支出", "1.00", "见附件", "1.00")))
    assert (row["basic"], row["note"]) == ("", "见附件")


@pytest.mark.parametrize(
    "printed",
    [
        *("1,234.561,234.56", "1,2341,234", "0.50.3", "1,234.56 78.90", "1,234.5612,345"),
        *("1,234,56", "1,,234.00", "12.345,67", "1.234.567"),  # nobody can tell which it is
    ],
)
def test_two_amounts_run_together_are_not_one_and_the_table_is_not_whole(printed: str) -> None:
    reading = read_blocks(TITLE, grid(*T3_HEAD, ("208", "", "", "某支出", "1.00", printed, "1.00")))
    (row,) = reading.rows["expenditure_by_function"]
    assert (row["total"], row["basic"], row["note"]) == ("1.00", "", printed)
    assert reading.report.number_counts["expenditure_by_function"] == 2
    assert reading.report.printed_counts["expenditure_by_function"] > 2
    assert f"{printed} (is not one amount)" in reading.report.text()


def test_an_amount_that_runs_into_a_label_is_not_taken_as_placed() -> None:
    head = ("项目", "预算数", "项目", "预算数")
    reading = read_blocks(
        "2025年部门收支总表",
        grid(head, ("一、财政拨款收入", "", "18,330.37一、教育支出", "13,907.78")),
    )
    assert reading.report.number_counts["revenue_expenditure_summary"] == 1
    assert reading.report.printed_counts["revenue_expenditure_summary"] == 2
    assert "18,330.37 (runs into the words beside it)" in reading.report.text()


def test_the_amount_of_a_label_over_several_blocks_stands_under_the_last_of_them() -> None:
    head = ("项目", "预算数", "功能分类", "金额", "支出用途", "金额")
    reading = read_blocks(
        "2025年部门收支总表",
        grid(
            head,
            ("一、财政拨款", "9.00", "一、教育支出", "9.00", "一、基本支出", "9.00"),
            ("收入合计", "9.00", "支出合计", "", "", "9.00"),
        ),
    )
    rows = reading.rows["revenue_expenditure_summary"]
    assert [(row["side"], row["label"], row["amount"]) for row in rows[3:]] == [
        ("revenue", "收入合计", "9.00"),
        ("expenditure", "支出合计", "9.00"),
    ]


def test_numbers_of_rows_before_the_labels_leave_the_revenue_on_its_side() -> None:
    head = (
        ("序号", "收 入", "", "支 出", ""),
        ("", "项 目", "预算数", "支出功能分类科目", "预算数"),
    )
    reading = read_blocks(
        "2022年部门综合预算收支总表",
        grid(*head, ("1", "一、部门预算", "9.00", "1、教育支出", "9.00")),
    )
    rows = reading.rows["revenue_expenditure_summary"]
    assert [(row["side"], row["label"]) for row in rows] == [
        ("revenue", "一、部门预算"),
        ("expenditure", "1、教育支出"),
    ]


def test_rows_that_print_only_their_number_say_nothing_of_levels() -> None:
    rows = [
        Row((label, str(number), "1.00" if label else ""), f"p.1 r.{number}", (), (indent, 0, 0))
        for number, (label, indent) in enumerate(
            [
                ("一、财政拨款收入", 1.0),
                ("二、事业收入", 1.0),
                *[("", 0.0)] * 6,
                ("使用非财政拨款结余", 1.0),
                ("年初结转和结余", 12.0),
            ],
            start=1,
        )
    ]
    head = Row(("项目", "行次", "决算数"), "p.1 r.0")
    reading = read_blocks("收入支出决算总表", Grid((head, *rows), 1))
    assert not any(row.get("level") for row in reading.rows["revenue_expenditure_summary"])


@pytest.mark.parametrize(
    ("remark", "column"),
    [
        ("其中，预算数为“三公”经费年初预算数，决算数是实际支出。", "initial_budget_total"),
        ("其中，预算数为全年预算数，反映按规定程序调整后的预算数。", "adjusted_budget_total"),
    ],
)
def test_the_remark_says_which_budget_the_outturn_stands_beside(remark: str, column: str) -> None:
    reading = read_blocks(
        "财政拨款“三公”经费支出决算表",
        grid(
            ("合计", "", "公务接待费", ""),
            ("预算数", "决算数", "预算数", "决算数"),
            ("2.85", "0.39", "2.85", "0.39"),
        ),
        f"注：本表反映部门本年度财政拨款“三公”经费支出情况。{remark}",
    )
    (row,) = reading.rows["three_public_expenses"]
    assert (row["total"], row[column]) == ("0.39", "2.85")


def test_sources_listed_in_rows_are_the_columns_that_others_print() -> None:
    reading = read_blocks(
        "收入预算总表",
        "单位：万元",
        grid(
            ("项目名称", "", "金额"),
            ("收入总计", "", "146.79"),
            ("一般公共预算资金", "小计", "66.79"),
            ("", "公共财政拨款(补助)资金", "60.00"),
            ("", "专项收入", "6.79"),
            ("财政专户管理资金", "小计", "20.00"),
            ("", "其他非税收入", "20.00"),
            ("其他资金", "小计", "60.00"),
            ("", "其他收入", "55.00"),
            ("", "债务资金", "5.00"),
        ),
    )
    (row,) = reading.rows["revenue_by_function"]
    amounts = {column: value for column, value in row.items() if value[-3:-2] == "."}
    assert amounts == {
        "total": "146.79",
        "general_public_budget": "66.79",
        "general_public_budget_operating_grant": "60.00",
        "non_tax_revenue": "6.79",
        "special_account": "20.00",
        "special_account_other": "20.00",
        "unit_funds": "60.00",
        "other_revenue": "55.00",
    }
    assert "5.00 (the contract has no column for 债务资金)" in reading.report.text()


def test_a_number_under_no_head_is_a_note() -> None:
    head = tuple((*row, "") for row in T3_HEAD)
    (row,) = expenditures(grid(*head, ("", "", "", "合计", "3.00", "1.00", "2.00", "7.77")))
    assert (figures(row), row["note"]) == (("3.00", "1.00", "2.00"), "7.77")


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("208", ("208", "", "")),
        ("20805", ("208", "05", "")),
        ("2080506", ("208", "05", "06")),
        ("２０８０５０６", ("208", "05", "06")),
    ],
)
def test_a_code_in_one_column_is_cut_into_parts(code: str, parts: tuple[str, str, str]) -> None:
    (row,) = read_blocks(
        "支出总表",
        "部门：某某局 单位：万元",
        grid(
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            (code, "某支出", "1.00", "1.00", ""),
        ),
    ).rows["expenditure_by_function"]
    assert account(row) == parts
    assert row["unit"] == "万元"


def test_a_whole_code_in_the_column_of_its_last_part_is_cut_too() -> None:
    (row,) = expenditures(grid(*T3_HEAD, ("", "", "2080506", "某支出", "1.00", "1.00", "")))
    assert account(row) == ("208", "05", "06")


def test_codes_in_columns_under_one_head_are_put_together() -> None:
    rows = read_blocks(
        "支出总表",
        grid(
            ("科目编码", "", "", "科目名称", "合计", "基本支出", "项目支出"),
            ("208", "", "", "某支出", "1.00", "1.00", ""),
            ("208", "05", "06", "某支出", "1.00", "1.00", ""),
        ),
    ).rows["expenditure_by_function"]
    assert [account(row) for row in rows] == [("208", "", ""), ("208", "05", "06")]


def test_two_amounts_run_together_are_not_one() -> None:
    (row,) = expenditures(
        grid(*T3_HEAD, ("208", "", "", "某支出", "1.00", "1,234.00 5,678.00", ""))
    )
    assert (row["basic"], row["note"]) == ("", "1,234.00 5,678.00")


@pytest.mark.parametrize(
    ("title", "table_name"),
    [
        ("2021年部门财务收支预算总表", "revenue_expenditure_summary"),
        ("附表1：部门收支总体情况表", "revenue_expenditure_summary"),
        ("上海市静安区教育局2025年收入预算总表", "revenue_by_function"),
        ("表3-1 部门支出总体情况表", "expenditure_by_function"),
        ("某某局部门预算支出总表（草案）", "expenditure_by_function"),
        ("2025年预算单位财政拨款收支预算总表", "fiscal_appropriation_summary"),
        ("一般公共预算支出情况表（按功能分类科目）", "general_public_budget_by_function"),
        ("一般公共预算财政拨款支出预算表", "general_public_budget_by_function"),
        ("政府性基金预算财政拨款支出预算表", "government_funds_by_function"),
        ("国有资本经营预算支出预算表", "state_capital_by_function"),
        ("一般公共预算拨款基本支出经济分类预算表", "basic_expenditure_by_economic"),
        ("2025年单位“三公”经费和机关运行经费预算表", "three_public_expenses"),
        ("财政项目支出绩效目标申报表", "project form"),
        ("财政拨款支出表（功能科目）", "fiscal_appropriation_by_function"),
        ("一般公共预算项目支出情况表（按经济分类科目）", "project_expenditure_by_economic"),
        ("一般公共预算机关运行经费支出预算表", "agency_operating_expenses_by_economic"),
        ("基本支出总表", "basic_expenditure_by_kind"),
        ("政府采购支出表", "procurements"),
        ("预算03表 支出总表", "expenditure_by_function"),
        ("公开 01 表：收入支出决算总表", "revenue_expenditure_summary"),
        ("附件2 一般公共预算财政拨款支出决算表", "general_public_budget_by_function"),
        ("一、2017年度江苏省高级人民法院部门收支预算总表", "revenue_expenditure_summary"),
        ("部综合预算收入总表", "revenue_by_function"),
        ("2026年市级部门项目支出预算表", "expenditure_by_project"),
        ("一般公共预算支出表（按经济分类）", "general_public_budget_by_economic"),
        ("社会保险基金预算支出表", ""),
        ("部门整体支出绩效目标表", ""),
        ("公开03表", None),
        ("部门预算编制说明", None),
        ("支出预算总表如下，详见附表", None),
    ],
)
def test_a_title(title: str, table_name: str | None) -> None:
    assert table_titled(plain(title)) == table_name


def test_a_code_before_the_name_is_cut_off() -> None:
    (row,) = read_blocks(
        "一般公共预算基本支出情况表（按经济分类科目）",
        "单位：万元",
        grid(("部门预算支出经济科目", "预算"), ("[30231]公务用车运行维护费", "21.50")),
    ).rows["basic_expenditure_by_economic"]
    assert (row["class_code"], row["item_code"]) == ("302", "31")
    assert (row["name"], row["total"]) == ("公务用车运行维护费", "21.50")


def test_a_column_that_a_region_adds_is_listed() -> None:
    reading = read_blocks(
        "支出总表",
        grid(
            (
                *("科目编码", "科目名称", "合计", "基本支出", "", "", "项目支出"),
                *("上缴上级支出", "某地专款"),
            ),
            ("", "", "", "小计", "人员经费", "公用经费", "", "", ""),
            ("201", "某支出", "9.00", "4.00", "3.00", "1.00", "3.00", "", "2.00"),
        ),
    )
    (row,) = reading.rows["expenditure_by_function"]
    assert figures(row) == ("9.00", "4.00", "3.00")
    assert (row["personnel"], row["public_use"], row["remitted_to_superior"]) == (
        *("3.00", "1.00"),
        "",
    )
    assert [(item.text, item.place) for item in reading.report.leftovers] == [("2.00", "p.1 r.3")]
    assert "某地专款" in reading.report.text()


def test_a_column_that_a_region_lacks_stays_blank() -> None:
    (row,) = read_blocks(
        "支出总表", "单位：元", grid(("科目编码", "科目名称", "合计"), ("201", "某支出", "9.00"))
    ).rows["expenditure_by_function"]
    assert figures(row) == ("9.00", "", "")


def test_revenue_stands_beside_expenditure() -> None:
    rows = read_blocks(
        "收支总表",
        "单位：元",
        grid(
            ("本年收入", "", "本年支出", "", ""),
            ("项目", "预算数", "项目", "", "预算数"),
            ("一、财政拨款收入", "5.00", "一、", "教育支出", "3.00"),
            ("", "", "二、", "卫生健康支出", "2.00"),
            ("", "", "", "", ""),
            ("收入总计", "5.00", "支出总计", "", "5.00"),
        ),
    ).rows["revenue_expenditure_summary"]
    assert [(row["side"], row["label"], row["amount"]) for row in rows] == [
        ("revenue", "一、财政拨款收入", "5.00"),
        ("expenditure", "一、教育支出", "3.00"),
        ("expenditure", "二、卫生健康支出", "2.00"),
        ("revenue", "收入总计", "5.00"),
        ("expenditure", "支出总计", "5.00"),
    ]


def test_a_third_side_has_its_own_classification() -> None:
    reading = read_blocks(
        "收支总表",
        grid(
            ("项目", "预算数", "支出功能分类科目", "预算数", "部门预算支出经济科目", "预算数"),
            ("一、财政拨款", "5.00", "一、教育支出", "5.00", "工资福利支出", "4.00"),
        ),
    )
    rows = reading.rows["revenue_expenditure_summary"]
    assert [(row["side"], row["label"], row["economic_name"], row["amount"]) for row in rows] == [
        ("revenue", "一、财政拨款", "", "5.00"),
        ("expenditure", "一、教育支出", "", "5.00"),
        ("expenditure", "", "工资福利支出", "4.00"),
    ]
    assert reading.report.leftovers == []


@pytest.mark.parametrize(
    "note", ["（注：2026年没有使用政府性基金预算拨款安排的支出。）", "(无政府性基金支出）"]
)
def test_a_note_in_brackets_is_a_remark(note: str) -> None:
    reading = read_blocks(
        "2025年部门政府性基金预算支出功能分类预算表",
        "编制部门：某某局 单位：元",
        grid(*T3_HEAD, ("合  计", "", "", "", "", "", "")),
        note,
        TITLE,
        grid(*T3_HEAD, *T3_ROWS),
    )
    assert reading.rows["tables"][0]["remark"] == note


def test_an_entity_may_stand_apart_from_its_caption() -> None:
    caption = ("部门：", "某某局", "", "", "", "", "单位：万元")
    in_grid = read_blocks(TITLE, grid(caption, *T3_HEAD, *T3_ROWS))
    above = read_blocks(TITLE, "部门：     某某局      单位：万元", grid(*T3_HEAD, *T3_ROWS))
    for reading in (in_grid, above):
        table = reading.rows["tables"][0]
        assert (table["compiling_entity"], table["unit"]) == ("某某局", "万元")


def test_a_table_printed_empty_keeps_its_note_and_its_blank_total() -> None:
    reading = read_blocks(
        "2025年部门政府性基金预算支出功能分类预算表",
        "编制部门：某某局 单位：元",
        grid(*T3_HEAD, ("", "", "", "", "", "", ""), ("合  计", "", "", "", "", "", "")),
        "注：本部门2025年无政府性基金预算，故本表为空表。",
        TITLE,
        grid(*T3_HEAD, *T3_ROWS),
    )
    (row,) = reading.rows["government_funds_by_function"]
    assert (row["name"], row["total"]) == ("合  计", "")
    table = reading.rows["tables"][0]
    assert table["remark"] == "注：本部门2025年无政府性基金预算，故本表为空表。"
    assert (table["compiling_entity"], table["unit"]) == ("某某局", "元")


def test_figures_without_a_code_are_kept_and_blank_rows_are_not() -> None:
    rows = expenditures(
        grid(*T3_HEAD, ("", "", "", "", "0.00", "0.00", "0.00"), ("",) * 7, *T3_ROWS)
    )
    assert len(rows) == 3
    assert (rows[0]["name"], figures(rows[0])) == ("", ("0.00", "0.00", "0.00"))


def test_the_three_public_expenses_may_stand_in_rows() -> None:
    reading = read_blocks(
        "财政拨款安排的行政经费及“三公”经费预算表",
        "单位：万元",
        grid(
            ("项目", "合计", "一般公共预算"),
            ("行政经费", "523.62", "523.62"),
            ("“三公”经费", "26.11", "26.11"),
            ("其中：（一）因公出国（境）支出", "0.00", "0.00"),
            ("（二）公务用车购置及运行维护支出", "24.80", "24.80"),
            ("1.公务用车购置费", "0.00", "0.00"),
            ("2.公务用车运行维护费", "24.80", "24.80"),
            ("（三）公务接待费支出", "1.31", "1.31"),
            ("会议费", "9.99", "9.99"),
            ("某地经费", "8.88", "8.88"),
        ),
    )
    (row,) = reading.rows["three_public_expenses"]
    assert row["agency_operating_expenses"] == "523.62"
    assert (row["total"], row["official_hospitality"]) == ("26.11", "1.31")
    assert (row["vehicle_total"], row["vehicle_purchase"], row["vehicle_operation"]) == (
        "24.80",
        "0.00",
        "24.80",
    )
    assert (row["general_public_budget"], row["meetings"]) == ("26.11", "9.99")
    assert row["vehicle_operation_general_public_budget"] == "24.80"
    assert [item.text for item in reading.report.leftovers] == ["8.88", "8.88"]


def test_a_row_for_each_year_becomes_columns_of_one_row() -> None:
    reading = read_blocks(
        "某某局2026年部门预算",
        "财政拨款“三公”经费支出表",
        "单位：万元",
        grid(
            ("预算单位", "年度", "总计", "", "因公出国(境)费", ""),
            ("", "", "一般公共预算", "政府性基金预算", "一般公共预算", "政府性基金预算"),
            ("某某局", "2025年", "59.66", "0.00", "41.60", "0.00"),
            ("", "2026年", "58.46", "0.00", "41.50", "0.00"),
            ("", "增减变化金额", "-1.20", "0.00", "-0.10", "0.00"),
        ),
    )
    (row,) = reading.rows["three_public_expenses"]
    assert row["organization_name"] == "某某局"
    assert (row["general_public_budget"], row["government_funds"]) == ("58.46", "0.00")
    assert row["overseas_visits_general_public_budget"] == "41.50"
    assert row["last_year_general_public_budget"] == "59.66"
    assert row["last_year_overseas_visits_general_public_budget"] == "41.60"
    assert row["change_general_public_budget"] == "-1.20"
    assert row["change_overseas_visits_general_public_budget"] == "-0.10"
    assert (row["source_ref"], reading.report.leftovers) == ("p.1 r.3", [])


def test_of_two_years_side_by_side_the_later_is_the_budget() -> None:
    reading = read_blocks(
        "支出总表",
        grid(
            ("科目编码", "科目名称", "2024年", "", "2025年", "", "增减变化情况"),
            ("", "", "合计", "基本支出", "合计", "基本支出", "合计"),
            ("201", "某支出", "1.00", "2.00", "3.00", "4.00", "5.00"),
        ),
    )
    (row,) = reading.rows["expenditure_by_function"]
    assert figures(row) == ("3.00", "4.00", "")
    assert (row["last_year_total"], row["last_year_basic"]) == ("1.00", "2.00")
    assert row["change_total"] == "5.00"


def test_units_may_stand_where_accounts_belong() -> None:
    reading = read_blocks(
        "支出总表",
        grid(
            ("单位编码", "单位名称", "合计", "基本支出", "项目支出"),
            ("", "合计", "9.00", "5.00", "4.00"),
            ("271", "某某委员会", "8.00", "4.00", "4.00"),
        ),
    )
    total, unit = reading.rows["expenditure_by_function"]
    assert (total["organization_name"], figures(total)) == ("合计", ("9.00", "5.00", "4.00"))
    assert (unit["organization_code"], unit["organization_name"]) == ("271", "某某委员会")
    assert figures(unit) == ("8.00", "4.00", "4.00")
    assert reading.report.leftovers == []


def test_column_numbers_are_no_figures() -> None:
    reading = read_blocks(
        "支出总表",
        grid(
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            ("栏次", "", "1", "2", "3"),
            ("201", "某支出", "9.00", "5.00", "4.00"),
        ),
    )
    (row,) = reading.rows["expenditure_by_function"]
    assert figures(row) == ("9.00", "5.00", "4.00")
    assert [item.text for item in reading.report.leftovers] == ["1", "2", "3"]


def test_a_table_without_a_place_in_the_contract_is_listed_with_its_numbers() -> None:
    reading = read_blocks(
        TITLE,
        grid(*T3_HEAD, *T3_ROWS),
        "某地专用统计表",
        grid(("品目", "某数"), ("复印纸", "0.60")),
    )
    (section,) = reading.report.unplaced
    assert section.title == "某地专用统计表"
    assert (reading.report.unplaced_tables, reading.report.unplaced_numbers) == (1, 1)
    assert "复印纸 | 0.60" in reading.report.text()


def test_titles_captions_and_notes_may_stand_in_the_grid_itself() -> None:
    reading = read_blocks(
        grid(
            (TITLE, "", "", "", "", "", ""),
            ("编制部门：某某局", "", "", "", "", "", "单位：元"),
            *T3_HEAD,
            *T3_ROWS,
            ("注：本表含上年结转。", "", "", "", "", "", ""),
            ("部门收入总表（单位：万元）", "", "", "", "", "", ""),
            ("科目编码", "科目名称", "合计", "财政拨款收入", "", "", ""),
            ("201", "某支出", "9.00", "9.00", "", "", ""),
        )
    )
    tables = {row["table_name"]: row for row in reading.rows["tables"]}
    assert tables["expenditure_by_function"]["remark"] == "注：本表含上年结转。"
    assert tables["expenditure_by_function"]["unit"] == "元"
    assert tables["revenue_by_function"]["unit"] == "万元"
    assert len(reading.rows["expenditure_by_function"]) == 2
    assert len(reading.rows["revenue_by_function"]) == 1


def test_a_contents_list_is_no_table() -> None:
    reading = read_blocks(
        "1. 2025年部门收入预算总表",
        "2. 2025年部门支出预算总表",
        "六、其他相关情况说明",
        TITLE,
        grid(*T3_HEAD, *T3_ROWS),
    )
    assert [row["table_name"] for row in reading.rows["tables"]] == ["expenditure_by_function"]
    assert len(reading.report.missing) == 8


def test_a_title_broken_over_two_lines_is_one_title() -> None:
    reading = read_blocks(
        "2025年部门一般公共预算基本支出",
        "部门预算经济分类预算表",
        grid(("经济分类科目编码", "科目名称", "合计", "人员经费"), ("301", "工资", "9.00", "9.00")),
    )
    (table,) = reading.rows["tables"]
    assert table["title"] == "2025年部门一般公共预算基本支出部门预算经济分类预算表"
    assert reading.rows["basic_expenditure_by_economic"][0]["personnel"] == "9.00"


def test_a_document_without_an_official_table_is_refused() -> None:
    with pytest.raises(UnreadableDocumentError, match="holds no official budget table"):
        read_blocks("关于公开部门信息的通知", grid(("序号", "单位"), ("1", "某某局")))


def test_prose_without_its_tables_says_where_they_may_be() -> None:
    with pytest.raises(ProseWithoutTablesError, match="prints no table of it") as raised:
        read_blocks("上海市松江区某某局2025年部门预算", "一、部门职责")
    assert raised.value.tells_of("上海市松江区某某局")
    assert raised.value.fiscal_year == "2025"


def test_a_blank_form_is_refused() -> None:
    with pytest.raises(UnreadableDocumentError, match="is a blank form"):
        read_blocks(TITLE, "单位：元", grid(*T3_HEAD, ("", "", "", "合计", "", "", "")))


def test_a_title_over_heads_of_another_kind_is_the_table_of_the_heads() -> None:
    reading = read_blocks(
        TITLE,
        grid(*T3_HEAD, *T3_ROWS),
        "一般公共预算支出表",
        grid(("经济分类科目编码", "经济分类科目名称", "合计"), ("301", "工资福利支出", "5.00")),
    )
    assert "general_public_budget_by_function" in reading.report.missing
    (row,) = reading.rows["general_public_budget_by_economic"]
    assert (row["class_code"], row["name"], row["total"]) == ("301", "工资福利支出", "5.00")
