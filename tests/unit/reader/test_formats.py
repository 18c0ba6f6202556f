"""Each format: what a person sees in the document comes out, and what nobody sees does not."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
import specimen
import xlwt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from budget_warehouse.reader.document import Block, Grid, Paragraph, UnreadableDocumentError
from budget_warehouse.reader.formats import opening as formats
from budget_warehouse.reader.formats.docx import read_docx
from budget_warehouse.reader.formats.html import read_html
from budget_warehouse.reader.formats.number_format import displayed_moment, displayed_number
from budget_warehouse.reader.formats.xls import read_xls
from budget_warehouse.reader.formats.xlsx import read_xlsx
from budget_warehouse.reader.intake import file_type

Blocks = Sequence[Block]


def _grids(blocks: Blocks) -> list[Grid]:
    return [block for block in blocks if isinstance(block, Grid)]


def _prose(blocks: Blocks) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def _cells(grid: Grid) -> list[tuple[str, ...]]:
    return [row.cells for row in grid.rows]


def test_every_suffix_that_is_admitted_is_read() -> None:
    assert file_type.SUFFIXES.keys() == formats.FORMATS.keys()


@pytest.mark.parametrize("suffix", specimen.WRITERS)
def test_a_disclosure_comes_out_as_printed(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"budget{suffix}"
    specimen.WRITERS[suffix](path)
    blocks = formats.open_document(path).blocks
    grids = [grid for grid in _grids(blocks) if len(grid.rows[0].cells) > 1]
    assert len(grids) == len(specimen.TABLES)
    for grid, table in zip(grids, specimen.TABLES, strict=True):
        printed = [tuple(cell.replace(" ", "") for cell in line) for line in table.lines]
        cells = [tuple(cell.replace(" ", "") for cell in line) for line in _cells(grid)]
        assert cells[-len(printed) :] == printed


def test_a_word_document_keeps_its_reading_order(tmp_path: Path) -> None:
    path = tmp_path / "budget.docx"
    specimen.write_docx(path)
    blocks = read_docx(path)
    assert [type(block) for block in blocks[2:8]] == [*[Paragraph] * 4, Grid, Paragraph]
    assert blocks[3] == Paragraph("2021年部门财务收支预算总表", "paragraph 4")
    assert _grids(blocks)[2].rows[3].place == "table 3 r.4"


def _docx(path: Path, body: str) -> Blocks:
    """Read a document whose body is the WordprocessingML."""
    document = docx.Document()
    container = parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>")
    for element in reversed(list(container)):
        document.element.body.insert(0, element)
    document.save(str(path))
    return read_docx(path)


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _paragraph(text: str) -> str:
    return f"<w:p>{_run(text)}</w:p>"


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraph(text)}</w:tc>"


def test_cells_merged_and_left_out_in_word_keep_the_columns_apart(tmp_path: Path) -> None:
    across, from_here = "<w:gridSpan w:val='2'/>", "<w:vMerge w:val='restart'/>"
    rows = (
        ("", _cell("科目", across) + _cell("名称", from_here) + _cell("合计")),
        ("", _cell("208") + _cell("05") + _cell("stale", "<w:vMerge/>") + _cell("1.00")),
        ("<w:gridBefore w:val='2'/>", _cell("合计") + _cell("2.00")),
        ("<w:gridAfter w:val='1'/>", _cell("1") + _cell("") + _cell("3")),
        ("<w:hidden/>", _cell("unseen")),
    )
    drawn = [f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>" for properties, cells in rows]
    blocks = _docx(tmp_path / "budget.docx", f"<w:tbl><w:tblGrid/>{''.join(drawn)}</w:tbl>")
    assert _cells(_grids(blocks)[0]) == [
        ("科目", "", "名称", "合计"),
        ("208", "05", "", "1.00"),
        ("", "", "合计", "2.00"),
        ("1", "", "3", ""),
    ]


def test_only_text_that_is_seen_in_word_counts(tmp_path: Path) -> None:
    seen = _run("1,000", "<w:vanish w:val='0'/>")
    blocks = _docx(
        tmp_path / "budget.docx",
        f"<w:p>{_run('支出')}{_run('9,999', '<w:vanish/>')}"
        f'<w:ins w:id="1" w:author="a">{_run("预算")}</w:ins>'
        f'<w:del w:id="2" w:author="a"><w:r><w:delText>8,888</w:delText></w:r></w:del>'
        f"{seen}</w:p>"
        f"<w:sdt><w:sdtContent>{_paragraph('单位：元')}</w:sdtContent></w:sdt>",
    )
    assert _prose(blocks) == ["支出预算1,000", "单位：元"]


def test_tables_in_cells_and_text_boxes_follow_what_holds_them(tmp_path: Path) -> None:
    inner = f"<w:tbl><w:tblGrid/><w:tr>{_cell('208')}{_cell('1.00')}</w:tr></w:tbl>"
    boxed = f"<w:txbxContent>{_paragraph('注：本表为空表')}</w:txbxContent>"
    blocks = _docx(
        tmp_path / "budget.docx",
        f"<w:tbl><w:tblGrid/><w:tr><w:tc>{_paragraph('支出')}{inner}<w:p/></w:tc></w:tr></w:tbl>"
        f"<w:p>{_run('表七')}<w:r><w:pict>{boxed}</w:pict></w:r></w:p>{_paragraph('结束')}",
    )
    assert [_cells(grid) for grid in _grids(blocks)] == [[("支出",)], [("208", "1.00")]]
    assert _prose(blocks) == ["表七", "注：本表为空表", "结束"]


def test_a_drawing_and_its_fallback_are_one_drawing(tmp_path: Path) -> None:
    boxed = f"<w:r><w:pict><w:txbxContent>{_paragraph('单位：元')}</w:txbxContent></w:pict></w:r>"
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    blocks = _docx(
        tmp_path / "budget.docx",
        f"<w:p><w:r><mc:AlternateContent xmlns:mc='{compatibility}'><mc:Choice>{boxed}</mc:Choice>"
        f"<mc:Fallback>{boxed}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    assert _prose(blocks) == ["单位：元"]


def test_a_cell_of_several_lines_is_one_value(tmp_path: Path) -> None:
    path = tmp_path / "budget.docx"
    document = docx.Document()
    cells = document.add_table(1, 3).rows[0].cells
    cells[0].text = "公务用车\n购置费"
    cells[1].text = "38,993,\n676.17"
    cells[2].text = "12\n34"
    document.save(str(path))
    assert _cells(_grids(read_docx(path))[0]) == [("公务用车购置费", "38,993,676.17", "12 34")]


def test_numbers_of_lists_are_printed_in_word(tmp_path: Path) -> None:
    levels = (("chineseCounting", "%1、"), ("decimal", "（%2）"), ("bullet", "\uf0b7"))
    drawn = "".join(
        f"<w:lvl w:ilvl='{depth}'><w:start w:val='1'/><w:numFmt w:val='{number_format}'/>"
        f"<w:lvlText w:val='{pattern}'/></w:lvl>"
        for depth, (number_format, pattern) in enumerate(levels)
    )
    restart = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='11'/></w:lvlOverride>"
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.clear()
    for element in (
        f"<w:abstractNum {nsdecls('w')} w:abstractNumId='0'>{drawn}</w:abstractNum>",
        f"<w:num {nsdecls('w')} w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
        f"<w:num {nsdecls('w')} w:numId='2'><w:abstractNumId w:val='0'/>{restart}</w:num>",
    ):
        numbering.append(parse_xml(element))
    for list_id, depth in ((1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (2, 0), (0, 0)):
        paragraph = document.add_paragraph("支出")
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{depth}'/><w:numId w:val='{list_id}'/>"
                "</w:numPr>"
            )
        )
    document.save(str(tmp_path / "budget.docx"))
    assert _prose(read_docx(tmp_path / "budget.docx")) == [
        *("一、支出", "（1）支出", "（2）支出", "支出", "二、支出", "（1）支出"),
        *("十一、支出", "十二、支出", "支出"),
    ]


def test_numbers_of_list_styles_are_printed_in_word(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("法律咨询", "宣传推广"):
        document.add_paragraph(text, style="List Number")
    document.save(str(tmp_path / "budget.docx"))
    assert _prose(read_docx(tmp_path / "budget.docx")) == ["1. 法律咨询", "2. 宣传推广"]


def _xlsx(path: Path, fill: Callable[[Worksheet], Any]) -> list[Grid]:
    """Read a workbook whose one sheet was filled."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "表1"
    fill(sheet)
    workbook.save(path)
    return list(read_xlsx(path))


