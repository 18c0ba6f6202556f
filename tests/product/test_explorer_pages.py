"""The explorer's lists of findings, its places, organizations and comparisons, in real Chromium.

Over all seeds: budgets and final accounts of ten places.
"""

import csv
import io
import shutil
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
from explorer_reader import DESK, Reader
from playwright.sync_api import Browser, ViewportSize, expect
from warehouses import Built

from budget_warehouse.outputs.explorer.site import write_site

WANLI_2024, WANLI_2025 = "putuo-wanli-2024-budget", "putuo-wanli-2025-budget"
COMMERCE = quote("310107-上海市普陀区商务委员会")
WIDTHS: tuple[ViewportSize, ...] = (
    {"width": 1440, "height": 900},
    DESK,
    {"width": 390, "height": 844},
)

PAGES = {
    "overview-of-places": "/",
    "findings-sorted": "/findings?sort=-amount&severity=error",
    "place": "/place/310107",
    "place-above": "/place/310000",
    "organization": f"/organization/{COMMERCE}",
    "compare": f"/compare?a={WANLI_2024}&b={WANLI_2025}",
    "compare-organizations": "/compare?a=suzhou-audit-2026-budget"
    "&b=hangzhou-meteorology-2026-budget",
    "compare-one": f"/compare?a={WANLI_2025}",
}


@pytest.fixture(scope="session")
def site(places_warehouse: Built) -> Path:
    """The site that the publication of all seeds wrote."""
    return places_warehouse.warehouse / "site"


@pytest.fixture
def reader(browser: Browser, site: Path) -> Iterator[Reader]:
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    reader = Reader(context.new_page(), site)
    yield reader
    context.close()
    assert reader.complaints == []


def printed(amount: Decimal | None) -> str:
    return "—" if amount is None else f"{amount:,.2f}"


@pytest.mark.parametrize("viewport", WIDTHS, ids=lambda size: str(size["width"]))
def test_the_pages_open_at_every_width_without_complaint_or_request(
    browser: Browser, site: Path, viewport: ViewportSize
) -> None:
    context = browser.new_context(viewport=viewport, reduced_motion="reduce")
    reader = Reader(context.new_page(), site)
    opened = [route for route, _ in reader.open_each(PAGES)]
    context.close()
    assert opened == list(PAGES.values())
    assert reader.complaints == []
    assert reader.outside_requests == []


def amounts(reader: Reader) -> list[Decimal]:
    return [Decimal(cells[4].replace(",", "")) for cells in reader.rows("table.facts-list")]


def test_findings_are_sorted_by_the_head_of_a_column(
    reader: Reader, places_warehouse: Built
) -> None:
    page = reader.open("/findings?all=1")
    head = page.locator("th", has_text="涉及金额")
    expect(head).to_have_attribute("aria-sort", "none")
    head.locator("a").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    published = places_warehouse.rows(
        "select amount_yuan from marts.fct_findings order by amount_yuan desc"
    )
    assert amounts(reader) == [amount for (amount,) in published]
    head.locator("a").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert amounts(reader) == [amount for (amount,) in reversed(published)]
    page.reload()
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.locator("th a", has_text="年度").click()
    expect(page.locator("th", has_text="年度")).to_have_attribute("aria-sort", "descending")
    years = [cells[2] for cells in reader.rows("table.facts-list")]
    assert years == sorted(years, reverse=True)
    assert years[0] > years[-1]


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("severity=warning", "severity = 'warning'"),
        ("year=2021", "fiscal_year = 2021"),
        ("place=310107", "region_code = '310107'"),
        ("code=NT-27", "list_contains(string_split(rule_codes, '|'), 'NT-27')"),
        ("review=confirmed", "verdict = 'confirmed'"),
        ("review=open", "verdict is null and reopened_because is null"),
        ("reading=reviewed", "disclosures.reading = 'reviewed'"),
        (
            f"organization={quote('万里')}&severity=error",
            "name like '%万里%' and severity = 'error'",
        ),
    ],
)
def test_findings_are_filtered_by_what_the_link_says(
    reader: Reader, places_warehouse: Built, query: str, condition: str
) -> None:
    reader.open(f"/findings?all=1&{query}")
    counts = [cells[4] for cells in reader.rows("table.facts-list")]
    expected = places_warehouse.rows(
        "select amount_yuan from ("
        " select findings.*, fiscal_year, region_code, organization_name as name, disclosures.*"
        " from marts.fct_findings as findings"
        " inner join marts.dim_disclosures as disclosures using (disclosure_id)"
        " inner join marts.dim_organizations using (organization_id)"
        f") as disclosures where {condition}"
    )
    assert sorted(counts) == sorted(printed(amount) for (amount,) in expected)


