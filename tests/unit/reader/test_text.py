"""Text dumps: rows that print fewer cells than their table has columns, and rows that broke."""

from pathlib import Path

import pytest

from budget_warehouse.reader.document import Grid, Paragraph, UnreadableDocumentError
from budget_warehouse.reader.formats.text import read_text


def dumped(tmp_path: Path, *rows: str, framed: bool = True) -> Grid:
    """Read a table of `|`-parted rows, dumped one cell to a line."""
    frame = "|" if framed else ""
    lines = ["".join(f"\t{cell}\n" for cell in f"{frame}{row}{frame}".split("|")) for row in rows]
    path = tmp_path / "a.txt"
    path.write_text("正文。\n\n" + "\n".join(lines), encoding="utf-8")
    paragraph, grid = read_text(path)
    assert paragraph == Paragraph("正文。", "line 1")
    assert isinstance(grid, Grid)
    assert len({len(row.cells) for row in grid.rows}) == 1
    return grid


def test_a_row_stands_at_the_line_of_its_first_filled_cell(tmp_path: Path) -> None:
    grid = dumped(tmp_path, "208||1.00", "|05|2.00")
    assert [row.cells for row in grid.rows] == [
        ("", "208", "", "1.00", ""),
        ("", "", "05", "2.00", ""),
    ]
    assert [row.place for row in grid.rows] == ["line 4", "line 11"]
    assert grid.rows[0].place_of(3) == "line 6"


def test_a_total_spreads_over_the_columns_of_words(tmp_path: Path) -> None:
    grid = dumped(
        tmp_path, "208|05|01|某支出|1.00|2.00", "210|11||另一支出|3.00|4.00", "合  计|4.00|6.00"
    )
    assert grid.rows[-1].cells == ("", "合  计", "", "", "", "4.00", "6.00", "")


def test_a_stray_amount_stays_outside_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "\t\n\t208\n\t某支出\n\t1.00\n\t2.00\n\t\n\n\t\n\t合计\n\t1.00\n\t2.00\n\t7.77\n",
        encoding="utf-8",
    )
    (grid,) = read_text(path)
    assert isinstance(grid, Grid)
    assert grid.rows[0].cells == ("", "208", "某支出", "1.00", "2.00", "")
    assert grid.rows[1].cells == ("", "合计", "", "1.00", "2.00", "7.77")


def test_heads_spread_over_the_heads_beneath_them(tmp_path: Path) -> None:
    grid = dumped(
        tmp_path,
        "项目|支出预算",
        "功能分类科目编码|功能分类科目名称|合计|基本支出",
        "类|款|项|||",
        "208|05|01|某支出|1.00|2.00",
    )
    assert grid.rows[1].cells == (
        "",
        "功能分类科目编码",
        "",
        "",
        "功能分类科目名称",
        "合计",
        "基本支出",
        "",
    )
    assert grid.rows[0].cells[5] == "支出预算"


def test_a_row_broken_by_a_blank_line_in_a_cell_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "\t\n\t一、某收入\n\t1.00\n\t某支出\n\t1.00\n\t\n\n"
        "\t\n\t收入总计\n\t1.00\n\n\t支出总计\n\t1.00\n\n\t\n",
        encoding="utf-8",
    )
    (grid,) = read_text(path)
    assert isinstance(grid, Grid)
    assert grid.rows[1].cells == ("", "收入总计", "1.00", "支出总计", "1.00", "")


def test_a_line_without_a_tab_continues_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\t项目资金\n（元）\n\t680000.00\n", encoding="gb18030")
    (grid,) = read_text(path)
    assert isinstance(grid, Grid)
    assert grid.rows[0].cells == ("项目资金（元）", "680000.00")


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff\xfe\xff\xff\x80\x80")
    with pytest.raises(UnreadableDocumentError, match="not a text file"):
        read_text(path)