def test_only_cells_that_are_seen_on_the_sheet_count(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ("科目", "old", "合计"),
            ("stale", "old", 9),
            ("208", "old", 1),
            ("212", "", 2),
        ):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        hidden = sheet.parent.create_sheet("草稿")
        hidden["A1"], hidden.sheet_state = 9_999, "hidden"

    (grid,) = _xlsx(tmp_path / "budget.xlsx", fill)
    assert _cells(grid) == [("科目", "合计"), ("208", "1"), ("212", "2")]
    assert [row.place for row in grid.rows] == ["sheet 表1 r.1", "sheet 表1 r.3", "sheet 表1 r.4"]


def test_a_merged_cell_shows_where_it_can_be_seen(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["项目", None, "预算数"])
        sheet.append([None, None, 1])
        sheet.merge_cells("A1:B2")
        sheet.column_dimensions["A"].hidden = True

    (grid,) = _xlsx(tmp_path / "budget.xlsx", fill)
    assert _cells(grid) == [("项目", "预算数"), ("", "1")]


def test_a_sheet_is_read_whatever_its_file_claims(tmp_path: Path) -> None:
    """Other programs than Excel state a wrong size, and leave text in cells merged over."""
    path, stated = tmp_path / "budget.xlsx", tmp_path / "stated.xlsx"
    Workbook().save(stated)
    cells = "".join(
        f"<row><c t='inlineStr'><is><t>{first}</t></is></c><c><v>{second}</v></c></row>"
        for first, second in (("合计", 1), ("stale", 2))
    )
    sheet = (
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        f"<dimension ref='A1'/><sheetData>{cells}</sheetData>"
        "<mergeCells><mergeCell ref='A1:A2'/></mergeCells></worksheet>"
    )
    with zipfile.ZipFile(stated) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            target.writestr(name, sheet if is_sheet else source.read(name))
    (grid,) = read_xlsx(path)
    assert _cells(grid) == [("合计", "1"), ("", "2")]