def test_a_filter_is_chosen_and_stays_in_the_link(reader: Reader, places_warehouse: Built) -> None:
    page = reader.open("/findings")
    page.get_by_label("地区").select_option(label="上海市松江区")
    count = places_warehouse.value(
        "select count(*) from marts.fct_findings"
        " where disclosure_id = 'songjiang-city-operations-2021'"
        " and verdict is distinct from 'unfounded'"
    )
    expect(page.locator("h2").first).to_have_text(f"问题：{count} 项")
    assert "place=310117" in page.url
    page.reload()
    expect(page.get_by_label("地区")).to_have_value("310117")
    page.go_back()
    expect(page.get_by_label("地区")).to_have_value("")


def test_the_heat_map_waits_until_it_is_asked_for(reader: Reader) -> None:
    page = reader.open("/findings")
    assert page.locator(".heat").count() == 0
    page.get_by_role("link", name="查看规则与文件的对照图").click()
    expect(page.locator(".heat")).to_be_visible()


def test_the_list_is_taken_away_whole_with_exact_figures_and_where_they_are_from(
    reader: Reader, places_warehouse: Built
) -> None:
    page = reader.open("/findings?unit=wan&sort=-amount&severity=error")
    with page.expect_download() as download:
        page.locator("button", has_text="下载").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    head, *facts = rows[: rows.index([])]
    published = places_warehouse.rows(
        "select disclosure_id, rule_code, amount_yuan, stated_yuan, computed_yuan"
        " from marts.fct_findings where severity = 'error' order by amount_yuan desc"
    )
    names = ("文件编号", "规则", "涉及金额（元）", "文中数（元）", "核算数（元）")
    places = [head.index(name) for name in names]
    written = [[fact[place] for place in places] for fact in facts]
    assert sorted(written) == sorted(
        ["" if value is None else str(value) for value in row] for row in published
    )
    assert [Decimal(row[2]) for row in written] == [row[2] for row in published]
    origin = [line for (line,) in rows[rows.index([]) + 1 :]]
    assert [line.split("：")[0][:3] for line in origin] == ["来源", "数据发", "许可"]


def test_a_text_that_a_spreadsheet_would_run_is_quiet(reader: Reader) -> None:
    page = reader.open("/findings")
    cells = ["=cmd()", "-1.50", "-1+1", "@x", 'a"b', "二,三"]
    assert page.evaluate("cells => cells.map(Csv.cell)", cells) == [
        *("'=cmd()", "-1.50", "'-1+1", "'@x", '"a""b"', '"二,三"')
    ]


def test_machine_readings_are_marked_and_counted_apart(
    reader: Reader, places_warehouse: Built
) -> None:
    page = reader.open("/disclosure/suzhou-audit-2026-budget")
    assert page.locator(".unreviewed").inner_text() == "由程序读取，未经人工复核"
    ((documents, errors, warnings),) = places_warehouse.rows(
        "select count(distinct disclosures.disclosure_id),"
        " count(*) filter (where severity = 'error'), count(*) filter (where severity = 'warning')"
        " from marts.dim_disclosures as disclosures"
        " left join marts.fct_findings as findings"
        " on disclosures.disclosure_id = findings.disclosure_id"
        " and findings.verdict is distinct from 'unfounded'"
        " where disclosures.reading = 'by_program'"
    )
    lead = reader.open("/").inner_text(".lead")
    assert f"其中 {documents} 份由程序读取，未经人工复核" in lead
    assert f"含 {errors} 处错误、{warnings} 处警告" in lead


