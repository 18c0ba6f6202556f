"""The audit page of each disclosure: what it says agrees with the warehouse, and is safe."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest
from lxml import html
from warehouses import SONGJIANG, Built

from budget_warehouse.contract.labels import Labels
from budget_warehouse.outputs.reports.audit_page import file_name, write_audit_pages
from budget_warehouse.outputs.reports.front_page import write_front_page
from budget_warehouse.outputs.reports.languages import ENGLISH

HOSTILE = "<script>alert('科目')</script><b>"


@pytest.fixture
def copy(repository_warehouse: Built, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the repository's warehouse, to be changed at will."""
    shutil.copy(repository_warehouse.warehouse / "budget.duckdb", tmp_path / "copy.duckdb")
    with duckdb.connect(str(tmp_path / "copy.duckdb")) as connection:
        yield connection


def page_of(warehouse: Built, disclosure: str) -> html.HtmlElement:
    file = warehouse.warehouse / "reports" / file_name(disclosure)
    return html.fromstring(file.read_text(encoding="utf-8"))


def chinese_pages(reports: Path) -> list[Path]:
    return [file for file in reports.glob("*.html") if not file.name.endswith(".en.html")]


def words(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content())


def disclosures(warehouse: Built) -> list[str]:
    return [name for (name,) in warehouse.rows("select disclosure_id from marts.dim_disclosures")]


def test_every_disclosure_has_its_page_and_the_front_page_leads_there(
    repository_warehouse: Built,
) -> None:
    reports = repository_warehouse.warehouse / "reports"
    front = html.fromstring((reports / "index.html").read_text(encoding="utf-8"))
    linked = {unquote(link) for link in front.xpath("//a/@href")}
    for disclosure in disclosures(repository_warehouse):
        assert file_name(disclosure) in linked
        assert "index.html" in page_of(repository_warehouse, disclosure).xpath("//a/@href")


def test_a_page_needs_nothing_but_itself(repository_warehouse: Built) -> None:
    for disclosure in disclosures(repository_warehouse):
        page = page_of(repository_warehouse, disclosure)
        assert page.xpath("//script | //link | //img | //iframe | //@src | //@onclick") == []
        assert set(page.xpath("//@href")) == {"index.html", ENGLISH.page(disclosure)}
        assert not re.search(r"url\(|@import", "".join(page.xpath("//style/text()")))


def test_a_page_gives_both_figures_the_gap_and_the_place_of_every_finding(
    repository_warehouse: Built,
) -> None:
    findings = repository_warehouse.rows(
        "select disclosure_id, stated_yuan, computed_yuan, gap_yuan, stated_source"
        " from marts.fct_reconciliations where outcome = 'fail' and gap_yuan is not null"
    )
    assert findings
    for disclosure, stated, computed, gap, place in findings:
        rows = map(words, page_of(repository_warehouse, disclosure).xpath("//tbody"))
        figures = (f"{stated:,}", f"{computed:,}", f"{gap:+,}", re.findall(r"\d+", place)[0])
        assert any(all(figure in row for figure in figures) for row in rows), figures


def test_a_finding_reads_as_a_chinese_sentence(repository_warehouse: Built) -> None:
    text = words(page_of(repository_warehouse, SONGJIANG))
    assert "上海市松江区城市运行管理中心2021年度单位年初预算" in text
    assert "表内没有游离于列标题之外的数字" in text
    assert "《一般公共预算支出功能分类预算表》合计行" in text
    assert "《一般公共预算支出功能分类预算表》第850行" in text
    assert "1,923,848.64" in text
    assert "经人工核实属实（maintainers，2026-11-23）：合计行三个列标题之外另有第四个数字" in text