def test_columns_hidden_together_are_all_hidden(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["科目", "old", "older", "合计"])
        sheet.column_dimensions.group("B", "C", hidden=True)

    (grid,) = _xlsx(tmp_path / "budget.xlsx", fill)
    assert _cells(grid) == [("科目", "合计")]


def test_blank_cells_and_rows_keep_their_place(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["C1"], sheet["A3"] = "208", "1.00", "212"
        sheet["F9"] = " "

    (grid,) = _xlsx(tmp_path / "budget.xlsx", fill)
    assert _cells(grid) == [("208", "", "1.00"), ("", "", ""), ("212", "", "")]


def test_zeros_that_the_sheet_does_not_show_are_blank(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["合计", 0, 1])
        sheet.sheet_view.showZeros = False

    (grid,) = _xlsx(tmp_path / "budget.xlsx", fill)
    assert _cells(grid) == [("合计", "", "1")]


def test_a_formula_without_its_result_is_refused(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append([1, 2, "=A1+B1"])

    with pytest.raises(UnreadableDocumentError, match="first in C1 of 表1: open it in Excel"):
        _xlsx(tmp_path / "budget.xlsx", fill)


def test_dates_show_as_formatted(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append([date(2021, 1, 5), date(2021, 1, 5), timedelta(hours=30)])
        sheet["A1"].number_format = 'yyyy"年"m"月"d"日"'
        sheet["B1"].number_format = "mm-dd-yy"  # stored as number 14: the program's own short date

    (grid,) = _xlsx(tmp_path / "budget.xlsx", fill)
    assert _cells(grid) == [("2021年1月5日", "2021/1/5", "1 day, 6:00:00")]


def test_an_old_workbook_shows_the_same(tmp_path: Path) -> None:
    path = tmp_path / "budget.xls"
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("表1")
    for row, line in enumerate((("科目", "old", 0), ("stale", "old", 9), ("208", "old", 1234.5))):
        for column, value in enumerate(line):
            sheet.write(row, column, value, xlwt.easyxf(num_format_str="#,##0.00"))
    sheet.write(3, 2, datetime(2021, 1, 5), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.row(1).hidden = True
    sheet.col(1).hidden = True
    sheet.show_zero_values = False
    workbook.add_sheet("草稿").write(0, 0, 9_999)
    workbook.get_sheet("草稿").visibility = 1
    workbook.save(str(path))
    (grid,) = read_xls(path)
    assert _cells(grid) == [("科目", ""), ("208", "1,234.50"), ("", "2021-01-05")]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (38993676.17, "General", "38993676.17"),
        (38993676.17, "G/通用格式", "38993676.17"),
        (0.1 + 0.2, "General", "0.3"),
        (208, "@", "208"),
        (1234.5, "#,##0.00", "1,234.50"),
        (-1234.5, "#,##0.00_);[Red](#,##0.00)", "(1,234.50)"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (1.005, "0.00", "1.01"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (0, "#,##0.00;;", ""),
        (0, "#,###", ""),
        (5, "00", "05"),
        (0.4765, "0.00%", "47.65%"),
        (12345, '0!.0,"万"', "1.2万"),
        (12345, "#!.0000", "1.2345"),
        (1234567.5, "[$¥-804]#,##0.00", "¥1,234,567.50"),
        (1234.5, '#,##0.00"元"', "1,234.50元"),
        (1234.25, "# ?/?", "1234.25"),
        (123456.7, "0.00E+00", "123456.7"),
        (123456.7, "[>=10000]0;0.0", "123456.7"),
        (1e16, "0.00", "10000000000000000"),
    ],
)
def test_numbers_show_as_formatted(value: float, code: str, shown: str) -> None:
    assert displayed_number(value, code) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("yyyy/m/d", "2021/1/5"),
        (r"yyyy\-mm\-dd", "2021-01-05"),
        ("[$-804]yyyy年m月d日;@", "2021年1月5日"),
        ("yyyy-mm-dd hh:mm:ss", "2021-01-05 08:03:09"),
        ("d-mmm-yy", "2021-01-05T08:03:09"),
    ],
)
def test_moments_show_as_formatted(code: str, shown: str) -> None:
    assert displayed_moment(datetime(2021, 1, 5, 8, 3, 9), code) == shown


def _html(path: Path, body: str) -> Blocks:
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{body}", encoding="utf-8")
    return read_html(path)


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8", "utf-16"])
def test_a_page_is_read_in_its_charset(charset: str, tmp_path: Path) -> None:
    path = tmp_path / "budget.html"
    specimen.write_html(path, charset)
    assert _prose(read_html(path))[0] == specimen.COVER[0]


def test_a_page_may_use_more_than_the_charset_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "budget.html"
    path.write_bytes("<meta charset=gb2312><p>喆</p>".encode("gbk"))
    assert _prose(read_html(path)) == ["喆"]


def test_an_undeclared_charset_is_found(tmp_path: Path) -> None:
    path = tmp_path / "budget.html"
    path.write_bytes("<p>单位：元</p>".encode("gbk"))
    assert _prose(read_html(path)) == ["单位：元"]


def test_a_charset_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "budget.html"
    path.write_bytes(b"<meta charset=klingon><p>2021</p>")
    with pytest.raises(UnreadableDocumentError, match="klingon: save it from a browser"):
        read_html(path)


def test_spans_of_a_page_keep_the_columns_apart(tmp_path: Path) -> None:
    blocks = _html(
        tmp_path / "budget.html",
        "<table><caption>表一</caption><thead><tr><th colspan=2>科目<th rowspan=2>合计</thead>"
        "<tr><td>类<td>款<tr><td rowspan=0>208<td><td>1.00<tr><td>05<td>2.00</table>",
    )
    assert _prose(blocks) == ["表一"]
    assert _cells(_grids(blocks)[0]) == [
        ("科目", "", "合计"),
        ("类", "款", ""),
        ("208", "", "1.00"),
        ("", "05", "2.00"),
    ]


def test_a_span_beyond_its_table_makes_no_cells(tmp_path: Path) -> None:
    blocks = _html(
        tmp_path / "budget.html",
        "<table><tr><td rowspan=99999>208<td>1.00<tr><td colspan=x>2.00</table>",
    )
    assert _cells(_grids(blocks)[0]) == [("208", "1.00"), ("", "2.00")]


def test_only_what_is_seen_on_a_page_counts(tmp_path: Path) -> None:
    blocks = _html(
        tmp_path / "budget.html",
        "<p>支出<span style='DISPLAY : none'>9,999</span>预算<script>1</script></p>"
        "<p hidden>8,888</p><template><p>7,777</p></template><!-- 6,666 --><noscript>5</noscript>"
        "<table><tr style='display:none'><td>4,444<tr><td>合计<td style='display:none'>3<td>2"
        "</table>",
    )
    assert _prose(blocks) == ["支出预算"]
    assert _cells(_grids(blocks)[0]) == [("合计", "2")]


def test_a_table_that_arranges_the_page_is_not_a_table(tmp_path: Path) -> None:
    blocks = _html(
        tmp_path / "budget.html",
        "<table><tr><td>栏目<td><p>单位：元</p><table><tr><td>208<td>1.00</table></table>",
    )
    assert _prose(blocks) == ["栏目", "单位：元"]
    assert _cells(_grids(blocks)[0]) == [("208", "1.00")]


def test_breaks_end_lines_and_empty_lines_end_paragraphs(tmp_path: Path) -> None:
    blocks = _html(
        tmp_path / "budget.html",
        "<div>一、支出\n  预算<br>1,000&nbsp;元<br><br>二、<b>收入</b></div>"
        "<table><tr><td>公务用车<br>购置费<td>&lt;&#50;0&gt;</table>",
    )
    assert _prose(blocks) == ["一、支出 预算\n1,000\xa0元", "二、收入"]
    assert _cells(_grids(blocks)[0]) == [("公务用车购置费", "<20>")]


def test_a_page_fetches_and_expands_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("9,999", encoding="utf-8")
    path = tmp_path / "budget.html"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY secret SYSTEM "{secret.as_uri()}">]>'
        f'<html><body><p>预算&secret;</p><iframe src="{secret.as_uri()}"></iframe></body></html>',
        encoding="utf-8",
    )
    assert not any("9,999" in text for text in _prose(read_html(path)))