def test_a_place_adds_up_what_its_organizations_spend(
    reader: Reader, places_warehouse: Built
) -> None:
    reader.open("/place/310107")
    spent = places_warehouse.rows(
        "select coalesce(class_code, 'total'),"
        " sum(amount_yuan) filter (where fiscal_year = 2023),"
        " sum(amount_yuan) filter (where fiscal_year = 2024),"
        " sum(amount_yuan) filter (where fiscal_year = 2025)"
        " from marts.expenditures where region_name = '普陀区' and stage = 'initial_budget'"
        " group by rollup (class_code) order by class_code nulls last"
    )
    shown = reader.rows("table.tree")
    assert [cells[0].split()[0] for cells in shown[:-1]] == [code for code, *_ in spent[:-1]]
    for cells, (_, *years) in zip(shown, spent, strict=True):
        assert cells[1:] == ["" if amount is None else printed(amount) for amount in years]
    # The commerce committee's unit stands in its department: 371,514,655 yuan once, not twice.
    assert shown[-1][-1] == "561,282,206.00"


def test_a_place_says_what_is_loaded_and_what_is_missing(reader: Reader) -> None:
    page = reader.open("/place/310107")
    loaded = reader.rows("table.loaded")
    wanli = next(cells for cells in loaded if "万里街道" in cells[0])
    assert wanli[1:] == ["年初预算", "年初预算", "年初预算"]
    planning = next(cells for cells in loaded if "规划和自然资源局" in cells[0])
    assert planning[1:] == ["", "决算", ""]
    missing = page.locator("section", has_text="缺少的文件").inner_text()
    assert missing.count("预算已载入，决算应已公布") >= 3
    assert "决算已载入" in missing
    page.locator(".crumbs a", has_text="上海市").click()
    expect(page.locator("h1")).to_have_text("上海市")
    expect(page.get_by_role("link", name="松江区", exact=True)).to_be_visible()


def reader_of_list(
    browser: Browser, built: Built, folder: Path, name: str, rows: Sequence[tuple[object, ...]]
) -> Reader:
    """Open the explorer of a copy of a warehouse whose reference list has some rows."""
    copy = folder / "copy.duckdb"
    shutil.copy(built.warehouse / "budget.duckdb", copy)
    with duckdb.connect(str(copy)) as connection:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"insert into reference.{name} values ({marks})", rows)
    write_site(copy, folder / "site")
    return Reader(browser.new_context(viewport=DESK).new_page(), folder / "site")


def test_a_place_says_which_documents_of_a_list_are_missing(
    browser: Browser, places_warehouse: Built, tmp_path: Path, reader: Reader
) -> None:
    page = reader.open("/place/310107")
    assert page.locator("h2", has_text="应公开的文件").count() == 0
    wanli, notice = "上海市普陀区人民政府万里街道办事处", "年度公开工作通知"
    expected = [
        ("310107", wanli, "department", 2025, "initial_budget", "2025-02-28", notice),
        ("310107", wanli, "department", 2024, "final_accounts", "2025-09-30", notice),
        ("310107", wanli, "department", 2098, "initial_budget", "2098-02-28", notice),
        ("310112", "某局", "department", 2025, "initial_budget", "2025-02-28", notice),
    ]
    other = reader_of_list(browser, places_warehouse, tmp_path, "expected_disclosures", expected)
    page = other.open("/place/310107")
    assert [cells[1:5] for cells in other.rows("table.expected")] == [
        ["2024年", "决算", "2025-09-30", "未载入"],
        ["2098年", "年初预算", "2098-02-28", "未到期"],
        ["2025年", "年初预算", "2025-02-28", "已载入"],
    ]
    page.locator("table.expected a", has_text="已载入").click()
    expect(page.locator("h1")).to_contain_text("万里街道")
    page = other.open("/place/310112")
    expect(page.locator("main")).to_contain_text("本级没有载入的文件。")
    assert [cells[0] for cells in other.rows("table.expected")] == ["某局"]
    other.page.context.close()
    assert other.complaints == []