def test_each_part_of_a_page_agrees_with_the_warehouse(repository_warehouse: Built) -> None:
    worst = repository_warehouse.rows(
        """
        select
            disclosure_id, rule_code, sum(checked_count),
            count(*) filter (where outcome = 'fail'), count(*) filter (where outcome = 'hint'),
            count(*) filter (where outcome in ('not_applicable', 'insufficient_data'))
        from marts.fct_reconciliations
        group by all
        """
    )
    for disclosure in disclosures(repository_warehouse):
        page = page_of(repository_warehouse, disclosure)
        rules = [row[1:] for row in worst if row[0] == disclosure]
        passed = {
            (rule, checks)
            for rule, checks, fails, hints, _ in rules
            if checks and not fails + hints
        }
        shown = part(page, "二、").xpath(".//tbody/tr[td/code]")
        assert {
            (row.findtext("td/code"), int(row[2].text.replace(",", ""))) for row in shown
        } == passed
        unchecked = {rule for rule, *_, skipped in rules if skipped}
        assert set(part(page, "三、").xpath(".//tbody/tr/td/code/text()")) == unchecked
        numbered = part(page, "一、").xpath(".//td[@data-label = '序号']/text()")
        ((facts,),) = repository_warehouse.rows(
            "select count(*) from marts.fct_findings where disclosure_id = ?", disclosure
        )
        total = facts + sum(hints for *_, hints, _ in rules)
        assert numbered == [str(number) for number in range(1, total + 1)]
        counts = [int(count) for count in page.xpath("//ul[@class = 'counts']//b/text()")]
        executed = sum(checks > 0 for _, checks, *_ in rules)
        assert counts[:3] == [len(rules), executed, len(passed)]
        assert counts[1] == sum(counts[2:5])
        assert counts[0] == counts[1] + counts[5]


def test_findings_stand_by_gravity_and_amount_each_fact_once_with_all_that_follows(
    repository_warehouse: Built,
) -> None:
    for disclosure in disclosures(repository_warehouse):
        expected = repository_warehouse.rows(
            "select rule_code, amount_yuan, failure_count from marts.fct_findings"
            " where disclosure_id = ? order by"
            " array_position(['error', 'warning', 'info'], severity), amount_yuan desc",
            disclosure,
        )
        blocks = page_of(repository_warehouse, disclosure).xpath(
            "//table[contains(@class, 'fact')]"
        )
        shown = [
            (
                block.xpath("string(.//th[@class = 'rule']/code)"),
                block.xpath("string(.//span[@class = 'stake'])"),
                1 + len(block.xpath("./tbody[@class = 'following']")),
            )
            for block in blocks
        ]
        assert sorted(shown) == sorted(
            (rule, f"涉及金额 {amount:,} 元" if amount else "不涉及金额", count)
            for rule, amount, count in expected
        )
        assert [stake for _, stake, _ in shown] == [
            f"涉及金额 {amount:,} 元" if amount else "不涉及金额" for _, amount, _ in expected
        ]
        assert all(block.xpath(".//td[@class = 'remedy']") for block in blocks)


def test_a_finding_quotes_the_row_that_is_wrong(repository_warehouse: Built) -> None:
    quotes = [
        words(quote)
        for quote in page_of(repository_warehouse, SONGJIANG).xpath("//td[@class = 'quote']")
    ]
    # Line 850 of the document, the total of T5, whose fourth figure stands under no heading.
    assert any("1,923,848.64" in quote and "单位：元" in quote for quote in quotes)


def test_the_front_page_and_the_summary_count_facts(repository_warehouse: Built) -> None:
    counted = dict(
        repository_warehouse.rows(
            "select severity, count(*) from marts.fct_findings group by severity"
        )
    )
    front = html.parse(repository_warehouse.warehouse / "reports" / "index.html").getroot()
    (table,) = front.xpath("//h2[. = '公开文件']/following-sibling::div[1]//table")
    heads = [head.text_content() for head in table.xpath(".//th")]
    for severity, column in (("error", "错误"), ("warning", "警告"), ("info", "提示信息")):
        cells = table.xpath(".//tr/td[$at]/text()", at=heads.index(column) + 1)
        assert sum(int(cell.replace(",", "")) for cell in cells) == counted[severity]
        assert f"{counted[severity]} {severity}" in repository_warehouse.output


