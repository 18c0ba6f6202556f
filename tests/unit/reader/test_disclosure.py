"""A document's word on itself: on its cover, in its titles and in its prose."""

from pathlib import Path

import pytest
from test_tables import T3_HEAD, T3_ROWS, grid

from budget_warehouse.reader.document import Document, Paragraph, Picture
from budget_warehouse.reader.parsing.disclosure import read_regions
from budget_warehouse.reader.parsing.reading import REGIONS, Reading, read_document

KNOWN = read_regions(REGIONS)


def read_cover(*lines: str, title: str = "部门支出预算总表") -> Reading:
    blocks = [Paragraph(line, "p.1") for line in lines]
    table = grid(*T3_HEAD, *T3_ROWS, page=5)
    document = Document(
        Path("a.pdf"), "0" * 64, (*blocks, Paragraph(title, "p.5"), table, Picture(7))
    )
    return read_document(document, "a", KNOWN)


@pytest.mark.parametrize(
    ("lines", "name", "year", "scope", "region_code"),
    [
        (
            ("上海市普陀区教育局2026年度部门预算",),
            *("上海市普陀区教育局", "2026", "department", "310107"),
        ),
        (
            ("2026年度", "上海市普陀区教育局", "部门预算公开"),
            *("上海市普陀区教育局", "2026", "department", "310107"),
        ),
        (
            ("上海市普陀区教育局二〇二六年度部门预算",),
            *("上海市普陀区教育局", "2026", "department", "310107"),
        ),
        (
            ("上海市普陀区教育局（本级）2026年度单位预算",),
            *("上海市普陀区教育局", "2026", "unit", "310107"),
        ),
        (
            ("上海市青浦区华新镇人民政府（本级）", "2026年单位预算"),
            *("上海市青浦区华新镇人民政府", "2026", "unit", "310118"),
        ),
        (
            ("附件：", "上海市徐汇区第一中心小学", "2025年度单位预算"),
            *("上海市徐汇区第一中心小学", "2025", "unit", "310104"),
        ),
        (
            ("2025年上海市徐汇区龙华医院单位预算",),
            *("上海市徐汇区龙华医院", "2025", "unit", "310104"),
        ),
        (
            ("上海市浦东新区张江镇人民政府2025年度部门预算",),
            *("上海市浦东新区张江镇人民政府", "2025", "department", "310115"),
        ),
        (
            ("预算主管部门：上海市崇明区文化和旅游局", "预算单位：上海市崇明区图书馆", "2025年度"),
            *("上海市崇明区图书馆", "2025", "unit", "310151"),
        ),
        (
            ("恩施州财政局2025年部门预算",),
            *("恩施州财政局", "2025", "department", "422800"),
        ),
        (
            ("天津市和平区财政局2025年部门预算信息公开",),
            *("天津市和平区财政局", "2025", "department", "120101"),
        ),
        (
            ("沈阳市和平区财政局2025年部门预算",),
            *("沈阳市和平区财政局", "2025", "department", "210102"),
        ),
        (
            ("昆山市财政局2025年部门预算",),
            *("昆山市财政局", "2025", "department", "320583"),
        ),
        (
            ("普陀区教育局2025年部门预算", "舟山市普陀区教育局编制"),
            *("普陀区教育局", "2025", "department", "330903"),
        ),
        (
            ("盂县财政局2025年部门预算",),
            *("盂县财政局", "2025", "department", "140322"),
        ),
        (
            ("关于贯彻中央要求的说明", "盂县财政局2025年部门预算"),
            *("盂县财政局", "2025", "department", "140322"),
        ),
    ],
)
def test_a_cover(
    lines: tuple[str, ...], name: str, year: str, scope: str, region_code: str
) -> None:
    (disclosure,) = read_cover(*lines).rows["disclosure"]
    assert disclosure["organization_name"] == name
    assert disclosure["fiscal_year"] == year
    assert disclosure["scope"] == scope
    assert disclosure["region_code"] == region_code


def test_the_titles_name_the_organization_that_no_cover_names() -> None:
    reading = read_cover("目 录", title="上海市静安区教育局2025年部门支出预算总表")
    (disclosure,) = reading.rows["disclosure"]
    assert disclosure["organization_name"] == "上海市静安区教育局"


@pytest.mark.parametrize("line", ["2025年部门预算", "第二部分部门预算表", "关于2025年部门预算"])
def test_a_heading_is_no_organization(line: str) -> None:
    (disclosure,) = read_cover(line).rows["disclosure"]
    assert disclosure["organization_name"] == ""


@pytest.mark.parametrize(
    "statement",
    [
        "上海市普陀区少年宫是上海市普陀区教育局所属的全额拨款事业单位。",
        "本单位隶属于上海市普陀区教育局，为公益一类事业单位。",
    ],
)
def test_the_supervising_organization_is_taken_from_the_prose(statement: str) -> None:
    reading = read_cover("上海市普陀区少年宫2025年度单位预算", statement)
    (disclosure,) = reading.rows["disclosure"]
    assert disclosure["supervising_organization_name"] == "上海市普陀区教育局"


def test_what_a_person_has_to_check_is_said() -> None:
    report = read_cover("新设市财政局2025年部门预算").report
    assert any("region_code" in doubt for doubt in report.doubts)
    assert any("p.7 is a picture" in doubt for doubt in report.doubts)
    assert "To be checked by a person" in report.text()
    (doubt, _) = read_cover("江苏省新设市财政局2025年部门预算").report.doubts
    assert doubt == "新设市 is not among the regions: region_code is that of 江苏省"


def test_every_region_lies_in_a_region() -> None:
    codes = {region.code for region in KNOWN}
    assert len(codes) == len(KNOWN) > 400
    for region in KNOWN:
        assert len(region.code) == 6
        if region.parent_code:
            assert region.parent_code in codes
            assert region.parent_code[:2] == region.code[:2]
        else:
            assert region.code.endswith("0000")


def test_of_namesakes_the_first_is_taken_and_said() -> None:
    reading = read_cover("普陀区教育局2025年部门预算")
    (disclosure,) = reading.rows["disclosure"]
    assert disclosure["region_code"] == "310107"
    doubt = "2 places are called 普陀区: region_code is that of the one in 上海市"
    assert doubt in reading.report.doubts


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("100000", "中央"),
        ("370602", "芝罘区"),
        ("429021", "神农架林区"),
        ("659012", "白杨市"),
        ("330103", "下城区"),  # until 2021: budgets of those years name it
        ("710000", "台湾省"),
    ],
)
def test_places_are_known_down_to_the_counties(code: str, name: str) -> None:
    assert name in {region.name for region in KNOWN if region.code == code}
    assert len(KNOWN) > 3000