def test_a_department_stands_against_its_units(reader: Reader, places_warehouse: Built) -> None:
    page = reader.open(f"/organization/{COMMERCE}")
    expect(page.locator("h2", has_text="部门与所属单位")).to_be_visible()
    beside = [cells for cells in reader.rows("section:has(h2:text('部门与所属单位')) table")]
    splits = [
        places_warehouse.rows(
            "select function_code, total_yuan from marts.fct_budget_splits"
            " where disclosure_id = ? and level in ('class', 'total')"
            " order by level = 'total', function_code",
            f"putuo-commerce-2025-budget-{scope}",
        )
        for scope in ("department", "unit")
    ]
    assert [cells[1:3] for cells in beside] == [
        [printed(department), printed(unit)]
        for (_, department), (_, unit) in zip(*splits, strict=True)
    ]
    assert {cells[3] for cells in beside} == {"0.00"}
    page.locator("tr[data-code='215'] td a").first.click()
    expect(page.locator("dialog")).to_contain_text("293,810,000.00")


GRADED = "select grade, lifting_count from marts.fct_disclosure_grades where disclosure_id = ?"


def test_a_grade_stands_at_the_document_with_what_would_lift_it_and_its_years(
    reader: Reader, places_warehouse: Built
) -> None:
    ((grade, count),) = places_warehouse.rows(GRADED, WANLI_2025)
    page = reader.open(f"/disclosure/{WANLI_2025}")
    shown = page.locator(".head .grade")
    expect(shown.locator(".badge")).to_have_text(grade)
    expect(shown).to_contain_text(f"更正 {count} 处错误，至少可升为 B 级。")
    years = [
        f"{year}年 {places_warehouse.rows(GRADED, f'putuo-wanli-{year}-budget')[0][0]}"
        for year in (2023, 2024, 2025)
    ]
    assert shown.locator("a").all_inner_texts() == years
    reader.open(f"/disclosure/{WANLI_2024}?lang=en")
    expect(page.locator(".head .grade")).to_contain_text("lifts it to C or better")
    # A budget by projects of which few rules on tables ask anything.
    reader.open("/disclosure/hangzhou-meteorology-2026-budget")
    expect(page.locator(".head .grade")).to_have_text(
        "公开质量等级：未评级（可核对的规则不足一半）", use_inner_text=True
    )


def test_an_organization_has_the_grades_of_its_years_and_units(
    reader: Reader, places_warehouse: Built
) -> None:
    reader.open(f"/organization/{COMMERCE}")
    grades = places_warehouse.rows(
        "select scope, grade, lifting_count from marts.fct_disclosure_grades"
        " where disclosure_id like 'putuo-commerce-2025-budget-%' order by scope"
    )
    assert [scope for scope, _, _ in grades] == ["department", "unit"]
    shown = reader.rows("table.grades")
    assert sorted(cells[1] for cells in shown) == sorted(grade for _, grade, _ in grades)
    lines = reader.page.locator("table.grades tbody tr").all_inner_texts()
    assert all(f"更正 {count} 处" in "".join(lines) for _, _, count in grades)