def test_the_head_says_how_whole_the_document_was_read(
    copy: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    copy.execute(
        "update marts.fct_published_tables set title = '支出总表（单位）', pages = '4-5',"
        " numbers_printed = 1213, numbers_placed = 1200"
        " where disclosure_id = $1 and table_name = 'expenditure_by_function'",
        [SONGJIANG],
    )
    copy.execute(
        "update marts.dim_disclosures set reading = case"
        " when disclosure_id = $1 then 'by_program' else 'reviewed' end",
        [SONGJIANG],
    )
    write_audit_pages(copy, tmp_path)
    for file in chinese_pages(tmp_path):
        text = words(html.fromstring(file.read_text(encoding="utf-8")))
        is_reviewed = file.name != file_name(SONGJIANG)
        assert ("由程序读取，未经人工复核" in text) is not is_reviewed
        assert ("支出总表（单位）4-51,2131,200" in text.replace(" ", "")) is not is_reviewed


def test_the_english_page_says_the_same_and_marks_what_is_chinese(
    repository_warehouse: Built,
) -> None:
    reports = repository_warehouse.warehouse / "reports"
    for disclosure in disclosures(repository_warehouse):
        page = html.fromstring((reports / ENGLISH.page(disclosure)).read_text("utf-8"))
        assert page.get("lang") == "en"
        assert set(page.xpath("//@href")) == {"index.en.html", file_name(disclosure)}
        assert unmarked(page) == []
        chinese = page_of(repository_warehouse, disclosure)
        for figures in (".//ul[@class = 'counts']//b", ".//td[contains(@class, 'amount')]//b"):
            assert page.xpath(f"{figures}/text()") == chinese.xpath(f"{figures}/text()")
    text = words(html.fromstring((reports / ENGLISH.page(SONGJIANG)).read_text("utf-8")))
    assert "上海市松江区城市运行管理中心, initial budget of the unit for 2021" in text
    assert "Confirmed by a person (maintainers, 2026-11-23): 9 sets at 11000元 are 99000元" in text
    assert "Targets of projects line 1365" in text
    assert "At stake: 989,901,000.00 yuan" in text


def test_the_front_page_has_the_gravest_first_in_both_languages(
    repository_warehouse: Built,
) -> None:
    reports = repository_warehouse.warehouse / "reports"
    expected = repository_warehouse.rows(
        "select disclosure_id, amount_yuan from marts.fct_findings where severity = 'error'"
        " order by amount_yuan desc"
    )
    for name, heading in (("index.html", "发现：错误"), ("index.en.html", "Findings: Error")):
        front = html.parse(reports / name).getroot()
        assert front.xpath("string(//h2)") == heading
        (table,) = front.xpath("//h2[1]/following-sibling::div[1]//table")
        amounts = [amount.text for amount in table.xpath("./tbody/tr/td[2]")]
        assert amounts == [f"{amount:,}" for _, amount in expected]
    assert unmarked(front) == []


def unmarked(page: html.HtmlElement) -> list[str]:
    """The Chinese on an English page that is not marked as Chinese."""
    texts = page.xpath("//body//text()[not(ancestor::*[@lang][1][starts-with(@lang, 'zh')])]")
    return [text for text in texts if re.search("[\u3000-\u303f\u3400-\u9fff]", text)]


def test_what_could_not_be_read_has_its_page_with_the_reasons(
    copy: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    copy.execute(
        "insert into marts.fct_rejected_rows"
        " (source_file, line_number, column_name, value, reason, disclosure_id) values"
        " ('t3.csv', 7, 'total', $1, 'is no amount', 'refused'),"
        " ('t3.csv', 8, 'total', '1x', 'is no amount', $2)",
        [HOSTILE, SONGJIANG],
    )
    write_audit_pages(copy, tmp_path)
    write_front_page(copy, tmp_path)
    page = html.fromstring((tmp_path / "refused.html").read_text(encoding="utf-8"))
    assert page.xpath("//script") == []
    assert "没有核对任何勾稽关系" in words(page)
    assert [cell.text_content() for cell in page.xpath("//tbody/tr/td")] == [
        *("t3.csv", "7", "total", HOSTILE, "is no amount")
    ]
    newer = html.fromstring((tmp_path / file_name(SONGJIANG)).read_text(encoding="utf-8"))
    assert "1x" in words(part(newer, "四、未能读取的内容"))
    front = html.fromstring((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert "refused.html" in front.xpath("//a/@href")


def part(page: html.HtmlElement, number: str) -> html.HtmlElement:
    """Extract the text between one heading of the page and the next."""
    (heading,) = page.xpath("//h2[starts-with(., $number)]", number=number)
    section = html.Element("div")
    for element in list(heading.itersiblings()):
        if element.tag == "h2":
            break
        section.append(element)
    return section


def test_what_a_value_looks_like_is_text(copy: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    copy.execute(
        "update marts.fct_reconciliations set stated_text_zh = $1, computed_source_zh = $1,"
        " known_finding_reason = $1, known_finding_reason_zh = $1, subject_zh = $1,"
        " not_executed_reason_zh = $1 where outcome <> 'pass'",
        [HOSTILE],
    )
    copy.execute("update marts.dim_disclosures set source_url = $1", [f"javascript:{HOSTILE}"])
    write_audit_pages(copy, tmp_path)
    assert chinese_pages(tmp_path)
    for file in chinese_pages(tmp_path):
        page = html.fromstring(file.read_text(encoding="utf-8"))
        assert page.xpath("//script") == []
        assert set(page.xpath("//@href")) == {"index.html", f"{file.stem}.en.html"}
        assert HOSTILE in page.text_content()


def test_a_disclosure_without_findings_says_so(
    copy: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    copy.execute("delete from marts.fct_reconciliations where outcome <> 'pass'")
    write_audit_pages(copy, tmp_path)
    text = words(html.fromstring((tmp_path / file_name(SONGJIANG)).read_text(encoding="utf-8")))
    assert "已执行的勾稽关系中没有发现问题。" in text
    assert "全部勾稽关系均已核对。" in text


def test_what_rounding_explains_is_no_problem(
    copy: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    copy.execute("update marts.fct_reconciliations set outcome = 'hint' where outcome = 'fail'")
    write_audit_pages(copy, tmp_path)
    page = html.fromstring((tmp_path / file_name(SONGJIANG)).read_text(encoding="utf-8"))
    text = words(part(page, "一、"))
    assert "已执行的勾稽关系中没有发现问题。" in text
    assert "（一）四舍五入差异" in text
    assert "1,923,848.64" in text


def test_pages_are_the_same_from_the_same_warehouse(
    copy: duckdb.DuckDBPyConnection, repository_warehouse: Built, tmp_path: Path
) -> None:
    write_audit_pages(copy, tmp_path)
    for disclosure in disclosures(repository_warehouse):
        built = repository_warehouse.warehouse / "reports" / file_name(disclosure)
        assert (tmp_path / file_name(disclosure)).read_bytes() == built.read_bytes()


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("family", "select family from marts.dim_reconciliation_rules"),
        ("severity", "select severity from marts.dim_reconciliation_rules"),
        ("tolerance", "select tolerance from marts.dim_reconciliation_rules"),
        ("outcome", "select outcome from marts.fct_reconciliations"),
        ("stage", "select stage from marts.dim_disclosures"),
        ("scope", "select scope from marts.dim_disclosures"),
        ("table", "select table_name from marts.fct_published_amounts"),
        ("measure", "select measure from marts.fct_published_amounts"),
        ("measure", "select measure from marts.fct_narrative_claims"),
        ("fund", "select fund from marts.fct_expenditures"),
    ],
)
def test_every_name_has_a_label(repository_warehouse: Built, kind: str, query: str) -> None:
    labelled = repository_warehouse.rows("select name from reference.labels where kind = ?", kind)
    assert set(repository_warehouse.rows(query)) <= set(labelled)


@pytest.mark.parametrize(
    "column",
    [
        "subject_zh",
        "stated_text_zh",
        "computed_text_zh",
        "stated_source_zh",
        "computed_source_zh",
        "not_executed_reason_zh",
    ],
)
def test_every_text_of_ours_is_said_in_chinese(
    copy: duckdb.DuckDBPyConnection, column: str
) -> None:
    reasons = {
        text
        for (text,) in copy.execute(f"select {column} from marts.fct_reconciliations").fetchall()
    }
    assert {text for text in reasons if re.search("[a-z]{3,}", text or "")} == set()
    assert len(reasons) > 1


def test_a_text_is_said_in_both_languages_or_in_none(copy: duckdb.DuckDBPyConnection) -> None:
    for column in ("subject", "stated_text", "computed_text", "not_executed_reason"):
        query = (
            f"select count(*) filter (where {column} is null) <> 0, count(*)"
            f" from marts.fct_reconciliations where ({column} is null) <> ({column}_zh is null)"
        )
        assert copy.execute(query).fetchall() == [(False, 0)], column


def test_a_rule_names_tables_by_their_titles(copy: duckdb.DuckDBPyConnection) -> None:
    labels = Labels.read(copy)
    statement = "T1 收入总计等于 T2 合计"
    assert labels.statement(statement, "adjusted_budget") == (
        "《财务收支预算总表》收入总计等于《收入预算总表》合计"
    )
    assert labels.statement(statement, "final_accounts") == (
        "《收入支出决算总表》收入总计等于《收入决算表》合计"
    )
