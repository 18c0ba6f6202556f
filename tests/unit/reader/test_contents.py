"""Tables that contents name, read from the blocks of a document."""

from pathlib import Path

import pytest

from budget_warehouse.reader.document import Block, Document, Grid, Paragraph, Picture, Row
from budget_warehouse.reader.parsing.contents import read_contents

HEAD = ["目 录", "第一部分 部门概况", "一、主要职能", "第二部分 2026年度部门预算表"]
TABLES = [
    "一、收支总表",
    "二、收入总表",
    "三、一般公共预算“三公”经费、会议费、培训费支",
    "出预算表",
]
TAIL = ["第三部分 2026年度部门预算情况说明"]
BODY = ["第一部分 部门概况", "本部门的职能是：", "部门收支总表"]


def document(*blocks: Block) -> Document:
    return Document(Path("budget.pdf"), "", blocks)


def lines(*texts: str, page: int = 1) -> list[Paragraph]:
    return [Paragraph(text, f"p.{page}") for text in texts]


def contents(*blocks: Block) -> list[tuple[str, str]]:
    return [(row["subject"], row["note"]) for row in read_contents(document(*blocks)).rows]


def grid(*rows: tuple[str, ...]) -> Grid:
    return Grid(tuple(Row(cells, "p.9 r.1") for cells in rows), 9)


def test_contents_end_where_the_document_opens_with_their_words() -> None:
    pages = lines(*HEAD, *TABLES, *TAIL), lines(*BODY, page=2)
    assert contents(*pages[0], *pages[1]) == [
        ("in_contents", "revenue_expenditure_summary"),
        ("only_in_contents", "revenue_by_function"),
        ("only_in_contents", "three_public_expenses"),
    ]
    # A table that stands nowhere may be a picture.
    assert contents(*pages[0], *pages[1], Picture(3)) == []


def test_a_table_printed_under_another_title_is_not_alone_in_the_contents() -> None:
    titles = lines("2026年部门收入总体情况表", "“三公”经费支出情况表", page=3)
    pages = *lines(*HEAD, *TABLES, *TAIL), *lines(*BODY, page=2), *titles
    assert contents(*pages, Picture(4)) == [
        ("in_contents", "revenue_expenditure_summary"),
        ("in_contents", "revenue_by_function"),
        ("in_contents", "three_public_expenses"),
    ]


def test_a_title_in_a_cell_of_a_table_is_printed() -> None:
    table = grid(("收入总表", ""), ("项目", "金额"))
    facts = contents(*lines(*HEAD, *TABLES, *TAIL), *lines(*BODY), table)
    assert ("in_contents", "revenue_by_function") in facts


def test_lines_of_dots_and_pages_part_the_entries_of_one_paragraph() -> None:
    text = "第一部分 概况......1一、主要职能......2第二部分 预算表......3一、收支预算总表.....4"
    listed = contents(
        *lines("目录", text + "第三部分 说明......5"), *lines("第一部分 概况", page=3)
    )
    assert listed == [("only_in_contents", "revenue_expenditure_summary")]


def test_an_entry_above_another_numbering_is_no_table() -> None:
    entries = lines(
        "目录", "五、单位预算表", "1. 2026年收入预算总表", "2．2026年支出预算总表", "六、其他"
    )
    assert contents(*entries, *lines("某办公室主要职能", page=3)) == [
        ("only_in_contents", "revenue_by_function"),
        ("only_in_contents", "expenditure_by_function"),
    ]


@pytest.mark.parametrize(
    "blocks",
    [
        lines(*HEAD, *TABLES, *TAIL),
        [*lines(*HEAD, *TABLES), *lines("本部门的职能是：", page=2)],
        [*lines(*HEAD, "一、政府债务限额表", *TABLES, *TAIL), *lines(*BODY, page=2)],
        [*lines(*HEAD[1:], *TABLES, *TAIL), *lines(*BODY, page=2)],
    ],
    ids=["without an end", "broken off", "with a table that no list knows", "without a heading"],
)
def test_contents_that_are_not_known_whole_name_nothing(blocks: list[Block]) -> None:
    assert contents(*blocks) == []


def test_a_list_of_tables_says_which_are_empty() -> None:
    head = ("报表", "报表名称", "是否空表", "公开空表理由")
    rows = [
        ("表1", "2026年部门综合预算收支总表", "", ""),
        ("表9", "政府性基金收支表", "是", "不涉及"),
    ]
    assert contents(grid(head, *rows)) == [
        ("filled_in_contents", "revenue_expenditure_summary"),
        ("empty_in_contents", "government_funds_summary"),
    ]
    assert contents(grid(head, rows[0])) == []