def test_a_version_without_grades_has_pages_that_say_nothing_of_them(
    browser: Browser, places_warehouse: Built, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.duckdb"
    shutil.copy(places_warehouse.warehouse / "budget.duckdb", copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute("drop table marts.fct_disclosure_grades")
    write_site(copy, tmp_path / "site")
    context = browser.new_context(viewport=DESK)
    other = Reader(context.new_page(), tmp_path / "site")
    for route in (f"/disclosure/{WANLI_2025}", f"/organization/{COMMERCE}"):
        assert "等级" not in other.open(route).inner_text("main")
    context.close()
    assert other.complaints == []


def test_units_that_a_document_names_and_nobody_loaded_are_said(reader: Reader) -> None:
    page = reader.open(f"/organization/{quote('330100-杭州市气象局')}")
    named = page.locator("p", has_text="没有载入其文件的单位")
    assert named.locator("a").all_inner_texts() == ["杭州市气象服务中心（杭州市预警信息发布中心）"]


def test_places_and_organizations_are_reached_from_where_they_are_named(reader: Reader) -> None:
    page = reader.open("/disclosure/suzhou-audit-2026-budget")
    page.locator(".head a", has_text="江苏省苏州市").click()
    expect(page.locator("h1")).to_have_text("江苏省苏州市")
    page = reader.open(f"/search?q={quote('普陀')}")
    page.locator(".hits a", has_text="上海市普陀区商务委员会").click()
    expect(page.locator("h1")).to_have_text("上海市普陀区商务委员会")
    page = reader.open("/")
    page.locator("main a", has_text="广东省佛山市").click()
    expect(page.locator("h1")).to_have_text("广东省佛山市")


def signed(amount: Decimal) -> str:
    return ("+" if amount > 0 else "") + printed(amount)


@pytest.mark.parametrize("nature", ["total", "basic", "project"])
def test_two_years_are_compared_as_the_warehouse_compares_them(
    reader: Reader, places_warehouse: Built, nature: str
) -> None:
    reader.open(f"/compare?a={WANLI_2024}&b={WANLI_2025}&nature={nature}&order=tree")
    changes = places_warehouse.rows(
        "select function_code, last_year_amount_yuan, amount_yuan, change_yuan"
        " from marts.fct_expenditure_changes where disclosure_id = ? and nature = ?"
        " order by function_code = 'total', function_code",
        WANLI_2025,
        nature,
    )
    totals, *tree = (reader.rows(f"section:has(h2:text('{head}')) table") for head in HEADS)
    (shown,) = tree
    assert len(shown) == len(changes) > 60
    for cells, (code, base, amount, change) in zip(shown, changes, strict=True):
        assert cells[0].split()[0] == ("合计" if code == "total" else code)
        # An account that a document does not have has no figure, and no difference from nothing.
        assert [cell.replace("—", "0.00") for cell in cells[1:3]] == [
            printed(base),
            printed(amount),
        ]
        assert cells[3] == signed(change)
    of_nature = next(cells for cells in totals if cells[0] == NATURES[nature])
    assert of_nature[1:4] == shown[-1][1:4]


HEADS = ("合计", "各科目")
NATURES = {"total": "合计", "basic": "基本支出", "project": "项目支出"}


def test_the_largest_differences_stand_first_below_each_account(reader: Reader) -> None:
    page = reader.open(f"/compare?a={WANLI_2024}&b={WANLI_2025}")
    codes = page.eval_on_selector_all("tr[data-code]", "rows => rows.map(row => row.dataset.code)")
    # As a person reads both documents: 城乡社区支出 rose by 34,984,023 yuan, most of all classes;
    # below it 其他城乡社区支出 by 43,128,737.
    assert codes[:3] == ["212", "21299", "2129999"]
    cells = {row[0].split()[0]: row[3] for row in reader.rows("table:has(tr[data-code])")}
    sizes = [abs(Decimal(cells[code].replace(",", ""))) for code in codes if len(code) == 3]
    assert sizes == sorted(sizes, reverse=True)
    page.get_by_label("次序").select_option("tree")
    expect(page.locator("tr[data-code]").first).to_have_attribute("data-code", "201")
    page.reload()
    expect(page.get_by_label("次序")).to_have_value("tree")


def test_both_figures_of_a_comparison_lead_to_their_print(reader: Reader) -> None:
    for column, document, figure in ((1, "2024", "9,220,200"), (2, "2025", "52,348,937")):
        page = reader.open(f"/compare?a={WANLI_2024}&b={WANLI_2025}")
        page.locator("tr[data-code='2129999']").locator("th, td").nth(column).locator("a").click()
        expect(page.locator("dialog .printed").first).to_have_text(figure)
        expect(page.locator("h1")).to_contain_text(f"{document}年度")
        expect(page.locator("dialog .frame.own")).to_have_count(1)
        picture = page.locator("dialog .paper img")
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("one => one.naturalWidth") > 0


@pytest.mark.parametrize(
    ("document", "figure", "printed_text", "addends"),
    [
        # As they are printed: purchases by kind, by unit and by item; projects by unit and name.
        ("suzhou-audit-2026-budget", "procurements:1:total", "188.50", 4),
        ("suzhou-audit-2026-budget", "procurements:2:total", "5.50", 2),
        ("suzhou-audit-2026-budget", "procurements:7:total", "183.00", 2),
        (
            "hangzhou-meteorology-2026-budget",
            "expenditure_by_project:1:total",
            "2,131.61",
            3,
        ),
        (
            "hangzhou-meteorology-2026-budget",
            "expenditure_by_project:1:unit_funds",
            "123.61",
            2,
        ),
    ],
)
def test_the_addends_of_a_sum_are_marked_where_rows_have_no_codes(
    reader: Reader, document: str, figure: str, printed_text: str, addends: int
) -> None:
    page = reader.open(f"/disclosure/{document}?figure=row:{figure}")
    caption = page.locator("dialog figure.page figcaption")
    expect(caption).to_contain_text(f"框出的是“{printed_text}”。 标出的是 {addends} 个加数。")
    expect(page.locator("dialog .frame.addend")).to_have_count(addends)


def test_a_document_leads_to_what_it_is_best_compared_with(reader: Reader) -> None:
    page = reader.open(f"/disclosure/{WANLI_2025}")
    page.get_by_role("link", name="与2024年度部门年初预算比较").click()
    expect(page.locator("tr[data-code='total']")).to_contain_text("+33,556,428.00")
    page.get_by_role("link", name="左右对调").click()
    expect(page.locator("tr[data-code='total']")).to_contain_text("-33,556,428.00")


def test_both_sides_are_chosen_by_name(reader: Reader) -> None:
    page = reader.open("/compare")
    left, right = page.locator("fieldset.chooser").all()
    left.locator("input").fill("苏州市审计局")
    left.locator("input").press("Enter")
    expect(page.locator("h2")).to_have_text("可以对比的文件")
    right.locator("input").fill("杭州市气象局")
    right.locator("input").press("Enter")
    expect(page.locator("tr[data-code='total']")).to_contain_text("58,766,700.00")
    page.locator("fieldset.chooser").nth(1).locator("input").fill(
        "上海市普陀区人民政府万里街道办事处"
    )
    page.locator("fieldset.chooser").nth(1).locator("input").press("Enter")
    expect(page.locator("fieldset.chooser select").nth(1)).to_have_value(WANLI_2025)


# Two made-up documents, each its year and its accounts with their fen, aligned.
ALIGNED = """({ left, right, changes }) => {
    const made = ([year, ...rows]) => ({
        row: { fiscal_year: year },
        splits: rows.map((row) => row.split(" ")).map(([code, fen]) => (
            { function_code: code, basic_yuan: fen, project_yuan: "0", total_yuan: fen })),
    });
    const names = ["kind", "from_code", "to_code", "effective_fiscal_year"];
    const named = (row) => Object.fromEntries(row.map((value, at) => [names[at], value]));
    return Alignment.nodes(made(left), made(right), changes.map(named)).map((node) => [
        node.code, String(node.left.total), String(node.right.total), node.isMapped,
        node.right.codes.join(" ")]);
}"""


def test_renumbered_codes_are_followed_and_split_ones_are_not_compared(reader: Reader) -> None:
    page = reader.open("/compare")
    nodes = page.evaluate(
        ALIGNED,
        {
            "left": [
                *(2021, "total 650", "208 650", "20805 350", "2080501 350"),
                *("20807 300", "2080702 120", "2080703 180"),
            ],
            "right": [
                *(2019, "total 600", "208 600", "20805 300", "2080504 100", "2080501 200"),
                *("20807 300", "2080701 300"),
            ],
            "changes": [
                ["merge", "2080504", "2080501", 2020],
                ["move", "2080501", "2080599", 2022],  # later than both
                ["split", "2080701", "2080702", 2021],
                ["split", "2080701", "2080703", 2021],
            ],
        },
    )
    assert sorted(nodes) == [
        ["208", "650", "600", True, "2080504 2080501 2080701"],
        ["20805", "350", "300", True, "2080504 2080501"],
        ["2080501", "350", "300", True, "2080504 2080501"],
        ["20807", "300", "300", True, ""],
        ["2080701", "0", "300", False, ""],
        ["2080702", "120", "0", False, ""],
        ["2080703", "180", "0", False, ""],
        ["total", "650", "600", True, ""],
    ]


def test_nothing_below_an_account_that_one_document_does_not_divide_is_compared(
    reader: Reader,
) -> None:
    page = reader.open("/compare")
    documents = {
        "left": [2021, "total 5", "208 5"],
        "right": [2021, "total 5", "208 5", "20805 5"],
        "changes": [],
    }
    nodes = page.evaluate(ALIGNED, documents)
    assert nodes == [["total", "5", "5", True, ""], ["208", "5", "5", True, ""]]


def test_amounts_per_head_and_in_prices_of_a_year_name_figure_year_and_source(
    browser: Browser, site: Path, places_warehouse: Built, tmp_path: Path, reader: Reader
) -> None:
    page = reader.open(f"/compare?a={WANLI_2024}&b={WANLI_2025}")
    assert page.get_by_label("换算").count() == 0
    figures = [
        ("population", "310107", None, 2024, "120.5", "万人", "communiqué of 2024"),
        ("population", "310107", None, 2025, "119.37", "万人", "communiqué of 2025"),
        ("deflator", "310000", None, 2024, "103.1", "2020=100", "yearbook"),
        ("deflator", "310000", None, 2025, "104.7", "2020=100", "yearbook"),
    ]
    other = reader_of_list(browser, places_warehouse, tmp_path, "context_figures", figures)
    page = other.open(f"/compare?a={WANLI_2024}&b={WANLI_2025}")
    page.get_by_label("换算").select_option(label="按人口平均")
    fen = Decimal("0.01")
    before, after = Decimal("156211123.00"), Decimal("189767551.00")
    each = [
        (before / Decimal(1205000)).quantize(fen, ROUND_HALF_UP),
        (after / Decimal(1193700)).quantize(fen, ROUND_HALF_UP),
    ]
    expect(page.locator("tr[data-nature='total']")).to_contain_text(printed(each[0]))
    assert other.rows("table:has(tr[data-nature])")[-1][1:4] == [
        *map(printed, each),
        signed(each[1] - each[0]),
    ]
    notice = page.inner_text(".notice")
    assert "上海市普陀区 2024年：120.5万人。来源：communiqué of 2024" in notice
    assert "四舍五入到分" in notice
    page.get_by_label("换算").select_option(label="按 2025 年价格")
    real = (before * Decimal("104.7") / Decimal("103.1")).quantize(fen, ROUND_HALF_UP)
    expect(page.locator("tr[data-nature='total']")).to_contain_text(printed(real))
    assert other.rows("table:has(tr[data-nature])")[-1][2] == printed(after)
    assert "上海市 2024年：103.1（2020=100）。来源：yearbook" in page.inner_text(".notice")
    other.page.context.close()
    assert other.complaints == []


def test_a_document_without_pages_is_listed_with_its_figures_and_findings(
    browser: Browser,
    places_warehouse: Built,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SHOWN_DISCLOSURES", "3")
    write_site(places_warehouse.warehouse / "budget.duckdb", tmp_path / "site")
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    reader = Reader(context.new_page(), tmp_path / "site")
    name = "putuo-commerce-2025-budget-unit"
    page = reader.open("/")
    assert page.locator(".partial").count() == 0
    shown = {cell for row in reader.rows("table.matrix") for cell in row[1:] if cell}
    totals = places_warehouse.rows(
        "select total_yuan from marts.fct_budget_splits where level = 'total'"
        " and stage = 'initial_budget'"
    )
    assert shown == {printed(total) for (total,) in totals}
    page.locator("table.matrix .uncounted a", has_text="371,514,655.00").click()
    expect(page.locator(".head code")).to_have_text(f"make explore DISCLOSURES={name}")
    assert page.locator(".key dd").first.inner_text().startswith("371,514,655.00")
    facts = places_warehouse.rows(
        "select amount_yuan from marts.fct_findings where disclosure_id = ?", name
    )
    assert sorted(cells[4] for cells in reader.rows("table.facts-list")) == sorted(
        printed(amount) for (amount,) in facts
    )
    reader.open(f"/disclosure/{name}/tables?figure=function:total:total")
    expect(page.locator("dialog")).to_be_hidden()
    reader.open("/findings?all=1")
    assert len(reader.rows("table.facts-list")) == places_warehouse.value(
        "select count(*) from marts.fct_findings"
    )
    reader.open(f"/findings?map=1&disclosure={name}&rule=NT-27")
    expect(page.locator(".chosen tbody tr")).to_have_count(1)
    reader.open("/rules/NT-27")
    assert page.locator("main table tbody tr", has_text="商务委员会").count() == 2
    reader.open(f"/compare?a={name}&b={WANLI_2024}")
    expect(page.locator("main code")).to_have_text(f"make explore DISCLOSURES={name}")
    reader.open("/disclosure/putuo-wanli-2024-budget/expenses")
    context.close()
    assert reader.complaints == []
